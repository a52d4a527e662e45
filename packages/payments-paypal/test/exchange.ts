import { createVerify, generateKeyPairSync, sign } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { Amount, Authorization, Capture, Dispute, Order, Refund } from './objects.ts'

export interface Asked {
  readonly method: string
  readonly path: string
  readonly search: string
  readonly key: string | null
  readonly text: string
}

class Fault extends Error {
  constructor(
    readonly status: number,
    readonly issue: string,
    readonly description: string,
    readonly called = 'UNPROCESSABLE_ENTITY',
  ) {
    super(issue)
  }
}

const credentials = { clientId: 'client-double', clientSecret: 'secret-double' }
const url = 'https://api-m.paypal.com'
// One pair for all doubles, as making one takes a while.
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const missing = () =>
  new Fault(404, 'INVALID_RESOURCE_ID', 'Specified resource ID does not exist.', 'RESOURCE_NOT_FOUND')

/** PayPal's side of the wire, as https://developer.paypal.com/api/rest/ describes it, as far as this package uses it. */
export function createExchange({ webhookId = 'WH-DOUBLE' } = {}) {
  const orders = new Map<string, Order>()
  const products = new Map<string, { id: string; name: string; description: string }>()
  const disputes: Dispute[] = []
  const keys = new Map<string, { status: number; text: string }>()
  const tokens = new Set<string>()
  const broke = new Set<string>()
  const requests: Asked[] = []
  let count = 0
  const newId = () => `${String(++count).padStart(4, '0')}DOUBLE0000000`

  const orderBy = (belongs: (order: Order) => boolean): Order => {
    const found = [...orders.values()].find(belongs)
    if (!found) throw missing()
    return found
  }

  const shown = (order: Order) => {
    const { id, intent, status, custom_id, amount, captures, refunds, authorizations } = order
    const open = status === 'PAYER_ACTION_REQUIRED'
    const payments = {
      ...(authorizations.length > 0 ? { authorizations } : {}),
      ...(captures.length > 0 ? { captures } : {}),
      ...(refunds.length > 0 ? { refunds } : {}),
    }
    return {
      id,
      intent,
      status,
      payment_source: { paypal: {} },
      purchase_units: [
        {
          reference_id: 'default',
          custom_id,
          amount,
          ...(Object.keys(payments).length > 0 ? { payments } : {}),
        },
      ],
      create_time: '2026-01-02T03:04:05Z',
      links: [
        { href: `${url}/v2/checkout/orders/${id}`, rel: 'self', method: 'GET' },
        ...(open
          ? [{ href: `https://www.paypal.com/checkoutnow?token=${id}`, rel: 'payer-action', method: 'GET' }]
          : []),
      ],
    }
  }

  function route(asked: Asked): unknown {
    const { method, path, text } = asked
    const [, , area = '', kind = '', id = '', action = ''] = path.split('/').map(decodeURIComponent)
    const body = () => JSON.parse(text) as Record<string, never>
    switch (`${method} ${area} ${kind} ${action}`.trim()) {
      case 'POST catalogs products':
        return createProduct(JSON.parse(text) as Parameters<typeof createProduct>[0])
      case 'GET catalogs products':
        return productOf(id)
      case 'PATCH catalogs products':
        productOf(id).description = (body() as unknown as { value: string }[])[0]?.value ?? ''
        return null
      case 'POST checkout orders':
        return shown(createOrder(body()))
      case 'GET checkout orders':
        return shown(orderBy((order) => order.id === id))
      case 'POST checkout orders capture':
        return shown(captureOrder(orderBy((order) => order.id === id)))
      case 'POST checkout orders authorize':
        return shown(authorizeOrder(orderBy((order) => order.id === id)))
      case 'POST payments authorizations capture':
        return captureHeld(id, body())
      case 'POST payments authorizations void':
        return letGo(id)
      case 'GET payments captures':
        return orderBy((order) => order.captures.some((one) => one.id === id)).captures.find((one) => one.id === id)
      case 'POST payments captures refund':
        return refund(id, body())
      case 'GET customer disputes':
        return id === '' ? disputesOf(asked.search) : disputes.find((one) => one.dispute_id === id)
      case 'POST notifications verify-webhook-signature':
        return { verification_status: isSigned(text) ? 'SUCCESS' : 'FAILURE' }
    }
    throw missing()
  }

  function createProduct({ id, name, description }: { id: string; name: string; description: string }) {
    if (products.has(id))
      throw new Fault(422, 'DUPLICATE_RESOURCE_IDENTIFIER', 'A resource with the same identifier exists.')
    products.set(id, { id, name, description })
    return products.get(id)
  }

  function productOf(id: string) {
    const product = products.get(id)
    if (!product) throw missing()
    return product
  }

  function createOrder(body: Record<string, never>): Order {
    const [unit] = body['purchase_units'] as unknown as { custom_id: string; amount: Amount }[]
    if (!unit || unit.amount.currency_code === 'KRW')
      throw new Fault(422, 'CURRENCY_NOT_SUPPORTED', 'Currency code is not currently supported.')
    if (unit.amount.currency_code === 'JPY' && unit.amount.value.includes('.'))
      throw new Fault(422, 'DECIMALS_NOT_SUPPORTED', 'Currency does not support decimals.')
    const id = newId()
    const made = { ...unit, id, intent: body['intent'] ?? '', status: 'PAYER_ACTION_REQUIRED' }
    orders.set(id, { ...made, captures: [], refunds: [], authorizations: [] })
    return orderBy((order) => order.id === id)
  }

  const approved = (order: Order) => {
    if (broke.has(order.custom_id)) {
      order.status = 'PAYER_ACTION_REQUIRED'
      throw new Fault(422, 'INSTRUMENT_DECLINED', 'The instrument presented was declined by the processor or bank.')
    }
    if (order.status === 'COMPLETED') throw new Fault(422, 'ORDER_ALREADY_CAPTURED', 'Order already captured.')
    if (order.status !== 'APPROVED')
      throw new Fault(422, 'ORDER_NOT_APPROVED', 'Payer has not yet approved the Order for payment.')
  }

  function captureOrder(order: Order): Order {
    approved(order)
    order.status = 'COMPLETED'
    addCapture(order, order.amount, true)
    return order
  }

  function authorizeOrder(order: Order): Order {
    approved(order)
    const held = { id: newId(), status: 'CREATED', amount: order.amount, expiration_time: '2026-01-31T03:04:05Z' }
    return Object.assign(order, { status: 'COMPLETED', authorizations: [held] })
  }

  function addCapture(order: Order, amount: Amount, final_capture: boolean, invoice_id?: string): Capture {
    const made = { id: newId(), status: 'COMPLETED', amount, final_capture, custom_id: order.custom_id }
    order.captures.push({ ...made, ...(invoice_id === undefined ? {} : { invoice_id }) })
    return order.captures.at(-1) as Capture
  }

  const heldBy = (id: string) => {
    const order = orderBy(({ authorizations }) => authorizations.some((one) => one.id === id))
    return { order, held: order.authorizations[0] as Authorization }
  }

  const sum = (all: readonly { amount: Amount }[]) => all.reduce((total, { amount }) => total + Number(amount.value), 0)

  function captureHeld(id: string, body: Record<string, never>): Capture {
    const { order, held } = heldBy(id)
    const { amount, invoice_id, final_capture } = body as unknown as Capture
    if (held.status === 'VOIDED')
      throw new Fault(422, 'AUTHORIZATION_VOIDED', 'A voided authorization cannot be captured.')
    if (held.status === 'CAPTURED')
      throw new Fault(422, 'AUTHORIZATION_ALREADY_CAPTURED', 'Authorization has already been captured.')
    // As documented: up to 115 percent.
    if (sum(order.captures) + Number(amount.value) > 1.15 * Number(held.amount.value))
      throw new Fault(422, 'MAX_CAPTURE_AMOUNT_EXCEEDED', 'Capture amount exceeds allowable limit.')
    const made = addCapture(order, amount, final_capture, invoice_id)
    held.status = final_capture ? 'CAPTURED' : 'PARTIALLY_CAPTURED'
    return made
  }

  function letGo(id: string) {
    const { held } = heldBy(id)
    if (held.status === 'CAPTURED')
      throw new Fault(422, 'PREVIOUSLY_CAPTURED', 'Authorization has been previously captured.')
    held.status = 'VOIDED'
    return null
  }

  function refund(id: string, body: Record<string, never>): Refund {
    const order = orderBy(({ captures }) => captures.some((one) => one.id === id))
    const capture = order.captures.find((one) => one.id === id) as Capture
    const { amount, invoice_id } = body as unknown as Refund
    const open = disputes.some(
      ({ status, disputed_transactions: [one] }) => status !== 'RESOLVED' && one?.seller_transaction_id === id,
    )
    if (open) throw new Fault(422, 'TRANSACTION_DISPUTED', 'Partial refunds cannot be offered while a dispute is open.')
    const up = `${url}/v2/payments/captures/${id}`
    const gone = sum(order.refunds.filter(({ links }) => links.some(({ href }) => href === up)))
    if (gone + Number(amount.value) > Number(capture.amount.value))
      throw new Fault(
        422,
        'REFUND_AMOUNT_EXCEEDED',
        'The refund amount must be less than or equal to the capture amount.',
      )
    capture.status = gone + Number(amount.value) === Number(capture.amount.value) ? 'REFUNDED' : 'PARTIALLY_REFUNDED'
    const links = [{ href: up, rel: 'up', method: 'GET' }]
    const made = { id: newId(), status: 'COMPLETED', amount, custom_id: order.custom_id, links }
    order.refunds.push({ ...made, ...(invoice_id === undefined ? {} : { invoice_id }) })
    return order.refunds.at(-1) as Refund
  }

  function disputesOf(search: string) {
    const id = new URLSearchParams(search).get('disputed_transaction_id')
    const items = disputes.filter(({ disputed_transactions: [one] }) => one?.seller_transaction_id === id)
    return { items: items.map(({ dispute_outcome: _, disputed_transactions: __, ...listed }) => listed), links: [] }
  }

  /** As https://developer.paypal.com/api/rest/webhooks/rest/#link-selfverificationmethod has it done. */
  function isSigned(text: string): boolean {
    const event = text.slice(text.indexOf('"webhook_event":') + '"webhook_event":'.length, -1)
    const told = JSON.parse(text.replace(event, 'null')) as Record<string, string>
    const message = [told['transmission_id'], told['transmission_time'], told['webhook_id'], crc32(event)].join('|')
    const given = told['transmission_sig'] ?? ''
    return told['webhook_id'] === webhookId && createVerify('sha256').update(message).verify(publicKey, given, 'base64')
  }

  function answer(asked: Asked, authorization: string): Response {
    if (asked.path === '/v1/oauth2/token') return newToken(asked.text, authorization)
    if (!tokens.has(authorization))
      return json(401, { name: 'AUTHENTICATION_FAILURE', message: 'Authentication failed.' })
    const before = asked.key === null ? undefined : keys.get(asked.key)
    if (before) return new Response(before.text || null, { status: before.status })
    const response = carriedOut(asked)
    if (asked.key !== null && response.status < 300) keys.set(asked.key, response)
    return new Response(response.text || null, { status: response.status })
  }

  function newToken(text: string, authorization: string): Response {
    const wanted = Buffer.from(`${credentials.clientId}:${credentials.clientSecret}`).toString('base64')
    if (authorization !== `Basic ${wanted}` || text !== 'grant_type=client_credentials')
      return json(401, { error: 'invalid_client', error_description: 'Client Authentication failed' })
    const token = `A21AA${++count}`
    tokens.add(`Bearer ${token}`)
    return json(200, {
      scope: 'openid',
      access_token: token,
      token_type: 'Bearer',
      app_id: 'APP-1',
      expires_in: 31_668,
    })
  }

  function carriedOut(asked: Asked): { status: number; text: string } {
    try {
      const value = route(asked)
      return value === null
        ? { status: 204, text: '' }
        : { status: asked.method === 'GET' ? 200 : 201, text: JSON.stringify(value) }
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      const { status, issue, description, called } = error
      const details = [{ issue, description }]
      const text = JSON.stringify({
        name: called,
        message: 'The requested action could not be performed.',
        debug_id: '90957fca61718',
        details,
      })
      return { status, text }
    }
  }

  const send: typeof fetch = async (input, init) => {
    const sent = new Request(input, init)
    const { pathname: path, search } = new URL(sent.url)
    const asked = {
      method: sent.method,
      path,
      search,
      key: sent.headers.get('paypal-request-id'),
      text: await sent.text(),
    }
    requests.push(asked)
    return answer(asked, sent.headers.get('authorization') ?? '')
  }

  const orderOf = (reference: string) => orderBy((order) => order.custom_id === reference)

  function dispute(reference: string, value: string): Dispute {
    const { captures, amount, custom_id: custom } = orderOf(reference)
    const made: Dispute = {
      dispute_id: `PP-D-${++count}`,
      reason: 'MERCHANDISE_OR_SERVICE_NOT_RECEIVED',
      status: 'WAITING_FOR_SELLER_RESPONSE',
      dispute_amount: { ...amount, value },
      seller_response_due_date: '2026-01-12T03:04:05.000Z',
      disputed_transactions: [{ seller_transaction_id: captures[0]?.id ?? '', custom }],
    }
    disputes.push(made)
    return made
  }

  const closeDispute = (id: string, outcome_code: string) =>
    disputes
      .filter((one) => one.dispute_id === id)
      .forEach((one) => void Object.assign(one, { status: 'RESOLVED', dispute_outcome: { outcome_code } }))

  return {
    ...credentials,
    webhookId,
    fetch: send,
    requests,
    keys,
    tokens,
    products,
    /** Those whose buyers have no money, which is found out only when it is to be taken. */
    broke,
    orderOf,
    shown: (reference: string) => shown(orderOf(reference)),
    dispute,
    closeDispute,
    approve: (reference: string) => void (orderOf(reference).status = 'APPROVED'),
    decline: (reference: string) => {
      const order = orderOf(reference)
      order.status = 'COMPLETED'
      addCapture(order, order.amount, true).status = 'DECLINED'
    },
  }
}

/** Signs a message as PayPal documents it: RSA with SHA-256 over id, time, webhook id and the CRC-32 of the body. */
export function signed(body: string, webhookId: string, at: Date, id = crypto.randomUUID().replaceAll('-', '')) {
  const time = at.toISOString()
  const signature = sign('sha256', Buffer.from(`${id}|${time}|${webhookId}|${crc32(body)}`), privateKey)
  return {
    headers: {
      'paypal-auth-algo': 'SHA256withRSA',
      'paypal-cert-url': 'https://api.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-1d93a270',
      'paypal-transmission-id': id,
      'paypal-transmission-sig': signature.toString('base64'),
      'paypal-transmission-time': time,
    } as Record<string, string>,
    body,
  }
}

/** The message that PayPal sends of something. */
export const eventOf = (resource: object, event_type = 'CHECKOUT.ORDER.APPROVED') =>
  JSON.stringify({ id: `WH-${crypto.randomUUID()}`, event_version: '1.0', event_type, resource_type: 'x', resource })

const json = (status: number, value: unknown) => new Response(JSON.stringify(value), { status })
