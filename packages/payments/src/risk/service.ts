import {
  createNewId,
  decodeCursor,
  instant,
  instantAfter,
  type NewId,
  type Now,
  type Page,
  pageOf,
  PageQuery,
  parse,
} from '@sangdo/core'
import { type Announce, atomic, type Db, silent, type Tx } from '@sangdo/core/server'
import { z } from 'zod'
import { inTime } from '../service/providers.ts'
import {
  RiskAppeal,
  type RiskAssessment,
  type RiskAssessmentId,
  type RiskCount,
  riskDecided,
  riskErrors,
  RiskFacts,
  type RiskInputs,
  RiskJudgement,
  RiskOpinion,
  riskReviewNeeded,
  RiskSighting,
  type RiskStanding,
  RiskSubject,
} from './contract.ts'
import { hashesOf } from './hash.ts'
import { defaultRiskPolicy, RiskPolicy, type RiskPolicyInput } from './policy.ts'
import type { RiskPort } from './ports.ts'
import { riskOf, windowsOf } from './rules.ts'
import * as store from './store.ts'

/** What `createRisk` is given: a secret, which must stay the same and be the same in all processes. The rest has defaults. */
export interface RiskOptions {
  /** The key of the hashes by which buyers are known again: at least 16 characters, from the shop's secrets. */
  readonly key: string
  readonly policy?: RiskPolicyInput
  /** Another service that is asked by `consult`: none unless given. */
  readonly service?: RiskPort
  /** How long that service may take to answer, in milliseconds: 2,000. */
  readonly timeoutMs?: number
  /** After how many days inputs and sightings are forgotten: 90. */
  readonly keepDays?: number
  readonly outbox?: Announce
  readonly now?: Now
  readonly newId?: NewId
}

export type Risk = ReturnType<typeof createRisk>

const Key = z.strictObject({ key: z.string().min(16) })

