import type { ProductCard } from '../client.ts'
import type { Visitor } from '../visitor.ts'
import { Price } from './price.tsx'

/** A tile of a product list. Pictures touch, so that the shelf under the goods runs on from one to the next. */
export const Card = ({ card, visitor, eager = false }: { card: ProductCard; visitor: Visitor; eager?: boolean }) => (
  <li class="group relative">
    <div class="relative aspect-square overflow-hidden bg-sunken">
      {card.image && <img src={card.image.url} alt="" width="800" height="800" loading={eager ? 'eager' : 'lazy'} class="size-full object-cover" />}
      {!card.inStock && <span class="badge absolute top-3 left-3 bg-ink text-paper">{visitor.text.card.soldOut}</span>}
    </div>
    <div class="space-y-1 px-1 pt-3 pb-2 sm:px-3">
      <h3 class="font-sans text-base leading-snug font-medium">
        <a href={`/${visitor.locale}/product/${card.slug}`} class="no-underline after:absolute after:inset-0 group-hover:underline">
          {card.name}
        </a>
      </h3>
      {card.fromPrice && <Price now={card.fromPrice} was={card.compareAt} from={card.priceVaries} visitor={visitor} />}
      {card.rating && card.rating.count > 0 && <Rating average={card.rating.average} count={card.rating.count} visitor={visitor} />}
      {card.swatches.length > 1 && <Swatches of={card.swatches} />}
    </div>
  </li>
)

/** A product list as a grid whose pictures touch. */
export const Cards = ({ cards, visitor, eager = 0 }: { cards: readonly ProductCard[]; visitor: Visitor; eager?: number }) => (
  <ul class="grid grid-cols-2 gap-y-8 sm:grid-cols-3 sm:gap-y-12 lg:grid-cols-4">
    {cards.map((card, index) => (
      <Card card={card} visitor={visitor} eager={index < eager} />
    ))}
  </ul>
)

/** Stars in words for screen readers, in figures for eyes. `average` is in hundredths. */
export const Rating = ({ average, count, visitor }: { average: number; count: number; visitor: Visitor }) => {
  const stars = (average / 100).toFixed(1)
  return (
    <p class="text-sm text-muted">
      <span aria-hidden="true">
        <span class="text-accent">★</span> {stars} ({count})
      </span>
      <span class="sr-only">{visitor.text.card.rating(stars, count)}</span>
    </p>
  )
}

const Swatches = ({ of }: { of: ProductCard['swatches'] }) => (
  <ul class="flex gap-1.5 pt-1" aria-label={of.map((swatch) => swatch.name).join(', ')}>
    {of.slice(0, 6).map((swatch) => (
      <li class="size-3.5 rounded-full border border-line" style={`background:${swatch.color}`} />
    ))}
  </ul>
)
