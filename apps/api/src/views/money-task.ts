import { z } from '@hono/zod-openapi'
import { Instant } from '@sangdo/core'
import type { Db } from '@sangdo/core/server'
import { type Payment, PaymentMethod, ReceivedDeposit, type Refund, Task } from '@sangdo/payments'
import type { Shop } from '../shop.ts'

/**
 * What can be done about a task: money in suspense is given back, or is on its way already; a deposit is given to its order or sent
 * back; a refund is sent by hand; of all else it is noted what was done.
 */
export const TaskRemedy = z.enum(['give_back', 'on_its_way', 'find_owner', 'send', 'note'])
export type TaskRemedy = z.infer<typeof TaskRemedy>

/** A task with what a person needs to know of it: whose order it is, what can be done, and what others have said of it. */
export const MoneyTask = Task.extend({
  orderNumber: z.string().nullable(),
  method: PaymentMethod.nullable(),
  remedy: TaskRemedy,
  said: z
    .object({ code: z.string(), message: z.string() })
    .nullable()
    .openapi({ description: 'What a bank or a provider has said' }),
  deposit: ReceivedDeposit.pick({ date: true, payer: true, text: true }).nullable(),
  dueAt: Instant.nullable().openapi({ description: 'Until when an answer is awaited' }),
}).openapi('MoneyTask')
export type MoneyTask = z.infer<typeof MoneyTask>

/** Puts tasks together with their orders and payments. */
export async function taskViews(shop: Shop, db: Db, tasks: readonly Task[]): Promise<MoneyTask[]> {
  const ids = [...new Set(tasks.flatMap(({ orderId }) => orderId ?? []))]
  const [payments, orders] = [await shop.payments.paymentsOf(db, ids), await shop.orders.summariesOf(db, ids)]
  const subjects = tasks.flatMap(({ kind, subject }) => (kind === 'unmatched_deposit' ? [subject] : []))
  const deposits = await shop.payments.depositsOf(db, subjects)
  return tasks.map((task) => {
    const { date, payer, text } = deposits[task.subject] ?? {}
    const payment = payments[task.orderId ?? '']
    return {
      ...task,
      orderNumber: orders[task.orderId ?? '']?.number ?? null,
      method: payment?.attempts.find(({ id }) => id === task.attemptId)?.method ?? null,
      remedy: remedyOf(task, payment),
      said: saidOf(task, payment),
      deposit: date !== undefined && payer !== undefined && text !== undefined ? { date, payer, text } : null,
      dueAt: payment?.disputes.find(({ id }) => id === task.subject)?.dueAt ?? null,
    }
  })
}

function remedyOf(task: Task, payment: Payment | undefined): TaskRemedy {
  switch (task.kind) {
    case 'wrong_amount':
    case 'paid_twice':
    case 'surplus':
      return returnsOf(task, payment).some(isGoing) ? 'on_its_way' : 'give_back'
    case 'unmatched_deposit':
      return 'find_owner'
    case 'pay_out':
      return 'send'
    case 'mismatched':
    case 'refund_failed':
    case 'disputed':
    case 'unmatched_webhook':
      return 'note'
  }
}

/** The refunds that were to carry the money of a task back. */
const returnsOf = ({ kind, attemptId, amount }: Task, payment: Payment | undefined): Refund[] =>
  (payment?.refunds ?? []).filter(
    (refund) =>
      !refund.forOrder &&
      refund.attemptId === attemptId &&
      (refund.reason === kind || (kind === 'wrong_amount' && refund.reason === 'mismatched')) &&
      refund.amount.minor === amount?.minor,
  )

const isGoing = ({ status }: Refund) => status === 'requested' || status === 'unknown' || status === 'pending'

function saidOf(task: Task, payment: Payment | undefined): MoneyTask['said'] {
  switch (task.kind) {
    case 'wrong_amount':
    case 'paid_twice':
    case 'surplus':
      return returnsOf(task, payment).at(-1)?.failure ?? null
    case 'refund_failed':
      return payment?.refunds.find(({ id }) => id === task.subject)?.failure ?? null
    case 'disputed':
      return reasonIn(payment?.disputes.find(({ id }) => id === task.subject)?.reason)
    case 'unmatched_webhook':
      return reasonIn(task.subject)
    case 'mismatched':
    case 'unmatched_deposit':
    case 'pay_out':
      return null
  }
}

const reasonIn = (reason: string | undefined) => (reason ? { code: reason, message: reason } : null)
