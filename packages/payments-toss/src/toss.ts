import type { Money, Now } from '@sangdo/core'
import type {
  PaymentProvider,
  ProviderPayment,
  ProviderRefund,
  ProviderRefundRequest,
  ProviderRequest,
} from '@sangdo/payments'
import { TossPayment } from './answers.ts'
import { createClient, type Outcome } from './client.ts'
import { bankCode } from './codes.ts'
import { refused, toToss } from './errors.ts'
import { paymentOf, reasonOf, refundIn } from './payment.ts'
import { verifyMessage } from './webhook.ts'

export interface TossOptions {
  /** `live_sk_…` or `test_sk_…`; never logged, never in an error. */
  readonly secretKey: string
  /**
   * A secret part of the registered webhook address, which the shop hands on as the header `x-webhook-token`. Messages are not
   * signed, so it keeps strangers from having them asked about. Several are all accepted, while one is replaced.
   */
  readonly webhookToken?: string | readonly string[] | undefined
  readonly fetch?: typeof globalThis.fetch | undefined
  readonly now?: Now | undefined
  /** Past it a call is given up, 10 s unless told otherwise: what became of it is then asked. */
  readonly timeoutMs?: number | undefined
  /** How many hours an account number waits for its deposit: 24 unless told otherwise, 2160 at most. */
  readonly depositHours?: number | undefined
  /** How many won of an amount are free of VAT; none unless told. A shop with mixed taxation has to tell. */
  readonly taxFreeOf?: ((amount: Money, reference: string) => number) | undefined
  readonly url?: string | undefined
}

const methods = { card: 'CARD', virtual_account: 'VIRTUAL_ACCOUNT', bank_transfer: 'TRANSFER' } as const
// https://docs.tosspayments.com/reference/using-api/webhook-events: 30 minutes for the buyer, then 10 to be confirmed.
const endsByItselfMs = 45 * 60_000

/**
 * Cards, virtual accounts and transfers by the pay window of Toss Payments. It is opened by `POST /v1/payments`, whose answer
 * says where the buyer goes; the money is taken by `POST /v1/payments/confirm` and by nothing else. Our reference is the `orderId`.
 */
