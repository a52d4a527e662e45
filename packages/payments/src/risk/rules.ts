import type { Instant } from '@sangdo/core'
import type { RiskCount, RiskDecision, RiskFacts, RiskScore, RiskStatus } from './contract.ts'
import { disposableDomains } from './domains.ts'
import { identityOf, mailOf, plain } from './identity.ts'
import type { RiskKey } from './keys.ts'
import { defaultRiskPolicy, type RiskPolicy, type RiskRule } from './policy.ts'
import type { RiskReason } from './reasons.ts'

/** The published graph of an assessment: the rules' no can be appealed, and then a person decides. */
export const nextRiskStatus = {
  automatic: ['waiting'],
  waiting: ['decided'],
  decided: [],
} as const satisfies Record<RiskStatus, readonly RiskStatus[]>

/**
 * How risky an order is: a score from 0 to 100, what is decided by it, and every reason with its points. The same facts, in any
 * order, have the same score; a worse fact never lowers it. A no (`deny`) is for a person to confirm if its buyer appeals.
 */
export function riskOf(facts: RiskFacts, policy: RiskPolicy = defaultRiskPolicy): RiskScore {
  const found = policy.rules.flatMap((rule) => reasonOf(rule, facts) ?? [])
  const reasons = [...found, ...serviceReasons(facts, policy)]
  const points = reasons.reduce((total, reason) => total + reason.points, 0)
  const score = Math.min(100, Math.max(0, points))
  const held = reasons.some((reason) => reason.rule === 'service_down' && reason.held)
  return { score, points, decision: decisionOf(score, held, policy.thresholds), reasons }
}

function decisionOf(score: number, held: boolean, { challenge, review, deny }: RiskPolicy['thresholds']): RiskDecision {
  if (score >= deny) return 'deny'
  if (score >= review || held) return 'review'
  return score >= challenge ? 'challenge' : 'allow'
}

/** What the rules of a policy want counted, each once. */
export function windowsOf({ rules }: RiskPolicy): Omit<RiskCount, 'count'>[] {
  const windows = rules.flatMap((rule): Omit<RiskCount, 'count'>[] => {
    if (rule.kind === 'velocity') return [{ what: rule.what, by: rule.by, seconds: rule.seconds }]
    if (rule.kind === 'declines') return [{ what: 'declines', by: rule.by, seconds: rule.seconds }]
    return rule.kind === 'night_burst' ? [{ what: 'orders', by: rule.by, seconds: rule.seconds }] : []
  })
  return [...new Map(windows.map((one) => [`${one.what} ${one.by} ${one.seconds}`, one])).values()]
}

/** What a rule has against the facts (or for them); null when it has nothing to say. */
function reasonOf(rule: RiskRule, facts: RiskFacts): RiskReason | null {
  switch (rule.kind) {
    case 'velocity':
      return velocity(rule, facts)
    case 'declines':
      return declines(rule, facts)
    case 'night_burst':
      return nightBurst(rule, facts)
    case 'countries_differ':
      return countriesDiffer(rule, facts)
    case 'names_differ':
      return namesDiffer(rule, facts)
    case 'disposable_mail':
      return disposableMail(rule, facts)
    case 'generated_mail':
      return generatedMail(rule, facts)
    case 'first_order':
      return firstOrder(rule, facts)
    case 'dear_pieces':
      return dearPieces(rule, facts)
    case 'freight_forwarder':
      return freightForwarder(rule, facts)
    case 'known_customer':
      return knownCustomer(rule, facts)
    case 'deny_list':
    case 'allow_list': {
      const by = listed(rule.entries, facts)
      return by && { rule: rule.kind, points: rule.points, by }
    }
  }
}

type Rule<Kind extends RiskRule['kind']> = Extract<RiskRule, { kind: Kind }>

/** How often it was seen, if often enough. What was seen in a shorter time was seen in the longer one. */
function counted(
  what: RiskCount['what'],
  { by, seconds, atLeast }: { by: RiskKey; seconds: number; atLeast: number },
  { counts = [] }: RiskFacts,
) {
  const seen = counts.filter((one) => one.what === what && one.by === by && one.seconds <= seconds)
  const count = Math.max(0, ...seen.map((one) => one.count))
  return count >= atLeast ? { by, seconds, count, atLeast } : null
}

function velocity(rule: Rule<'velocity'>, facts: RiskFacts): RiskReason | null {
  const seen = counted(rule.what, rule, facts)
  return seen && { rule: 'velocity', points: rule.points, what: rule.what, ...seen }
}

function declines(rule: Rule<'declines'>, facts: RiskFacts): RiskReason | null {
  const seen = counted('declines', rule, facts)
  return seen && { rule: 'declines', points: rule.points, ...seen }
}

function nightBurst(rule: Rule<'night_burst'>, facts: RiskFacts): RiskReason | null {
  const { from, to, timeZone, points } = rule
  const hour = hourOf(facts.at, timeZone)
  const night = from <= to ? hour >= from && hour < to : hour >= from || hour < to
  const seen = night ? counted('orders', rule, facts) : null
  return seen && { rule: 'night_burst', points, ...seen, from, to }
}

