import type { ProductPage, ReviewPage } from '../client.ts'
import { dateOf } from '../dates.ts'
import type { Visitor } from '../visitor.ts'
import { Stars } from './stars.tsx'

const sorts = ['newest', 'helpful', 'highest', 'lowest'] as const
export type ReviewSort = (typeof sorts)[number]

/** The order an address asks for; the newest first unless it names another. */
export const reviewSortOf = (asked: string | undefined): ReviewSort => sorts.find((sort) => sort === asked) ?? 'newest'

interface Shown {
  readonly visitor: Visitor
  readonly rating: ProductPage['rating']
  readonly reviews: ReviewPage
  readonly sort: ReviewSort
  /** The address of the product. */
  readonly path: string
  /** Whether this is a later page of the list. */
  readonly continued: boolean
}

/** What buyers think: how many gave how many stars, and every review in the order the reader chooses. */
export const Reviews = ({ visitor, rating, reviews, sort, path, continued }: Shown) => {
  const { text } = visitor
  return (
    <section id="reviews" aria-labelledby="reviews-title" class="wrap mt-24 scroll-mt-6">
      <h2 id="reviews-title" class="text-2xl sm:text-3xl">
        {text.reviews.title}
      </h2>
      {rating.count === 0 ? (
        <div class="mt-6 border-y border-line py-10">
          <p class="text-lg">{text.reviews.none}</p>
          <p class="mt-1 text-muted">{text.reviews.noneText}</p>
        </div>
      ) : (
        <div class="mt-6 grid gap-x-14 gap-y-8 lg:grid-cols-[20rem_1fr]">
          <div class="lg:sticky lg:top-6 lg:self-start">
            <Summary visitor={visitor} rating={rating} />
            <p class="mt-5 text-sm text-muted">{text.reviews.note}</p>
            <p class="mt-2 text-sm text-muted">{text.reviews.who}</p>
          </div>
          <div>
            <Sorts visitor={visitor} sort={sort} path={path} />
            <ul class="divide-y divide-line">
              {reviews.items.map((review) => (
                <Entry visitor={visitor} review={review} />
              ))}
            </ul>
            <Pages visitor={visitor} sort={sort} path={path} next={reviews.next} continued={continued} />
          </div>
        </div>
      )}
    </section>
  )
}

const Summary = ({ visitor: { text }, rating }: Pick<Shown, 'visitor' | 'rating'>) => {
  const stars = (rating.average / 100).toFixed(1)
  return (
    <>
      <p class="flex items-baseline gap-3">
        <span class="sr-only">{text.reviews.average(stars, rating.count)}</span>
        <span class="font-serif text-5xl font-semibold tabular-nums" aria-hidden="true">
          {stars}
        </span>
        <span class="text-muted" aria-hidden="true">
          <span class="text-accent">★</span> {text.reviews.count(rating.count)}
        </span>
      </p>
      <ul class="mt-4 space-y-1.5">
        {[5, 4, 3, 2, 1].map((at) => (
          <Bar
            label={text.reviews.share(at, rating.histogram[at - 1] ?? 0)}
            stars={at}
            count={rating.histogram[at - 1] ?? 0}
            of={rating.count}
          />
        ))}
      </ul>
    </>
  )
}

const Bar = ({ label, stars, count, of }: { label: string; stars: number; count: number; of: number }) => (
  <li>
    <span class="sr-only">{label}</span>
    <span class="grid grid-cols-[2.2rem_1fr_1.8rem] items-center gap-2 text-sm tabular-nums" aria-hidden="true">
      <span>{stars} ★</span>
      <span class="h-2 bg-track">
        <span class="block h-full bg-accent" style={`width:${Math.round((count / of) * 100)}%`} />
      </span>
      <span class="text-right text-muted">{count}</span>
    </span>
  </li>
)

const Sorts = ({ visitor: { text }, sort, path }: Pick<Shown, 'visitor' | 'sort' | 'path'>) => (
  <nav aria-label={text.reviews.sort}>
    <ul class="flex gap-x-5 overflow-x-auto border-b border-ink whitespace-nowrap">
      {sorts.map((one) => (
        <li>
          <a
            href={`${path}?reviews=${one}#reviews`}
            aria-current={one === sort ? 'true' : undefined}
            class="inline-flex min-h-11 items-center text-sm text-muted no-underline hover:text-ink aria-[current]:font-semibold aria-[current]:text-ink aria-[current]:shadow-[inset_0_-3px_0_var(--ink)]"
          >
            {text.reviews.sorts[one]}
          </a>
        </li>
      ))}
    </ul>
  </nav>
)

const Entry = ({ visitor, review }: { visitor: Visitor; review: ReviewPage['items'][number] }) => {
  const { text, locale } = visitor
  return (
    <li class="py-6">
      <article lang={review.locale}>
        <p class="flex flex-wrap items-center gap-x-3 text-sm text-muted" lang={locale}>
          <Stars count={review.stars} visitor={visitor} />
          <span class="font-medium text-ink">{review.author}</span>
          <time datetime={review.createdAt}>{dateOf(review.createdAt, 'day', locale)}</time>
          {review.editedAt && <span>{text.reviews.edited}</span>}
          {review.rewarded && <span class="badge bg-persimmon-tint text-ink">{text.reviews.rewarded}</span>}
        </p>
        {review.title && <h3 class="mt-2 text-lg">{review.title}</h3>}
        <p class="mt-1 max-w-[42rem] whitespace-pre-line">{review.text}</p>
        {review.helpful > 0 && (
          <p class="mt-2 text-sm text-muted" lang={locale}>
            {text.reviews.helpful(review.helpful)}
          </p>
        )}
        {review.reply && (
          <div class="mt-4 border-l-2 border-celadon pl-4">
            <p class="text-sm font-medium text-celadon" lang={locale}>
              {text.reviews.reply}
            </p>
            <p class="whitespace-pre-line">{review.reply.text}</p>
          </div>
        )}
      </article>
    </li>
  )
}

const Pages = ({
  visitor: { text },
  sort,
  path,
  next,
  continued,
}: Pick<Shown, 'visitor' | 'sort' | 'path' | 'continued'> & { next: string | null }) =>
  next || continued ? (
    <p class="flex flex-wrap gap-3 border-t border-line pt-6">
      {next && (
        <a
          class="button-quiet"
          rel="next"
          href={`${path}?${new URLSearchParams({ reviews: sort, after: next })}#reviews`}
        >
          {text.reviews.more}
        </a>
      )}
      {continued && (
        <a class="button-quiet" href={`${path}?reviews=${sort}#reviews`}>
          {text.reviews.first}
        </a>
      )}
    </p>
  ) : null
