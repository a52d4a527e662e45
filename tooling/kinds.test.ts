import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { root } from './workspace.ts'

const pricing = join(root, 'packages/pricing')
const copy = join(pricing, 'node_modules/.cache/kinds')

afterAll(() => rmSync(copy, { recursive: true, force: true }))

/** The files that do not compile in a copy of the package, in which the kinds of promotions are these. */
function brokenFiles(rules: string): string[] {
  rmSync(copy, { recursive: true, force: true })
  mkdirSync(copy, { recursive: true })
  cpSync(join(pricing, 'src'), join(copy, 'src'), { recursive: true })
  writeFileSync(join(copy, 'src/contract/promotions.ts'), rules)
  const options = { extends: join(root, 'tsconfig.base.json'), include: ['src'], exclude: [] }
  writeFileSync(join(copy, 'tsconfig.json'), JSON.stringify(options))
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const { stdout } = spawnSync(process.execPath, [tsc, '--noEmit', '-p', copy], { encoding: 'utf8' })
  return [
    ...new Set([...stdout.matchAll(/^.*?((?:rules|why)\/.+?)\(\d+,\d+\): error/gm)].map((found) => found[1] ?? '')),
  ].sort()
}

test('a new kind of promotion does not compile until everything knows what to do with it', { timeout: 60_000 }, () => {
  const rules = readFileSync(join(pricing, 'src/contract/promotions.ts'), 'utf8')
  const known = "z.strictObject({ kind: z.literal('share_only'), ...common }),"
  expect(rules).toContain(known)
  expect(brokenFiles(rules)).toEqual([])
  const mystery = "z.strictObject({ kind: z.literal('mystery'), ...common }),"
  expect(brokenFiles(rules.replace(known, `${known}\n    ${mystery}`))).toEqual([
    'rules/input.ts',
    'rules/offers.ts',
    'why/english.ts',
    'why/korean.ts',
  ])
})
