export { paymentInvariants, punctual } from './invariants.ts'
export { paymentMigrations } from './migrations.ts'
export type {
  MayCapture,
  PaymentProvider,
  ProviderCapture,
  ProviderCaptureRequest,
  ProviderDispute,
  ProviderPayment,
  ProviderRefund,
  ProviderRefundRequest,
  ProviderRequest,
  RawWebhook,
  WebhookHint,
} from './ports.ts'
export type { StartedPayment } from './service/attempts.ts'
export { createPayments, type Payments, type PaymentsOptions } from './service/index.ts'
