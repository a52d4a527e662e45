import { type Instant, integer, money } from '@sangdo/core'
import { type Db, sendAlong, type Tx } from '@sangdo/core/server'
import { type Selectable, sql } from 'kysely'
import { z } from 'zod'
import { type PaymentTables, tables } from '../tables.ts'
import {
  type RiskAssessment,
  type RiskAssessmentId,
  type RiskCount,
  RiskInputs,
  type RiskJudgement,
  type RiskScore,
  type RiskStanding,
} from './contract.ts'
import { mostCounted, type RiskKey } from './keys.ts'
import { RiskReason } from './reasons.ts'

/** Holds these keys until the transaction ends, so that nobody else counts them meanwhile. */
export async function holdKeys(tx: Tx, hashes: readonly string[], at: Instant): Promise<void> {
  if (hashes.length === 0) return
  // Everybody takes them in the same order, so that nobody waits for each other.
  const rows = [...new Set(hashes)].sort().map((hash) => ({ hash, seen_at: at }))
  await sendAlong(
    tx,
    tables(tx)
      .insertInto('payments_sighting_key')
      .values(rows)
      .onConflict((conflict) => conflict.column('hash').doUpdateSet((eb) => ({ seen_at: eb.ref('excluded.seen_at') }))),
  )
}

/** One thing that was seen of a buyer, by each key that is known of them. */
export interface Sighting {
  readonly what: 'order' | 'attempt' | 'decline'
  readonly subject: string
  readonly at: Instant
  readonly hashes: Readonly<Partial<Record<RiskKey, string>>>
}

/** Writes a sighting down, once for each subject. */
export async function addSighting(db: Db, { what, subject, at, hashes }: Sighting, newId: () => string): Promise<void> {
  const rows = Object.entries(hashes).map(([key, hash]) => ({
    id: newId(),
    what,
    subject,
    known_by: key as RiskKey,
    hash,
    card: hashes.card ?? null,
    at,
  }))
  if (rows.length === 0) return
  await sendAlong(
    db,
    tables(db)
      .insertInto('payments_sighting')
      .values(rows)
      .onConflict((conflict) => conflict.columns(['what', 'subject', 'known_by']).doNothing()),
  )
}

const some = sql.raw(`limit ${mostCounted}`)
const sighted = { orders: 'order', attempts: 'attempt', declines: 'decline' } as const

/** What is to be counted, up to 200: how often something was seen of a hash after `from` and until `to`; of cards, how many different ones. */
export interface Count {
  readonly what: RiskCount['what']
  readonly hash: string
  readonly from: Instant
  readonly to: Instant
}

/** Counts all of it in one statement, as each order waits for it. */
export async function countSightings(db: Db, counts: readonly Count[]): Promise<number[]> {
  if (counts.length === 0) return []
  const columns = counts.map(({ what, hash, from, to }, index) => {
    const name = sql.raw(`count${index}`)
    return what === 'cards'
      ? sql`(select count(distinct card) from (select card from payments_sighting where hash = ${hash} and at > ${from} and at <= ${to} ${some}) as seen) as ${name}`
      : sql`(select count(*) from (select 1 from payments_sighting where hash = ${hash} and at > ${from} and at <= ${to} and what = ${sighted[what]} ${some}) as seen) as ${name}`
  })
  const { rows } = await sql<Record<string, number>>`select ${sql.join(columns)}`.execute(db)
  return counts.map((_, index) => integer(rows[0]?.[`count${index}`] ?? 0))
}

/** An assessment as it is first stored. */
export type NewAssessment = Pick<RiskAssessment, 'id' | 'subject' | 'status' | 'amount' | 'at'> &
  RiskScore & { readonly inputs: RiskInputs }

/** Stores an assessment, and answers with it; undefined when its subject was judged already. */
export async function addAssessment(tx: Tx, assessment: NewAssessment): Promise<RiskAssessment | undefined> {
  const { id, subject, decision, status, score, points, reasons, inputs, amount, at } = assessment
  const row = await tables(tx)
    .insertInto('payments_risk')
    .values({
      id,
      subject,
      decision,
      status,
      score,
      points,
      reasons: JSON.stringify(reasons),
      inputs: JSON.stringify(inputs),
      amount: amount.minor,
      currency: amount.currency,
      at,
      appeal: null,
      appealed_at: null,
      verdict: null,
      decided_by: null,
      note: null,
      decided_at: null,
    })
    .onConflict((conflict) => conflict.column('subject').doNothing())
    .returningAll()
    .executeTakeFirst()
  return row && assessmentFrom(row)
}

