import { createHmac } from 'node:crypto'

/** A payment with the fields that its reference shows: https://developers.portone.io/api/rest-v2/type-def#Payment */
export interface Payment {
  id: string
  transactionId: string
  merchantId: string
  storeId: string
  status: string
  currency: string
  orderName: string
  amount: {
    total: number
    taxFree: number
    discount: number
    paid: number
    cancelled: number
    cancelledTaxFree: number
  }
  method?: Record<string, unknown>
  requestedAt: string
  paidAt?: string
  failure?: { reason?: string; pgCode?: string; pgMessage?: string }
  cancellations?: Record<string, unknown>[]
  disputes?: Record<string, unknown>[]
  version: 'V2'
}

export interface Asked {
  readonly method: string
  readonly path: string
  readonly key: string | null
  readonly body: Record<string, unknown>
}

class Fault extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    readonly more: Record<string, string> = {},
  ) {
    super(type)
  }
}

const keys = {
  apiSecret: 'double-secret',
  storeId: 'store-4ff4af41-85e3-4559-8eb8-0d08a2c6ceec',
  channelKey: 'channel-key-893597d6-e62d-410f-83f9-119f530b4b11',
  webhookSecret: `whsec_${Buffer.from('double webhook secret').toString('base64')}`,
  pageUrl: 'https://shop.example/pay/portone',
}
const card = {
  type: 'PaymentMethodCard',
  card: {
    publisher: 'SHINHAN_CARD',
    issuer: 'SHINHAN_CARD',
    brand: 'MASTER',
    type: 'CREDIT',
    name: '신한카드',
    number: '54094712****1234',
  },
  approvalNumber: '00000000',
}
const account = {
  type: 'PaymentMethodVirtualAccount',
  bank: 'SHINHAN',
  accountNumber: '56211101234567',
  accountType: 'NORMAL',
  remitteeName: '상도',
  issuedAt: '2026-01-02T03:04:05Z',
  expiredAt: '2026-01-03T03:04:05Z',
}

