import type { BackorderAllowance, Promisable } from '../contract/index.ts'

/**
 * What a buyer can have: `available` now and `beyond` later, by the allowances that hold at an instant. Expected is when the last
 * of those comes, or null when that is not known of all.
 */
export function promisable(
  available: number,
  allowances: readonly (BackorderAllowance & { readonly promised: number })[],
  at: string,
): Promisable {
  const open = allowances.filter(({ limit, promised, until }) => limit > promised && (until === null || until > at))
  const last = open.reduce<string>(
    (latest, { expectedAt }) => ((expectedAt ?? '') > latest ? (expectedAt ?? '') : latest),
    '',
  )
  return {
    available,
    beyond: open.reduce((pieces, { limit, promised }) => pieces + limit - promised, 0),
    expectedAt: last === '' || open.some(({ expectedAt }) => expectedAt === null) ? null : last,
  }
}
