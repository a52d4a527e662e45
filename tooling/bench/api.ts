import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort, type Running, start } from './processes.ts'
import { createVisitor, type Visitor } from './visitor.ts'

/** Shared by the API and by the practice provider that it is paid through. */
export const secrets = {
  AUTH_SECRET: 'a secret that is long enough to measure',
  SANDBOX_SECRET: 'a secret of the provider',
}

const programs = {
  built: ['apps/api/dist/main.js'],
  source: ['--conditions=@sangdo/source', '--import', 'tsx', 'apps/api/src/main.ts'],
}

interface ApiOptions {
  readonly databaseUrl: string
  /** Where the shop keeps its secrets and the first password. */
  readonly folder: string
  readonly payUrl: string
  readonly program: keyof typeof programs
  /** Where it listens: any free port, unless given. */
  readonly port?: number
  /** Of Node, such as a limit on memory. */
  readonly flags?: readonly string[]
}

/** Starts the API in a process of its own, and waits until it answers. */
export async function startApi({
  databaseUrl,
  folder,
  payUrl,
  program,
  flags = [],
  ...at
}: ApiOptions): Promise<Running> {
  const port = at.port ?? (await freePort())
  const env = { ...secrets, DATABASE_URL: databaseUrl, DATA_DIR: folder, PAY_URL: payUrl, API_PORT: String(port) }
  return start([...flags, ...programs[program]], { url: `http://127.0.0.1:${port}`, env })
}

/** The owner of the shop, who has signed in with the password that the first start left. */
export async function signIn({ url }: Running, folder: string): Promise<Visitor> {
  const [email = '', password = ''] = (await readFile(join(folder, 'operator.txt'), 'utf8')).split('\n')
  const visitor = createVisitor(url, url.replace('127.0.0.1', 'localhost'))
  await visitor.get('POST', '/admin/auth/sign-in/email', { email, password })
  return visitor
}

/** How far an import is. */
export interface ImportState {
  readonly id: string
  readonly status: 'running' | 'finished' | 'failed'
  readonly rows: number
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly failed: number
  readonly problem: string | null
}

/** Sends a product file through the back office and waits until it has been read. */
export async function importFile(
  staff: Visitor,
  file: string,
  wish: { format: 'spree' | 'books'; locale: string; currency: string },
): Promise<ImportState> {
  let state = await staff.get<ImportState>('POST', `/admin/imports?${new URLSearchParams(wish)}`, file)
  while (state.status === 'running') {
    await new Promise((resolve) => setTimeout(resolve, 100))
    state = await staff.get<ImportState>('GET', `/admin/imports/${state.id}`)
  }
  return state
}