/** PortOne's side of the wire, as https://developers.portone.io/api/rest-v2 describes it, as far as this package uses it. */
export function createExchange() {
  const registered = new Map<string, { totalAmount: number; currency: string }>()
  const payments = new Map<string, Payment>()
  const tokens = new Map<string, { token: string; method: Record<string, unknown>; declined: boolean }>()
  const answers = new Map<string, { status: number; text: string }>()
  const requests: Asked[] = []
  let count = 0

  function existing(id: string): Payment {
    const payment = payments.get(id)
    if (!payment) throw new Fault(404, 'PAYMENT_NOT_FOUND')
    return payment
  }

  function route({ method, path, body }: Asked): unknown {
    const [, , id = '', action = '', more = ''] = path.split('/').map(decodeURIComponent)
    if (method === 'POST' && body['storeId'] !== keys.storeId) throw new Fault(403, 'FORBIDDEN')
    switch (`${method} ${action} ${more}`.trim()) {
      case 'GET':
        return existing(id)
      case 'POST pre-register':
        return preRegister(id, body)
      case 'POST confirm':
        return confirm(id, body)
      case 'POST cancel':
        return cancel(existing(id), body)
      case 'POST virtual-account close':
        return close(existing(id))
    }
    throw new Fault(404, 'NOT_FOUND')
  }

  function preRegister(id: string, { totalAmount, currency }: Record<string, unknown>) {
    if (typeof totalAmount !== 'number' || typeof currency !== 'string') throw new Fault(400, 'INVALID_REQUEST')
    if (payments.get(id)?.status === 'PAID') throw new Fault(409, 'ALREADY_PAID')
    registered.set(id, { totalAmount, currency })
    return {}
  }

  function confirm(id: string, { paymentToken, totalAmount, currency }: Record<string, unknown>) {
    const payment = existing(id)
    const held = tokens.get(id)
    if (payment.status === 'PAID') throw new Fault(409, 'ALREADY_PAID')
    if (held?.token !== paymentToken) throw new Fault(400, 'INVALID_PAYMENT_TOKEN')
    if (totalAmount !== payment.amount.total || currency !== payment.currency)
      throw new Fault(409, 'INFORMATION_MISMATCH')
    if (held?.declined) {
      fail(id)
      throw new Fault(502, 'PG_PROVIDER', { pgCode: '51', pgMessage: '한도초과' })
    }
    const issued = held?.method['type'] === 'PaymentMethodVirtualAccount'
    Object.assign(payment, { method: held?.method, status: issued ? 'VIRTUAL_ACCOUNT_ISSUED' : 'PAID' })
    if (!issued) pay(payment)
    return { payment: issued ? {} : { pgTxId: 'tid', paidAt: payment.paidAt } }
  }

  function pay(payment: Payment) {
    payment.amount.paid = payment.amount.total
    Object.assign(payment, { status: 'PAID', paidAt: '2026-01-02T03:04:05Z', disputes: [] })
  }

  function cancel(payment: Payment, body: Record<string, unknown>) {
    const { amount, reason, currentCancellableAmount, refundAccount } = body
    if (payment.status === 'CANCELLED') throw new Fault(409, 'PAYMENT_ALREADY_CANCELLED')
    if (!payment.paidAt) throw new Fault(404, 'PAYMENT_NOT_PAID')
    const left = payment.amount.total - payment.amount.cancelled
    if (currentCancellableAmount !== left) throw new Fault(409, 'CANCELLABLE_AMOUNT_CONSISTENCY_BROKEN')
    if (Number(amount) > left) throw new Fault(409, 'CANCEL_AMOUNT_EXCEEDS_CANCELLABLE_AMOUNT')
    if (payment.method?.['type'] === 'PaymentMethodVirtualAccount' && !refundAccount)
      throw new Fault(502, 'PG_PROVIDER', { pgCode: '2211', pgMessage: '환불계좌 정보가 없습니다.' })
    const cancelled = payment.amount.cancelled + Number(amount)
    const made = {
      status: 'SUCCEEDED',
      id: `cancellation-${++count}`,
      totalAmount: Number(amount),
      taxFreeAmount: body['taxFreeAmount'] ?? 0,
      vatAmount: Math.floor(Number(amount) / 11),
      reason,
      cancelledAt: '2026-01-02T03:04:05Z',
      requestedAt: '2026-01-02T03:04:05Z',
    }
    payment.amount = { ...payment.amount, cancelled }
    payment.status = cancelled === payment.amount.total ? 'CANCELLED' : 'PARTIAL_CANCELLED'
    payment.cancellations = [...(payment.cancellations ?? []), made]
    return { cancellation: made }
  }

  function close(payment: Payment) {
    if (payment.status !== 'VIRTUAL_ACCOUNT_ISSUED') throw new Fault(409, 'PAYMENT_NOT_WAITING_FOR_DEPOSIT')
    payment.status = 'CANCELLED'
    return { closedAt: '2026-01-02T03:04:05Z' }
  }

  function answer(asked: Asked, authorization: string | null): Response {
    if (authorization !== `PortOne ${keys.apiSecret}`)
      return json(401, JSON.stringify({ type: 'UNAUTHORIZED', message: '' }))
    if (asked.key !== null && !/^[\w-]{16,256}$/.test(asked.key))
      return json(400, JSON.stringify({ type: 'INVALID_REQUEST' }))
    const before = asked.key === null ? undefined : answers.get(asked.key)
    if (before) return json(before.status, before.text)
    const [status, value] = carriedOut(asked)
    const text = JSON.stringify(value)
    if (asked.key !== null) answers.set(asked.key, { status, text })
    return json(status, text)
  }

  function carriedOut(asked: Asked): [number, unknown] {
    try {
      return [200, route(asked)]
    } catch (error) {
      if (error instanceof Fault)
        return [error.status, { type: error.type, message: error.type.toLowerCase(), ...error.more }]
      throw error
    }
  }

  const send: typeof fetch = async (input, init) => {
    const sent = new Request(input, init)
    const text = await sent.text()
    const body = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>
    const asked = {
      method: sent.method,
      path: new URL(sent.url).pathname,
      key: sent.headers.get('idempotency-key'),
      body,
    }
    requests.push(asked)
    return answer(asked, sent.headers.get('authorization'))
  }

  /** The window is opened: only now PortOne knows the payment, by the amount that was registered. */
  function openWindow(id: string): Payment {
    const { totalAmount: total = 0, currency = '' } = registered.get(id) ?? {}
    const made: Payment = {
      id,
      transactionId: `transaction-${++count}`,
      merchantId: 'merchant-double',
      storeId: keys.storeId,
      status: 'READY',
      currency,
      orderName: '찻잔 2개',
      amount: { total, taxFree: 0, discount: 0, paid: 0, cancelled: 0, cancelledTaxFree: 0 },
      requestedAt: '2026-01-02T03:04:05Z',
      version: 'V2',
    }
    payments.set(id, made)
    return made
  }

  /** The buyer fills the window in; the browser is given a token. */
  function authenticate(id: string, { virtual = false, declined = false } = {}): string {
    openWindow(id).status = 'PENDING'
    const token = `token-${++count}`
    tokens.set(id, { token, method: virtual ? account : card, declined })
    return token
  }

  function fail(id: string) {
    const failure = { reason: '한도초과', pgCode: '51', pgMessage: '한도초과' }
    Object.assign(payments.get(id) ?? openWindow(id), { status: 'FAILED', failure })
  }

  /** The message that PortOne sends of a payment. */
  const message = (paymentId: string, storeId = keys.storeId) =>
    JSON.stringify({
      type: 'Transaction.Paid',
      timestamp: '2026-01-02T03:04:05.000Z',
      data: { paymentId, storeId, transactionId: `transaction-${++count}` },
    })

  return {
    ...keys,
    fetch: send,
    requests,
    answers,
    payment: existing,
    openWindow,
    authenticate,
    fail,
    deposit: (id: string) => pay(existing(id)),
    message,
  }
}

/** Signs a message as the Standard Webhooks have it: HMAC-SHA256 over `id.time.body`, in base64. */
export function signed(body: string, secret: string, at: Date, id: string = crypto.randomUUID().replaceAll('-', '')) {
  const time = String(Math.floor(at.getTime() / 1000))
  const raw = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const signature = createHmac('sha256', raw).update(`${id}.${time}.${body}`).digest('base64')
  const headers: Record<string, string> = {
    'webhook-id': id,
    'webhook-timestamp': time,
    'webhook-signature': `v1,${signature}`,
  }
  return { headers, body }
}

const json = (status: number, text: string) =>
  new Response(text, { status, headers: { 'content-type': 'application/json' } })
