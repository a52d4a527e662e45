import { format, textIn } from '@sangdo/core'
import type { Child } from 'hono/jsx'
import type { PricedCart } from '../client.ts'
import type { Visitor } from '../visitor.ts'
import { Amount } from './price.tsx'

type Quote = PricedCart['quote']

/** What an order comes to, line by line, with the tax it contains. */
export const Totals = ({
  quote,
  shippingKnown,
  visitor,
}: {
  quote: Quote
  shippingKnown: boolean
  visitor: Visitor
}) => {
  const { text, locale } = visitor
  return (
    <dl class="space-y-2.5">
      <Row label={text.cart.subtotal}>
        <Amount of={quote.subtotal} visitor={visitor} />
      </Row>
      {quote.adjustments.map((adjustment) => (
        <Row
          label={`${textIn(adjustment.name, [locale]) || text.cart.discount}${adjustment.code ? ` (${adjustment.code})` : ''}`}
        >
          <span class="money text-accent">−{format(adjustment.amount, locale)}</span>
        </Row>
      ))}
      <Row label={text.cart.shipping}>
        <Shipping quote={quote} known={shippingKnown} visitor={visitor} />
      </Row>
      {quote.taxAdded.minor > 0 && (
        <Row label={text.cart.tax}>
          <Amount of={quote.taxAdded} visitor={visitor} />
        </Row>
      )}
      <div class="flex items-baseline justify-between gap-4 border-t border-ink pt-3.5">
        <dt class="font-semibold">{text.cart.total}</dt>
        <dd class="text-right">
          <span class="text-xl font-semibold">
            <Amount of={quote.total} visitor={visitor} />
          </span>
          {quote.taxIncluded.minor > 0 && (
            <span class="block text-sm text-muted">{text.cart.taxIncluded(format(quote.taxIncluded, locale))}</span>
          )}
        </dd>
      </div>
    </dl>
  )
}

const Shipping = ({ quote, known, visitor }: { quote: Quote; known: boolean; visitor: Visitor }) => {
  if (!known) return <span class="text-sm text-muted">{visitor.text.cart.shippingLater}</span>
  return quote.shipping.total.minor === 0 ? (
    <>{visitor.text.cart.free}</>
  ) : (
    <Amount of={quote.shipping.total} visitor={visitor} />
  )
}

const Row = ({ label, children }: { label: string; children: Child }) => (
  <div class="flex items-baseline justify-between gap-4">
    <dt class="text-muted">{label}</dt>
    <dd class="text-right">{children}</dd>
  </div>
)

/** What stands on one line of a cart or an order. */
export interface Item {
  readonly sku: string
  readonly quantity: number
  readonly total: Quote['total']
  readonly name: Record<string, string>
  readonly options: Record<string, string>
  readonly image: { readonly url: string } | null
}

/** What is bought, small: picture, name, choice, pieces, amount; and, where given, something to do with it. */
export const Items = <Line extends Item>({
  lines,
  visitor,
  action,
}: {
  lines: readonly Line[]
  visitor: Visitor
  action?: (line: Line) => Child
}) => (
  <ul class="divide-y divide-line">
    {lines.map((line) => (
      <li class="flex gap-4 py-4">
        {line.image ? (
          <img src={line.image.url} alt="" width="72" height="72" class="size-18 shrink-0 object-cover" />
        ) : (
          <span class="size-18 shrink-0 bg-sunken" />
        )}
        <div class="min-w-0 flex-1">
          <p class="font-medium">{textIn(line.name, [visitor.locale])}</p>
          <p class="text-sm text-muted">
            {[textIn(line.options, [visitor.locale]), visitor.text.order.pieces(line.quantity)]
              .filter(Boolean)
              .join(' · ')}
          </p>
          {action?.(line)}
        </div>
        <Amount of={line.total} visitor={visitor} />
      </li>
    ))}
  </ul>
)
