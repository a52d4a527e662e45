import type { Now } from '@sangdo/core'
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
import { Stripe } from 'stripe'
import { toStripe } from './amounts.ts'
import { DisputeAnswer, Product, RefundAnswer, Session } from './answers.ts'
import { answerOf, ask, refused, type Refusal } from './errors.ts'
import { disputeOf, evidenceOf, paymentOf, refundOf, type StripeEvidence } from './payment.ts'
import { sessionParams, type ThreeDSecure } from './session.ts'
import { verifyEvent } from './webhook.ts'

/** The version of Stripe's API that this package was written for; an account's own version does not matter. */
export const stripeVersion = '2026-10-28.endive'

export interface StripeOptions {
  /** `sk_…` or `rk_…`; never logged, never in an error. */
  readonly secretKey: string
  /** `whsec_…` of the webhook endpoint. Several are all accepted, while one is replaced. */
  readonly webhookSecret: string | readonly string[]
  readonly fetch?: typeof globalThis.fetch | undefined
  readonly now?: Now | undefined
  /** Past it a call is given up, 10 s unless told otherwise: what became of it is then asked. */
  readonly timeoutMs?: number | undefined
  /** `automatic` unless told otherwise: Stripe asks for 3-D Secure where law or risk wants it. */
  readonly threeDSecure?: ThreeDSecure | undefined
}

/** A provider that can also show how a buyer was authenticated. */
export interface StripeProvider extends PaymentProvider {
  readonly capture: (request: ProviderCaptureRequest) => Promise<ProviderCapture>
  readonly findCapture: (reference: string, captureId: string) => Promise<ProviderCapture | null>
  /** The state of 3-D Secure and who bears a fraud; null before a card was charged. */
  readonly evidence: (reference: string) => Promise<StripeEvidence | null>
}

interface Known {
  readonly session: Session
  readonly payment: ProviderPayment
}

const expand = ['payment_intent.latest_charge']

/**
 * Card payments on Stripe's own page (Checkout), approved there and taken by `confirm` or in parts by `capture`.
 *
 * What is sold is a Product that has our reference for its id, and its metadata name the Checkout Session: both are read by id,
 * which is consistent at once and for good, where Stripe's search lags by a minute and its idempotency keys end after a day. A
 * session whose name was not written down is nobody's: its address was never given to the buyer, so it cannot be paid.
 */
