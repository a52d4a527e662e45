import { format } from '@sangdo/core'
import type { BankPayment } from './bank.ts'
import { type CardField, grouped, testCards } from './cards.ts'
import { html, type Html } from './html.ts'
import { banks, type PageLocale, pageLocale, texts } from './texts.ts'

/** What was wrong with a form that was just sent. */
export type WrongField = CardField | 'bank' | 'code'

/** The address that the buyer goes back to: the shop's own, with which payment it was and how it went. */
export function returnUrlOf({ request }: BankPayment, result: 'approved' | 'failed' | 'cancelled'): string {
  const url = new URL(request.returnUrl)
  url.searchParams.set('payment', request.reference)
  url.searchParams.set('result', result)
  return url.href
}

/** The page of a payment as it stands: a form, an account number, or how it ended. */
export function payPage(payment: BankPayment, wrong: readonly WrongField[] = []): string {
  const locale = pageLocale(payment.request.locale)
  return page(locale, bodyOf(payment, locale, wrong), wrong.length > 0)
}

/** The page for an address that no payment has. */
export function missingPage(locale: PageLocale): string {
  const [title, text] = texts[locale].missing
  return page(
    locale,
    html`<section class="end bad">
      <span class="sign" aria-hidden="true">!</span>
      <h1>${title}</h1>
      <p>${text}</p>
    </section>`,
    false,
  )
}

function bodyOf(payment: BankPayment, locale: PageLocale, wrong: readonly WrongField[]): Html {
  if (payment.status === 'awaiting_deposit') return html`${order(payment, locale)}${accountView(payment, locale)}`
  if (payment.status !== 'requires_action') return html`${order(payment, locale)}${endView(payment, locale)}`
  const form = payment.challenge ? codeForm(payment, locale, wrong) : formOf(payment, locale, wrong)
  return html`${order(payment, locale)}${summary(locale, wrong)}${form}${cancelForm(payment, locale)}`
}

function formOf(payment: BankPayment, locale: PageLocale, wrong: readonly WrongField[]): Html {
  switch (payment.method) {
    case 'card':
      return cardForm(payment, locale, wrong)
    case 'virtual_account':
      return bankForm(payment, locale, wrong, 'account', texts[locale].issue, null)
    case 'bank_transfer':
      return bankForm(payment, locale, wrong, 'transfer', texts[locale].transfer, texts[locale].transferHint)
  }
}

const pathOf = ({ token }: BankPayment, action: string) => `/pay/${token}/${action}`
const amountOf = (payment: BankPayment, locale: PageLocale) =>
  locale === 'ko' && payment.amount.currency === 'KRW'
    ? `${payment.amount.minor.toLocaleString('ko')}원`
    : format(payment.amount, locale)

function order(payment: BankPayment, locale: PageLocale): Html {
  const text = texts[locale]
  return html`<section class="order">
    <h1>${payment.request.title}</h1>
    <p class="sum"><span>${text.amount}</span>${amountOf(payment, locale)}</p>
    <p>${text.methods[payment.method]}</p>
  </section>`
}

const focusOf: Readonly<Record<WrongField, string>> = {
  number: 'number',
  expiry: 'expiry',
  cvc: 'cvc',
  bank: 'bank-nuri',
  code: 'code',
}

function summary(locale: PageLocale, wrong: readonly WrongField[]): Html | null {
  if (wrong.length === 0) return null
  const text = texts[locale]
  const lines = wrong.map((field) => html`<a href="#${focusOf[field]}">${text.wrong[field]}</a>`)
  return html`<div class="summary" role="alert">
    <h2>${text.wrongTitle}</h2>
    ${lines}
  </div>`
}

interface Field {
  readonly name: WrongField
  readonly label: string
  readonly hint: string | null
  readonly length: number
  readonly look?: string
}

function input(
  locale: PageLocale,
  wrong: readonly WrongField[],
  { name, label, hint, length, look = '' }: Field,
): Html {
  const bad = wrong.includes(name)
  const described = [bad ? `${name}-error` : '', hint ? `${name}-hint` : ''].filter(Boolean).join(' ')
  return html`<div class="field">
    <label for="${name}">${label}</label>
    <input
      type="text"
      id="${name}"
      name="${name}"
      class="${look}"
      inputmode="numeric"
      autocomplete="off"
      maxlength="${length}"
      required
      aria-invalid="${bad ? 'true' : 'false'}"
      aria-describedby="${described}"
    />
    ${bad ? html`<p class="error" id="${name}-error">${texts[locale].wrong[name]}</p>` : null}${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : null}
  </div>`
}

