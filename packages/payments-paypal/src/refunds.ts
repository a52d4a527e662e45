import { type Money, money, smaller } from '@sangdo/core'
import type { ProviderRefund, ProviderRefundRequest } from '@sangdo/payments'
import { fromPayPal, toPayPal } from './amounts.ts'
import { type Order, Refund } from './answers.ts'
import type { Client, Refusal } from './client.ts'
import { capturesOf, isTaken, leftOf, refundsOf } from './payment.ts'

// The invoice of each part names our refund, how much it is in all, and the capture that the part is of.
const invoiceOf = (refundId: string, { minor }: Money, captureId: string) => `${refundId}:${minor}:${captureId}`
const isOf = (refundId: string) => (refund: Refund) => refund.invoice_id?.startsWith(`${refundId}:`) === true
const isOver = ({ status }: Refund) => status === 'FAILED' || status === 'CANCELLED'

/** A refund by our id, put together from its parts; null while a part of it was not asked for yet. */
export function refundIn(order: Order, refundId: string): ProviderRefund | null {
  const parts = refundsOf(order).filter(isOf(refundId))
  const [first] = parts
  if (!first) return null
  const { currency } = fromPayPal(first.amount)
  const amount = money(Number(first.invoice_id?.split(':')[1]), currency)
  const failed = parts.find(isOver)
  if (failed) return { refundId, status: 'failed', amount, failure: failureOf(failed) }
  if (sumOf(parts) < amount.minor) return null
  const pending = parts.some(({ status }) => status !== 'COMPLETED')
  return { refundId, status: pending ? 'pending' : 'succeeded', amount, failure: null }
}

const sumOf = (parts: readonly Refund[]) => parts.reduce((sum, { amount }) => sum + fromPayPal(amount).minor, 0)

const failureOf = ({ status, status_details: details }: Refund): Refusal => ({
  code: details?.reason ?? status,
  message: `PayPal could not give the money back: ${status.toLowerCase()}`,
})

/**
 * Gives money back, of one capture after the other as PayPal refunds captures, not orders. What an earlier, interrupted call
 * has given back is not given back again. https://developer.paypal.com/docs/api/payments/v2/#captures_refund
 */
export async function refundOrder(
  client: Client,
  order: Order,
  request: ProviderRefundRequest,
): Promise<ProviderRefund> {
  const { refundId, amount } = request
  const made = refundsOf(order).filter(isOf(refundId))
  const taken = capturesOf(order).filter(isTaken)
  let left = money(amount.minor - sumOf(made), amount.currency)
  // Looked at first, so that no part goes back of what cannot go back as a whole.
  if (taken.reduce((total, capture) => total + leftOf(order, capture).minor, 0) < left.minor)
    return { refundId, status: 'failed', amount, failure: tooMuch }
  for (const capture of taken) {
    const part = smaller(left, leftOf(order, capture))
    if (part.minor <= 0) continue
    const outcome = await client.ask({
      method: 'POST',
      path: `/v2/payments/captures/${capture.id}/refund`,
      json: JSON.stringify({
        amount: toPayPal(part),
        invoice_id: invoiceOf(refundId, amount, capture.id),
        note_to_payer: request.reason.slice(0, 255),
      }),
      key: `refund:${refundId}:${capture.id}`,
    })
    if ('refusal' in outcome) return { refundId, status: 'failed', amount, failure: outcome.refusal }
    made.push(Refund.parse(outcome.answer))
    left = money(left.minor - part.minor, left.currency)
  }
  return refundIn(withRefunds(order, made), refundId) ?? { refundId, status: 'pending', amount, failure: null }
}

const tooMuch = { code: 'REFUND_AMOUNT_EXCEEDED', message: 'More than was taken cannot go back' }

function withRefunds(order: Order, refunds: readonly Refund[]): Order {
  const [unit] = order.purchase_units
  return { ...order, purchase_units: [{ ...unit, payments: { ...unit.payments, refunds: [...refunds] } }] }
}
