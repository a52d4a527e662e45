import { money } from '@sangdo/core'
import type { StartPayment } from '../contract.ts'
import type { ProviderRequest } from '../ports.ts'
import type { RiskFacts } from '../risk/contract.ts'

/** An order over 27,000 won that is to be paid by card. */
export const samplePayment: StartPayment = {
  orderId: 'ord_1',
  amount: { minor: 27_000, currency: 'KRW' },
  method: 'card',
  returnUrl: 'http://127.0.0.1:3000/orders/1/paid?lang=ko',
  title: '찻잔 2개',
  email: 'sky@example.com',
  locale: 'ko',
  expiresAt: '2026-01-02T03:19:05.678Z',
}

/** What a provider is asked for, under the given reference. */
export const sampleRequest = (reference: string, request: Partial<ProviderRequest> = {}): ProviderRequest => ({
  reference,
  amount: money(27_000, 'KRW'),
  method: 'card',
  title: '찻잔 2개',
  email: 'sky@example.com',
  locale: 'ko',
  returnUrl: 'http://127.0.0.1:3000/back?lang=ko',
  webhookUrl: null,
  expiresAt: '2126-01-02T03:19:05.678Z',
  ...request,
})

/** What is known of an ordinary order. */
export const sampleRiskFacts: RiskFacts = {
  at: '2026-01-02T03:04:05.678Z',
  amount: { minor: 27_000, currency: 'KRW' },
  who: { buyer: 'cus_1', email: 'sky@example.com', phone: '010-1234-5678', ip: '192.0.2.7', session: 'ses_1' },
  countries: { card: 'KR', ip: 'KR', shipping: 'KR' },
  names: { billing: '김하늘', delivery: '김하늘' },
  postcode: '04000',
  lines: [{ sku: 'MUG', quantity: 2, unitPrice: { minor: 13_500, currency: 'KRW' } }],
  history: { orders: 1, delivered: 1, since: '2025-12-01T03:04:05.678Z' },
}