/** Fraud rules at work: orders are judged, doubtful ones wait for a person, and the no of a rule can be appealed. */
export function createRisk(options: RiskOptions) {
  const { service, timeoutMs = 2000, keepDays = 90, outbox = silent, now = () => new Date() } = options
  const newId = options.newId ?? createNewId(now)
  const { key } = parse(Key, { key: options.key })
  const policy = options.policy ? parse(RiskPolicy, options.policy) : defaultRiskPolicy

  /**
   * Asks the other service about an order, and answers with the facts and what it says. Never fails: a service that is down is a
   * fact too. Call it before the transaction of `assess`.
   */
  async function consult(facts: RiskFacts): Promise<RiskFacts> {
    if (!service) return facts
    const opinion = await inTime((async () => service.judge(facts))(), timeoutMs).catch(() => null)
    const answer = RiskOpinion.safeParse({ ...opinion, status: opinion ? 'answered' : 'down' })
    return { ...facts, service: answer.success ? answer.data : { status: 'down' } }
  }

  /**
   * Notes an attempt to pay, or a declined one, to be counted by the rules; once for each subject. Whoever has just read the
   * assessment that it is `like` may give it too.
   */
  async function note(db: Db, input: RiskSighting, assessed?: RiskAssessment): Promise<void> {
    const { what, subject, who, like, at = instant(now()) } = parse(RiskSighting, input)
    const [known = assessed] = assessed || like === undefined ? [] : await store.assessmentsOf(db, [like])
    const hashes = { ...known?.inputs?.who, ...hashesOf(key, who) }
    await store.addSighting(db, { what, subject, at, hashes }, () => newId('sgt'))
  }

  /**
   * Judges an order (or, `as` an attempt, one try to pay), counting it with what was seen before, also by those who ask at the same
   * moment. The same subject is the same assessment. What is doubtful waits for a person, and says so.
   */
  async function assess(
    tx: Tx,
    subject: string,
    input: RiskFacts,
    as: 'order' | 'attempt' = 'order',
  ): Promise<RiskAssessment> {
    const [about, facts] = [parse(RiskSubject, subject), parse(RiskFacts, input)]
    const hashes = hashesOf(key, facts.who ?? {})
    await store.holdKeys(tx, Object.values(hashes), facts.at)
    await store.addSighting(tx, { what: as, subject: about, at: facts.at, hashes }, () => newId('sgt'))
    const counts = [...(facts.counts ?? []), ...(await count(tx, hashes, facts.at))]
    const { who: _, names: __, ...rest } = { ...facts, counts }
    return write(tx, about, { ...facts, counts }, { ...rest, who: hashes })
  }

  async function count(tx: Tx, hashes: RiskInputs['who'], at: string): Promise<RiskCount[]> {
    const windows = windowsOf(policy).flatMap((window) => {
      const hash = hashes[window.by]
      return hash === undefined
        ? []
        : [{ ...window, hash, from: instantAfter(new Date(at), -window.seconds * 1000), to: at }]
    })
    const counts = await store.countSightings(tx, windows)
    return windows.map(({ what, by, seconds }, index) => ({ what, by, seconds, count: counts[index] ?? 0 }))
  }

  async function write(tx: Tx, subject: string, facts: RiskFacts, inputs: RiskInputs): Promise<RiskAssessment> {
    const judged = riskOf(facts, policy)
    const { decision, score } = judged
    const id = newId('rsk')
    const status = decision === 'review' ? 'waiting' : 'automatic'
    const { amount, at } = facts
    const added = await store.addAssessment(tx, { id, subject, ...judged, status, amount, at, inputs })
    if (!added) return existingOf(tx, subject)
    if (status === 'waiting')
      await outbox.append(tx, riskReviewNeeded, { assessmentId: id, subject, score, decision, appealed: false })
    return added
  }

  async function existingOf(db: Db, subject: string): Promise<RiskAssessment> {
    const [known] = await store.assessmentsOf(db, [subject])
    if (!known) throw riskErrors.risk_not_found({ id: subject })
    return known
  }

  /** How the given subjects were judged; one that never was is left out. */
  async function assessmentsOf(db: Db, subjects: readonly string[]): Promise<Record<string, RiskAssessment>> {
    return Object.fromEntries((await store.assessmentsOf(db, subjects)).map((one) => [one.subject, one]))
  }

  /** How a subject was judged and what was decided, without the reasons; undefined for one that never was. */
  const standingOf = (db: Db, subject: string): Promise<RiskStanding | undefined> => store.standingOf(db, subject)

  /** What waits for a person, oldest first. */
  async function queue(db: Db, query: z.input<typeof PageQuery> = {}): Promise<Page<RiskAssessment>> {
    const { limit, after } = parse(PageQuery, query)
    const [last = null] = after === undefined ? [] : decodeCursor(after, 's').map(String)
    return pageOf(await store.waiting(db, limit + 1, last), limit, ({ id }) => [id])
  }

  /**
   * Decides about an order that waits: of two who decide at once, the second is refused. Throws `payments.risk_not_found`,
   * `payments.risk_not_waiting`.
   */
  async function decide(db: Db, id: RiskAssessmentId, input: RiskJudgement): Promise<RiskAssessment> {
    const judgement = parse(RiskJudgement, input)
    return atomic(db, async (tx) => {
      const decided = await store.decide(tx, id, judgement, instant(now()))
      const assessment = await existing(tx, id)
      if (!decided) throw riskErrors.risk_not_waiting({ id, status: assessment.status })
      const { subject } = assessment
      const { verdict, by } = judgement
      await outbox.append(tx, riskDecided, { assessmentId: id, subject, verdict, by })
      return assessment
    })
  }

  /**
   * Brings an order that the rules refused before a person: no rule has the last word. Throws `payments.risk_not_found`,
   * `payments.risk_not_denied`.
   */
  async function appeal(db: Db, id: RiskAssessmentId, input: RiskAppeal): Promise<RiskAssessment> {
    const { note } = parse(RiskAppeal, input)
    return atomic(db, async (tx) => {
      const appealed = await store.appeal(tx, id, note, instant(now()))
      const assessment = await existing(tx, id)
      if (!appealed) throw riskErrors.risk_not_denied({ id })
      const { subject, score, decision } = assessment
      await outbox.append(tx, riskReviewNeeded, { assessmentId: id, subject, score, decision, appealed: true })
      return assessment
    })
  }

  /** Forgets what was known of buyers and seen of them `keepDays` ago. What was decided, and why, stays. */
  async function prune(db: Db): Promise<void> {
    await atomic(db, (tx) => store.forget(tx, instantAfter(now(), -keepDays * 86_400_000)))
  }

  return { consult, note, assess, assessmentsOf, standingOf, queue, decide, appeal, prune }
}

async function existing(db: Db, id: RiskAssessmentId): Promise<RiskAssessment> {
  const assessment = await store.assessmentOf(db, id)
  if (!assessment) throw riskErrors.risk_not_found({ id })
  return assessment
}
