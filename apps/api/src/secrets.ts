import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a shop must know and nobody else. */
export interface Secrets {
  /** Signs the cookies of customers and staff. */
  readonly auth: string
  /** Signs what the practice payment provider and the shop tell each other. */
  readonly sandbox: string
  /** Makes hashes of buyers, by which fraud is recognised. */
  readonly risk: string
}

/** The secrets from the environment (`AUTH_SECRET`, `SANDBOX_SECRET`, `RISK_SECRET`), else those made at the first start and kept in `folder`. */
export function secretsIn(folder: string, env: NodeJS.ProcessEnv): Secrets {
  const kept = readKept(join(folder, 'secrets.json'))
  const secrets = {
    auth: env['AUTH_SECRET'] ?? kept.auth ?? fresh(),
    sandbox: env['SANDBOX_SECRET'] ?? kept.sandbox ?? fresh(),
    risk: env['RISK_SECRET'] ?? kept.risk ?? fresh(),
  }
  mkdirSync(folder, { recursive: true })
  if (!kept.auth || !kept.sandbox || !kept.risk)
    writeFileSync(join(folder, 'secrets.json'), JSON.stringify(secrets), { mode: 0o600 })
  return secrets
}

const fresh = () => randomBytes(32).toString('base64url')

function readKept(path: string): Partial<Secrets> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Partial<Secrets>
  } catch (error) {
    // A file that is there but cannot be read must not be replaced: everybody would be signed out.
    if ((error as { code?: unknown }).code === 'ENOENT') return {}
    throw error
  }
}
