import { instant, instantAfter, type Now } from '@sangdo/core'
import type { Db, Tx } from '@sangdo/core/server'
import type { Crm } from '@sangdo/crm/server'
import { canMove, type CartId, type CustomerId, isHeld, type Order, type OrderId } from '@sangdo/orders'
import type { Orders } from '@sangdo/orders/server'
import { type RiskAssessment, riskErrors, type RiskFacts } from '@sangdo/payments'
import type { Risk } from '@sangdo/payments/server'
import { factsOf, type From, historyOf, isRefused } from './facts.ts'

/** How long a refused order is kept for somebody to decide about its appeal: three days. */
const appealMs = 3 * 86_400_000

interface ScreeningDependencies {
  readonly risk: Risk
  readonly orders: Orders
  readonly crm: Crm
  readonly now: Now
  /** Whether another service is asked about orders. */
  readonly asks: boolean
}

/** Who is buying, how they mean to pay, and from where they ask. */
interface Buying {
  readonly buyer: CustomerId | null
  readonly paymentMethod: string
  readonly from: From
}

/**
 * Fraud rules between orders and payments. An order is judged last in the transaction that places it, before anybody is asked for
 * money: what is refused is not paid, what is doubtful is paid and then held, and a person has the last word on both.
 */
export function createScreening({ risk, orders, crm, now, asks }: ScreeningDependencies) {
  /** Gathers what there is to know before the order is placed, and answers with what judges it in the transaction that does. */
  async function judge(db: Db, cartId: CartId, buying: Buying) {
    const history = await historyOf({ crm, orders }, db, buying.buyer)
    const service = asks ? await opinionOn(db, cartId, buying, history) : {}
    return (tx: Tx, order: Order) => risk.assess(tx, order.id, { ...factsOf(order, buying.from, history), ...service })
  }

  /** What another service says of an order that is about to be placed. */
  async function opinionOn(
    db: Db,
    cartId: CartId,
    { buyer, paymentMethod, from }: Buying,
    history: RiskFacts['history'],
  ): Promise<Pick<RiskFacts, 'service'>> {
    const { cart, quote } = await orders.carts.priced(db, cartId, { buyer, paymentMethod })
    const { email, address, customerId } = cart
    if (!email || !address) return {}
    const order = { email, address, customerId, total: quote.total, lines: quote.lines, placedAt: instant(now()) }
    const { service } = await risk.consult(factsOf(order, from, history))
    return service ? { service } : {}
  }

  /** Whether an order may not be paid. */
  const refuses = async (db: Db, orderId: string): Promise<boolean> => isRefused(await risk.standingOf(db, orderId))

  /** Whether an order that has just been paid is held: until somebody has decided, or as they have decided against it. */
  async function holds(tx: Tx, orderId: string): Promise<boolean> {
    const standing = await risk.standingOf(tx, orderId)
    return standing?.status === 'waiting' || standing?.decided?.verdict === 'refuse' || isRefused(standing)
  }

  /** Does to an order what was decided about it, whichever came first: its money, or the decision. */
  async function follow(tx: Tx, orderId: string): Promise<void> {
    const id = orderId as OrderId
    const { decided } = (await risk.standingOf(tx, orderId)) ?? {}
    if (!decided) return
    if (decided.verdict === 'accept') return orders.release(tx, id, { actor: decided.by })
    const order = await orders.orderOf(tx, id)
    const mayEnd = order.status === 'pending_payment' || isHeld(order)
    if (mayEnd && canMove(order.status, 'cancelled'))
      await orders.cancel(tx, id, { reason: refusedReason, actor: decided.by })
  }

  /** An order that is off needs nobody to decide about it. */
  async function close(tx: Tx, orderId: string, reason: string): Promise<void> {
    const standing = await risk.standingOf(tx, orderId)
    if (standing?.status === 'waiting')
      await risk.decide(tx, standing.id, { verdict: 'refuse', by: 'shop', note: reason })
  }

  /** An order whose buyer appeals waits longer for its money, so that there is time to decide. */
  async function giveTime(tx: Tx, orderId: string, appealed: boolean): Promise<void> {
    if (appealed) await orders.awaitDeposit(tx, orderId as OrderId, instantAfter(now(), appealMs))
  }

  /** Brings an order that was refused before a person. Throws `payments.risk_not_found`, `payments.risk_not_denied`. */
  async function appeal(db: Db, orderId: string, note: string): Promise<void> {
    const standing = await risk.standingOf(db, orderId)
    if (!standing) throw riskErrors.risk_not_found({ id: orderId })
    await risk.appeal(db, standing.id, { note })
  }

  /** Counts a try to pay. */
  const noteAttempt = (db: Db, orderId: string, attemptId: string, judged?: RiskAssessment) =>
    risk.note(db, { what: 'attempt', subject: attemptId, who: {}, like: orderId }, judged)

  /** Counts a declined try to pay; one whose time ran out was not declined. */
  async function noteDecline(tx: Tx, orderId: string, code: string, eventId: string): Promise<void> {
    if (code !== 'expired') await risk.note(tx, { what: 'decline', subject: eventId, who: {}, like: orderId })
  }

  return { judge, refuses, holds, follow, close, giveTime, appeal, noteAttempt, noteDecline }
}

/** Why an order is off that a person did not find for. */
export const refusedReason = 'payment_refused'
