import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { startPostgres } from '../postgres.ts'
import { root } from '../workspace.ts'
import { type Mistake, mistakes } from './all.ts'

const tree = join(root, '.tooling/mistakes/tree')
const only = process.argv.slice(2).join(' ')

/** Copies all sources to a tree of their own, in which a mistake harms nobody; what is installed is shared. */
function copyTree(): void {
  rmSync(tree, { recursive: true, force: true })
  mkdirSync(tree, { recursive: true })
  const isBuilt = (path: string) => ['dist', '.turbo', '.data'].some((name) => path.split(sep).includes(name))
  const filter = (source: string) => !isBuilt(relative(root, source))
  for (const part of ['packages', 'apps', 'tooling', 'package.json', 'tsconfig.base.json', 'vitest.config.ts'])
    cpSync(join(root, part), join(tree, part), { recursive: true, verbatimSymlinks: true, filter })
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'), 'junction')
}

/** Whether the tests notice that something is wrong, and which of them did first. */
function tried(tests: readonly string[], databaseUrl: string | undefined): { passes: boolean; said: string } {
  const carts = tests.some((name) => name.includes('pricing')) ? { RUNS: '2000' } : {}
  const env = { ...process.env, ...carts, ...(databaseUrl ? { TEST_DATABASE_URL: databaseUrl } : {}) }
  const vitest = join(tree, 'node_modules/vitest/vitest.mjs')
  const options = ['run', '--root', tree, '--project', 'unit', '--project', 'race', '--bail', '1', ...tests]
  const { status, stdout, stderr } = spawnSync(process.execPath, [vitest, ...options], {
    cwd: tree,
    env,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  const [first = ''] = /FAIL\s+(.+)/.exec(stripVTControlCharacters(stdout + stderr))?.slice(1) ?? []
  return { passes: status === 0, said: first }
}

/** Makes a mistake, lets the tests look at it, and mends it. */
function noticed({ file, from, to, tests }: Mistake, databaseUrl: string | undefined): ReturnType<typeof tried> {
  const path = join(tree, file)
  const source = readFileSync(path, 'utf8')
  if (source.split(from).length !== 2) throw new Error(`${file} does not hold exactly once:\n${from}`)
  writeFileSync(
    path,
    source.replace(from, () => to),
  )
  try {
    return tried(tests, databaseUrl)
  } finally {
    writeFileSync(path, source)
  }
}

const chosen = mistakes.filter(({ name, file }) => `${name} ${file}`.includes(only))
const postgres = await startPostgres()
const missed: string[] = []
try {
  copyTree()
  for (const tests of new Set(chosen.map((mistake) => mistake.tests.join(' ')))) {
    const sound = tried(tests.split(' '), postgres?.url)
    if (!sound.passes) throw new Error(`The tests fail without a mistake: ${sound.said}`)
  }
  for (const mistake of chosen) {
    const { passes, said } = noticed(mistake, postgres?.url)
    if (passes) missed.push(mistake.name)
    console.log(`${passes ? 'MISSED ' : 'noticed'}  ${mistake.name}${passes ? '' : `  (${said})`}`)
  }
} finally {
  await postgres?.stop()
}
console.log(`${chosen.length - missed.length} of ${chosen.length} mistakes were noticed`)
process.exitCode = missed.length > 0 ? 1 : 0
