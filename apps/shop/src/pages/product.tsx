import { textIn } from '@sangdo/core'
import { type Context, Hono } from 'hono'
import { content, type ProductPage } from '../client.ts'
import { page } from '../page.tsx'
import { Rating } from '../parts/card.tsx'
import { Price } from '../parts/price.tsx'
import { Reviews } from '../parts/reviews.tsx'
import type { ShopEnv, Visitor } from '../visitor.ts'

type Variant = ProductPage['product']['variants'][number]
type Choice = Record<string, string>

/** A product with what there is to choose, its price and stock, facts, delivery, and every review of it. */
export const productRoutes = new Hono<ShopEnv>().get('/product/:slug', async (c) => {
  const { visitor } = c.var
  const { locale, market, api } = visitor
  const shown = await content(api.products[':slug'].$get({ param: { slug: c.req.param('slug') }, query: { locale, market } }))
  const { product } = shown
  const addresses = { ko: `/ko/product/${product.slugs['ko'] ?? ''}`, en: `/en/product/${product.slugs['en'] ?? ''}` }
  if (product.slugs[locale] && product.slugs[locale] !== c.req.param('slug')) return c.redirect(encodeURI(addresses[locale]), 301)
  const sort = reviewSort(c)
  const reviews = await content(api.products[':productId'].reviews.$get({ param: { productId: product.id }, query: { sort, ...(c.req.query('after') ? { after: c.req.query('after') } : {}) } }))
  const chosen = chosenVariant(product, c.req.query())
  const name = textIn(product.name, [locale])
  return page(
    c,
    { title: name, description: textIn(product.summary, [locale]), addresses, data: [structured(shown, visitor, c.var.place.origin)] },
    <>
      <Product visitor={visitor} shown={shown} chosen={chosen} path={addresses[locale]} added={c.req.query('added') !== undefined} />
      <Reviews visitor={visitor} rating={shown.rating} reviews={reviews} sort={sort} path={addresses[locale]} />
    </>,
  )
})

const reviewSorts = ['newest', 'helpful', 'highest', 'lowest'] as const
export type ReviewSort = (typeof reviewSorts)[number]
const reviewSort = (c: Context<ShopEnv>): ReviewSort => reviewSorts.find((sort) => sort === c.req.query('reviews')) ?? 'newest'

/** The variant that the address names; else the first that fits what it names, else the first. */
function chosenVariant({ variants, options }: ProductPage['product'], query: Record<string, string>): Variant | undefined {
  const fits = (variant: Variant) => options.filter((option) => query[option.code] === undefined || variant.options[option.code] === query[option.code]).length
  return variants.toSorted((a, b) => fits(b) - fits(a))[0]
}

const Product = ({ visitor, shown, chosen, path, added }: { visitor: Visitor; shown: ProductPage; chosen: Variant | undefined; path: string; added: boolean }) => {
  const { locale, text } = visitor
  const { product, categories, rating } = shown
  const picture = product.media.find((media) => media.url === chosen?.image) ?? product.media[0]
  const others = product.media.filter((media) => media !== picture && !/\/front-/.test(media.url)).slice(0, 4)
  return (
    <article class="wrap pt-6">
      <nav aria-label="Breadcrumb" class="mb-4 text-sm text-muted">
        <ol class="flex flex-wrap gap-2">
          {categories.map((category) => (
            <li>
              <a class="inline-block py-1 text-muted no-underline hover:underline" href={`/${locale}/category/${category.slugs[locale]}`}>
                {textIn(category.name, [locale])}
              </a>
              <span aria-hidden="true"> /</span>
            </li>
          ))}
        </ol>
      </nav>
      <div class="grid gap-8 lg:grid-cols-[3fr_2fr] lg:gap-14">
        <div class="grid grid-cols-2">
          {picture && <img src={picture.url} alt={textIn(picture.alt, [locale])} width="800" height="800" class="col-span-2 aspect-square w-full object-cover" fetchpriority="high" />}
          {others.map((media) => (
            <img src={media.url} alt={textIn(media.alt, [locale])} width="800" height="800" loading="lazy" class="aspect-square w-full object-cover" />
          ))}
        </div>
        <div class="space-y-5 lg:sticky lg:top-6 lg:self-start">
          <div>
            {product.brandLine && <p class="text-sm text-muted">{product.brandLine}</p>}
            <h1 class="text-3xl">{textIn(product.name, [locale])}</h1>
            <p class="mt-2 text-muted">{textIn(product.summary, [locale])}</p>
            {rating.count > 0 && (
              <a href="#reviews" class="inline-block py-1 no-underline hover:underline">
                <Rating average={rating.average} count={rating.count} visitor={visitor} />
              </a>
            )}
          </div>
          {added && (
            <p class="notice flex flex-wrap justify-between gap-2" role="status">
              {text.product.added}
              <a class="link" href={`/${locale}/cart`}>
                {text.product.toCart}
              </a>
            </p>
          )}
          {product.options.map((option) => (
            <OptionLinks option={option} chosen={chosen?.options ?? {}} shown={shown} visitor={visitor} path={path} />
          ))}
          {chosen && <Buy visitor={visitor} shown={shown} variant={chosen} path={path} />}
          <section aria-labelledby="delivery" class="border-t border-line pt-4">
            <h2 id="delivery" class="text-base">
              {text.product.delivery}
            </h2>
            <ul class="mt-2 space-y-1 text-sm">
              {text.product.promises.map((promise) => (
                <li>{promise}</li>
              ))}
            </ul>
          </section>
        </div>
      </div>
      <div class="mt-16 grid gap-12 lg:grid-cols-[3fr_2fr] lg:gap-14">
        <div class="prose text-lg">
          {textIn(product.description, [locale]).split(/\n{2,}/).map((paragraph) => (
            <p>{paragraph}</p>
          ))}
        </div>
        {product.details.length > 0 && <Facts visitor={visitor} details={product.details} />}
      </div>
    </article>
  )
}

