import { type Instant, money } from '@sangdo/core'
import type { Channel, Consent, Customer, CustomerTotals, OrderStatus, Spending, Verdict } from './contract.ts'

const hour = 3_600_000
const seoulOffset = 9 * hour
const day = 24 * hour

/** The hours of the night in Seoul, in which advertising needs a consent of its own: from 21 to 8. */
export const quietHours = { from: 21, to: 8 } as const

/**
 * Until when it is night in Seoul, or null by day: 21:00 to 08:00, the first included, the last not. Network Act, article
 * 50 (3). Seoul is nine hours ahead of UTC all year.
 */
export function nightUntil(at: Instant): Instant | null {
  const local = Date.parse(at) + seoulOffset
  const midnight = Math.floor(local / day) * day
  const hours = (local - midnight) / hour
  if (hours >= quietHours.to && hours < quietHours.from) return null
  const morning = midnight + quietHours.to * hour + (hours >= quietHours.from ? day : 0)
  return new Date(morning - seoulOffset).toISOString()
}

const refused = (reason: Extract<Verdict, { allowed: false }>['reason'], nextAllowedAt: Instant | null = null) =>
  ({ allowed: false, reason, nextAllowedAt }) as const

/**
 * Whether somebody may be sent advertising through a channel: the last line of their ledger says yes, and it is not night
 * in Korea. Network Act, article 50 (1) to (3); e-mail is free of the night (its Enforcement Decree, article 61 (2)).
 */
export function verdict(
  status: Customer['status'],
  last: Pick<Consent, 'decision'> | undefined,
  channel: Channel,
  at: Instant,
): Verdict {
  if (status === 'left') return refused('left')
  if (!last) return refused('no_consent')
  if (last.decision === 'withdrawn') return refused('withdrawn')
  const until = channel === 'email' ? null : nightUntil(at)
  return until ? refused('night', until) : { allowed: true }
}

/**
 * Whether a consent is due to be confirmed: two years after it was given, and every two years from then on. Who does not
 * answer has not withdrawn. Network Act, article 50 (8), and its Enforcement Decree, article 62-3.
 */
export function isReminderDue(
  granted: Pick<Consent, 'decision' | 'at'>,
  remindedAt: Instant | null,
  at: Instant,
): boolean {
  const since = new Date(remindedAt ?? granted.at)
  since.setUTCFullYear(since.getUTCFullYear() + 2)
  return granted.decision === 'granted' && Date.parse(at) >= since.getTime()
}

const bought: Record<OrderStatus, boolean> = {
  placed: false,
  paid: true,
  shipped: true,
  delivered: true,
  cancelled: false,
  refunded: false,
}

/** The statuses in which an order counts as bought: paid, and not called off. */
export const boughtStatuses = (Object.keys(bought) as OrderStatus[]).filter((status) => bought[status])

/** What a customer has bought, of what they spent in each currency. */
export function totalsFrom(spendings: readonly Spending[]): CustomerTotals {
  return {
    orders: spendings.reduce((count, { orders }) => count + orders, 0),
    spent: spendings.map(({ minor, currency }) => money(minor, currency)),
    lastOrderAt: spendings.reduce<string | null>((last, { lastOrderAt }) => maximum(last, lastOrderAt), null),
  }
}

const maximum = (last: string | null, at: string) => (last === null || at > last ? at : last)

/** What a customer is found by, in small letters: name, e-mail address, and phone as it is and by its digits. */
export const searchTextOf = ({ name, email, phone }: Pick<Customer, 'name' | 'email' | 'phone'>): string =>
  [name, email, phone, phone?.replaceAll(/\D/g, '')].filter(Boolean).join(' ').toLowerCase()
