import { defineErrors } from '@sangdo/core/money'

const ofField = ['invalid', (d: { field: string; reason: string }) => `${d.field}: ${d.reason}`] as const

export const pricingErrors = defineErrors('pricing', {
  invalid_cart: ofField,
  invalid_refund: ofField,
  invalid_content: ofField,
  invalid_context: ofField,
  invalid_price: ofField,
  market_not_found: ['not_found', (d: { market: string }) => `There is no market ${d.market}`],
  promotion_not_found: ['not_found', (d: { promotionId: string }) => `There is no promotion ${d.promotionId}`],
  price_list_not_found: ['not_found', (d: { priceListId: string }) => `There is no price list ${d.priceListId}`],
  batch_not_found: ['not_found', (d: { batchId: string }) => `There is no batch of codes ${d.batchId}`],
  proposal_not_found: ['not_found', (d: { proposalId: string }) => `There is no proposal ${d.proposalId}`],
  proposal_stale: ['conflict', (d: { proposalId: string }) => `The proposal ${d.proposalId} is for a price of before`],
  code_taken: ['conflict', (d: { code: string }) => `The code ${d.code} belongs to another promotion`],
  reference_held: [
    'conflict',
    (d: { reference: string }) => `Another quote is held for ${d.reference}: release it first`,
  ],
  coupon_used_up: ['conflict', (d: { code: string }) => `The coupon ${d.code} has been used as often as it may be`],
  promotion_used_up: [
    'conflict',
    (d: { promotionId: string }) => `The promotion ${d.promotionId} has been used as often as it may be`,
  ],
  tax_unavailable: ['unavailable', (d: { service: string }) => `The tax service ${d.service} did not answer`],
})
