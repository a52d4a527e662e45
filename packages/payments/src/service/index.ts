import { createNewId, type Instant, instant, type NewId, type Now, smaller, subtract, zero } from '@sangdo/core'
import { type Announce, type Db, silent } from '@sangdo/core/server'
import { type Attempt, type AttemptId, type Payment, paymentErrors, type PaymentId } from '../contract.ts'
import type { PaymentProvider, ProviderLimits } from '../ports.ts'
import type { CircuitRule } from '../routing/rules.ts'
import { isOpen, paymentStatusOf, refundedOf, shipFromOf, shownStatus } from '../rules.ts'
import * as store from '../store/attempts.ts'
import { capturesOf, type StoredCapture } from '../store/captures.ts'
import { disputesOf, type StoredDispute } from '../store/disputes.ts'
import { balances, reportsOf, unbalanced } from '../store/ledger.ts'
import { refundsOf, type StoredRefund } from '../store/refunds.ts'
import { createSettlements } from '../settlements/service.ts'
import { createTransfers } from '../transfers/service.ts'
import { createAttempts, type MayCapture } from './attempts.ts'
import { createCaptures, shownCapture } from './captures.ts'
import { createDisputes, shownDispute } from './disputes.ts'
import { createNews } from './news.ts'
import { createProviders } from './providers.ts'
import { createRefunds, shown } from './refunds.ts'
import { createSweep } from './sweep.ts'
import { createTasks } from './tasks.ts'
import { createWebhooks } from './webhooks.ts'

/** What `createPayments` is given: who takes the money. The rest has defaults. */
export interface PaymentsOptions {
  readonly providers: readonly PaymentProvider[]
  /** Where a provider sends its webhooks: nowhere unless given, and then only the sweep brings news. */
  readonly webhookUrl?: (providerId: string) => string | null
  /** Asked before approved money is taken: yes unless given. */
  readonly mayCapture?: MayCapture
  /** Where events are written: nowhere unless given. */
  readonly outbox?: Announce
  readonly now?: Now
  readonly newId?: NewId
  /** How long a provider may take to answer, in milliseconds: 15,000. */
  readonly timeoutMs?: number
  /** What the shop itself rules out, by the provider's id: nothing unless given. */
  readonly limits?: Readonly<Record<string, ProviderLimits>>
  /** When a provider that does not answer is left alone: after 5 silences within a minute, for a minute. */
  readonly circuit?: Partial<CircuitRule>
  /** How long goods are held after a deposit, which its bank may take back within minutes: 600. */
  readonly holdDepositSeconds?: number
}

export type Payments = ReturnType<typeof createPayments>

