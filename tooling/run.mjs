#!/usr/bin/env node
// Plain JavaScript for any Node from 18 up: it gets what the workspace needs, then hands over to it.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const windows = process.platform === 'win32'
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const pnpmVersion = manifest.packageManager.replace(/^pnpm@/, '').replace(/\+.*/, '')
const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' }
let node = process.execPath

/** Ends the launcher with one line that a person can act on. */
function stop(message) {
  console.error(message)
  process.exit(1)
}

/** Runs a program to its end and passes stop signals on; gives its exit code and, when quiet, what it said. */
function run(program, args, { quiet = false } = {}) {
  const child = spawn(program, args, { cwd: root, env, stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit' })
  let said = ''
  child.stdout?.on('data', (text) => (said += text))
  child.stderr?.on('data', (text) => (said += text))
  const pass = (signal) => {
    // In a terminal Ctrl-C reaches the child by itself; a second one would look like impatience.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, pass)
  // npm passes a stop signal only to its shell, which dies without a word: then this script has a new parent.
  const parent = process.ppid
  const orphaned = () => process.ppid !== parent && child.kill('SIGTERM')
  const watch = process.env.npm_lifecycle_event && setInterval(orphaned, 300)
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 1, said: error.message }))
    child.on('close', (code, signal) => {
      clearInterval(watch)
      for (const name of signals) process.off(name, pass)
      if (signal) process.exit(signal === 'SIGINT' ? 130 : 143)
      resolve({ code: code ?? 1, said })
    })
  })
}

/** Runs the npm that started this script, or else the one beside this Node or on the PATH. */
function npm(...args) {
  const beside = join(dirname(process.execPath), windows ? '' : '../lib', 'node_modules/npm/bin/npm-cli.js')
  const cli = [process.env.npm_execpath ?? '', beside].find(
    (file) => basename(file) === 'npm-cli.js' && existsSync(file),
  )
  const patience = [
    '--no-audit',
    '--no-fund',
    '--no-update-notifier',
    '--fetch-retry-mintimeout=1000',
    '--fetch-retry-maxtimeout=5000',
  ]
  const all = [...args, '--ignore-scripts', ...patience]
  return cli ? run(process.execPath, [cli, ...all], { quiet: true }) : run('npm', all, { quiet: true })
}

const reason = (said) => {
  const lines = said.split('\n').map((line) => line.replace(/^npm (error|ERR!) ?/, '').trim())
  return (
    lines.find(
      (line) =>
        /ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|ENOSPC|EACCES|E40\d|ERR_/.test(line) &&
        !/^(code|errno|syscall) /.test(line),
    ) ??
    lines.find(Boolean) ??
    'no reason given'
  )
}

const first = (directory) => (env.PATH = directory + delimiter + (process.env.PATH ?? process.env.Path ?? ''))
const runs = (file) => existsSync(file) && spawnSync(file, ['--version']).status === 0

/** Makes sure of a Node that is new enough: the one in use, or one from npm where there is such a package. */
async function findNode() {
  const [major, minor] = manifest.engines.node.match(/\d+/g).map(Number)
  const [haveMajor, haveMinor] = process.versions.node.split('.').map(Number)
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return first(dirname(node))
  const wanted = `Sangdo needs Node ${major}.${minor} or newer and this is ${process.versions.node}`
  const platform = `node-${windows ? 'win' : process.platform}-${process.arch}`
  const { optionalDependencies } = JSON.parse(readFileSync(join(root, 'tooling/runtime/package.json'), 'utf8'))
  if (!optionalDependencies[platform]) stop(`${wanted}. Install a newer one from https://nodejs.org and start again.`)
  node = join(root, 'tooling/runtime/node_modules', platform, 'bin', windows ? 'node.exe' : 'node')
  if (!runs(node)) {
    console.log(`${wanted}: getting ${optionalDependencies[platform]} for this folder only`)
    const { code, said } = await npm('ci', '--prefix', join(root, 'tooling/runtime'))
    if (code) stop(`${wanted}. Getting one from npm failed: ${reason(said)}`)
    if (!existsSync(node))
      stop(`${wanted}. Getting one from npm failed: the registry did not answer. Check the network and start again.`)
    if (!runs(node))
      stop(`${wanted}. The one from npm does not run on this system; install one from https://nodejs.org.`)
  }
  first(dirname(node))
}

/** Makes sure of the one pnpm version that wrote the lockfile, in a folder of its own. */
async function findPnpm() {
  const home = join(root, '.tooling', `pnpm-${pnpmVersion}`)
  // The native program itself: the `pnpm` beside it is a stub that only an install script would replace.
  const natives = () => {
    const scope = join(home, 'node_modules/@pnpm')
    return existsSync(scope) ? readdirSync(scope).map((name) => join(scope, name, windows ? 'pnpm.exe' : 'pnpm')) : []
  }
  let pnpm = natives().find(runs)
  if (!pnpm) {
    console.log(`Getting pnpm ${pnpmVersion}`)
    const { code, said } = await npm(
      'install',
      '--prefix',
      home,
      '--no-save',
      '--no-package-lock',
      `pnpm@${pnpmVersion}`,
    )
    if (code) stop(`Getting pnpm ${pnpmVersion} from npm failed: ${reason(said)}`)
    pnpm =
      natives().find(runs) ??
      stop(`pnpm ${pnpmVersion} does not run on this system (${process.platform} ${process.arch}).`)
  }
  first(dirname(pnpm) + delimiter + dirname(node))
  return pnpm
}

/** Installs and builds: only what the shop runs on, or everything. */
async function setUp(only) {
  await findNode()
  const pnpm = await findPnpm()
  if (!existsSync(join(root, 'node_modules'))) console.log('Installing dependencies')
  const some = only ? ['--filter', '!@sangdo/tooling'] : []
  const flags = ['--frozen-lockfile', '--trust-lockfile', '--prefer-offline', '--config.confirm-modules-purge=false']
  const installed = await run(pnpm, ['install', ...some, ...flags], { quiet: true })
  if (installed.code) stop(`Installing dependencies failed: ${reason(installed.said)}`)
  const turbo = join(root, 'node_modules/turbo/bin/turbo')
  const filter = only ? [`--filter=${only}...`] : []
  const built = await run(
    node,
    [turbo, 'run', 'build', ...filter, '--output-logs=errors-only', '--no-update-notifier'],
    { quiet: true },
  )
  if (built.code) stop(`${built.said}\nThe build failed; its messages are above.`)
}

const commands = {
  setup: { script: [] },
  start: { only: '@sangdo/shop', script: ['apps/shop/dist/main.js'] },
  test: { script: ['tooling/check.ts'] },
  deep: { script: ['tooling/deep.ts'] },
  mistakes: { script: ['--import', 'tsx', 'tooling/mistakes/index.ts'] },
  sangdo: { only: '@sangdo/api', script: ['apps/api/dist/sangdo.js'] },
  bench: { script: ['--import', 'tsx', 'tooling/bench/main.ts'] },
}

const [name = 'start', ...rest] = process.argv.slice(2)
const command = commands[name] ?? stop(`Unknown command ${name}; there are: ${Object.keys(commands).join(', ')}`)
const [script = ''] = command.script.slice(-1)
if (script.endsWith('.ts') && !existsSync(join(root, script))) stop(`There is no ${script} to run.`)
await setUp(command.only)
if (command.script.length) process.exitCode = (await run(node, [...command.script, ...rest])).code
