import { ShopError } from '@sangdo/core'
import { report } from './log.ts'

/** Says why a start failed in one line, without a stack, and ends the process. */
export function plainly(error: unknown): never {
  process.stderr.write(`\n  ${reasonOf(error)}\n\n`)
  process.exit(1)
}

function reasonOf(error: unknown): string {
  const { code, port, message } = error as { code?: string; port?: number; message?: string }
  if (code === 'EADDRINUSE') return `Port ${port} is taken. Choose another with PORT, API_PORT or PAY_PORT.`
  if (code === 'EACCES') return `Port ${port} needs more rights. Choose another with PORT, API_PORT or PAY_PORT.`
  return error instanceof ShopError ? error.message : `The shop could not be opened: ${message}`
}

/** Says in one line of the log what nobody has caught, and ends the process: what it would do next is not known. */
export function exitOnFault(): void {
  const end = (error: unknown) => {
    report('process', error)
    process.exit(1)
  }
  process.once('uncaughtException', end)
  process.once('unhandledRejection', end)
}

/** Stops once on the first SIGINT or SIGTERM, then ends the process. */
export function exitOnSignal(stop: () => Promise<void>): void {
  const once = () => void stop().then(() => process.exit(0), plainly)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, once)
}

/** The options that the environment may set, for the API and for the shop. */
export function optionsFrom(env: NodeJS.ProcessEnv) {
  const { DATABASE_URL: databaseUrl, DATA_DIR: folder, PAY_URL: payUrl, API_URL: apiUrl } = env
  const ports = {
    shopPort: portFrom(env, 'PORT', 3000),
    apiPort: portFrom(env, 'API_PORT', 4000),
    payPort: portFrom(env, 'PAY_PORT', 4100),
  }
  return {
    ...ports,
    shopOrigin: env['SHOP_URL'] ?? `http://localhost:${ports.shopPort}`,
    ...(databaseUrl ? { databaseUrl } : {}),
    ...(folder ? { folder } : {}),
    ...(payUrl ? { payUrl } : {}),
    ...(apiUrl ? { apiUrl } : {}),
    running: runningFrom(env),
    demo: env['DEMO'] !== 'off',
    ...(env['HOLD_DEPOSIT_SECONDS'] ? { holdDepositSeconds: Number(env['HOLD_DEPOSIT_SECONDS']) } : {}),
  }
}

/** What a process may be told about how it runs. */
const runningFrom = (env: NodeJS.ProcessEnv) => ({
  ...(env['MAX_REQUESTS'] ? { maxRequests: countFrom(env, 'MAX_REQUESTS') } : {}),
  ...(env['METRICS_TOKEN'] ? { metricsToken: env['METRICS_TOKEN'] } : {}),
  ...(env['LOG'] === 'requests' ? { logRequests: true } : {}),
  ...(env['MAX_LATENESS'] ? { latest: countFrom(env, 'MAX_LATENESS') } : {}),
})

function portFrom(env: NodeJS.ProcessEnv, name: string, usual: number): number {
  const port = Number(env[name] ?? usual)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`${name} is not a port: ${env[name]}`)
  return port
}

function countFrom(env: NodeJS.ProcessEnv, name: string): number {
  const count = Number(env[name])
  if (!Number.isInteger(count) || count < 1) throw new Error(`${name} is not a whole number from 1: ${env[name]}`)
  return count
}
