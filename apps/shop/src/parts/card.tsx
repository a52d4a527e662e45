import type { ProductCard } from '../client.ts'
import type { Visitor } from '../visitor.ts'
import { Price } from './price.tsx'

/** A tile of a product list. Its picture stands on a board that runs on from one tile to the next. */
export const Card = ({
  card,
  visitor,
  eager = false,
  level: Heading = 'h3',
}: {
  card: ProductCard
  visitor: Visitor
  eager?: boolean
  level?: 'h2' | 'h3'
}) => (
  <li class="group relative">
    <div class="board">
      {card.image ? (
        <img
          src={card.image.url}
          alt=""
          width="800"
          height="800"
          loading={eager ? 'eager' : 'lazy'}
          class={`aspect-square w-full object-cover ${card.inStock ? '' : 'opacity-60'}`}
        />
      ) : (
        <div class="aspect-square bg-sunken" />
      )}
      {!card.inStock && <span class="badge absolute top-3 left-3 bg-ink text-paper">{visitor.text.card.soldOut}</span>}
    </div>
    <div class="space-y-1 px-4 pt-3 pb-2 sm:px-6">
      <Heading class="font-sans text-base leading-snug font-medium">
        <a
          href={`/${visitor.locale}/product/${card.slug}`}
          class="text-ink no-underline group-hover:underline after:absolute after:inset-0"
        >
          {card.name}
        </a>
      </Heading>
      {card.fromPrice && <Price now={card.fromPrice} was={card.compareAt} from={card.priceVaries} visitor={visitor} />}
      <div class="flex flex-wrap items-center gap-x-3 gap-y-1">
        {card.rating && card.rating.count > 0 && (
          <Rating average={card.rating.average} count={card.rating.count} visitor={visitor} />
        )}
        {card.swatches.length > 1 && <Swatches of={card.swatches} visitor={visitor} />}
      </div>
    </div>
  </li>
)

/** A product list as a shelf. */
export const Cards = ({
  cards,
  visitor,
  eager = 0,
  level,
}: {
  cards: readonly ProductCard[]
  visitor: Visitor
  eager?: number
  level?: 'h2' | 'h3'
}) => (
  <ul class="shelf">
    {cards.map((card, index) => (
      <Card card={card} visitor={visitor} eager={index < eager} {...(level ? { level } : {})} />
    ))}
  </ul>
)

/** Stars in words for screen readers, in figures for eyes. `average` is in hundredths. */
export const Rating = ({ average, count, visitor }: { average: number; count: number; visitor: Visitor }) => {
  const stars = (average / 100).toFixed(1)
  return (
    <p class="text-sm text-muted">
      <span aria-hidden="true" class="tabular-nums">
        <span class="text-accent">★</span> {stars} ({count})
      </span>
      <span class="sr-only">{visitor.text.card.rating(stars, count)}</span>
    </p>
  )
}

const mostSwatches = 5

const Swatches = ({ of, visitor: { text } }: { of: ProductCard['swatches']; visitor: Visitor }) => (
  <p class="flex items-center gap-1.5">
    <span class="sr-only">{text.card.colours(of.map((swatch) => swatch.name).join(', '))}</span>
    {of.slice(0, mostSwatches).map((swatch) => (
      <span
        class="size-3.5 rounded-full border border-line-strong"
        style={`background:${swatch.color}`}
        aria-hidden="true"
      />
    ))}
    {of.length > mostSwatches && (
      <span class="text-xs text-muted" aria-hidden="true">
        +{of.length - mostSwatches}
      </span>
    )}
  </p>
)
