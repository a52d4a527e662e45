import type { PageRequest } from './answers.ts'
import { toPortOne } from './amounts.ts'

export interface PageOptions {
  readonly storeId: string
  readonly channelKey: string
  readonly depositHours: number
  readonly taxFree: number
  /** Where the buyer's browser brings back what the window has answered. */
  readonly backUrl: string
  readonly nonce: string
}

const payMethods = { card: 'CARD', virtual_account: 'VIRTUAL_ACCOUNT', bank_transfer: 'TRANSFER' } as const

/** What PortOne's window is asked for: https://developers.portone.io/sdk/ko/v2-sdk/payment-request */
export function windowRequest(
  { reference, amount, method, title, email, payer, locale, webhookUrl }: PageRequest,
  { storeId, channelKey, depositHours, taxFree, backUrl }: PageOptions,
): object {
  return {
    storeId,
    channelKey,
    paymentId: reference,
    orderName: title,
    totalAmount: toPortOne(amount),
    currency: amount.currency,
    payMethod: payMethods[method],
    redirectUrl: backUrl,
    locale: locale.startsWith('ko') ? 'KO_KR' : 'EN_US',
    ...(taxFree > 0 ? { taxFreeAmount: taxFree } : {}),
    customer: { ...(email ? { email } : {}), ...(payer ? { fullName: payer } : {}) },
    ...(webhookUrl ? { noticeUrls: [webhookUrl] } : {}),
    ...(method === 'virtual_account' ? { virtualAccount: { accountExpiry: { validHours: depositHours } } } : {}),
  }
}

const texts = {
  ko: {
    title: '결제하기',
    wait: '결제창을 열고 있어요.',
    again: '결제창 다시 열기',
    script: '결제하려면 자바스크립트를 켜 주세요.',
  },
  en: {
    title: 'Payment',
    wait: 'Opening the payment window.',
    again: 'Open the window again',
    script: 'Please turn JavaScript on to pay.',
  },
} as const

/** The page that opens PortOne's window and brings its answer back. */
export function payPage(request: PageRequest, options: PageOptions): string {
  const language = request.locale.startsWith('ko') ? 'ko' : 'en'
  const text = texts[language]
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${text.title}</title>
<script src="https://cdn.portone.io/v2/browser-sdk.js" nonce="${options.nonce}"></script>
</head>
<body>
<main>
<p role="status">${text.wait}</p>
<button type="button" id="again">${text.again}</button>
<noscript>${text.script}</noscript>
</main>
<script type="application/json" id="request">${inScript(windowRequest(request, options))}</script>
<script nonce="${options.nonce}">
const request = JSON.parse(document.getElementById('request').textContent)
async function pay() {
  const answer = await PortOne.requestPayment(request)
  if (!answer) return
  const back = new URL(request.redirectUrl)
  for (const name of ['code', 'message', 'paymentId', 'paymentToken', 'txId'])
    if (answer[name] !== undefined) back.searchParams.set(name, answer[name])
  location.replace(back)
}
document.getElementById('again').addEventListener('click', pay)
pay()
</script>
</body>
</html>
`
}

// Inside a script element nothing but its end tag is read, so no `<` is left in.
const inScript = (value: object) => JSON.stringify(value).replaceAll('<', String.raw`\u003c`)

/** The page as an answer. Payment companies load scripts and frames of their own, so those are not limited to PortOne's. */
export const pageResponse = (page: string, nonce: string): Response =>
  new Response(page, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'content-security-policy': `default-src https: data: 'unsafe-inline'; script-src 'nonce-${nonce}' 'strict-dynamic'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'`,
    },
  })
