/** Stripe's objects as its API reference shows them, with the fields that a shop comes across. */

export interface Intent {
  id: string
  object: 'payment_intent'
  amount: number
  amount_capturable: number
  amount_received: number
  currency: string
  status: string
  capture_method: 'manual'
  cancellation_reason: string | null
  last_payment_error: { type: string; code: string; decline_code?: string; message: string } | null
  latest_charge: Charge | null
  metadata: Record<string, string>
  multicapture: boolean
}

export interface Charge {
  id: string
  object: 'charge'
  amount: number
  amount_captured: number
  amount_refunded: number
  currency: string
  disputed: boolean
  refunded: boolean
  outcome: { network_status: string; risk_level: string; type: string }
  payment_method_details: { type: 'card'; card: Record<string, unknown> }
  payment_intent: string
  metadata: Record<string, string>
}

export interface Session {
  id: string
  object: 'checkout.session'
  status: 'open' | 'complete' | 'expired'
  payment_status: 'paid' | 'unpaid'
  mode: 'payment'
  client_reference_id: string
  amount_total: number
  currency: string
  url: string | null
  expires_at: number
  metadata: Record<string, string>
  payment_intent: string | null
}

export interface Refund {
  id: string
  object: 'refund'
  amount: number
  currency: string
  status: string
  failure_reason?: string
  payment_intent: string
  balance_transaction: string | null
  metadata: Record<string, string>
}

export interface Dispute {
  id: string
  object: 'dispute'
  amount: number
  currency: string
  reason: string
  status: string
  payment_intent: string
  evidence_details: { due_by: number }
}

/** The card of Stripe's own examples, authenticated by 3-D Secure 2. */
export const cardDetails = {
  brand: 'visa',
  last4: '3220',
  network_transaction_id: '104102978678771',
  checks: { cvc_check: 'pass', address_line1_check: null, address_postal_code_check: null },
  three_d_secure: {
    authentication_flow: 'challenge',
    electronic_commerce_indicator: '05',
    exemption_indicator: null,
    result: 'authenticated',
    result_reason: null,
    transaction_id: '0c1b8a2e-6a9c-4a52-9c4a-5f7f2a0a5d3b',
    version: '2.2.0',
  },
}
