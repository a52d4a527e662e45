import { format, type Money } from '@sangdo/core'
import type { Visitor } from '../visitor.ts'

/** An amount as this visitor reads it. */
export const Amount = ({ of, visitor }: { of: Money; visitor: Visitor }) => (
  <span class="money">{format(of, visitor.locale)}</span>
)

/** A price, with what it was before and by how much it fell, always in this order. */
export const Price = ({
  now,
  was,
  from = false,
  visitor,
}: {
  now: Money
  was?: Money | null | undefined
  from?: boolean
  visitor: Visitor
}) => {
  const shown = format(now, visitor.locale)
  const off = was && was.minor > now.minor ? Math.floor(((was.minor - now.minor) * 100) / was.minor) : 0
  return (
    <p class="flex flex-wrap items-baseline gap-x-2">
      {off > 0 && <span class="font-semibold text-accent">{visitor.text.card.off(off)}</span>}
      <span class="money font-semibold">{from ? visitor.text.card.from(shown) : shown}</span>
      {off > 0 && was && (
        <s class="money text-sm text-muted">
          <span class="sr-only">{visitor.text.card.was} </span>
          {format(was, visitor.locale)}
        </s>
      )}
    </p>
  )
}
