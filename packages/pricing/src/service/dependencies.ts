import { coreErrors, type NewId, type Now } from '@sangdo/core'
import type { Announce } from '@sangdo/core/server'
import type { Cache } from '../store/cache.ts'

/** What every part of the service works with. */
export interface Dependencies {
  readonly outbox: Announce
  readonly now: Now
  readonly newId: NewId
  readonly cache: Cache
}

/** A field of an input that is wrong beside the others: `core.invalid_input`. */
export const refused = (field: string, message: string) => coreErrors.invalid_input({ issues: [{ field, message }] })

/** Throws `core.invalid_input` for what ends before it has begun. */
export function checkPeriod(
  { startsAt, endsAt }: { readonly startsAt: string | null; readonly endsAt: string | null },
  field = 'endsAt',
): void {
  if (startsAt !== null && endsAt !== null && endsAt <= startsAt) throw refused(field, 'After startsAt')
}

/** A limit for each buyer must not be dodged by `name+1@…`, so what follows a plus does not count. */
export function buyerOf(email: string | null | undefined): string | null {
  const address = email?.normalize('NFKC').trim().toLowerCase()
  if (!address) return null
  const plus = address.indexOf('+')
  const domain = plus < 0 ? -1 : address.indexOf('@', plus)
  return domain < 0 ? address : address.slice(0, plus) + address.slice(domain)
}
