/** A Payment object with the fields that its reference shows: https://docs.tosspayments.com/reference#payment-객체 */
export interface Payment {
  paymentKey: string
  orderId: string
  orderName: string
  status: string
  requestedAt: string
  approvedAt: string | null
  currency: string
  totalAmount: number
  balanceAmount: number
  taxFreeAmount: number
  method: string | null
  secret: string | null
  lastTransactionKey: string | null
  isPartialCancelable: boolean
  card: Record<string, unknown> | null
  virtualAccount: Record<string, unknown> | null
  transfer: Record<string, unknown> | null
  cancels: Record<string, unknown>[] | null
  failure: { code: string; message: string } | null
  checkout: { url: string } | null
  version: '2022-11-16'
  type: 'NORMAL'
}

export interface Asked {
  readonly method: string
  readonly path: string
  readonly key: string | null
  readonly body: Record<string, unknown>
}

const secretKey = 'test_sk_double'

class Fault extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

const names: Readonly<Record<string, string>> = { CARD: '카드', VIRTUAL_ACCOUNT: '가상계좌', TRANSFER: '계좌이체' }
const card = {
  amount: 27_000,
  issuerCode: '61',
  acquirerCode: '31',
  number: '43301234****1234',
  installmentPlanMonths: 0,
  approveNo: '00000000',
  useCardPoint: false,
  cardType: '신용',
  ownerType: '개인',
  acquireStatus: 'READY',
  isInterestFree: false,
  interestPayer: null,
}

