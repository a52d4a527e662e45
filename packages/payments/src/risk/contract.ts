import { defineErrors, defineEvent, idSchema, Instant, Money } from '@sangdo/core'
import { z } from 'zod'
import { RiskKey } from './keys.ts'
import { RiskReason } from './reasons.ts'

export const RiskAssessmentId = idSchema('rsk')
export type RiskAssessmentId = z.infer<typeof RiskAssessmentId>

const text = (most: number) => z.string().trim().min(1).max(most)
const Country = z.string().regex(/^[A-Z]{2}$/, 'A country is two capital letters')

/** Who is buying, as far as it is known. `card` is the provider's fingerprint of a card, never its number. */
export const RiskWho = z.strictObject({
  buyer: text(100).optional(),
  email: z.string().trim().min(3).max(254).optional(),
  phone: text(40).optional(),
  ip: z.union([z.ipv4(), z.ipv6()]).optional(),
  address: text(500).optional(),
  session: text(200).optional(),
  card: text(200).optional(),
})
export type RiskWho = z.infer<typeof RiskWho>

/** What is counted of a buyer: orders, attempts to pay, declined ones, and with how many different cards. */
export const RiskCounted = z.enum(['orders', 'attempts', 'declines', 'cards'])
export type RiskCounted = z.infer<typeof RiskCounted>

/** How often something was seen of one key in the last seconds, this time included; the shop's own table counts up to 200. */
export const RiskCount = z.strictObject({
  what: RiskCounted,
  by: RiskKey,
  seconds: z.int().min(1),
  count: z.int().min(0),
})
export type RiskCount = z.infer<typeof RiskCount>

/** What another risk service says of an order: so many points and why, or that it gave no answer. */
export const RiskOpinion = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('answered'), points: z.int().min(-100).max(100), code: text(100) }),
  z.strictObject({ status: z.literal('down') }),
])
export type RiskOpinion = z.infer<typeof RiskOpinion>

const common = {
  at: Instant,
  amount: Money,
  countries: z
    .strictObject({ card: Country.optional(), ip: Country.optional(), shipping: Country.optional() })
    .optional(),
  postcode: text(20).optional(),
  lines: z
    .array(z.strictObject({ sku: text(100), quantity: z.int().min(1), unitPrice: Money }))
    .max(1000)
    .optional(),
  /** The buyer's earlier orders: how many, how many were delivered, and since when. Without it nothing is known of the buyer. */
  history: z.strictObject({ orders: z.int().min(0), delivered: z.int().min(0), since: Instant.nullable() }).optional(),
  counts: z.array(RiskCount).max(200).optional(),
  service: RiskOpinion.optional(),
}

/** All that is known of an order when its risk is judged. What is left out is not held against anybody. */
export const RiskFacts = z
  .strictObject({
    ...common,
    who: RiskWho.optional(),
    names: z.strictObject({ billing: z.string().max(200), delivery: z.string().max(200) }).optional(),
  })
  .meta({ id: 'RiskFacts' })
export type RiskFacts = z.infer<typeof RiskFacts>

/** The facts as they are kept: names left out, and who it was as keyed hashes, which tell nobody anything. */
export const RiskInputs = z.strictObject({ ...common, who: z.partialRecord(RiskKey, z.string()) })
export type RiskInputs = z.infer<typeof RiskInputs>

/** `challenge`: ask for proof, such as 3-D Secure. `review`: someone looks at it. `deny`: not taken, unless someone finds for the buyer. */
export const RiskDecision = z.enum(['allow', 'challenge', 'review', 'deny'])
export type RiskDecision = z.infer<typeof RiskDecision>

/** A score from 0 to 100, what was decided by it, and every reason. `points` is their sum, before it is held within 0 and 100. */
export const RiskScore = z.strictObject({
  score: z.int().min(0).max(100),
  points: z.int(),
  decision: RiskDecision,
  reasons: z.array(RiskReason),
})
export type RiskScore = z.infer<typeof RiskScore>

/** `automatic`: decided by the rules alone. `waiting`: for a person. `decided`: by a person. */
export const RiskStatus = z.enum(['automatic', 'waiting', 'decided'])
export type RiskStatus = z.infer<typeof RiskStatus>

/** What a person has decided: to take the order, or not. */
export const RiskVerdict = z.enum(['accept', 'refuse'])
export type RiskVerdict = z.infer<typeof RiskVerdict>

const by = text(100)
const note = z.string().trim().max(2000)

/** How an order was judged: by the rules, and by a person where one has looked. */
export const RiskAssessment = z
  .object({
    id: RiskAssessmentId,
    subject: z.string(),
    ...RiskScore.shape,
    status: RiskStatus,
    amount: Money,
    at: Instant,
    /** Null once they are forgotten. */
    inputs: RiskInputs.nullable(),
    appeal: z.object({ note: z.string(), at: Instant }).nullable(),
    decided: z.object({ verdict: RiskVerdict, by: z.string(), note: z.string(), at: Instant }).nullable(),
  })
  .meta({ id: 'RiskAssessment' })
export type RiskAssessment = z.infer<typeof RiskAssessment>

/** What is judged: an order id, or an attempt's. The same subject is the same assessment. */
export const RiskSubject = text(100)

/** An attempt to pay, or one that was declined: `subject` makes it count once. */
export const RiskSighting = z.strictObject({
  what: z.enum(['attempt', 'decline']),
  subject: RiskSubject,
  at: Instant.optional(),
  who: RiskWho,
  /** What was assessed before: its buyer, as far as the hashes of them are still kept, is whom this is about too. */
  like: RiskSubject.optional(),
})
export type RiskSighting = z.infer<typeof RiskSighting>

/** What of an assessment says how an order goes on. */
export type RiskStanding = Pick<RiskAssessment, 'id' | 'subject' | 'decision' | 'status' | 'decided'>

/** What someone decides of an order that waits, and why. */
export const RiskJudgement = z.strictObject({ verdict: RiskVerdict, by, note })
export type RiskJudgement = z.infer<typeof RiskJudgement>

/** What a buyer says against a refusal. */
export const RiskAppeal = z.strictObject({ note })
export type RiskAppeal = z.infer<typeof RiskAppeal>

export const riskErrors = defineErrors('payments', {
  risk_not_found: ['not_found', (d: { id: string }) => `There is no assessment ${d.id}`],
  risk_not_waiting: [
    'conflict',
    (d: { id: string; status: RiskStatus }) => `${d.id} does not wait for a person: it is ${d.status}`,
  ],
  risk_not_denied: ['conflict', (d: { id: string }) => `${d.id} was not refused by the rules, or was appealed before`],
})

const OfAssessment = z.object({ assessmentId: RiskAssessmentId, subject: z.string() })

/** Someone has to look at an order: the rules were in doubt, or (`appealed`) its buyer does not accept their no. */
export const riskReviewNeeded = defineEvent(
  'payments.risk_review_needed',
  OfAssessment.extend({ score: z.int(), decision: RiskDecision, appealed: z.boolean() }),
)
/** A person has decided about an order that waited. */
export const riskDecided = defineEvent(
  'payments.risk_decided',
  OfAssessment.extend({ verdict: RiskVerdict, by: z.string() }),
)