/** The values of one option as links to the same page with that value chosen, so that price, stock and picture follow. */
const OptionLinks = ({ option, chosen, shown, visitor: { locale, text }, path }: {
  option: ProductPage['product']['options'][number]
  chosen: Choice
  shown: ProductPage
  visitor: Visitor
  path: string
}) => (
  <section>
    <h2 class="font-sans text-sm font-medium">{textIn(option.name, [locale])}</h2>
    <ul class="mt-2 flex flex-wrap gap-2">
      {option.values.map((value) => {
        const wanted: Choice = { ...chosen, [option.code]: value.code }
        const variant = shown.product.variants.find((one) => Object.entries(wanted).every(([code, at]) => one.options[code] === at))
        const soldOut = !variant || (shown.available[variant.sku] ?? 0) <= 0
        return (
          <li>
            <a
              href={`${path}?${new URLSearchParams(wanted)}`}
              aria-current={chosen[option.code] === value.code ? 'true' : undefined}
              class="flex min-h-11 items-center gap-2 rounded-sm border border-line bg-surface px-3 text-ink no-underline hover:border-ink aria-[current]:border-2 aria-[current]:border-ink aria-[current]:font-semibold"
            >
              {value.swatch && <span class="size-5 rounded-full border border-line" style={`background:${value.swatch}`} aria-hidden="true" />}
              <span class={soldOut ? 'text-muted line-through' : ''}>{textIn(value.name, [locale])}</span>
              {soldOut && <span class="text-xs text-muted">{text.product.soldOutValue}</span>}
            </a>
          </li>
        )
      })}
    </ul>
  </section>
)

const lowAt = 5
const mostAtOnce = 20

const Buy = ({ visitor, shown, variant, path }: { visitor: Visitor; shown: ProductPage; variant: Variant; path: string }) => {
  const { locale, text, market } = visitor
  const price = shown.prices[variant.sku]
  const available = shown.available[variant.sku] ?? 0
  if (!price) return <p class="notice-bad">{text.product.noPrice}</p>
  return (
    <form method="post" action={`/${locale}/cart/lines`} class="space-y-4">
      <div class="text-2xl">
        <Price now={price.amount} was={price.compareAt} visitor={visitor} />
        <p class="text-sm text-muted">{market === 'kr' ? text.product.taxIncluded : text.product.taxExcluded}</p>
      </div>
      <p class={available > lowAt ? 'text-celadon' : 'font-medium text-accent'}>{available <= 0 ? text.product.soldOut : available <= lowAt ? text.product.low(available) : text.product.inStock}</p>
      <input type="hidden" name="sku" value={variant.sku} />
      <input type="hidden" name="back" value={`${path}?${new URLSearchParams(variant.options)}`} />
      <div class="flex items-end gap-3">
        <div class="field w-24">
          <label for="quantity">{text.product.quantity}</label>
          <input id="quantity" name="quantity" type="number" min="1" max={String(Math.max(1, Math.min(mostAtOnce, available)))} value="1" inputmode="numeric" disabled={available <= 0} />
        </div>
        <button class="button flex-1" disabled={available <= 0}>
          {available <= 0 ? text.product.soldOut : text.product.add}
        </button>
      </div>
    </form>
  )
}

const Facts = ({ visitor: { locale, text }, details }: { visitor: Visitor; details: ProductPage['product']['details'] }) => (
  <section aria-labelledby="facts">
    <h2 id="facts" class="text-xl">
      {text.product.facts}
    </h2>
    <dl class="mt-3 divide-y divide-line border-y border-line text-sm">
      {details.map((detail) => (
        <div class="grid grid-cols-[7rem_1fr] gap-3 py-2.5">
          <dt class="text-muted">{textIn(detail.label, [locale])}</dt>
          <dd>{textIn(detail.value, [locale])}</dd>
        </div>
      ))}
    </dl>
  </section>
)

/** What search engines are told: the product, its offers, and what buyers think of it. */
function structured({ product, prices, available, rating }: ProductPage, { locale }: Visitor, origin: string): object {
  const offers = product.variants.flatMap(({ sku }) => {
    const price = prices[sku]?.amount
    const digits = price?.currency === 'KRW' ? 0 : 2
    return price ? [{ '@type': 'Offer', sku, price: (price.minor / 10 ** digits).toFixed(digits), priceCurrency: price.currency, availability: `https://schema.org/${(available[sku] ?? 0) > 0 ? 'InStock' : 'OutOfStock'}` }] : []
  })
  const stars = rating.count === 0 ? {} : { aggregateRating: { '@type': 'AggregateRating', ratingValue: (rating.average / 100).toFixed(2), reviewCount: rating.count } }
  return { '@context': 'https://schema.org', '@type': 'Product', name: textIn(product.name, [locale]), description: textIn(product.summary, [locale]), image: product.media.map((media) => new URL(media.url, origin).href), offers, ...stars }
}
