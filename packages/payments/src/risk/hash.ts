import { createHmac } from 'node:crypto'
import type { RiskWho } from './contract.ts'
import { identityOf } from './identity.ts'
import { RiskKey } from './keys.ts'

/** Who somebody is, as HMAC-SHA256 hashes under a secret key: the same buyer is known again, and nobody can tell who it was. */
export function hashesOf(secret: string, who: RiskWho): Partial<Record<RiskKey, string>> {
  return Object.fromEntries(
    RiskKey.options.flatMap((key) => {
      const value = who[key]
      if (value === undefined) return []
      return [
        [
          key,
          createHmac('sha256', secret)
            .update(`${key}:${identityOf(key, value)}`)
            .digest('base64url'),
        ],
      ]
    }),
  )
}
