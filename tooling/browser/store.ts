import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../apps/shop/dist/main.js', import.meta.url))

/** A port of this machine that nobody listens on. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}

/** A running store, as `npm start` runs it, on a database and ports of its own. */
export interface Store {
  readonly url: string
  readonly operator: { readonly email: string; readonly password: string }
  readonly stop: () => Promise<void>
}

/** Starts the built store on an empty SQLite file, which it fills with the demo brand, and waits until it answers. */
export async function startStore(): Promise<Store> {
  const folder = await mkdtemp(join(tmpdir(), 'sangdo-store-'))
  const [port, apiPort, payPort] = [await freePort(), await freePort(), await freePort()]
  const env = {
    ...process.env,
    DATA_DIR: folder,
    PORT: String(port),
    API_PORT: String(apiPort),
    PAY_PORT: String(payPort),
    HOLD_DEPOSIT_SECONDS: '0',
  }
  const child = spawn(process.execPath, [main], { cwd: folder, env, stdio: ['ignore', 'ignore', 'inherit'] })
  const url = `http://localhost:${port}`
  await answers(`${url}/en`, child)
  const [email = '', password = ''] = (await readFile(join(folder, 'operator.txt'), 'utf8')).split('\n')
  const stop = async () => {
    await new Promise((resolve) => {
      child.once('exit', resolve)
      child.kill('SIGTERM')
    })
    await rm(folder, { recursive: true, force: true })
  }
  return { url, operator: { email, password }, stop }
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (child.exitCode !== null) throw new Error('The store ended before it answered')
    if (
      await fetch(url).then(
        (response) => response.ok,
        () => false,
      )
    )
      return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  child.kill()
  throw new Error('The store did not answer within thirty seconds')
}
