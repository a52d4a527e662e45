import { format, textIn } from '@sangdo/core'
import type { PricedCart } from '../client.ts'
import type { Visitor } from '../visitor.ts'
import { Amount } from './price.tsx'

type Quote = PricedCart['quote']

/** What an order comes to, line by line, with the tax it contains. */
export const Totals = ({ quote, shippingKnown, visitor }: { quote: Quote; shippingKnown: boolean; visitor: Visitor }) => {
  const { text } = visitor
  return (
    <dl class="space-y-2">
      <Row label={text.cart.subtotal}>
        <Amount of={quote.subtotal} visitor={visitor} />
      </Row>
      {quote.adjustments.map((adjustment) => (
        <Row label={`${textIn(adjustment.name, [visitor.locale]) || text.cart.discount}${adjustment.code ? ` (${adjustment.code})` : ''}`}>
          <span class="text-accent">
            −<Amount of={adjustment.amount} visitor={visitor} />
          </span>
        </Row>
      ))}
      <Row label={text.cart.shipping}>{shippingKnown ? quote.shipping.total.minor === 0 ? text.cart.free : <Amount of={quote.shipping.total} visitor={visitor} /> : <span class="text-sm text-muted">{text.cart.shippingLater}</span>}</Row>
      {quote.taxAdded.minor > 0 && (
        <Row label={text.cart.tax}>
          <Amount of={quote.taxAdded} visitor={visitor} />
        </Row>
      )}
      <div class="flex items-baseline justify-between gap-4 border-t border-ink pt-3 text-lg font-semibold">
        <dt>{text.cart.total}</dt>
        <dd>
          <Amount of={quote.total} visitor={visitor} />
        </dd>
      </div>
      {quote.taxIncluded.minor > 0 && <TaxNote quote={quote} visitor={visitor} />}
    </dl>
  )
}

const Row = ({ label, children }: { label: string; children?: unknown }) => (
  <div class="flex items-baseline justify-between gap-4">
    <dt class="text-muted">{label}</dt>
    <dd class="text-right">{children}</dd>
  </div>
)

const TaxNote = ({ quote, visitor }: { quote: Quote; visitor: Visitor }) => (
  <div class="text-right text-sm text-muted">
    <dt class="sr-only">{visitor.text.cart.tax}</dt>
    <dd class="money">{visitor.text.cart.taxIncluded(format(quote.taxIncluded, visitor.locale))}</dd>
  </div>
)

/** What is bought, small: picture, name, choice, pieces, amount. */
export const Items = ({ lines, visitor }: { lines: readonly { sku: string; quantity: number; total: PricedCart['quote']['total']; name: Record<string, string>; options: Record<string, string>; image: { url: string } | null }[]; visitor: Visitor }) => (
  <ul class="divide-y divide-line">
    {lines.map((line) => (
      <li class="flex gap-3 py-3">
        {line.image && <img src={line.image.url} alt="" width="64" height="64" class="size-16 object-cover" />}
        <div class="flex-1">
          <p class="font-medium">{textIn(line.name, [visitor.locale])}</p>
          <p class="text-sm text-muted">
            {textIn(line.options, [visitor.locale])} {visitor.text.order.pieces(line.quantity)}
          </p>
        </div>
        <Amount of={line.total} visitor={visitor} />
      </li>
    ))}
  </ul>
)
