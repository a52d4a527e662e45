import { createSecret, type Money, type Now } from '@sangdo/core'
import type {
  PaymentProvider,
  ProviderPayment,
  ProviderRefund,
  ProviderRefundRequest,
  ProviderRequest,
} from '@sangdo/payments'
import { toPortOne } from './amounts.ts'
import { type PageRequest, PortOnePayment } from './answers.ts'
import { type BegunPayment, type BegunPayments, begunInMemory } from './begun.ts'
import { createClient } from './client.ts'
import { bankCode } from './codes.ts'
import { refused } from './errors.ts'
import { pageResponse, payPage } from './page.ts'
import { begunOf, paymentOf, reasonOf, refundIn } from './payment.ts'
import { seal, unseal } from './seal.ts'
import { verifyMessage } from './webhook.ts'

export interface PortOneOptions {
  /** The V2 API secret; never logged, never in an error. */
  readonly apiSecret: string
  readonly storeId: string
  /** The channel that buyers pay by, with manual confirmation (수동 승인) switched on. */
  readonly channelKey: string
  /** `whsec_…`. Several are all accepted, while one is replaced. */
  readonly webhookSecret: string | readonly string[]
  /** The address of the shop's own page at which `page` answers, such as `https://shop.example/pay/portone`. */
  readonly pageUrl: string
  /** Where payments are kept while buyers pay: in this process unless given. */
  readonly begun?: BegunPayments | undefined
  readonly fetch?: typeof globalThis.fetch | undefined
  readonly now?: Now | undefined
  /** Past it a call is given up, 60 s unless told otherwise, as PortOne asks for: what became of it is then asked. */
  readonly timeoutMs?: number | undefined
  /** How many hours an account number waits for its deposit: 24 unless told otherwise. */
  readonly depositHours?: number | undefined
  /** How much of an amount is free of VAT, in minor units; nothing unless told. A shop with mixed taxation has to tell. */
  readonly taxFreeOf?: ((amount: Money, reference: string) => number) | undefined
  readonly url?: string | undefined
}

/** A provider whose buyers pay on a page of the shop. */
export interface PortOneProvider extends PaymentProvider {
  /** Answers a request to `pageUrl`: it opens PortOne's window, and takes what that brings back. */
  readonly page: (request: Request) => Promise<Response>
}

/**
 * Cards, virtual accounts and transfers by any payment company behind PortOne V2. Its window is opened by a page of the shop,
 * which is what `start` leads to; the buyer comes back with a token, and `confirm` takes the money with it. Our reference is the
 * `paymentId`, by which PortOne knows a payment from its first step on.
 */