function cardForm(payment: BankPayment, locale: PageLocale, wrong: readonly WrongField[]): Html {
  const text = texts[locale]
  const picks = testCards.map(
    ({ number, outcome }) =>
      html`<li>
        <button name="practice" value="${number}" formnovalidate>
          <span>${grouped(number)}</span><small>${text.outcomes[outcome]}</small>
        </button>
      </li>`,
  )
  return html`<form method="post" action="${pathOf(payment, 'card')}">
      ${input(locale, wrong, { name: 'number', label: text.cardNumber, hint: null, length: 23 })}
      <div class="row">
        ${input(locale, wrong, { name: 'expiry', label: text.expiry, hint: text.expiryHint, length: 7 })}${input(locale, wrong, { name: 'cvc', label: text.cvc, hint: text.cvcHint, length: 4 })}
      </div>
      <button class="main">${text.pay(amountOf(payment, locale))}</button>
    </form>
    <form method="post" action="${pathOf(payment, 'card')}">
      <h2>${text.cards}</h2>
      <p class="hint">${text.cardsHint}</p>
      <ul class="cards">
        ${picks}
      </ul>
    </form>`
}

function codeForm(payment: BankPayment, locale: PageLocale, wrong: readonly WrongField[]): Html {
  const text = texts[locale]
  return html`<form method="post" action="${pathOf(payment, 'code')}">
    <h2>${text.challengeTitle}</h2>
    <p>${text.challengeText(payment.challenge?.last4 ?? '')}</p>
    ${input(locale, wrong, { name: 'code', label: text.code, hint: text.codeHint, length: 6, look: 'code' })}
    <button class="main">${text.confirm}</button>
  </form>`
}

function bankForm(
  payment: BankPayment,
  locale: PageLocale,
  wrong: readonly WrongField[],
  action: string,
  submit: string,
  hint: string | null,
): Html {
  const text = texts[locale]
  const choices = banks.map(
    (bank) =>
      html`<label for="bank-${bank.id}"
        ><input type="radio" id="bank-${bank.id}" name="bank" value="${bank.id}" required />${bank[locale]}</label
      >`,
  )
  return html`<form method="post" action="${pathOf(payment, action)}">
    <fieldset>
      <legend>${text.chooseBank}</legend>
      ${wrong.includes('bank') ? html`<p class="error">${text.wrong.bank}</p>` : null}${hint ? html`<p class="hint">${hint}</p>` : null}
      <div class="banks">${choices}</div>
    </fieldset>
    <button class="main">${submit}</button>
  </form>`
}

function accountView(payment: BankPayment, locale: PageLocale): Html {
  const text = texts[locale]
  const { bank = '', account = '', holder = '', dueAt = '' } = payment.deposit ?? {}
  const due = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'Asia/Seoul' }).format(
    new Date(dueAt),
  )
  const row = (name: string, value: string | Html) =>
    html`<div>
      <dt>${name}</dt>
      <dd>${value}</dd>
    </div>`
  return html`<section>
      <h2>${text.accountTitle}</h2>
      <p class="hint">${text.accountText}</p>
    </section>
    <dl class="details">
      ${row(text.bank, bank)}${row(text.account, account)}${row(text.holder, holder)}${row(text.due, html`<time datetime="${dueAt}">${due}</time>`)}
    </dl>
    <div class="actions">
      <form method="post" action="${pathOf(payment, 'deposit')}">
        <p class="hint" id="deposit-hint">${text.depositHint}</p>
        <button class="main" aria-describedby="deposit-hint">${text.deposit}</button>
      </form>
      <a class="plain" href="${returnUrlOf(payment, 'approved')}">${text.back}</a>
    </div>`
}

function endView(payment: BankPayment, locale: PageLocale): Html {
  const text = texts[locale]
  const { status } = payment
  if (status === 'requires_action' || status === 'awaiting_deposit') return html``
  const [title, words] = text.ends[status]
  const good = status === 'approved' || status === 'captured'
  const result = good ? 'approved' : status === 'cancelled' ? 'cancelled' : 'failed'
  return html`<section class="end ${good ? 'good' : 'bad'}" role="status">
      <span class="sign" aria-hidden="true">${good ? '✓' : '!'}</span>
      <h2>${title}</h2>
      <p>${words}</p>
    </section>
    <div class="actions"><a class="main" href="${returnUrlOf(payment, result)}">${text.back}</a></div>`
}

const cancelForm = (payment: BankPayment, locale: PageLocale): Html =>
  html`<form class="actions" method="post" action="${pathOf(payment, 'cancel')}">
    <button class="ghost">${texts[locale].cancel}</button>
  </form>`

function page(locale: PageLocale, body: Html, wrong: boolean): string {
  const text = texts[locale]
  return html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${wrong ? `${text.wrongTitle} · ` : ''}${text.brand}</title>
        <link rel="stylesheet" href="/style.css" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <div class="sheet">
          <header>
            <span class="mark" aria-hidden="true">商</span>${text.brand}<span class="badge">${text.practice}</span>
          </header>
          <aside class="note" aria-label="${text.practice}">${text.practiceLong}</aside>
          <main>${body}</main>
        </div>
      </body>
    </html>`.html
}
