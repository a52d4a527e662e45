import { type Instant, integer, money } from '@sangdo/core'
import type { Db, Tx } from '@sangdo/core/server'
import { type Selectable, sql } from 'kysely'
import { type PaymentTables, tables } from '../tables.ts'
import type {
  ComparedKind,
  ExceptionFound,
  ExceptionId,
  SettlementException,
  SettlementId,
  SettlementRow,
} from './contract.ts'
import type { Figures } from './rules.ts'

/** Stores a row of a settlement, once; false when it is there. */
export async function addRow(
  tx: Tx,
  id: SettlementId,
  provider: string,
  { rowId, kind, reference, amount, at }: SettlementRow,
  readAt: Instant,
): Promise<boolean> {
  const row = await tables(tx)
    .insertInto('payments_settlement')
    .values({
      id,
      provider,
      row_id: rowId,
      kind,
      reference,
      amount: amount.minor,
      currency: amount.currency,
      at,
      read_at: readAt,
    })
    .onConflict((conflict) => conflict.columns(['provider', 'row_id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Whether a row that was read before says the same. */
export async function saysTheSame(db: Db, provider: string, row: SettlementRow): Promise<boolean> {
  const found = await tables(db)
    .selectFrom('payments_settlement')
    .select('id')
    .where('provider', '=', provider)
    .where('row_id', '=', row.rowId)
    .where('kind', '=', row.kind)
    .where('reference', '=', row.reference)
    .where('amount', '=', row.amount.minor)
    .where('currency', '=', row.amount.currency)
    .executeTakeFirst()
  return found !== undefined
}

/** What differs about one attempt, in one kind and currency. */
export interface Difference extends Figures {
  readonly kind: ComparedKind
  readonly reference: string
  readonly currency: string
}

/** What a provider holds by the ledger, and by its settlements. */
export interface Held {
  readonly currency: string
  readonly here: number
  readonly there: number
}

/** Which kind of row tells of a journal of the provider's account, and its amount as a settlement writes it. */
const kindOf = sql`case when journal like 'refund:%' then 'refund' when journal like 'dispute%' then 'chargeback'
  when journal like 'fee:%' then 'fee' when journal like 'payout:%' then 'payout' else 'capture' end`
const signOf = sql`case when kind = 'capture' then 1 else -1 end`

/**
 * Where ledger and settlements of a provider differ, or would if what is outside of a time did not count; and what they say that it
 * holds. One statement, so that all of it is of one moment.
 */
export async function differences(
  db: Db,
  provider: string,
  { from, to }: { from: Instant; to: Instant },
): Promise<{ differences: Difference[]; held: Held[] }> {
  const { rows } = await sql<Told>`
    with told as (
      select ${kindOf} as kind, attempt_id as reference, currency,
        (debit - credit) * case when ${kindOf} = 'capture' then 1 else -1 end as here, 0 as there, at
      from payments_entry where account = ${`provider:${provider}`}
      union all
      select kind, reference, currency, 0, amount, at from payments_settlement where provider = ${provider}
    )
    select kind, reference, currency, sum(here) as here, sum(there) as there,
      sum(case when at < ${to} then here else 0 end) as until,
      sum(case when at >= ${from} and at < ${to} then here else 0 end) as within
    from told where kind in ('capture', 'refund', 'chargeback')
    group by kind, reference, currency having sum(here) <> sum(there)
    union all
    select 'held', '', currency, sum(here * ${signOf}), sum(there * ${signOf}), 0, 0 from told group by currency
    order by kind, reference, currency`.execute(db)
  const told = rows.map((row) => ({ ...row, here: integer(row.here), there: integer(row.there) }))
  return {
    held: told.flatMap(({ kind, currency, here, there }) => (kind === 'held' ? [{ currency, here, there }] : [])),
    differences: told.flatMap(({ kind, until, within, ...rest }) =>
      kind === 'held' ? [] : [{ ...rest, kind, until: integer(until), within: integer(within) }],
    ),
  }
}

type Told = Record<keyof Figures, number | string> & {
  readonly kind: ComparedKind | 'held'
  readonly reference: string
  readonly currency: string
}

/** When the oldest row of a provider was settled; null where none was read. */
export async function firstRow(db: Db, provider: string): Promise<Instant | null> {
  const row = await tables(db)
    .selectFrom('payments_settlement')
    .select((eb) => eb.fn.min('at').as('at'))
    .where('provider', '=', provider)
    .executeTakeFirst()
  return row?.at ?? null
}

/** The latest exception about each difference, open or not. */
export async function exceptionsAbout(db: Db, provider: string): Promise<SettlementException[]> {
  const rows = await tables(db)
    .selectFrom('payments_exception')
    .selectAll()
    .where('provider', '=', provider)
    .orderBy('id')
    .execute()
  const latest = new Map(rows.map((row) => [`${row.kind} ${row.reference} ${row.currency}`, row]))
  return [...latest.values()].map(exceptionFrom)
}

/** Stores an exception; one about the same that is open has the new figures. */
export async function putException(
  tx: Tx,
  provider: string,
  { id, since, found }: { id: ExceptionId; since: Instant; found: ExceptionFound },
  { kind, reference, currency, here, there }: Difference,
): Promise<void> {
  await tables(tx)
    .insertInto('payments_exception')
    .values({
      id,
      provider,
      kind,
      reference,
      currency,
      found,
      here,
      there,
      since,
      resolved_at: null,
      resolution: null,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['provider', 'kind', 'reference', 'currency'])
        .where('resolved_at', 'is', null)
        .doUpdateSet({ found, here, there }),
    )
    .execute()
}

/** Resolves an exception; false when it was resolved already. */
export async function resolve(tx: Tx, id: ExceptionId, at: Instant, resolution: string): Promise<boolean> {
  const result = await tables(tx)
    .updateTable('payments_exception')
    .set({ resolved_at: at, resolution })
    .where('id', '=', id)
    .where('resolved_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** The exception with this id, if there is one. */
export async function exceptionOf(db: Db, id: ExceptionId): Promise<SettlementException | undefined> {
  const row = await tables(db).selectFrom('payments_exception').selectAll().where('id', '=', id).executeTakeFirst()
  return row && exceptionFrom(row)
}

/** Exceptions that are open, or that are resolved, newest first. */
export async function listExceptions(
  db: Db,
  { provider, resolved }: { provider: string | undefined; resolved: boolean },
  limit: number,
  before: string | null,
): Promise<SettlementException[]> {
  let query = tables(db)
    .selectFrom('payments_exception')
    .selectAll()
    .where('resolved_at', resolved ? 'is not' : 'is', null)
    .orderBy('id', 'desc')
    .limit(limit)
  if (provider !== undefined) query = query.where('provider', '=', provider)
  if (before !== null) query = query.where('id', '<', before as ExceptionId)
  return (await query.execute()).map(exceptionFrom)
}

const exceptionFrom = (row: Selectable<PaymentTables['payments_exception']>): SettlementException => ({
  id: row.id,
  provider: row.provider,
  kind: row.kind,
  reference: row.reference,
  found: row.found,
  here: money(integer(row.here), row.currency),
  there: money(integer(row.there), row.currency),
  since: row.since,
  resolvedAt: row.resolved_at,
  resolution: row.resolution,
})
