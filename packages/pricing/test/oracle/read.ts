import type { CartQuote } from '../../src/contract/quote.ts'
import type { Answer } from './answer.ts'
import { byCodeUnits } from './lines.ts'

const sorted = (names: readonly string[]) => names.toSorted(byCodeUnits)
const namesOf = (names: readonly string[]) => sorted(names).join(' + ')

const linesOf = (quote: CartQuote): Answer['lines'] =>
  quote.lines.map((line) => ({
    id: line.id,
    unitPrice: line.unitPrice.minor,
    subtotal: line.subtotal.minor,
    discount: line.discount.minor,
    total: line.total.minor,
    tax: line.tax.minor,
    taxFree: line.taxFree,
    taxes: (line.taxes ?? []).map(({ name, amount }) => ({ name, amount: amount.minor })),
  }))

const adjustmentsOf = (quote: CartQuote): Answer['adjustments'] =>
  quote.adjustments
    .map(({ promotionId, code, amount, units, lines }) => ({
      promotionId,
      code,
      amount: amount.minor,
      units,
      lines: lines
        .map((line) => ({ id: line.id, amount: line.amount.minor }))
        .filter((line) => line.amount !== 0)
        .toSorted((a, b) => byCodeUnits(a.id, b.id)),
    }))
    .toSorted((a, b) => byCodeUnits(a.promotionId, b.promotionId) || byCodeUnits(a.code ?? '', b.code ?? ''))

function combinationOf({ combination }: CartQuote): Answer['combination'] {
  if (!combination) return null
  const { searched, candidates, chosen, others } = combination
  return {
    searched,
    candidates: searched ? namesOf(candidates) : '',
    chosen: searched ? namesOf(chosen) : '',
    others: sorted(others.map((other) => `${namesOf(other.promotionIds)}: ${other.total.minor}`)),
  }
}

/** A quote in the words of the oracle. */
export function answerOf(quote: CartQuote): Answer {
  const { shipping } = quote
  return {
    lines: linesOf(quote),
    adjustments: adjustmentsOf(quote),
    refused: sorted(quote.refused.map(({ promotionId, code, reason }) => `${promotionId} ${code}: ${reason}`)),
    gifts: sorted(quote.gifts.map((gift) => `${gift.promotionId} ${gift.code}: ${gift.quantity} × ${gift.sku}`)),
    shares: sorted(
      quote.shares.map(
        ({ promotionId, code, to, purpose, base, amount }) =>
          `${promotionId} ${code}: ${amount.minor} of ${base.minor} as ${purpose} to ${to}`,
      ),
    ),
    combination: combinationOf(quote),
    shipping: {
      amount: shipping.amount.minor,
      discount: shipping.discount.minor,
      total: shipping.total.minor,
      tax: shipping.tax.minor,
    },
    fees: quote.fees.map(({ id, amount, tax, taxFree }) => ({ id, amount: amount.minor, tax: tax.minor, taxFree })),
    subtotal: quote.subtotal.minor,
    discount: quote.discount.minor,
    taxAdded: quote.taxAdded.minor,
    taxIncluded: quote.taxIncluded.minor,
    total: quote.total.minor,
    due: quote.due.minor,
  }
}