export function toss({
  secretKey,
  webhookToken,
  fetch: send = (input, init) => globalThis.fetch(input, init),
  now = () => new Date(),
  timeoutMs = 10_000,
  depositHours = 24,
  taxFreeOf = () => 0,
  url = 'https://api.tosspayments.com',
}: TossOptions): PaymentProvider {
  const { ask } = createClient({ secretKey, fetch: send, timeoutMs, url })
  const tokens = typeof webhookToken === 'string' ? [webhookToken] : (webhookToken ?? null)
  /** What must not be confirmed any more, until when: Toss Payments has no call that ends a payment which nobody confirmed. */
  const ended = new Map<string, number>()

  async function find(reference: string): Promise<TossPayment | null> {
    const outcome = await ask('GET', `/v1/payments/orders/${encodeURIComponent(reference)}`)
    if ('answer' in outcome) return TossPayment.parse(outcome.answer)
    if (outcome.refusal.code === 'NOT_FOUND_PAYMENT') return null
    throw refused(outcome.refusal.code)
  }

  async function existing(reference: string): Promise<TossPayment> {
    const payment = await find(reference)
    if (!payment) throw refused('NOT_FOUND_PAYMENT')
    return payment
  }

  async function start(request: ProviderRequest): Promise<ProviderPayment> {
    const body = startBody(request, { depositHours, taxFree: taxFreeOf(request.amount, request.reference) })
    // An order number is asked about first, as a key is forgotten after 15 days and a second payment of it could be opened.
    const known = await find(request.reference)
    return paymentOf(known ?? answerOf(await ask('POST', '/v1/payments', body, `start:${request.reference}`)))
  }

  async function confirm(reference: string, amount: Money): Promise<ProviderPayment> {
    const before = await existing(reference)
    const payment = paymentOf(before)
    if (amount.minor !== payment.amount.minor || amount.currency !== payment.amount.currency)
      throw refused('wrong_amount')
    if (payment.status === 'captured' || payment.status === 'awaiting_deposit') return payment
    if (payment.status !== 'approved' || ended.has(reference)) throw refused(before.status)
    const body = { paymentKey: before.paymentKey, orderId: reference, amount: toToss(amount) }
    const outcome = await ask('POST', '/v1/payments/confirm', body, `confirm:${reference}`)
    if ('answer' in outcome) return paymentOf(TossPayment.parse(outcome.answer))
    // Confirmed by another of us, or refused by the card: how it stands is the answer.
    const after = paymentOf(await existing(reference))
    if (after.status === 'approved' || after.status === 'requires_action') throw refused(outcome.refusal.code)
    return after.status === 'failed' ? { ...after, failure: outcome.refusal } : after
  }

  async function cancel(reference: string): Promise<ProviderPayment> {
    const before = await existing(reference)
    const payment = paymentOf(before)
    switch (payment.status) {
      case 'requires_action':
      case 'approved':
        return { ...payment, status: letEnd(reference) }
      case 'awaiting_deposit': {
        const body = { cancelReason: '주문 취소' }
        const path = `/v1/payments/${encodeURIComponent(before.paymentKey)}/cancel`
        const outcome = await ask('POST', path, body, `cancel:${reference}`)
        const after =
          'answer' in outcome ? paymentOf(TossPayment.parse(outcome.answer)) : paymentOf(await existing(reference))
        if (after.status === 'awaiting_deposit' && 'refusal' in outcome) throw refused(outcome.refusal.code)
        return after
      }
      case 'captured':
      case 'failed':
      case 'cancelled':
      case 'expired':
      case 'reversed':
        return payment
    }
  }

  /** No money moves unless we confirm, so not to confirm is to cancel; the window ends by itself. */
  function letEnd(reference: string): 'cancelled' {
    const at = now().getTime()
    for (const [one, until] of ended) if (until < at) ended.delete(one)
    ended.set(reference, at + endsByItselfMs)
    return 'cancelled'
  }

  async function findRefund(reference: string, refundId: string): Promise<ProviderRefund | null> {
    const payment = await find(reference)
    return payment && refundIn(payment, refundId)
  }

  async function refund(request: ProviderRefundRequest): Promise<ProviderRefund> {
    const { reference, refundId, amount } = request
    const payment = await existing(reference)
    const known = refundIn(payment, refundId)
    if (known) return known
    const path = `/v1/payments/${encodeURIComponent(payment.paymentKey)}/cancel`
    const body = refundBody(request, taxFreeOf(amount, reference))
    const outcome = await ask('POST', path, body, `refund:${reference}:${refundId}`)
    if ('refusal' in outcome) return { refundId, status: 'failed', amount, failure: outcome.refusal }
    const made = refundIn(TossPayment.parse(outcome.answer), refundId)
    return made ?? { refundId, status: 'pending', amount, failure: null }
  }

  return {
    id: 'toss',
    limits: { currencies: ['KRW'] },
    // Korean card companies let nobody pay in the window who has not said who they are.
    authenticates: true,
    methods: ['card', 'virtual_account', 'bank_transfer'],
    start,
    confirm,
    async find(reference) {
      const payment = await find(reference)
      return payment && paymentOf(payment)
    },
    cancel,
    refund,
    findRefund,
    verify: (webhook) => verifyMessage(webhook, { tokens, now, find }),
  }
}

/** https://docs.tosspayments.com/reference#결제-생성 */
function startBody(
  { reference, amount, method, title, email, payer, returnUrl, webhookUrl }: ProviderRequest,
  { depositHours, taxFree }: { depositHours: number; taxFree: number },
): object {
  const account = method === 'virtual_account'
  return {
    method: methods[method],
    amount: toToss(amount),
    orderId: reference,
    orderName: title.slice(0, 100),
    successUrl: back(returnUrl, reference, 'approved'),
    failUrl: back(returnUrl, reference, 'failed'),
    ...(email ? { customerEmail: email.slice(0, 100) } : {}),
    ...(payer ? { customerName: payer.slice(0, 100) } : {}),
    ...(taxFree > 0 ? { taxFreeAmount: taxFree } : {}),
    ...(account ? { validHours: depositHours } : {}),
    ...(account && webhookUrl ? { virtualAccountCallbackUrl: webhookUrl } : {}),
  }
}

/** https://docs.tosspayments.com/reference#결제-취소 */
const refundBody = ({ refundId, amount, reason, account }: ProviderRefundRequest, taxFree: number): object => ({
  cancelReason: reasonOf(reason, refundId),
  cancelAmount: toToss(amount),
  ...(taxFree > 0 ? { taxFreeAmount: taxFree } : {}),
  ...(account
    ? {
        refundReceiveAccount: {
          bank: bankCode(account.bank),
          accountNumber: account.account.replaceAll(/\D/g, ''),
          holderName: account.holder,
        },
      }
    : {}),
})

function back(returnUrl: string, reference: string, result: 'approved' | 'failed'): string {
  const url = new URL(returnUrl)
  url.searchParams.set('payment', reference)
  url.searchParams.set('result', result)
  return url.href
}

function answerOf(outcome: Outcome): TossPayment {
  if ('refusal' in outcome) throw refused(outcome.refusal.code)
  return TossPayment.parse(outcome.answer)
}
