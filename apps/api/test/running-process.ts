import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { OpenShop } from '../src/open.ts'

/** The API in a process of its own, as it is started in production. */
export interface ApiProcess {
  readonly url: string
  readonly child: ChildProcess
  /** What it has written to standard error so far. */
  readonly errors: () => string
  /** Takes calls as an app does, and sends them over a socket. */
  readonly app: OpenShop['app']
  /** Sends SIGTERM and waits for the end; answers with the exit code. */
  readonly terminate: () => Promise<number | null>
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

/** Starts the API over a database and waits until it is ready. */
export async function startProcess(env: Record<string, string>): Promise<ApiProcess> {
  const ports = { API_PORT: String(await freePort()), PAY_PORT: String(await freePort()) }
  const url = `http://127.0.0.1:${ports.API_PORT}`
  const main = join(import.meta.dirname, '../src/main.ts')
  const child = spawn(process.execPath, ['--conditions=@sangdo/source', '--import', 'tsx', main], {
    env: { ...process.env, ...ports, ...env },
    cwd: join(import.meta.dirname, '..'),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let errors = ''
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  const ended = once(child, 'exit')
  while (!(await isReady(url))) {
    if (child.exitCode !== null) throw new Error(`The API ended: ${errors}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const request = (to: string, init?: RequestInit) => fetch(to.replace('http://localhost:4000', url), init)
  const terminate = async () => {
    child.kill('SIGTERM')
    await ended
    return child.exitCode
  }
  return { url, child, errors: () => errors, app: { request } as unknown as OpenShop['app'], terminate }
}

const isReady = (url: string) =>
  fetch(`${url}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  )
