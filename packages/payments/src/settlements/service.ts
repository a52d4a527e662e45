import { decodeCursor, type Instant, instant, type NewId, type Now, type Page, pageOf, parse } from '@sangdo/core'
import { atomic, type Db, type Tx } from '@sangdo/core/server'
import { addEntries } from '../store/ledger.ts'
import {
  ExceptionQuery,
  ExceptionResolution,
  matched,
  type Reconciliation,
  settlementErrors,
  type SettlementException,
  SettlementPeriod,
  SettlementRow,
  type SettlementTotal,
} from './contract.ts'
import { differenceIn, effectOf, feeEntries, payoutEntries } from './rules.ts'
import * as store from './store.ts'

interface SettlementDependencies {
  readonly newId: NewId
  readonly now: Now
}

interface Bounds {
  readonly from: Instant
  readonly to: Instant
}

/** What providers say they have taken, given back, kept and paid out, held against the ledger both ways. */
export function createSettlements({ newId, now }: SettlementDependencies) {
  /**
   * Reads a provider's settlement, each row once, however often and by however many it is read, and says where it and the ledger
   * differ, both ways. Fees and payouts are booked; a difference becomes an exception, which is resolved when the figures agree. What
   * the provider could not have settled before `to` (now unless given), or is older than `from`, is no exception.
   */
  async function reconcile(
    db: Db,
    provider: string,
    rows: Iterable<SettlementRow> | AsyncIterable<SettlementRow>,
    period: SettlementPeriod = {},
  ): Promise<Reconciliation> {
    const { from = '', to = instant(now()) } = parse(SettlementPeriod, period)
    const read = { added: 0, known: 0, changed: [] as string[] }
    for await (const input of rows) {
      const row = parse(SettlementRow, input)
      if (await atomic(db, (tx) => takeIn(tx, provider, row))) read.added++
      else {
        read.known++
        if (!(await store.saysTheSame(db, provider, row))) read.changed.push(row.rowId)
      }
    }
    return { ...read, ...(await compare(db, provider, { from, to })) }
  }

  /** Writes a row down, and books what only a settlement tells; false when it was read before. */
  async function takeIn(tx: Tx, provider: string, row: SettlementRow): Promise<boolean> {
    const id = newId('stl')
    const at = instant(now())
    if (!(await store.addRow(tx, id, provider, row, at))) return false
    if (row.kind !== 'fee' && row.kind !== 'payout') return true
    const lines = row.kind === 'fee' ? feeEntries(provider, row.amount) : payoutEntries(provider, row.amount)
    await addEntries(tx, { journal: `${row.kind}:${id}`, orderId: '', attemptId: '', at }, lines, newId)
    return true
  }

  /** Holds all that was ever settled against the ledger, and brings the exceptions up to date. */
  async function compare(db: Db, provider: string, bounds: Bounds): Promise<Pick<Reconciliation, 'totals' | 'open'>> {
    // Read before anything is written, so that a long ledger holds up nobody.
    const { differences, held } = await store.differences(db, provider, bounds)
    return atomic(db, async (tx) => {
      await note(tx, provider, differences)
      const exceptions = await store.exceptionsAbout(tx, provider)
      const totals = totalsOf(held, differences, exceptions)
      return { totals, open: exceptions.filter(({ resolvedAt }) => resolvedAt === null).length }
    })
  }

  async function note(tx: Tx, provider: string, found: readonly store.Difference[]): Promise<void> {
    const at = instant(now())
    const known = await store.exceptionsAbout(tx, provider)
    const wrong = found.flatMap((one) => {
      const difference = differenceIn(one)
      return difference ? [{ one, found: difference }] : []
    })
    for (const { one, found } of wrong) {
      const about = known.find((exception) => isAbout(exception, one))
      if (!about || !isExplained(about, one))
        await store.putException(tx, provider, { id: newId('exc'), since: at, found }, one)
    }
    for (const exception of known.filter(({ resolvedAt }) => resolvedAt === null)) {
      const left = found.find((one) => isAbout(exception, one))
      // That it is older than what is settled now does not mean that its money has come.
      const agrees = left === undefined || left.there === left.until
      if (agrees) await store.resolve(tx, exception.id, at, matched)
    }
  }

  /** The instant of the oldest row of a provider that was ever read; null where none was. */
  const settledSince = (db: Db, provider: string): Promise<Instant | null> => store.firstRow(db, provider)

  /** Differences that someone has to look at, newest first, or, `resolved`, that are over, with how. */
  async function exceptions(db: Db, query: ExceptionQuery = {}): Promise<Page<SettlementException>> {
    const { limit, after, provider, resolved = false } = parse(ExceptionQuery, query)
    const [before = null] = after === undefined ? [] : decodeCursor(after, 's').map(String)
    const found = await store.listExceptions(db, { provider, resolved }, limit + 1, before)
    return pageOf(found, limit, ({ id }) => [id])
  }

  /**
   * Notes why the figures differ. It stays explained as long as they do. Throws `payments.exception_not_found`,
   * `payments.exception_resolved`.
   */
  async function resolveException(db: Db, input: ExceptionResolution): Promise<void> {
    const { exceptionId, resolution } = parse(ExceptionResolution, input)
    await atomic(db, async (tx) => {
      if (!(await store.exceptionOf(tx, exceptionId))) throw settlementErrors.exception_not_found({ exceptionId })
      if (!(await store.resolve(tx, exceptionId, instant(now()), resolution)))
        throw settlementErrors.exception_resolved({ exceptionId })
    })
  }

  return { reconcile, settledSince, exceptions, resolveException }
}

const isAbout = ({ kind, reference, here }: SettlementException, one: store.Difference): boolean =>
  kind === one.kind && reference === one.reference && here.currency === one.currency

/** Whether a person has said why these very figures differ. */
const isExplained = ({ resolution, here, there }: SettlementException, one: store.Difference): boolean =>
  resolution !== null && resolution !== matched && here.minor === one.here && there.minor === one.there

/** Of each difference, whether it is open, explained, or outside of what was settled: nothing is left. */
function totalsOf(
  held: readonly store.Held[],
  found: readonly store.Difference[],
  exceptions: readonly SettlementException[],
): SettlementTotal[] {
  const part = (one: store.Difference) => {
    const about = exceptions.find((exception) => isAbout(exception, one))
    if (differenceIn(one) === null) return about?.resolvedAt === null ? 'open' : 'outside'
    return about && isExplained(about, one) ? 'explained' : 'open'
  }
  const parted = found.map((one) => ({ currency: one.currency, part: part(one), effect: effectOf(one.kind, one) }))
  return held.map(({ currency, here, there }) => {
    const sumOf = (name: string) =>
      parted
        .filter((one) => one.currency === currency && one.part === name)
        .reduce((total, one) => total + one.effect, 0)
    const sums = { open: sumOf('open'), explained: sumOf('explained'), outside: sumOf('outside') }
    return { currency, here, there, difference: here - there, ...sums }
  })
}
