import { money } from '@sangdo/core'
import type { StartPayment } from '../contract.ts'
import type { ProviderRequest } from '../ports.ts'

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
