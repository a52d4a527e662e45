import { decodeCursor, instant, type NewId, type Now, type Page, pageOf, PageQuery, parse } from '@sangdo/core'
import { atomic, type Db, type Tx } from '@sangdo/core/server'
import type { z } from 'zod'
import type { AttemptId } from '../contract.ts'
import { captureEntries, type EntryLine, refundEntries } from '../rules.ts'
import type { Attempts } from '../service/attempts.ts'
import type { Refunds } from '../service/refunds.ts'
import type { Tasks } from '../service/tasks.ts'
import { addEntries } from '../store/ledger.ts'
import {
  DepositAssignment,
  type DepositId,
  DepositReturn,
  type MatchedBy,
  type MatchedDeposits,
  type PayOut,
  PayOutResult,
  type ReceivedDeposit,
  StatementRow,
  transferErrors,
} from './contract.ts'
import { matchOf } from './rules.ts'
import * as store from './store.ts'

interface TransferDependencies {
  readonly attempts: Attempts
  readonly refunds: Refunds
  readonly tasks: Tasks
  readonly newId: NewId
  readonly now: Now
}

/** What comes in at the shop's own bank account, and what a person sends back from it. */
export function createTransfers({ attempts, refunds, tasks, newId, now }: TransferDependencies) {
  /**
   * Reads the rows of a bank statement, each once, however often and by however many it is read: a deposit pays the transfer whose
   * reference it names, or else the only one of its amount and payer; any other is in suspense, with a task. `provider` is the id
   * of the `bankTransfer` whose account it is.
   */
  async function matchDeposits(
    db: Db,
    rows: Iterable<StatementRow> | AsyncIterable<StatementRow>,
    provider = 'bank_transfer',
  ): Promise<MatchedDeposits> {
    const result: MatchedDeposits = { added: 0, known: 0, matched: [], suspended: [], changed: [] }
    for await (const input of rows) {
      const row = parse(StatementRow, input)
      const deposit = await atomic(db, (tx) => takeIn(tx, row, provider))
      if (!deposit) await noteKnown(db, row, provider, result)
      else result[deposit.status === 'matched' ? 'matched' : 'suspended'].push(deposit)
      if (deposit?.attemptId) await attempts.syncOne(db, deposit.attemptId)
    }
    return { ...result, added: result.matched.length + result.suspended.length }
  }

  async function noteKnown(db: Db, row: StatementRow, provider: string, result: MatchedDeposits): Promise<void> {
    result.known++
    const known = await store.depositByRow(db, provider, row.rowId)
    const same = known?.amount.minor === row.amount.minor && known.amount.currency === row.amount.currency
    if (!same) result.changed.push(row.rowId)
  }

  /** Writes a row down with what it is; null when it was read before. */
  async function takeIn(tx: Tx, row: StatementRow, provider: string): Promise<ReceivedDeposit | null> {
    const open = { status: 'suspended', attemptId: null, matchedBy: null } as const
    const deposit = { id: newId('dep'), provider, ...row, ...open, receivedAt: instant(now()) }
    if (!(await store.addDeposit(tx, deposit))) return null
    const match = matchOf(await store.candidatesOf(tx, deposit, instant(now())))
    if (match && (await pay(tx, deposit, match.id, match.by)))
      return { ...deposit, status: 'matched', attemptId: match.id, matchedBy: match.by }
    await book(tx, deposit, 'deposit', captureEntries(provider, 'suspense', deposit.amount))
    await tasks.open(tx, 'unmatched_deposit', deposit.id, null, deposit.amount)
    return deposit
  }

  /** Makes a deposit the money of a transfer; its attempt counts and books it when it is asked about. */
  async function pay(tx: Tx, deposit: ReceivedDeposit, attemptId: AttemptId, matchedBy: MatchedBy): Promise<boolean> {
    if (!(await store.receive(tx, attemptId, deposit, matchedBy))) return false
    await store.askSoon(tx, attemptId, instant(now()))
    return store.settleDeposit(tx, deposit.id, { status: 'matched', attemptId, matchedBy })
  }

  const book = (tx: Tx, { id }: ReceivedDeposit, journal: string, lines: readonly EntryLine[]) =>
    addEntries(tx, { journal: `${journal}:${id}`, orderId: '', attemptId: '', at: instant(now()) }, lines, newId)

  /**
   * Gives a deposit in suspense to the transfer that a person knows it is for, once. Throws `payments.deposit_not_found`,
   * `payments.deposit_not_suspended`, `payments.deposit_not_assignable`.
   */
  async function assignDeposit(db: Db, input: DepositAssignment): Promise<ReceivedDeposit> {
    const { depositId, attemptId } = parse(DepositAssignment, input)
    await atomic(db, async (tx) => {
      const deposit = await suspended(tx, depositId)
      if (!(await store.receive(tx, attemptId, deposit, 'person')))
        throw transferErrors.deposit_not_assignable({ depositId, attemptId })
      await leave(tx, deposit, { status: 'matched', attemptId, matchedBy: 'person' }, 'matched')
      await store.askSoon(tx, attemptId, instant(now()))
    })
    await attempts.syncOne(db, attemptId)
    return existing(db, depositId)
  }

  /** Notes that a deposit in suspense was sent back, once. Throws as `assignDeposit`. */
  async function returnDeposit(db: Db, input: DepositReturn): Promise<ReceivedDeposit> {
    const { depositId, note } = parse(DepositReturn, input)
    await atomic(db, async (tx) => leave(tx, await suspended(tx, depositId), { status: 'returned' }, note))
    return existing(db, depositId)
  }

  async function leave(
    tx: Tx,
    deposit: ReceivedDeposit,
    to: Parameters<typeof store.settleDeposit>[2],
    resolution: string,
  ): Promise<void> {
    if (!(await store.settleDeposit(tx, deposit.id, to))) throw notSuspended(await existing(tx, deposit.id))
    await book(tx, deposit, 'deposit_out', refundEntries(deposit.provider, 'suspense', deposit.amount))
    await tasks.closeSubject(tx, 'unmatched_deposit', deposit.id, resolution)
  }

  async function suspended(db: Db, id: DepositId): Promise<ReceivedDeposit> {
    const deposit = await existing(db, id)
    if (deposit.status !== 'suspended') throw notSuspended(deposit)
    return deposit
  }

  /** The given deposits, by their ids: what the bank has said of them, and what they are. */
  async function depositsOf(db: Db, ids: readonly string[]): Promise<Record<string, ReceivedDeposit>> {
    return Object.fromEntries((await store.depositsOf(db, ids)).map((deposit) => [deposit.id, deposit]))
  }

  /** The refunds that a person is to send to buyers' accounts, oldest first. */
  async function payOuts(db: Db, query: z.input<typeof PageQuery> = {}): Promise<Page<PayOut>> {
    const { limit, after } = parse(PageQuery, query)
    const [last = null] = after === undefined ? [] : decodeCursor(after, 's').map(String)
    const page = pageOf(await store.pendingPayOuts(db, limit + 1, last), limit, ({ refundId }) => [refundId])
    return { ...page, items: page.items.flatMap(shownPayOut) }
  }

  /**
   * Notes that a refund was sent by hand, or that the account does not take it, and books it. Of two who note it the first counts.
   * Throws `payments.pay_out_not_found`.
   */
  async function settlePayOut(db: Db, input: PayOutResult): Promise<void> {
    const { refundId, outcome } = parse(PayOutResult, input)
    await atomic(db, async (tx) => {
      const payOut = await store.payOutOf(tx, refundId)
      if (!payOut) throw transferErrors.pay_out_not_found({ refundId })
      const code = outcome === 'sent' ? null : 'account_refused'
      if (!(await store.endPayOut(tx, refundId, code))) return
      if (code !== null) await store.releasePayOut(tx, payOut.attemptId, payOut.amount)
      await tasks.closeSubject(tx, 'pay_out', refundId, outcome)
    })
    await refunds.check(db, refundId)
  }

  return { matchDeposits, assignDeposit, returnDeposit, depositsOf, payOuts, settlePayOut }
}

const notSuspended = ({ id, status }: ReceivedDeposit) =>
  transferErrors.deposit_not_suspended({ depositId: id, status })

async function existing(db: Db, depositId: DepositId): Promise<ReceivedDeposit> {
  const deposit = await store.depositOf(db, depositId)
  if (!deposit) throw transferErrors.deposit_not_found({ depositId })
  return deposit
}

const shownPayOut = ({ refundId, attemptId, amount, reason, account }: store.StoredPayOut): PayOut[] =>
  account ? [{ refundId, attemptId, amount, reason, account }] : []
