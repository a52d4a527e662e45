/** PayPal's objects with the fields that its reference shows and a shop comes across: https://developer.paypal.com/docs/api/ */

export interface Amount {
  currency_code: string
  value: string
}

export interface Capture {
  id: string
  status: string
  status_details?: { reason: string }
  amount: Amount
  final_capture: boolean
  custom_id: string
  invoice_id?: string
}

export interface Refund {
  id: string
  status: string
  amount: Amount
  invoice_id?: string
  custom_id: string
  links: { href: string; rel: string; method: string }[]
}

export interface Authorization {
  id: string
  status: string
  amount: Amount
  expiration_time: string
}

export interface Order {
  id: string
  intent: string
  status: string
  custom_id: string
  amount: Amount
  captures: Capture[]
  refunds: Refund[]
  authorizations: Authorization[]
}

export interface Dispute {
  dispute_id: string
  reason: string
  status: string
  dispute_amount: Amount
  seller_response_due_date: string
  disputed_transactions: { seller_transaction_id: string; custom?: string }[]
  dispute_outcome?: { outcome_code: string }
}