const selectAssessment = (db: Db) => tables(db).selectFrom('payments_risk').selectAll()

/** The assessment with this id, if there is one. */
export async function assessmentOf(db: Db, id: RiskAssessmentId): Promise<RiskAssessment | undefined> {
  const row = await selectAssessment(db).where('id', '=', id).executeTakeFirst()
  return row && assessmentFrom(row)
}

/** The assessments of these subjects. */
export async function assessmentsOf(db: Db, subjects: readonly string[]): Promise<RiskAssessment[]> {
  if (subjects.length === 0) return []
  return (await selectAssessment(db).where('subject', 'in', subjects).execute()).map(assessmentFrom)
}

/** How a subject was judged and what was decided, if it was judged: what is asked at every step of an order. */
export async function standingOf(db: Db, subject: string): Promise<RiskStanding | undefined> {
  const row = await tables(db)
    .selectFrom('payments_risk')
    .select(['id', 'subject', 'decision', 'status', 'verdict', 'decided_by', 'note', 'decided_at'])
    .where('subject', '=', subject)
    .executeTakeFirst()
  return row && { id: row.id, subject, decision: row.decision, status: row.status, decided: decidedFrom(row) }
}

/** Those that wait for a person, oldest first. */
export async function waiting(db: Db, limit: number, after: string | null): Promise<RiskAssessment[]> {
  let query = selectAssessment(db).where('status', '=', sql.lit('waiting')).orderBy('id').limit(limit)
  if (after !== null) query = query.where('id', '>', after as RiskAssessmentId)
  return (await query.execute()).map(assessmentFrom)
}

/** Notes what a person has decided; false when nobody was to decide any more. */
export async function decide(
  tx: Tx,
  id: RiskAssessmentId,
  { verdict, by, note }: RiskJudgement,
  at: Instant,
): Promise<boolean> {
  const result = await tables(tx)
    .updateTable('payments_risk')
    .set({ status: 'decided', verdict, decided_by: by, note, decided_at: at })
    .where('id', '=', id)
    .where('status', '=', sql.lit('waiting'))
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Lets a person decide what the rules refused; false when they did not, or it was appealed before. */
export async function appeal(tx: Tx, id: RiskAssessmentId, note: string, at: Instant): Promise<boolean> {
  const result = await tables(tx)
    .updateTable('payments_risk')
    .set({ status: 'waiting', appeal: note, appealed_at: at })
    .where('id', '=', id)
    .where('status', '=', 'automatic')
    .where('decision', '=', 'deny')
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Forgets what was known and seen before an instant. What was decided, and by which reasons, stays. */
export async function forget(tx: Tx, before: Instant): Promise<void> {
  await tables(tx)
    .updateTable('payments_risk')
    .set({ inputs: null })
    .where('at', '<', before)
    .where('inputs', 'is not', null)
    .execute()
  await tables(tx).deleteFrom('payments_sighting').where('at', '<', before).execute()
  await tables(tx)
    .deleteFrom('payments_sighting_key')
    .where('seen_at', '<', before)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('payments_sighting')
            .select('payments_sighting.id')
            .whereRef('payments_sighting.hash', '=', 'payments_sighting_key.hash'),
        ),
      ),
    )
    .execute()
}

const Reasons = z.array(RiskReason)

const assessmentFrom = (row: Selectable<PaymentTables['payments_risk']>): RiskAssessment => ({
  id: row.id,
  subject: row.subject,
  score: row.score,
  points: row.points,
  decision: row.decision,
  reasons: Reasons.parse(JSON.parse(row.reasons)),
  status: row.status,
  amount: money(integer(row.amount), row.currency),
  at: row.at,
  inputs: row.inputs === null ? null : RiskInputs.parse(JSON.parse(row.inputs)),
  appeal: row.appealed_at === null ? null : { note: row.appeal ?? '', at: row.appealed_at },
  decided: decidedFrom(row),
})

type DecidedRow = Pick<Selectable<PaymentTables['payments_risk']>, 'verdict' | 'decided_by' | 'note' | 'decided_at'>

const decidedFrom = ({ verdict, decided_by: by, note, decided_at: at }: DecidedRow): RiskAssessment['decided'] =>
  verdict === null || by === null || at === null ? null : { verdict, by, note: note ?? '', at }
