import type { Now } from '@sangdo/core'
import { paymentErrors } from '../contract.ts'
import type { Bank, BankPayment } from './bank.ts'
import { challengeCode, readCard } from './cards.ts'
import { missingPage, payPage, returnUrlOf, type WrongField } from './pages.ts'
import { style } from './style.ts'
import { banks, pageLocale, texts } from './texts.ts'

/** The pay window: what buyers see at `/pay/<token>`, and what their forms do. */
export function createPayWindow(bank: Bank, now: Now) {
  /** Answers a request to `/pay/…`. */
  async function handle(request: Request, path: string): Promise<Response> {
    const [, , token = '', action] = path.split('/')
    const payment = bank.byToken(token)
    if (!payment) return show(404, missingPage(pageLocale(request.headers.get('accept-language') ?? 'en')), null)
    if (request.method === 'GET' || request.method === 'HEAD') return show(200, payPage(payment), payment)
    if (request.method !== 'POST' || action === undefined)
      return new Response(null, { status: 405, headers: { allow: 'GET, POST' } })
    try {
      return act(payment, action, new URLSearchParams(await request.text()))
    } catch (error) {
      // Sent twice, or too late: the page says how things stand.
      if (paymentErrors.provider_refused.match(error)) return see(`/pay/${token}`)
      throw error
    }
  }

  function act(payment: BankPayment, action: string, form: URLSearchParams): Response {
    switch (action) {
      case 'card':
        return payByCard(payment, form)
      case 'code':
        return enterCode(payment, form)
      case 'account':
      case 'transfer':
        return payByBank(payment, action, form)
      case 'deposit':
        if (payment.status === 'awaiting_deposit') bank.deposit(payment.reference)
        return see(`/pay/${payment.token}`)
      case 'cancel':
        return back(bank.cancel(payment.reference))
    }
    return see(`/pay/${payment.token}`)
  }

  function payByCard(payment: BankPayment, form: URLSearchParams): Response {
    if (payment.method !== 'card') return see(`/pay/${payment.token}`)
    const read = readCard(form, now)
    if ('wrong' in read) return again(payment, read.wrong)
    switch (read.outcome) {
      case 'approved':
        return back(bank.approve(payment.reference, read.card))
      case 'declined':
        return back(bank.decline(payment.reference, 'card_declined', declined[pageLocale(payment.request.locale)]))
      case 'challenge':
        bank.ask(payment.reference, read.card)
        return see(`/pay/${payment.token}`)
    }
  }

  function enterCode(payment: BankPayment, form: URLSearchParams): Response {
    if (!payment.challenge) return see(`/pay/${payment.token}`)
    if (form.get('code')?.trim() !== challengeCode) return again(payment, ['code'])
    return back(bank.approve(payment.reference, payment.challenge))
  }

  function payByBank(payment: BankPayment, action: 'account' | 'transfer', form: URLSearchParams): Response {
    if (payment.method !== (action === 'account' ? 'virtual_account' : 'bank_transfer'))
      return see(`/pay/${payment.token}`)
    const chosen = banks.find((one) => one.id === form.get('bank'))
    if (!chosen) return again(payment, ['bank'])
    if (action === 'transfer') return back(bank.approve(payment.reference))
    const locale = pageLocale(payment.request.locale)
    bank.issueAccount(payment.reference, chosen[locale], texts[locale].shop)
    return see(`/pay/${payment.token}`)
  }

  return {
    handle,
    style: () =>
      new Response(style, {
        headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=3600' },
      }),
  }
}

const declined = { ko: '카드사에서 결제를 거절했어요.', en: 'The card was declined.' }

const again = (payment: BankPayment, wrong: readonly WrongField[]) => show(422, payPage(payment, wrong), payment)
const see = (location: string) =>
  new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } })

function back(payment: BankPayment): Response {
  const good = payment.status === 'approved' || payment.status === 'captured'
  return see(returnUrlOf(payment, good ? 'approved' : payment.status === 'cancelled' ? 'cancelled' : 'failed'))
}

/** Browsers hold a redirect after a form to `form-action` too, so the shop's own address is named there. */
function show(status: number, page: string, payment: BankPayment | null): Response {
  const target = payment ? ` ${new URL(payment.request.returnUrl).origin}` : ''
  return new Response(page, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'content-security-policy': `default-src 'none'; style-src 'self'; img-src data:; form-action 'self'${target}; frame-ancestors 'none'; base-uri 'none'`,
    },
  })
}