/** Payments by any provider: no charge is lost, none counts twice, and no more goes back than came in. */
export function createPayments(options: PaymentsOptions) {
  const {
    webhookUrl = () => null,
    mayCapture = async () => true,
    outbox = silent,
    now = () => new Date(),
    timeoutMs = 15_000,
    holdDepositSeconds = 600,
  } = options
  const newId = options.newId ?? createNewId(now)
  const { limits, circuit } = options
  const providers = createProviders(options.providers, { timeoutMs, now, limits, circuit })
  const tasks = createTasks({ newId, now })
  const refunds = createRefunds({ providers, tasks, outbox, newId, now })
  const disputes = createDisputes({ tasks, outbox, newId, now })
  const news = createNews({ refunds, disputes, tasks, outbox, newId, now })
  const attempts = createAttempts({ providers, news, webhookUrl, mayCapture, newId, now })
  const captures = createCaptures({ providers, attempts, newId, now })
  const transfers = createTransfers({ attempts, refunds, tasks, newId, now })
  const webhooks = createWebhooks({ providers, attempts, tasks, newId, now })

  /**
   * Finds out how a payment stands, and answers with it: the one path of redirect return, webhook, poller and staff. Takes the
   * id of a payment or of an attempt (`?payment=` of the return). Throws `payments.payment_not_found`.
   */
  async function sync(db: Db, id: PaymentId | AttemptId): Promise<Payment> {
    return paymentOf(db, (await refresh(db, id)).id)
  }

  /** As `sync`, for who only wants to know which order it is of. Throws `payments.payment_not_found`. */
  async function refresh(db: Db, id: PaymentId | AttemptId): Promise<Pick<Payment, 'id' | 'orderId'>> {
    const all = await store.attemptsAround(db, id)
    const open = all.filter((attempt) => attempt.id === id || isOpen(attempt.status))
    const [first, ...rest] = open.length > 0 ? open : all.slice(-1)
    if (!first) throw paymentErrors.payment_not_found({ payment: id })
    await attempts.syncFrom(db, first)
    for (const attempt of rest) await attempts.syncOne(db, attempt.id)
    return { id: first.paymentId, orderId: first.orderId }
  }

  /** The payment with this id, or the one of which the attempt with this id is. Throws `payments.payment_not_found`. */
  async function paymentOf(db: Db, id: PaymentId | AttemptId): Promise<Payment> {
    const [payment] = await viewsOf(db, await store.attemptsAround(db, id))
    if (!payment) throw paymentErrors.payment_not_found({ payment: id })
    return payment
  }

  /** The payment of each given order; an order that was never to be paid has none. */
  async function paymentsOf(db: Db, orderIds: readonly string[]): Promise<Record<string, Payment>> {
    const payments = await viewsOf(db, await store.attemptsOfOrders(db, orderIds))
    return Object.fromEntries(payments.map((payment) => [payment.orderId, payment]))
  }

  /** Until when the goods of orders are held that were paid by a deposit just now; one whose goods may leave is left out. */
  async function heldUntil(db: Db, orderIds: readonly string[]): Promise<Record<string, Instant>> {
    const at = instant(now())
    const views = Object.values(await paymentsOf(db, orderIds))
    return Object.fromEntries(
      views.flatMap(({ orderId, shipFrom }) => (shipFrom && shipFrom > at ? [[orderId, shipFrom]] : [])),
    )
  }

  /** The payments of which these are all the attempts. */
  async function viewsOf(db: Db, all: readonly store.WatchedAttempt[]): Promise<Payment[]> {
    const payments = new Map(
      all.map(({ paymentId, orderId, paidBy }) => [paymentId, { id: paymentId, orderId, paidBy }]),
    )
    const idsWith = (has: (attempt: store.WatchedAttempt) => boolean) => [
      ...new Set(all.filter(has).map((attempt) => attempt.paymentId)),
    ]
    const back = await refundsOf(
      db,
      idsWith(({ hasRefunds }) => hasRefunds),
    )
    const wanted = await disputesOf(
      db,
      idsWith(({ hasDisputes }) => hasDisputes),
    )
    // Only what is promised is taken in parts.
    const taken = await capturesOf(
      db,
      idsWith(({ captureLater }) => captureLater),
    )
    return [...payments.values()].flatMap((payment) => {
      const of = <Row extends { paymentId: PaymentId }>(rows: readonly Row[]) =>
        rows.filter((row) => row.paymentId === payment.id)
      const view = viewOf(payment, of(all), of(taken), of(back), of(wanted))
      const paidAt = all.find(({ id }) => id === payment.paidBy)?.capturedAt
      return view ? { ...view, shipFrom: paidAt ? shipFromOf(view.method, paidAt, holdDepositSeconds) : null } : []
    })
  }

  return {
    methods: providers.methods,
    start: attempts.start,
    sync,
    refresh,
    sweep: createSweep({ attempts, captures, refunds, now }),
    cancelOpen: attempts.cancelOpen,
    requestCancel: attempts.requestCancel,
    capture: captures.capture,
    refund: refunds.refund,
    requestRefund: refunds.requestRefund,
    receiveWebhook: webhooks.receiveWebhook,
    processInbox: webhooks.processInbox,
    paymentOf,
    paymentsOf,
    heldUntil,
    reportsOf,
    tasks: tasks.tasks,
    refundTask: refunds.refundTask,
    resolveTask: tasks.resolveTask,
    ...transfers,
    ...createSettlements({ newId, now }),
    balances,
    unbalanced,
  }
}

/** The payment as others see it: the attempt that paid it in front, or else the latest. */
function viewOf(
  payment: Pick<store.StoredAttempt, 'orderId' | 'paidBy'> & { readonly id: PaymentId },
  attempts: readonly store.StoredAttempt[],
  captures: readonly StoredCapture[],
  refunds: readonly StoredRefund[],
  disputes: readonly StoredDispute[],
): Omit<Payment, 'shipFrom'> | undefined {
  const paid = attempts.find((attempt) => attempt.id === payment.paidBy)
  const front = paid ?? attempts.at(-1)
  if (!front) return undefined
  const { amount, provider, method, redirectUrl, deposit, card, failure } = front
  // What came in beyond the amount is not the order's.
  const captured = paid ? smaller(amount, subtract(paid.captured, paid.reversed)) : null
  const refunded = refundedOf(refunds, amount.currency)
  return {
    id: payment.id,
    orderId: payment.orderId,
    provider,
    method,
    amount,
    redirectUrl,
    deposit,
    card,
    failure,
    refunded,
    status: paymentStatusOf(front.status === 'captured' ? captured : null, refunded, front),
    captured: captured ?? zero(amount.currency),
    attempts: attempts.map(shownAttempt),
    disputed: paid ? paid.disputed : zero(amount.currency),
    captures: captures.map(shownCapture),
    refunds: refunds.map(shown),
    disputes: disputes.map(shownDispute),
  }
}

const shownAttempt = ({
  id,
  provider,
  method,
  status,
  amount,
  captured,
  reversed,
  redirectUrl,
  deposit,
  card,
  evidence,
  failure,
  createdAt,
}: store.StoredAttempt): Attempt => ({
  id,
  provider,
  method,
  status: shownStatus(status),
  amount,
  captured,
  reversed,
  redirectUrl,
  deposit,
  card,
  evidence,
  failure,
  createdAt,
})