export function portone(options: PortOneOptions): PortOneProvider {
  const { apiSecret, storeId, channelKey, webhookSecret, pageUrl, now = () => new Date() } = options
  const { begun: kept = begunInMemory(now), depositHours = 24, taxFreeOf = () => 0 } = options
  const { ask } = createClient({
    apiSecret,
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    timeoutMs: options.timeoutMs ?? 60_000,
    url: options.url ?? 'https://api.portone.io',
  })

  const pathOf = (reference: string, rest = '') => `/payments/${encodeURIComponent(reference)}${rest}`

  async function known(reference: string): Promise<PortOnePayment | null> {
    const outcome = await ask('GET', `${pathOf(reference)}?storeId=${encodeURIComponent(storeId)}`)
    if ('answer' in outcome) return PortOnePayment.parse(outcome.answer)
    if (outcome.refusal.code === 'PAYMENT_NOT_FOUND') return null
    throw refused(outcome.refusal.code)
  }

  async function find(reference: string): Promise<ProviderPayment | null> {
    const [payment, begun] = [await known(reference), await kept.find(reference)]
    if (payment) return paymentOf(payment, begun)
    return begun && begunOf(reference, begun)
  }

  async function existing(reference: string): Promise<ProviderPayment> {
    const payment = await find(reference)
    if (!payment) throw refused('PAYMENT_NOT_FOUND')
    return payment
  }

  async function change(reference: string, changed: Partial<BegunPayment>): Promise<void> {
    const begun = await kept.find(reference)
    if (begun) await kept.save(reference, { ...begun, ...changed })
  }

  async function start(request: ProviderRequest): Promise<ProviderPayment> {
    const { reference, amount, method, expiresAt } = request
    const before = await find(reference)
    if (before) return before
    const taxFreeAmount = taxFreeOf(amount, reference)
    // Registered first, so that the window takes this amount and no other, whatever a browser makes of the page.
    const body = { storeId, totalAmount: toPortOne(amount), taxFreeAmount, currency: amount.currency }
    const outcome = await ask('POST', pathOf(reference, '/pre-register'), body, `start-${reference}-register`)
    if ('refusal' in outcome) throw refused(outcome.refusal.code)
    const redirectUrl = await addressOf(request)
    const begun = { amount, method, redirectUrl, expiresAt, paymentToken: null, cancelled: false }
    await kept.save(reference, begun)
    return begunOf(reference, begun)
  }

  async function addressOf(request: PageRequest): Promise<string> {
    const { reference, amount, method, title, email, payer, locale, returnUrl, webhookUrl, expiresAt } = request
    const asked = { reference, amount, method, title, email, payer, locale, returnUrl, webhookUrl, expiresAt }
    const url = new URL(pageUrl)
    url.searchParams.set('pay', await seal(apiSecret, asked))
    return url.href
  }

  async function page(request: Request): Promise<Response> {
    const { searchParams } = new URL(request.url)
    const asked = await unseal(apiSecret, searchParams.get('pay') ?? '')
    if (asked && searchParams.has('back')) return backToShop(asked, searchParams)
    if (!asked || Date.parse(asked.expiresAt) < now().getTime()) return new Response('Not found', { status: 404 })
    const nonce = createSecret()
    const backUrl = new URL(await addressOf(asked))
    backUrl.searchParams.set('back', '1')
    const taxFree = taxFreeOf(asked.amount, asked.reference)
    const shown = { storeId, channelKey, depositHours, taxFree, backUrl: backUrl.href, nonce }
    return pageResponse(payPage(asked, shown), nonce)
  }

  /** Keeps the token, which is worth nothing for another payment or amount, and sends the buyer on to the shop. */
  async function backToShop(asked: PageRequest, answer: URLSearchParams): Promise<Response> {
    const { reference, returnUrl } = asked
    const paymentToken = answer.get('paymentToken')
    const failed = answer.has('code')
    if (paymentToken && !failed) await keepToken(asked, paymentToken)
    const url = new URL(returnUrl)
    url.searchParams.set('payment', reference)
    url.searchParams.set('result', failed ? 'failed' : 'approved')
    return new Response(null, { status: 303, headers: { location: url.href, 'cache-control': 'no-store' } })
  }

  async function keepToken(asked: PageRequest, paymentToken: string): Promise<void> {
    const { reference, amount, method, expiresAt } = asked
    const fresh = { amount, method, redirectUrl: await addressOf(asked), expiresAt, cancelled: false }
    await kept.save(reference, {
      ...((await kept.find(reference)) ?? fresh),
      paymentToken: paymentToken.slice(0, 2000),
    })
  }

  async function confirm(reference: string, amount: Money): Promise<ProviderPayment> {
    const payment = await existing(reference)
    if (amount.minor !== payment.amount.minor || amount.currency !== payment.amount.currency)
      throw refused('wrong_amount')
    if (payment.status === 'captured' || payment.status === 'awaiting_deposit') return payment
    const paymentToken = (await kept.find(reference))?.paymentToken
    if (payment.status !== 'approved' || !paymentToken) throw refused(payment.status)
    const body = { storeId, paymentToken, currency: amount.currency, totalAmount: toPortOne(amount) }
    const key = `confirm-${reference}-${await digestOf(paymentToken)}`
    const outcome = await ask('POST', pathOf(reference, '/confirm'), body, key)
    // A browser can bring anything back; what is no token leaves the payment waiting for one.
    if ('refusal' in outcome && outcome.refusal.code === 'INVALID_PAYMENT_TOKEN')
      await change(reference, { paymentToken: null })
    // Confirmed by another of us, or refused by the card: how it stands is the answer.
    const after = await existing(reference)
    if (after.status !== 'approved') return after
    throw refused('refusal' in outcome ? outcome.refusal.code : after.status)
  }

  async function cancel(reference: string): Promise<ProviderPayment> {
    const payment = await existing(reference)
    switch (payment.status) {
      case 'requires_action':
      case 'approved':
        // No money moves unless we confirm, so not to confirm is to cancel.
        await change(reference, { cancelled: true })
        return existing(reference)
      case 'awaiting_deposit': {
        const path = pathOf(reference, '/virtual-account/close')
        const outcome = await ask('POST', path, { storeId }, `cancel-${reference}-account`)
        const after = await existing(reference)
        if ('answer' in outcome || after.status !== 'awaiting_deposit') return after
        throw refused(outcome.refusal.code)
      }
      case 'captured':
      case 'failed':
      case 'cancelled':
      case 'expired':
      case 'reversed':
        return payment
    }
  }

  async function findRefund(reference: string, refundId: string): Promise<ProviderRefund | null> {
    const payment = await known(reference)
    return payment && refundIn(payment, refundId)
  }

  async function refund(request: ProviderRefundRequest): Promise<ProviderRefund> {
    const { reference, refundId, amount } = request
    const payment = await known(reference)
    if (!payment) throw refused('PAYMENT_NOT_FOUND')
    const before = refundIn(payment, refundId)
    if (before) return before
    const left = payment.amount.total - payment.amount.cancelled
    const body = refundBody(request, { storeId, left, taxFree: taxFreeOf(amount, reference) })
    const outcome = await ask('POST', pathOf(reference, '/cancel'), body, `refund-${reference}-${refundId}`)
    const made = await findRefund(reference, refundId)
    if (made) return made
    if ('refusal' in outcome) return { refundId, status: 'failed', amount, failure: outcome.refusal }
    return { refundId, status: 'pending', amount, failure: null }
  }

  return {
    id: 'portone',
    methods: ['card', 'virtual_account', 'bank_transfer'],
    start,
    confirm,
    find,
    cancel,
    refund,
    findRefund,
    verify: (webhook) =>
      verifyMessage(webhook, {
        secrets: typeof webhookSecret === 'string' ? [webhookSecret] : webhookSecret,
        storeId,
        now,
      }),
    page,
  }
}

/** Enough of a digest to tell one token of a payment from another. */
async function digestOf(token: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token))
  return [...new Uint8Array(digest).slice(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * What is cancelled of a payment, only if as much is left of it as was when it was looked at: so it cannot happen twice, even when
 * the key is forgotten. https://developers.portone.io/api/rest-v2/payment#post%20%2Fpayments%2F%7BpaymentId%7D%2Fcancel
 */
const refundBody = (
  { refundId, amount, reason, account }: ProviderRefundRequest,
  { storeId, left, taxFree }: { storeId: string; left: number; taxFree: number },
): object => ({
  storeId,
  amount: toPortOne(amount),
  reason: reasonOf(reason, refundId),
  currentCancellableAmount: left,
  ...(taxFree > 0 ? { taxFreeAmount: taxFree } : {}),
  ...(account
    ? {
        refundAccount: {
          bank: bankCode(account.bank),
          number: account.account.replaceAll(/\D/g, ''),
          holderName: account.holder,
        },
      }
    : {}),
})
