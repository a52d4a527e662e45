import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { startPostgres } from '../postgres.ts'
import { root } from '../workspace.ts'
import { type Mistake, mistakes } from './pricing.ts'

const original = join(root, 'packages/pricing')
const copy = join(root, '.tooling/mistakes/pricing')
const only = process.argv.slice(2).join(' ')

const config = `export default {
  resolve: { conditions: ['@sangdo/source'] },
  ssr: { resolve: { conditions: ['@sangdo/source'] } },
  test: { include: ['test/**/*.test.ts'], testTimeout: 60000, hookTimeout: 60000, bail: 1 },
}
`

function copyPackage(): void {
  rmSync(copy, { recursive: true, force: true })
  mkdirSync(copy, { recursive: true })
  for (const part of ['src', 'test', 'package.json'])
    cpSync(join(original, part), join(copy, part), { recursive: true })
  symlinkSync(join(original, 'node_modules'), join(copy, 'node_modules'), 'junction')
  writeFileSync(join(copy, 'vitest.config.mjs'), config)
}

/** What the store does is noticed by the races, on a database; everything else by the tests of the rules. */
const testsOf = ({ file }: Pick<Mistake, 'file'>) =>
  file.startsWith('src/store/')
    ? ['test/races']
    : ['rules', 'promotions', 'tax', 'refunds', 'properties', 'prices'].map((name) => `test/${name}`)

/** Whether the tests of the copy notice that something is wrong, and which of them did first. */
function tried(file: string, databaseUrl: string | undefined): { passes: boolean; said: string } {
  const env = { ...process.env, RUNS: '2000', ...(databaseUrl ? { TEST_DATABASE_URL: databaseUrl } : {}) }
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [vitest, 'run', '--root', copy, ...testsOf({ file })],
    {
      cwd: copy,
      env,
      encoding: 'utf8',
    },
  )
  const [first = ''] = /FAIL\s+(.+)/.exec(stripVTControlCharacters(stdout + stderr))?.slice(1) ?? []
  return { passes: status === 0, said: first }
}

function make({ file, from, to }: Mistake): void {
  const path = join(copy, file)
  const source = readFileSync(path, 'utf8')
  if (source.split(from).length !== 2) throw new Error(`${file} does not hold exactly once:\n${from}`)
  writeFileSync(
    path,
    source.replace(from, () => to),
  )
}

const postgres = await startPostgres()
let missed = 0
try {
  copyPackage()
  for (const file of ['src/rules/', 'src/store/']) {
    const sound = tried(file, postgres?.url)
    if (!sound.passes) throw new Error(`The tests fail without a mistake: ${sound.said}`)
  }
  for (const mistake of mistakes.filter(({ name }) => name.includes(only))) {
    copyPackage()
    make(mistake)
    const { passes, said } = tried(mistake.file, postgres?.url)
    if (passes) missed += 1
    console.log(`${passes ? 'MISSED ' : 'noticed'}  ${mistake.name}${passes ? '' : `  (${said})`}`)
  }
} finally {
  await postgres?.stop()
}
const chosen = mistakes.filter(({ name }) => name.includes(only))
console.log(`${chosen.length - missed} of ${chosen.length} mistakes were noticed`)
process.exitCode = missed > 0 ? 1 : 0