// Making one costs more than all other rules together.
const clocks = new Map<string, Intl.DateTimeFormat>()

function hourOf(at: Instant, timeZone: string): number {
  const clock = clocks.get(timeZone) ?? new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23' })
  clocks.set(timeZone, clock)
  return Number(clock.format(new Date(at)))
}

function countriesDiffer({ places, points }: Rule<'countries_differ'>, facts: RiskFacts): RiskReason | null {
  const [one, other] = places.map((place) => facts.countries?.[place])
  if (one === undefined || other === undefined || one === other) return null
  return { rule: 'countries_differ', points, places, countries: [one, other] }
}

function namesDiffer({ points }: Rule<'names_differ'>, { names }: RiskFacts): RiskReason | null {
  const [billing, delivery] = [plain(names?.billing ?? ''), plain(names?.delivery ?? '')]
  return billing && delivery && billing !== delivery ? { rule: 'names_differ', points } : null
}

function disposableMail({ domains, points }: Rule<'disposable_mail'>, { who }: RiskFacts): RiskReason | null {
  const { domain } = mailOf(who?.email ?? '')
  const known = [...disposableDomains, ...domains.map(plain)]
  // Such services give out addresses below their own domain too.
  const found = known.find((one) => domain === one || domain.endsWith(`.${one}`))
  return found === undefined ? null : { rule: 'disposable_mail', points, domain: found }
}

/**
 * A person's address has a name, and a year or a phone number behind it: one or two changes between letters and digits. Runs of
 * consonants prove nothing in Korea, where many type their Hangul name on Latin keys.
 */
function generatedMail({ atLeast, points }: Rule<'generated_mail'>, { who }: RiskFacts): RiskReason | null {
  const { name } = mailOf(who?.email ?? '')
  const changes = (name.match(/[a-z](?=\d)|\d(?=[a-z])/g) ?? []).length
  return changes >= atLeast ? { rule: 'generated_mail', points, changes, atLeast } : null
}

function firstOrder({ over, points }: Rule<'first_order'>, { history, amount }: RiskFacts): RiskReason | null {
  const large = amount.currency === over.currency && amount.minor >= over.minor
  return history?.orders === 0 && large ? { rule: 'first_order', points, amount, over } : null
}

function dearPieces({ unitPrice, atLeast, points }: Rule<'dear_pieces'>, { lines = [] }: RiskFacts): RiskReason | null {
  const dear = lines.filter(
    (line) => line.unitPrice.currency === unitPrice.currency && line.unitPrice.minor >= unitPrice.minor,
  )
  const things = [...new Set(dear.map((line) => line.sku))].sort().map((sku) => {
    const same = dear.filter((line) => line.sku === sku)
    const price = Math.max(...same.map((line) => line.unitPrice.minor))
    return { sku, quantity: same.reduce((total, line) => total + line.quantity, 0), price }
  })
  const [most] = things.toSorted((a, b) => b.quantity - a.quantity)
  if (!most || most.quantity < atLeast) return null
  const { sku, quantity, price } = most
  return { rule: 'dear_pieces', points, sku, quantity, unitPrice: { ...unitPrice, minor: price }, atLeast }
}

function freightForwarder(rule: Rule<'freight_forwarder'>, { countries, postcode }: RiskFacts): RiskReason | null {
  const found = rule.places.find(
    (place) => place.country === countries?.shipping && plain(place.postcode) === plain(postcode ?? ''),
  )
  return found ? { rule: 'freight_forwarder', points: rule.points, ...found } : null
}

const dayMs = 86_400_000

function knownCustomer(rule: Rule<'known_customer'>, { at, history }: RiskFacts): RiskReason | null {
  if (!history?.since || history.delivered < rule.delivered) return null
  const days = Math.floor((Date.parse(at) - Date.parse(history.since)) / dayMs)
  return days >= rule.days ? { rule: 'known_customer', points: rule.points, delivered: history.delivered, days } : null
}

/** By what the buyer is on a list. */
const listed = (entries: Rule<'deny_list'>['entries'], { who }: RiskFacts): RiskKey | null =>
  entries.find(({ by, value }) => {
    const known = who?.[by]
    return known !== undefined && identityOf(by, known) === identityOf(by, value)
  })?.by ?? null

/** What another service says. While it is down, an order from an amount on waits for a person; one below it does not. */
function serviceReasons({ service, amount }: RiskFacts, { reviewFrom }: RiskPolicy): RiskReason[] {
  if (service === undefined) return []
  if (service.status === 'answered') return [{ rule: 'service', points: service.points, code: service.code }]
  const limit = reviewFrom.find((one) => one.currency === amount.currency)
  return [{ rule: 'service_down', points: 0, amount, held: limit === undefined || amount.minor >= limit.minor }]
}