/** Toss Payments' side of the wire, as https://docs.tosspayments.com/reference describes it, as far as this package uses it. */
export function createExchange() {
  const payments = new Map<string, Payment>()
  const keys = new Map<string, { status: number; body: string }>()
  const requests: Asked[] = []
  let count = 0

  const at = () => '2026-01-02T12:04:05+09:00'

  function byOrder(orderId: string): Payment {
    const payment = payments.get(orderId)
    if (!payment) throw new Fault(404, 'NOT_FOUND_PAYMENT', '존재하지 않는 결제 정보 입니다.')
    return payment
  }

  function byKey(paymentKey: string): Payment {
    const payment = [...payments.values()].find((one) => one.paymentKey === paymentKey)
    if (!payment) throw new Fault(404, 'NOT_FOUND_PAYMENT', '존재하지 않는 결제 정보 입니다.')
    return payment
  }

  function route({ method, path, body }: Asked): Payment {
    const [, , , one = '', two = ''] = path.split('/').map(decodeURIComponent)
    if (method === 'GET') return one === 'orders' ? byOrder(two) : byKey(one)
    if (one === '') return create(body)
    if (one === 'confirm') return confirm(body)
    if (two === 'cancel') return cancel(byKey(one), body)
    throw new Fault(404, 'NOT_FOUND', '존재하지 않는 정보 입니다.')
  }

  function create(body: Record<string, unknown>): Payment {
    const { orderId, orderName, amount, method, successUrl, failUrl } = body
    if (typeof orderId !== 'string' || !/^[\w=-]{6,64}$/.test(orderId))
      throw new Fault(400, 'INVALID_ORDER_ID', '주문번호 형식이 올바르지 않습니다.')
    if (typeof amount !== 'number' || typeof orderName !== 'string' || !successUrl || !failUrl)
      throw new Fault(400, 'INVALID_REQUEST', '잘못된 요청입니다.')
    if (payments.has(orderId))
      throw new Fault(400, 'DUPLICATED_ORDER_ID', '이미 승인 및 취소가 진행된 중복된 주문번호 입니다.')
    const paymentKey = `tdouble2026010212040${String(++count).padStart(5, '0')}`
    const made: Payment = {
      paymentKey,
      orderId,
      orderName,
      status: 'READY',
      requestedAt: at(),
      approvedAt: null,
      currency: 'KRW',
      totalAmount: amount,
      balanceAmount: amount,
      taxFreeAmount: Number(body['taxFreeAmount'] ?? 0),
      method: names[String(method)] ?? null,
      secret: null,
      lastTransactionKey: null,
      isPartialCancelable: true,
      card: null,
      virtualAccount: null,
      transfer: null,
      cancels: null,
      failure: null,
      checkout: { url: `https://api.tosspayments.com/v1/payments/${paymentKey}/checkout` },
      version: '2022-11-16',
      type: 'NORMAL',
    }
    payments.set(orderId, made)
    return made
  }

  function confirm({ paymentKey, orderId, amount }: Record<string, unknown>): Payment {
    const payment = byKey(String(paymentKey))
    if (payment.orderId !== orderId || payment.totalAmount !== amount)
      throw new Fault(400, 'INVALID_REQUEST', '잘못된 요청입니다.')
    if (payment.status === 'READY' || payment.status === 'EXPIRED')
      throw new Fault(404, 'NOT_FOUND_PAYMENT_SESSION', '결제 시간이 만료되어 결제 진행 데이터가 존재하지 않습니다.')
    if (payment.status !== 'IN_PROGRESS') throw new Fault(400, 'ALREADY_PROCESSED_PAYMENT', '이미 처리된 결제 입니다.')
    if (payment.failure) {
      payment.status = 'ABORTED'
      throw new Fault(403, payment.failure.code, payment.failure.message)
    }
    if (payment.method === '가상계좌') return issue(payment)
    return Object.assign(payment, {
      status: 'DONE',
      approvedAt: at(),
      lastTransactionKey: '9C62B18EEF0DE3EB7F4422EB6D14BC6E',
      ...(payment.method === '카드' ? { card } : { transfer: { bankCode: '92', settlementStatus: 'INCOMPLETED' } }),
    })
  }

  const issue = (payment: Payment): Payment =>
    Object.assign(payment, {
      status: 'WAITING_FOR_DEPOSIT',
      secret: 'ps_Z61JOxRQVENPBp0xKNa8W0X9bAqw',
      virtualAccount: {
        accountType: '일반',
        accountNumber: 'X6505636518308',
        bankCode: '20',
        customerName: '박토스',
        depositorName: '박토스',
        dueDate: '2026-01-03T12:04:05+09:00',
        expired: false,
        settlementStatus: 'INCOMPLETED',
        refundStatus: 'NONE',
        refundReceiveAccount: null,
      },
    })

  function cancel(payment: Payment, body: Record<string, unknown>): Payment {
    if (payment.status === 'CANCELED') throw new Fault(400, 'ALREADY_CANCELED_PAYMENT', '이미 취소된 결제 입니다.')
    if (!['DONE', 'PARTIAL_CANCELED', 'WAITING_FOR_DEPOSIT'].includes(payment.status))
      throw new Fault(403, 'NOT_CANCELABLE_PAYMENT', '취소 할 수 없는 결제 입니다.')
    const unpaid = payment.status === 'WAITING_FOR_DEPOSIT'
    const amount = Number(body['cancelAmount'] ?? payment.balanceAmount)
    if (!unpaid && payment.virtualAccount && !body['refundReceiveAccount'])
      throw new Fault(400, 'INVALID_REFUND_ACCOUNT_INFO', '환불 계좌번호와 예금주명이 일치하지 않습니다.')
    if (amount > payment.balanceAmount) throw new Fault(403, 'NOT_CANCELABLE_AMOUNT', '취소 할 수 없는 금액 입니다.')
    const balanceAmount = payment.balanceAmount - amount
    const cancelled = {
      cancelAmount: amount,
      cancelReason: body['cancelReason'],
      taxFreeAmount: body['taxFreeAmount'] ?? 0,
      taxExemptionAmount: 0,
      refundableAmount: balanceAmount,
      easyPayDiscountAmount: 0,
      canceledAt: at(),
      transactionKey: `8B4F646A829571D870A3011A4E13D640${++count}`,
      receiptKey: null,
      cancelStatus: 'DONE',
      cancelRequestId: null,
    }
    return Object.assign(payment, {
      balanceAmount,
      cancels: [...(payment.cancels ?? []), cancelled],
      status: unpaid || balanceAmount === 0 ? 'CANCELED' : 'PARTIAL_CANCELED',
    })
  }

  function answer(request: Asked, authorization: string | null): Response {
    if (authorization !== `Basic ${Buffer.from(`${secretKey}:`).toString('base64')}`)
      return json(
        401,
        JSON.stringify({ code: 'UNAUTHORIZED_KEY', message: '인증되지 않은 시크릿 키 혹은 클라이언트 키 입니다.' }),
      )
    const before = request.key === null ? undefined : keys.get(request.key)
    if (before) return json(before.status, before.body)
    const [status, value] = carriedOut(request)
    const body = JSON.stringify(value)
    if (request.key !== null) keys.set(request.key, { status, body })
    return json(status, body)
  }

  function carriedOut(request: Asked): [number, unknown] {
    try {
      return [200, route(request)]
    } catch (error) {
      if (error instanceof Fault) return [error.status, { code: error.code, message: error.message }]
      throw error
    }
  }

  const send: typeof fetch = async (input, init) => {
    const sent = new Request(input, init)
    const text = await sent.text()
    const request = {
      method: sent.method,
      path: new URL(sent.url).pathname,
      key: sent.headers.get('idempotency-key'),
      body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
    }
    requests.push(request)
    return answer(request, sent.headers.get('authorization'))
  }

  const change = (orderId: string, change: Partial<Payment>) => void Object.assign(byOrder(orderId), change)

  /** The message that Toss Payments sends of a payment. */
  const message = (orderId: string, sent: Date, more: Record<string, string> = {}) => ({
    headers: {
      'tosspayments-webhook-transmission-time': sent.toISOString().replace('Z', '+00:00'),
      'tosspayments-webhook-transmission-id': `whtrans_${String(++count).padStart(10, '0')}`,
      'tosspayments-webhook-transmission-retried-count': '0',
      ...more,
    },
    body: JSON.stringify({
      eventType: 'PAYMENT_STATUS_CHANGED',
      createdAt: '2026-01-02T12:04:05.000000',
      data: byOrder(orderId),
    }),
  })

  return {
    secretKey,
    fetch: send,
    requests,
    keys,
    message,
    change,
    payment: byOrder,
    approve: (orderId: string) => change(orderId, { status: 'IN_PROGRESS' }),
    decline: (orderId: string) =>
      change(orderId, {
        status: 'ABORTED',
        failure: { code: 'REJECT_CARD_COMPANY', message: '결제 승인이 거절되었습니다.' },
      }),
    deposit: (orderId: string) => change(orderId, { status: 'DONE', approvedAt: at() }),
    /** The bank takes a deposit back: the account waits for it again. */
    reverse: (orderId: string) => change(orderId, { status: 'WAITING_FOR_DEPOSIT', approvedAt: null }),
  }
}

const json = (status: number, body: string) =>
  new Response(body, { status, headers: { 'content-type': 'application/json;charset=UTF-8' } })
