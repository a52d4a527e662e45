import type { sandbox } from '@sangdo/payments/sandbox'

// The words of the port, taken from its practice adapter: what names them outright is for servers only, and this root is not.

/** A company that takes money for the shop. */
export type PaymentProvider = ReturnType<typeof sandbox>
export type ProviderRequest = Parameters<PaymentProvider['start']>[0]
export type ProviderPayment = Awaited<ReturnType<PaymentProvider['start']>>
export type ProviderRefundRequest = Parameters<PaymentProvider['refund']>[0]
export type ProviderRefund = Awaited<ReturnType<PaymentProvider['refund']>>
export type RawWebhook = Parameters<PaymentProvider['verify']>[0]
export type WebhookHint = NonNullable<Awaited<ReturnType<PaymentProvider['verify']>>>
