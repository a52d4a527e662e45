import type { Money, Now } from '@sangdo/core'
import type {
  PaymentProvider,
  ProviderCapture,
  ProviderCaptureRequest,
  ProviderDispute,
  ProviderPayment,
  ProviderRefund,
  ProviderRefundRequest,
  ProviderRequest,
} from '@sangdo/payments'
import { fromPayPal, paypalCurrencies, toPayPal } from './amounts.ts'
import { Capture, Dispute, Disputes, Order } from './answers.ts'
import { createClient, type Outcome, type Question, type Refusal } from './client.ts'
import { refused, unanswered } from './errors.ts'
import { catalogIndex, type KnownOrder, type OrderIndex } from './orders.ts'
import { authorizationOf, capturesOf, disputeOf, isTaken, paymentOf } from './payment.ts'
import { refundIn, refundOrder } from './refunds.ts'
import { orderBody } from './request.ts'
import { verifyMessage } from './webhook.ts'

/** Where PayPal's test accounts live. */
export const paypalSandboxUrl = 'https://api-m.sandbox.paypal.com'

export interface PayPalOptions {
  readonly clientId: string
  /** Never logged, never in an error. */
  readonly clientSecret: string
  /** The id of the registered webhook. Several are all accepted, while one is replaced. */
  readonly webhookId: string | readonly string[]
  readonly fetch?: typeof globalThis.fetch | undefined
  readonly now?: Now | undefined
  /** Past it a call is given up, 10 s unless told otherwise: what became of it is then asked. */
  readonly timeoutMs?: number | undefined
  /** The live API unless told otherwise. */
  readonly url?: string | undefined
  /** Where it is kept which order a reference has: in PayPal's own catalog unless given. */
  readonly orders?: OrderIndex | undefined
  /** Whether disputes are asked about, which the app at PayPal needs a permission for: yes unless told otherwise. */
  readonly disputes?: boolean | undefined
}

interface Known extends KnownOrder {
  readonly order: Order
}

