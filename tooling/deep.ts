import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from './workspace.ts'

/** A test that the ordinary run does only a share of: where it is, and what asks it for more. */
interface Deep {
  readonly project: 'unit' | 'race'
  readonly files: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** What each long run does; `RUNS`, `KILLS`, `POINTS` and `SEED` from the environment go before these. */
const all: Readonly<Record<string, Deep>> = {
  pricing: {
    project: 'unit',
    files: ['properties', 'refunds.properties', 'trace.properties'].map((name) => `packages/pricing/test/${name}`),
    env: { RUNS: '1000000' },
  },
  stock: { project: 'unit', files: ['packages/inventory/test/model'], env: { RUNS: '10000' } },
  messages: { project: 'unit', files: ['packages/payments/test/permutations'], env: { RUNS: 'deep' } },
  points: { project: 'unit', files: ['apps/api/test/crash'], env: { POINTS: 'all' } },
  races: { project: 'race', files: ['tooling/race/races'], env: { ROUNDS: '1000' } },
  kills: { project: 'race', files: ['tooling/race/crash'], env: { KILLS: '1000' } },
  model: { project: 'unit', files: ['apps/api/test/model'], env: { RUNS: '10000' } },
  chaos: { project: 'unit', files: ['apps/api/test/chaos'], env: { RUNS: '100000' } },
  disk: {
    project: 'unit',
    files: ['packages/core/test/crash', 'packages/core/test/interleaving'],
    env: { RUNS: '1000' },
  },
}

/** Runs one of them to its end; answers whether it went well. */
function run(name: string, { project, files, env }: Deep): boolean {
  const asks = Object.keys(env).map((key) => `${key}=${process.env[key] ?? env[key]}`)
  console.log(`\n${name}: ${asks.join(' ')}`)
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const options = ['run', '--project', project, '--testTimeout', String(24 * 3_600_000), ...files]
  const { status } = spawnSync(process.execPath, [vitest, ...options], {
    cwd: root,
    env: { ...env, ...process.env },
    stdio: 'inherit',
  })
  return status === 0
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in all))
if (unknown.length > 0)
  throw new Error(`There is no long run of ${unknown.join(', ')}; there are ${Object.keys(all).join(', ')}`)
const chosen = Object.entries(all).filter(([name]) => asked.length === 0 || asked.includes(name))
const failed = chosen.filter(([name, deep]) => !run(name, deep)).map(([name]) => name)
if (failed.length > 0) console.error(`\nFailed: ${failed.join(', ')}`)
process.exitCode = failed.length > 0 ? 1 : 0
