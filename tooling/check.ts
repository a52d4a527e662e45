import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const report = join(root, 'reports', 'tests.json')
const windows = process.platform === 'win32'
const path = join(root, 'node_modules', '.bin') + delimiter + (process.env.PATH ?? '')
const env = { ...process.env, PATH: path, TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' }

interface Outcome {
  readonly ok: boolean
  readonly said: string
}

interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly testResults: readonly {
    readonly status: string
    readonly assertionResults: readonly { readonly status: string }[]
  }[]
}

/** Runs a command line; its output is kept for later unless it should be seen at once. */
function run(command: string, { seen = false } = {}): Promise<Outcome> {
  const [program = '', ...args] = command.split(' ')
  const child = spawn(program, args, {
    cwd: root,
    env,
    shell: windows,
    stdio: seen ? 'inherit' : ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stdout?.on('data', (text: Buffer) => (said += text.toString()))
  child.stderr?.on('data', (text: Buffer) => (said += text.toString()))
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ ok: false, said: error.message }))
    child.on('close', (code) => resolve({ ok: code === 0, said }))
  })
}

/** Runs commands side by side; shows only what the failing ones said, and names them. */
async function checks(commands: Record<string, string>): Promise<string[]> {
  const outcomes = Object.entries(commands).map(async ([name, command]) => {
    const { ok, said } = await run(command)
    console.log(ok ? `ok      ${name}` : `\n${said.trim()}\nFAILED  ${name}: ${command}\n`)
    return ok ? [] : [name]
  })
  return (await Promise.all(outcomes)).flat()
}

/** Counts the tests of a report; a file that broke before its first test counts as one failure. */
function count({ numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults }: Report) {
  const broken = testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  )
  return { passed: numPassedTests, failed: numFailedTests + broken.length, skipped: numPendingTests + numTodoTests }
}

function close(passed: number, failed: number, skipped = 0): never {
  console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`)
  process.exit(failed ? 1 : 0)
}

const failed = await checks({
  lint: 'oxlint --type-aware',
  format: 'oxfmt --check .',
  'dependency versions': 'sherif',
  'unused code': 'knip --no-progress --no-config-hints',
  types: 'turbo run typecheck --output-logs=errors-only',
})
if (failed.length) {
  console.log(`No test ran, because these checks failed: ${failed.join(', ')}`)
  close(0, failed.length)
}

mkdirSync(dirname(report), { recursive: true })
rmSync(report, { force: true })
const filters = process.argv.slice(2).join(' ')
const tests = await run(
  `vitest run --reporter=default --reporter=json --outputFile.json=reports/tests.json ${filters}`.trim(),
  {
    seen: true,
  },
)
try {
  const { passed, failed: broken, skipped } = count(JSON.parse(readFileSync(report, 'utf8')) as Report)
  // An error outside any test (a worker that died, a type error in a file without tests) must not look like success.
  close(passed, broken || (tests.ok ? 0 : 1), skipped)
} catch {
  console.log('The tests ended without a report.')
  close(0, 1)
}
