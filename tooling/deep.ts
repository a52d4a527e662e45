import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from './workspace.ts'

/** The long run of the property tests: as many random carts as `RUNS` says, a million unless it does. */
const env = { ...process.env, RUNS: process.env.RUNS ?? '1000000' }
const vitest = join(root, 'node_modules/vitest/vitest.mjs')
const files = ['properties', 'refunds.properties', 'trace.properties'].map((name) => `packages/pricing/test/${name}`)
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', '--project', 'unit', ...files, ...process.argv.slice(2)],
  {
    cwd: root,
    env,
    stdio: 'inherit',
  },
)
process.exitCode = status ?? 1