export function stripe(options: StripeOptions): StripeProvider {
  const { secretKey, webhookSecret, now = () => new Date(), timeoutMs = 10_000, threeDSecure = 'automatic' } = options
  const api = new Stripe(secretKey, {
    apiVersion: stripeVersion,
    httpClient: Stripe.createFetchHttpClient(options.fetch ?? ((input, init) => globalThis.fetch(input, init))),
    timeout: timeoutMs,
    // Whether to ask again is decided by who knows what became of the money.
    maxNetworkRetries: 0,
    telemetry: false,
    appInfo: { name: 'sangdo' },
  })

  async function sessionOf(reference: string): Promise<Session | null> {
    const product = await ask(api.products.retrieve(reference))
    if ('refusal' in product) return missing(product.refusal)
    const { session } = Product.parse(product.answer).metadata
    return session ? Session.parse(await answerOf(api.checkout.sessions.retrieve(session, { expand }))) : null
  }

  async function known(reference: string): Promise<Known | null> {
    const session = await sessionOf(reference)
    if (!session) return null
    const [disputes, refunded] = [await disputesOf(session), await refundedOf(session)]
    return { session, payment: paymentOf(reference, session, { disputes, refunded }) }
  }

  async function existing(reference: string): Promise<Known> {
    const found = await known(reference)
    if (!found) throw refused('not_found')
    return found
  }

  async function disputesOf({ payment_intent: intent }: Session): Promise<ProviderDispute[]> {
    if (!intent?.latest_charge?.disputed) return []
    const { data } = await answerOf(api.disputes.list({ payment_intent: intent.id, limit: 100 }))
    return data.flatMap((one) => disputeOf(DisputeAnswer.parse(one)) ?? [])
  }

  /** What went back, in Stripe's units. A charge counts what was approved and let go among it, so that is told apart by its money. */
  async function refundedOf({ payment_intent: intent }: Session): Promise<number> {
    const counted = intent?.latest_charge?.amount_refunded ?? 0
    if (!intent || counted === 0 || intent.amount_received === 0) return 0
    if (intent.amount_received === intent.amount) return counted
    let total = 0
    for await (const one of api.refunds.list({ payment_intent: intent.id, limit: 100 })) {
      const { status, balance_transaction: moved, amount } = RefundAnswer.parse(one)
      if (moved && status !== 'failed' && status !== 'canceled') total += amount
    }
    return total
  }

  async function start(request: ProviderRequest): Promise<ProviderPayment> {
    const { reference, title } = request
    if (request.method !== 'card') throw refused('method_unavailable')
    const params = sessionParams(request, threeDSecure, now)
    // Its id is the key: a second product of the same id is refused, today as in a year.
    const product = await ask(api.products.create({ id: reference, name: title }))
    const before = 'refusal' in product ? await sessionOf(reference) : null
    if ('refusal' in product && product.refusal.code !== 'resource_already_exists') throw refused(product.refusal.code)
    if (before) return (await existing(reference)).payment
    const made = await answerOf(api.checkout.sessions.create(params, { idempotencyKey: `start:${reference}` }))
    const session = Session.parse(made)
    await answerOf(api.products.update(reference, { metadata: { session: session.id } }))
    return paymentOf(reference, session)
  }

  async function confirm(reference: string, amount: ProviderPayment['amount']): Promise<ProviderPayment> {
    const { session, payment } = await existing(reference)
    if (amount.minor !== payment.amount.minor || amount.currency !== payment.amount.currency)
      throw refused('wrong_amount')
    if (payment.status === 'captured') return payment
    if (payment.status !== 'approved' || !session.payment_intent) throw refused(payment.status)
    const taking = { amount_to_capture: toStripe(amount).amount }
    const key = { idempotencyKey: `confirm:${reference}` }
    await answerOf(api.paymentIntents.capture(session.payment_intent.id, taking, key))
    return (await existing(reference)).payment
  }

  /** A capture leaves its id in the PaymentIntent's metadata, written by the very call that takes the money. */
  async function capture({ reference, captureId, amount }: ProviderCaptureRequest): Promise<ProviderCapture> {
    const { session, payment } = await existing(reference)
    const before = recorded(session, captureId, amount.currency)
    if (before) return before
    const intent = session.payment_intent
    if (payment.status !== 'approved' || !intent || amount.currency !== payment.amount.currency)
      return failed({ captureId, amount }, { code: 'not_capturable', message: 'Nothing of this payment can be taken' })
    const taking = toStripe(amount).amount
    const last = taking === intent.amount_capturable
    const outcome = await ask(
      api.paymentIntents.capture(
        intent.id,
        {
          amount_to_capture: taking,
          metadata: { [captureId]: String(amount.minor) },
          ...(last ? {} : { final_capture: false }),
        },
        { idempotencyKey: `capture:${reference}:${captureId}` },
      ),
    )
    if ('refusal' in outcome) return failed({ captureId, amount }, outcome.refusal)
    return { captureId, status: 'succeeded', amount, failure: null }
  }

  async function findCapture(reference: string, captureId: string): Promise<ProviderCapture | null> {
    const found = await known(reference)
    return found && recorded(found.session, captureId, found.payment.amount.currency)
  }

  /** Ends it, and looks again when the buyer has gone on meanwhile. */
  async function cancel(reference: string): Promise<ProviderPayment> {
    for (let turn = 0; turn < 3; turn++) {
      const { session, payment } = await existing(reference)
      if (payment.status !== 'requires_action' && payment.status !== 'approved') return payment
      const refusal = await end(session)
      if (refusal && turn === 2) throw refused(refusal.code)
    }
    return (await existing(reference)).payment
  }

  /** Closes the page, or lets go what was approved and not taken. Answers with why it could not, if so. */
  async function end({ id, payment_intent: intent }: Session): Promise<Refusal | null> {
    if (intent?.status === 'requires_capture') {
      const rest = { amount_to_capture: 0, final_capture: true }
      const outcome =
        intent.amount_received > 0
          ? await ask(api.paymentIntents.capture(intent.id, rest, { idempotencyKey: `release:${intent.id}` }))
          : await ask(api.paymentIntents.cancel(intent.id, {}, { idempotencyKey: `cancel:${intent.id}` }))
      return 'refusal' in outcome ? outcome.refusal : null
    }
    // Written first, as a page that was closed by us looks like one whose time was over.
    await answerOf(api.checkout.sessions.update(id, { metadata: { cancelled: 'true' } }))
    const outcome = await ask(api.checkout.sessions.expire(id, {}))
    return 'refusal' in outcome ? outcome.refusal : null
  }

  async function findRefund(reference: string, refundId: string): Promise<ProviderRefund | null> {
    const session = await sessionOf(reference)
    return session && refundIn(session, refundId)
  }

  async function refundIn({ payment_intent: intent }: Session, refundId: string): Promise<ProviderRefund | null> {
    if (!intent) return null
    for await (const one of api.refunds.list({ payment_intent: intent.id, limit: 100 })) {
      const refund = RefundAnswer.parse(one)
      if (refund.metadata?.['refundId'] === refundId) return refundOf(refundId, refund)
    }
    return null
  }

  async function refund(request: ProviderRefundRequest): Promise<ProviderRefund> {
    const { reference, refundId, amount, reason } = request
    const { session, payment } = await existing(reference)
    const before = await refundIn(session, refundId)
    if (before) return before
    const intent = session.payment_intent?.id
    if (!intent || amount.currency !== payment.amount.currency)
      return failed({ refundId, amount }, { code: 'not_refundable', message: 'Nothing of this payment can go back' })
    const params = {
      payment_intent: intent,
      amount: toStripe(amount).amount,
      metadata: { reference, refundId, reason },
    }
    const outcome = await ask(api.refunds.create(params, { idempotencyKey: `refund:${reference}:${refundId}` }))
    if ('refusal' in outcome) return failed({ refundId, amount }, outcome.refusal)
    return refundOf(refundId, RefundAnswer.parse(outcome.answer))
  }

  return {
    id: 'stripe',
    methods: ['card'],
    authenticates: true,
    start,
    confirm,
    find: async (reference) => (await known(reference))?.payment ?? null,
    capture,
    findCapture,
    cancel,
    refund,
    findRefund,
    verify: (webhook) =>
      verifyEvent(api, typeof webhookSecret === 'string' ? [webhookSecret] : webhookSecret, webhook, now),
    evidence: async (reference) => {
      const session = await sessionOf(reference)
      return session && evidenceOf(session)
    },
  }
}

function missing({ code }: Refusal): null {
  if (code !== 'resource_missing') throw refused(code)
  return null
}

function recorded({ payment_intent: intent }: Session, captureId: string, currency: string): ProviderCapture | null {
  const minor = intent?.metadata[captureId]
  return minor ? { captureId, status: 'succeeded', amount: { minor: Number(minor), currency }, failure: null } : null
}

const failed = <Asked>(asked: Asked, failure: Refusal) => ({ ...asked, status: 'failed' as const, failure })
