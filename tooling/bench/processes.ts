import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A program that listens: where, and how to end it. */
export interface Running {
  readonly url: string
  readonly child: ChildProcess
  /** How long it took from its start to its first answer. */
  readonly seconds: number
  readonly stop: () => Promise<void>
  /** Ends it at once, in the middle of whatever it does. */
  readonly kill: () => Promise<void>
}

/** A port of this machine that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}

/** Starts a program with this Node and waits until `url` answers well. Rejects when it ends before, or after a minute. */
export async function start(
  args: readonly string[],
  { url, path = '/health', env = {} }: { url: string; path?: string; env?: Record<string, string> },
): Promise<Running> {
  const began = performance.now()
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  // Whoever measures may fail; what it has started ends with it.
  const end = () => void child.kill('SIGKILL')
  process.once('exit', end)
  child.once('exit', () => process.off('exit', end))
  const stop = () => ended(child, 'SIGTERM')
  const kill = () => ended(child, 'SIGKILL')
  while (!(await answersWell(url + path))) {
    if (hasEnded(child) || performance.now() - began > 60_000) {
      await stop()
      throw new Error(`It did not start: ${args.join(' ')}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return { url, child, seconds: (performance.now() - began) / 1000, stop, kill }
}

const answersWell = (url: string) =>
  fetch(url, { redirect: 'manual' }).then(
    async (response) => (await response.arrayBuffer()) && response.status < 400,
    () => false,
  )

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    if (hasEnded(child)) return resolve()
    child.once('exit', () => resolve())
    child.kill(signal)
  })
}
