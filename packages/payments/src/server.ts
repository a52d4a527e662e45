export { paymentInvariants, punctual } from './invariants.ts'
export { paymentMigrations } from './migrations.ts'
export type {
  PaymentProvider,
  ProviderCapture,
  ProviderCaptureRequest,
  ProviderDispute,
  ProviderLimits,
  ProviderPayment,
  ProviderRefund,
  ProviderRefundRequest,
  ProviderRequest,
  RawWebhook,
  WebhookHint,
} from './ports.ts'
export type { RiskPort } from './risk/ports.ts'
export { createRisk, type Risk, type RiskOptions } from './risk/service.ts'
export { rowsOf } from './settlements/rows.ts'
export { bankTransfer, type BankTransferOptions } from './transfers/provider.ts'
export type { MayCapture, StartedPayment } from './service/attempts.ts'
export { createPayments, type Payments, type PaymentsOptions } from './service/index.ts'
