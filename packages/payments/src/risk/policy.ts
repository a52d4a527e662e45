import { Money } from '@sangdo/core'
import { z } from 'zod'
import { mostCounted, RiskKey, RiskPlace } from './keys.ts'

const day = 86_400
const hour = 3600

const raises = (points: number) => z.int().min(1).max(100).default(points)
const lowers = (points: number) => z.int().min(-100).max(-1).default(points)
const seconds = (most: number) =>
  z
    .int()
    .min(1)
    .max(90 * day)
    .default(most)
const atLeast = (count: number) => z.int().min(1).max(mostCounted).default(count)
const hourOfDay = z.int().min(0).max(24)
const List = z.array(z.strictObject({ by: RiskKey, value: z.string().trim().min(1).max(500) })).max(10_000)

const isTimeZone = (name: string) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

/**
 * One rule of a shop. Each adds (or, for a known customer, takes) its points when what it looks for is there; a rule may stand in a
 * policy several times, with steeper limits. Every parameter but the keys has a default.
 */
export const RiskRule = z.discriminatedUnion('kind', [
  /** Many orders, attempts or different cards of one buyer in a time. */
  z.strictObject({
    kind: z.literal('velocity'),
    what: z.enum(['orders', 'attempts', 'cards']),
    by: RiskKey,
    seconds: seconds(day),
    atLeast: atLeast(5),
    points: raises(10),
  }),
  /** Many declined cards in a time: somebody tries out stolen numbers. */
  z.strictObject({
    kind: z.literal('declines'),
    by: RiskKey,
    seconds: seconds(day),
    atLeast: atLeast(3),
    points: raises(40),
  }),
  /** The country of the card, of the IP address and of the delivery are not the same. */
  z.strictObject({ kind: z.literal('countries_differ'), places: z.tuple([RiskPlace, RiskPlace]), points: raises(15) }),
  /** Who pays and who receives have different names. Presents do too, so few points. */
  z.strictObject({ kind: z.literal('names_differ'), points: raises(5) }),
  /** An e-mail address that anybody can have for ten minutes. `domains` adds to the list of the package. */
  z.strictObject({
    kind: z.literal('disposable_mail'),
    domains: z.array(z.string().min(3)).default([]),
    points: raises(25),
  }),
  /** A name before the @ that changes so often between letters and digits as hardly anybody would choose. */
  z.strictObject({ kind: z.literal('generated_mail'), atLeast: atLeast(4), points: raises(5) }),
  /** The first order of a buyer, over an amount. */
  z.strictObject({
    kind: z.literal('first_order'),
    over: Money.default({ minor: 1_000_000, currency: 'KRW' }),
    points: raises(15),
  }),
  /** Many pieces of one dear thing, as they are bought to be sold on. */
  z.strictObject({
    kind: z.literal('dear_pieces'),
    unitPrice: Money.default({ minor: 200_000, currency: 'KRW' }),
    atLeast: atLeast(5),
    points: raises(15),
  }),
  /** Delivery to one of the postcodes of freight forwarders that the shop has listed. */
  z.strictObject({
    kind: z.literal('freight_forwarder'),
    places: z.array(z.strictObject({ country: z.string(), postcode: z.string() })).default([]),
    points: raises(20),
  }),
  /** Several orders within a time, by night: from one full hour to another on the clocks of a time zone. */
  z.strictObject({
    kind: z.literal('night_burst'),
    by: RiskKey,
    from: hourOfDay.default(1),
    to: hourOfDay.default(5),
    timeZone: z.string().refine(isTimeZone, 'There is no such time zone').default('Asia/Seoul'),
    seconds: seconds(hour),
    atLeast: atLeast(3),
    points: raises(10),
  }),
  /** A customer for long, whose orders arrived: speaks for the buyer. */
  z.strictObject({
    kind: z.literal('known_customer'),
    delivered: z.int().min(1).default(3),
    days: z.int().min(0).default(180),
    points: lowers(-20),
  }),
  /** The shop's own lists of whom it does not trust, and whom it does. */
  z.strictObject({ kind: z.literal('deny_list'), entries: List.default([]), points: raises(100) }),
  z.strictObject({ kind: z.literal('allow_list'), entries: List.default([]), points: lowers(-100) }),
])
export type RiskRule = z.infer<typeof RiskRule>

/** What a shop does about risk: its rules, the scores from which it acts, and what it does while a risk service is down. */
export const RiskPolicy = z
  .strictObject({
    rules: z.array(RiskRule).max(200),
    thresholds: z
      .strictObject({ challenge: z.int(), review: z.int(), deny: z.int() })
      .refine(
        ({ challenge, review, deny }) => challenge > 0 && challenge <= review && review <= deny,
        'Thresholds rise: 0 < challenge <= review <= deny',
      )
      .default({ challenge: 30, review: 60, deny: 90 }),
    /** While a risk service is down, orders from these amounts are looked at by someone, and any in a currency that is not named. */
    reviewFrom: z.array(Money).default([{ minor: 300_000, currency: 'KRW' }]),
  })
  .meta({ id: 'RiskPolicy' })
export type RiskPolicy = z.infer<typeof RiskPolicy>
/** A policy as it is written down: what is left out has its default. */
export type RiskPolicyInput = z.input<typeof RiskPolicy>

/** The rules that a shop has unless it names its own. */
export const defaultRiskPolicy: RiskPolicy = RiskPolicy.parse({
  rules: [
    { kind: 'velocity', what: 'orders', by: 'buyer' },
    { kind: 'velocity', what: 'orders', by: 'email' },
    { kind: 'velocity', what: 'orders', by: 'phone' },
    { kind: 'velocity', what: 'orders', by: 'address' },
    { kind: 'velocity', what: 'orders', by: 'ip', seconds: hour, atLeast: 10, points: 15 },
    { kind: 'velocity', what: 'attempts', by: 'email', seconds: hour, atLeast: 6, points: 15 },
    { kind: 'velocity', what: 'attempts', by: 'ip', seconds: hour, atLeast: 20, points: 15 },
    { kind: 'velocity', what: 'cards', by: 'email', atLeast: 3, points: 25 },
    { kind: 'velocity', what: 'cards', by: 'ip', atLeast: 5, points: 20 },
    { kind: 'declines', by: 'session' },
    { kind: 'declines', by: 'ip', seconds: hour, atLeast: 10, points: 60 },
    { kind: 'countries_differ', places: ['card', 'ip'] },
    { kind: 'countries_differ', places: ['card', 'shipping'] },
    { kind: 'countries_differ', places: ['ip', 'shipping'], points: 5 },
    { kind: 'names_differ' },
    { kind: 'disposable_mail' },
    { kind: 'generated_mail' },
    { kind: 'first_order' },
    { kind: 'dear_pieces' },
    { kind: 'freight_forwarder' },
    { kind: 'night_burst', by: 'ip' },
    { kind: 'night_burst', by: 'email' },
    { kind: 'known_customer' },
    { kind: 'deny_list' },
    { kind: 'allow_list' },
  ],
} satisfies RiskPolicyInput)
