import type { NewId, Now } from '@sangdo/core'
import type { Announce } from '@sangdo/core/server'
import type { Cache } from '../store/cache.ts'

/** What every part of the service works with. */
export interface Dependencies {
  readonly outbox: Announce
  readonly now: Now
  readonly newId: NewId
  readonly cache: Cache
}

/** A limit for each buyer must not be dodged by `name+1@…`, so what follows a plus does not count. */
export function buyerOf(email: string | null | undefined): string | null {
  const address = email?.normalize('NFKC').trim().toLowerCase()
  if (!address) return null
  const plus = address.indexOf('+')
  const domain = plus < 0 ? -1 : address.indexOf('@', plus)
  return domain < 0 ? address : address.slice(0, plus) + address.slice(domain)
}
