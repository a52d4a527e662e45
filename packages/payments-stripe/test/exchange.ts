import { createHmac } from 'node:crypto'
import { cardDetails, type Charge, type Dispute, type Intent, type Refund, type Session } from './objects.ts'

export interface Asked {
  readonly method: string
  readonly path: string
  readonly headers: Headers
  readonly form: Record<string, string>
}

const secretKey = 'sk_test_double'
const webhookSecret = 'whsec_double'

class Fault extends Error {
  constructor(
    readonly status: number,
    readonly error: { type: string; code?: string; message: string; param?: string },
  ) {
    super(error.message)
  }
}

const invalid = (code: string, message: string, status = 400) =>
  new Fault(status, { type: 'invalid_request_error', code, message })

/** Stripe's side of the wire, as https://docs.stripe.com/api describes it, as far as this package uses it. */
export function createExchange() {
  const products = new Map<string, { id: string; object: 'product'; name: string; metadata: Record<string, string> }>()
  const sessions = new Map<string, Session & { intentForm: Record<string, string> }>()
  const intents = new Map<string, Intent>()
  const refunds: Refund[] = []
  const disputes: Dispute[] = []
  const keys = new Map<string, { form: string; status: number; body: string }>()
  const requests: Asked[] = []
  let count = 0
  const newId = (prefix: string) => `${prefix}_${String(++count).padStart(24, '0')}`

  const has = <Found>(found: Found | undefined, what: string, id: string): Found => {
    if (found === undefined) throw invalid('resource_missing', `No such ${what}: '${id}'`, 404)
    return found
  }

  const shown = ({ intentForm: _, ...session }: Session & { intentForm: object }) => ({
    ...session,
    payment_intent: session.payment_intent === null ? null : (intents.get(session.payment_intent) ?? null),
  })

  function route({ method, path, form }: Asked): unknown {
    const [, , kind = '', one = '', two = '', three = ''] = path.split('/')
    if (kind === 'checkout') return checkout(method, two, three, form)
    switch (`${method} ${kind} ${two}`.trim()) {
      case 'POST products':
        return one === '' ? createProduct(form) : updateProduct(one, form)
      case 'GET products':
        return has(products.get(one), 'product', one)
      case 'GET payment_intents':
        return has(intents.get(one), 'payment_intent', one)
      case 'POST payment_intents capture':
        return capture(has(intents.get(one), 'payment_intent', one), form)
      case 'POST payment_intents cancel':
        return cancel(has(intents.get(one), 'payment_intent', one))
      case 'POST refunds':
        return refund(form)
      case 'GET refunds':
        return list(refunds, form)
      case 'GET disputes':
        return list(disputes, form)
    }
    throw invalid('unknown', `Unrecognized request URL (${method}: ${path}).`, 404)
  }

  const list = (all: readonly { payment_intent: string }[], form: Record<string, string>) => ({
    object: 'list',
    has_more: false,
    url: '/v1',
    data: all.filter((entry) => entry.payment_intent === form['payment_intent']).reverse(),
  })

  function createProduct(form: Record<string, string>) {
    const { id = '', name = '' } = form
    if (products.has(id)) throw invalid('resource_already_exists', `Product already exists.`)
    const made = { id, object: 'product', name, metadata: {} } as const
    products.set(id, made)
    return made
  }

  function updateProduct(id: string, form: Record<string, string>) {
    const product = has(products.get(id), 'product', id)
    products.set(id, { ...product, metadata: { ...product.metadata, ...nested(form, 'metadata') } })
    return products.get(id)
  }

  function checkout(method: string, id: string, action: string, form: Record<string, string>) {
    if (id === '') return createSession(form)
    const session = has(sessions.get(id), 'checkout.session', id)
    if (method === 'GET') return shown(session)
    if (action === 'expire') {
      if (session.status !== 'open')
        throw invalid('', `Only Checkout Sessions with a status in ["open"] can be expired.`)
      return shown(put({ ...session, status: 'expired', url: null }))
    }
    return shown(put({ ...session, metadata: { ...session.metadata, ...nested(form, 'metadata') } }))
  }

  const put = (session: Session & { intentForm: Record<string, string> }) => {
    sessions.set(session.id, session)
    return session
  }

  function createSession(form: Record<string, string>) {
    const id = newId('cs_test')
    const product = form['line_items[0][price_data][product]'] ?? ''
    has(products.get(product), 'product', product)
    return shown(
      put({
        id,
        object: 'checkout.session',
        status: 'open',
        payment_status: 'unpaid',
        mode: 'payment',
        client_reference_id: form['client_reference_id'] ?? '',
        amount_total: Number(form['line_items[0][price_data][unit_amount]']),
        currency: form['line_items[0][price_data][currency]'] ?? '',
        url: `https://checkout.stripe.com/c/pay/${id}`,
        expires_at: Number(form['expires_at']),
        metadata: {},
        payment_intent: null,
        intentForm: form,
      }),
    )
  }

  function capture(intent: Intent, form: Record<string, string>) {
    const amount = Number(form['amount_to_capture'] ?? intent.amount_capturable)
    const last = form['final_capture'] !== 'false'
    if (intent.status !== 'requires_capture')
      throw invalid(
        'payment_intent_unexpected_state',
        `This PaymentIntent could not be captured because it has a status of ${intent.status}.`,
      )
    if (!last && !intent.multicapture)
      throw invalid('parameter_invalid', 'This PaymentIntent is not eligible for multicapture.')
    if (amount > intent.amount_capturable)
      throw invalid('amount_too_large', `The amount to capture exceeds the amount capturable.`)
    const received = intent.amount_received + amount
    const over = last || received === intent.amount
    const charge = intent.latest_charge as Charge
    intent.latest_charge = { ...charge, amount_captured: received }
    Object.assign(intent, {
      amount_received: received,
      amount_capturable: over ? 0 : intent.amount_capturable - amount,
      status: over ? 'succeeded' : 'requires_capture',
      metadata: { ...intent.metadata, ...nested(form, 'metadata') },
    })
    if (over) letGo(intent)
    return intent
  }

  /** What was approved and not taken shows as refunded, though no money has moved. */
  function letGo(intent: Intent) {
    const rest = intent.amount - intent.amount_received
    if (rest === 0 || !intent.latest_charge) return
    intent.latest_charge.amount_refunded += rest
    refunds.push({
      id: newId('re'),
      object: 'refund',
      amount: rest,
      currency: intent.currency,
      status: 'succeeded',
      payment_intent: intent.id,
      balance_transaction: null,
      metadata: {},
    })
  }

  function cancel(intent: Intent) {
    if (intent.status !== 'requires_capture')
      throw invalid(
        'payment_intent_unexpected_state',
        `You cannot cancel this PaymentIntent because it has a status of ${intent.status}.`,
      )
    Object.assign(intent, { status: 'canceled', cancellation_reason: null, amount_capturable: 0 })
    letGo(intent)
    return intent
  }

  function refund(form: Record<string, string>) {
    const amount = Number(form['amount'])
    const intent = has(intents.get(form['payment_intent'] ?? ''), 'payment_intent', form['payment_intent'] ?? '')
    const charge = intent.latest_charge as Charge
    const open = disputes.some(({ payment_intent, status }) => payment_intent === intent.id && status !== 'won')
    if (open) throw invalid('charge_disputed', `Charge ${charge.id} has been charged back; cannot issue a refund.`)
    const left = intent.amount - charge.amount_refunded
    if (left === 0) throw invalid('charge_already_refunded', `Charge ${charge.id} has already been refunded.`)
    if (amount > left)
      throw new Fault(400, {
        type: 'invalid_request_error',
        message: `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`,
        param: 'amount',
      })
    charge.amount_refunded += amount
    const made: Refund = {
      id: newId('re'),
      object: 'refund',
      amount,
      currency: intent.currency,
      status: 'succeeded',
      payment_intent: intent.id,
      balance_transaction: newId('txn'),
      metadata: nested(form, 'metadata'),
    }
    refunds.push(made)
    return made
  }

  function answer(request: Asked): Response {
    if (request.headers.get('authorization') !== `Bearer ${secretKey}`)
      return json(401, {
        error: { type: 'invalid_request_error', message: 'Invalid API Key provided: sk_test_****ther' },
      })
    const key = request.headers.get('idempotency-key')
    const form = JSON.stringify([request.path, request.form])
    const before = key === null ? undefined : keys.get(key)
    if (before && before.form !== form)
      return json(400, {
        error: {
          type: 'idempotency_error',
          message: `Keys for idempotent requests can only be used with the same parameters they were first used with.`,
        },
      })
    if (before) return new Response(before.body, { status: before.status, headers: { 'idempotent-replayed': 'true' } })
    const [status, value] = carriedOut(request)
    const body = JSON.stringify(value)
    if (key !== null) keys.set(key, { form, status, body })
    return new Response(body, { status, headers: { 'request-id': newId('req'), 'content-type': 'application/json' } })
  }

  function carriedOut(request: Asked): [number, unknown] {
    try {
      return [200, route(request)]
    } catch (error) {
      if (error instanceof Fault) return [error.status, { error: error.error }]
      throw error
    }
  }

  const send: typeof fetch = async (input, init) => {
    const sent = new Request(input, init)
    const { pathname: path, search } = new URL(sent.url)
    const form = Object.fromEntries(new URLSearchParams((await sent.text()) || search))
    const request = { method: sent.method, path, headers: sent.headers, form }
    requests.push(request)
    return answer(request)
  }

  const sessionOf = (reference: string) => {
    const found = [...sessions.values()].find((session) => session.client_reference_id === reference)
    return has(found, 'checkout.session', reference)
  }

  /** The buyer fills the page in; the card is approved, or declined, which leaves the page open. */
  function pay(reference: string, approved: boolean): Intent {
    const session = sessionOf(reference)
    const { amount_total: amount, currency, intentForm } = session
    const metadata = nested(intentForm, 'payment_intent_data[metadata]')
    const id = session.payment_intent ?? newId('pi')
    const charge: Charge = {
      id: newId('ch'),
      object: 'charge',
      amount,
      amount_captured: 0,
      amount_refunded: 0,
      currency,
      disputed: false,
      refunded: false,
      outcome: { network_status: 'approved_by_network', risk_level: 'normal', type: 'authorized' },
      payment_method_details: { type: 'card', card: cardDetails },
      payment_intent: id,
      metadata,
    }
    const declined = {
      type: 'card_error',
      code: 'card_declined',
      decline_code: 'insufficient_funds',
      message: 'Your card has insufficient funds.',
    }
    const intent: Intent = {
      id,
      object: 'payment_intent',
      amount,
      amount_capturable: approved ? amount : 0,
      amount_received: 0,
      currency,
      status: approved ? 'requires_capture' : 'requires_payment_method',
      capture_method: 'manual',
      cancellation_reason: null,
      last_payment_error: approved ? null : declined,
      latest_charge: charge,
      metadata,
      multicapture: intentForm['payment_method_options[card][request_multicapture]'] === 'if_available',
    }
    intents.set(id, intent)
    put({ ...session, payment_intent: id, ...(approved ? { status: 'complete', url: null } : {}) })
    return intent
  }

  /** The page's time is over, and what it had begun ends with it. */
  function runOut(reference: string) {
    const session = sessionOf(reference)
    put({ ...session, status: 'expired', url: null })
    const intent = intents.get(session.payment_intent ?? '')
    if (intent) intent.status = 'canceled'
  }

  const intentOf = (reference: string) => intents.get(sessionOf(reference).payment_intent ?? '') as Intent

  function dispute(reference: string, amount: number, status = 'needs_response'): Dispute {
    const intent = intentOf(reference)
    ;(intent.latest_charge as Charge).disputed = true
    const made: Dispute = {
      id: newId('du'),
      object: 'dispute',
      amount,
      currency: intent.currency,
      reason: 'fraudulent',
      status,
      payment_intent: intent.id,
      evidence_details: { due_by: 1_767_330_000 },
    }
    disputes.push(made)
    return made
  }

  const closeDispute = (id: string, outcome: string) =>
    disputes.filter((one) => one.id === id).forEach((one) => void (one.status = outcome))

  /** The message that Stripe sends of a payment. */
  const event = (
    reference: string,
    object: object = shown(sessionOf(reference)),
    type = 'checkout.session.completed',
  ) => JSON.stringify({ id: newId('evt'), object: 'event', api_version: '2026-10-28.endive', type, data: { object } })

  return {
    secretKey,
    webhookSecret,
    fetch: send,
    requests,
    keys,
    refunds,
    products,
    approve: (reference: string) => void pay(reference, true),
    decline: (reference: string) => void pay(reference, false),
    runOut,
    intentOf,
    dispute,
    closeDispute,
    event,
  }
}

/** Signs a message as https://docs.stripe.com/webhooks#verify-manually says: HMAC-SHA256 over `t.body`. */
export function signed(body: string, secret: string, at: Date) {
  const t = Math.floor(at.getTime() / 1000)
  const v1 = createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')
  return { headers: { 'stripe-signature': `t=${t},v1=${v1},v0=${'0'.repeat(64)}` }, body }
}

/** The entries of a form under a name: `metadata[reference]=…`. */
function nested(form: Record<string, string>, name: string): Record<string, string> {
  const entries = Object.entries(form).flatMap(([key, value]) =>
    key.startsWith(`${name}[`) ? [[key.slice(name.length + 1, -1), value] as const] : [],
  )
  return Object.fromEntries(entries)
}

const json = (status: number, value: unknown) =>
  new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json' } })