/** Payments by PayPal (Orders v2): approved on PayPal's page, then captured, or authorized and captured in parts. */
export function paypal({
  clientId,
  clientSecret,
  webhookId,
  fetch: send = (input, init) => globalThis.fetch(input, init),
  now = () => new Date(),
  timeoutMs = 10_000,
  url = 'https://api-m.paypal.com',
  orders: given,
  disputes: askDisputes = true,
}: PayPalOptions): PaymentProvider & Required<Pick<PaymentProvider, 'capture' | 'findCapture'>> {
  const client = createClient({ clientId, clientSecret, fetch: send, now, timeoutMs, url })
  const orders = given ?? catalogIndex(client)

  const ask = async (question: Question) => answerOf(await client.ask(question))

  /** The order of a reference. One that the buyer has approved to be taken later is authorized as soon as it is seen. */
  async function known(reference: string): Promise<Known | null> {
    const entry = await orders.find(reference)
    if (!entry) return null
    const outcome = await client.ask({ method: 'GET', path: `/v2/checkout/orders/${entry.orderId}` })
    if ('refusal' in outcome && outcome.refusal.code === 'RESOURCE_NOT_FOUND') return null
    const order = Order.parse(answerOf(outcome))
    if (entry.cancelled || order.intent !== 'AUTHORIZE' || order.status !== 'APPROVED') return { ...entry, order }
    return { ...entry, order: await authorized(order, reference) }
  }

  // An approval ends within hours, an authorization after 29 days: https://developer.paypal.com/docs/checkout/standard/customize/authorization/
  async function authorized({ id }: Order, reference: string): Promise<Order> {
    const path = `/v2/checkout/orders/${id}/authorize`
    await client.ask({ method: 'POST', path, json: '{}', key: `authorize:${reference}` })
    return Order.parse(await ask({ method: 'GET', path: `/v2/checkout/orders/${id}` }))
  }

  async function existing(reference: string): Promise<Known> {
    const found = await known(reference)
    if (!found) throw refused('RESOURCE_NOT_FOUND')
    return found
  }

  async function shown({ order, cancelled }: Known): Promise<ProviderPayment> {
    return paymentOf(order, { cancelled, disputes: await disputesOf(order) })
  }

  async function disputesOf(order: Order): Promise<ProviderDispute[]> {
    const found: ProviderDispute[] = []
    for (const { id } of askDisputes ? capturesOf(order).filter(isTaken) : []) {
      const path = `/v1/customer/disputes?disputed_transaction_id=${encodeURIComponent(id)}`
      const { items } = Disputes.parse(await ask({ method: 'GET', path }))
      for (const one of items ?? []) found.push(disputeOf(one.status === 'RESOLVED' ? await outcomeOf(one) : one))
    }
    return found
  }

  /** Only a dispute itself, not the list of them, says how it went. */
  const outcomeOf = async ({ dispute_id: id }: Dispute) =>
    Dispute.parse(await ask({ method: 'GET', path: `/v1/customer/disputes/${encodeURIComponent(id)}` }))

  async function start(request: ProviderRequest): Promise<ProviderPayment> {
    const { reference } = request
    if (request.method !== 'card') throw refused('method_unavailable')
    const body = orderBody(request)
    const before = await known(reference)
    if (before) return shown(before)
    const question = { method: 'POST', path: '/v2/checkout/orders', json: JSON.stringify(body) } as const
    const order = Order.parse(await ask({ ...question, key: `start:${reference}` }))
    const entry = { orderId: order.id, cancelled: false }
    // An order whose id was not kept is nobody's: its address was never given to the buyer.
    await orders.save(reference, entry)
    return shown({ ...entry, order })
  }

  async function confirm(reference: string, amount: Money): Promise<ProviderPayment> {
    const before = await existing(reference)
    const payment = await shown(before)
    if (amount.minor !== payment.amount.minor || amount.currency !== payment.amount.currency)
      throw refused('wrong_amount')
    if (payment.status === 'captured') return payment
    if (payment.status !== 'approved') throw refused(payment.status)
    const key = `confirm:${reference}`
    const outcome = await client.ask({ ...takingAll(before.order, amount), key })
    const after = await shown(await existing(reference))
    if ('refusal' in outcome && after.status === 'approved') throw refused(outcome.refusal.code)
    return after
  }

  async function capture({ reference, captureId, amount }: ProviderCaptureRequest): Promise<ProviderCapture> {
    const { order } = await existing(reference)
    const before = captureIn(order, reference, captureId)
    if (before) return before
    const held = authorizationOf(order)
    if (!held) return failed({ captureId, amount }, notCapturable)
    const taken = capturesOf(order).filter(isTaken)
    const sofar = taken.reduce((sum, one) => sum + fromPayPal(one.amount).minor, 0)
    const total = fromPayPal(held.amount).minor
    // PayPal itself would take up to 115 % of what was authorized.
    if (sofar + amount.minor > total) return failed({ captureId, amount }, exceeding)
    const body = {
      amount: toPayPal(amount),
      invoice_id: invoiceOf(reference, captureId),
      final_capture: sofar + amount.minor === total,
    }
    const outcome = await client.ask({
      method: 'POST',
      path: `/v2/payments/authorizations/${held.id}/capture`,
      json: JSON.stringify(body),
      key: `capture:${reference}:${captureId}`,
    })
    if ('refusal' in outcome) return failed({ captureId, amount }, outcome.refusal)
    return captureOf(captureId, Capture.parse(outcome.answer))
  }

  /** Lets go what was authorized, or keeps in mind that an order which nobody has taken is not to be: PayPal cannot end one. */
  async function cancel(reference: string): Promise<ProviderPayment> {
    const before = await existing(reference)
    const payment = paymentOf(before.order, before)
    const held = authorizationOf(before.order)
    if (payment.status !== 'approved' && payment.status !== 'requires_action') return shown(before)
    if (held) {
      const path = `/v2/payments/authorizations/${held.id}/void`
      const outcome = await client.ask({ method: 'POST', path, key: `cancel:${reference}` })
      const after = await shown(await existing(reference))
      if ('refusal' in outcome && after.status === 'approved') throw refused(outcome.refusal.code)
      return after
    }
    if (capturesOf(before.order).length > 0) return payment
    await orders.save(reference, { orderId: before.orderId, cancelled: true })
    return shown(await existing(reference))
  }

  async function refund(request: ProviderRefundRequest): Promise<ProviderRefund> {
    const { order } = await existing(request.reference)
    return refundIn(order, request.refundId) ?? refundOrder(client, order, request)
  }

  return {
    id: 'paypal',
    limits: { currencies: paypalCurrencies },
    methods: ['card'],
    start,
    confirm,
    async find(reference) {
      const found = await known(reference)
      return found && shown(found)
    },
    capture,
    async findCapture(reference, captureId) {
      const found = await known(reference)
      return found && captureIn(found.order, reference, captureId)
    },
    cancel,
    refund,
    async findRefund(reference, refundId) {
      const found = await known(reference)
      return found && refundIn(found.order, refundId)
    },
    verify: (webhook) => verifyMessage(client, typeof webhookId === 'string' ? [webhookId] : webhookId, webhook, now),
  }
}

const exceeding: Refusal = { code: 'MAX_CAPTURE_AMOUNT_EXCEEDED', message: 'More than was approved cannot be taken' }
const notCapturable: Refusal = { code: 'NOT_CAPTURABLE', message: 'Nothing of this payment can be taken' }

const failed = <Asked>(asked: Asked, failure: Refusal) => ({ ...asked, status: 'failed' as const, failure })

/** How all of an approved payment is taken, by its order or by what was authorized of it. */
function takingAll(order: Order, amount: Money): Question {
  const held = authorizationOf(order)
  if (!held) return { method: 'POST', path: `/v2/checkout/orders/${order.id}/capture`, json: '{}' }
  const json = JSON.stringify({ amount: toPayPal(amount), final_capture: true })
  return { method: 'POST', path: `/v2/payments/authorizations/${held.id}/capture`, json }
}

// PayPal wants an invoice to be one of its kind in the whole account.
const invoiceOf = (reference: string, captureId: string) => `${reference}:${captureId}`

function captureIn(order: Order, reference: string, captureId: string): ProviderCapture | null {
  const found = capturesOf(order).find((one) => one.invoice_id === invoiceOf(reference, captureId))
  return found ? captureOf(captureId, found) : null
}

function captureOf(captureId: string, made: Capture): ProviderCapture {
  const of = { captureId, amount: fromPayPal(made.amount) }
  if (isTaken(made)) return { ...of, status: 'succeeded', failure: null }
  // Neither taken nor refused: asked for again, it is the same capture.
  if (made.status === 'PENDING') throw unanswered(new Error('The capture is pending'))
  const code = made.status_details?.reason ?? made.status
  return failed(of, { code, message: `PayPal could not take the money: ${made.status.toLowerCase()}` })
}

function answerOf(outcome: Outcome): unknown {
  if ('answer' in outcome) return outcome.answer
  throw refused(outcome.refusal.code)
}
