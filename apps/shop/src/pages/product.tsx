import { textIn } from '@sangdo/core'
import { type Context, Hono } from 'hono'
import { content, type ProductPage } from '../client.ts'
import { page } from '../page.tsx'
import { Buy, OptionLinks } from '../parts/buy.tsx'
import { Rating } from '../parts/card.tsx'
import { crumbData, Crumbs } from '../parts/crumbs.tsx'
import { Icon } from '../parts/icon.tsx'
import { productData } from '../parts/product-data.ts'
import { Reviews, reviewSortOf } from '../parts/reviews.tsx'
import type { ShopEnv, Visitor } from '../visitor.ts'

type Variant = ProductPage['product']['variants'][number]

/** A product with what there is to choose, its price and stock, facts, delivery, and every review of it. */
export const productRoutes = new Hono<ShopEnv>().get('/product/:slug', async (c) => {
  const { visitor, place } = c.var
  const { locale, market, api } = visitor
  const slug = c.req.param('slug')
  const shown = await content(api.products[':slug'].$get({ param: { slug }, query: { locale, market } }))
  const { product } = shown
  const addresses = { ko: `/ko/product/${product.slugs['ko'] ?? ''}`, en: `/en/product/${product.slugs['en'] ?? ''}` }
  if (product.slugs[locale] && product.slugs[locale] !== slug) return c.redirect(encodeURI(addresses[locale]), 301)
  const reviews = await reviewsOf(c, shown)
  const way = wayTo(shown, locale)
  const name = textIn(product.name, [locale])
  const data = [
    productData(shown, visitor, place.origin),
    crumbData([...way, { name, address: addresses[locale] }], place.origin),
  ]
  return page(
    c,
    { title: name, description: textIn(product.summary, [locale]), addresses, data },
    <>
      <div class="wrap pt-3">
        <Crumbs of={way} visitor={visitor} />
      </div>
      <Product
        visitor={visitor}
        shown={shown}
        chosen={chosenVariant(shown, c.req.query())}
        path={addresses[locale]}
        added={c.req.query('added') !== undefined}
      />
      <Reviews visitor={visitor} rating={shown.rating} {...reviews} path={addresses[locale]} />
    </>,
  )
})

async function reviewsOf(c: Context<ShopEnv>, { product, rating }: ProductPage) {
  const [sort, after] = [reviewSortOf(c.req.query('reviews')), c.req.query('after')]
  const list = c.var.visitor.api.products[':productId'].reviews
  const none = { items: [], next: null }
  const reviews =
    rating.count === 0
      ? none
      : await content(
          list.$get({ param: { productId: product.id }, query: { sort, limit: '10', ...(after ? { after } : {}) } }),
        )
  return { reviews, sort, continued: after !== undefined }
}

const wayTo = ({ categories }: ProductPage, locale: Visitor['locale']) =>
  categories.map((category) => ({
    name: textIn(category.name, [locale]),
    address: `/${locale}/category/${category.slugs[locale] ?? ''}`,
  }))

/** The variant that the address names; else the first in stock of those that fit what it names best. */
function chosenVariant(
  { product: { variants, options }, available }: ProductPage,
  query: Record<string, string>,
): Variant | undefined {
  const fits = (variant: Variant) =>
    options.filter((option) => variant.options[option.code] === query[option.code]).length
  const inStock = (variant: Variant) => Number((available[variant.sku] ?? 0) > 0)
  return variants.toSorted((a, b) => fits(b) - fits(a) || inStock(b) - inStock(a))[0]
}

interface Shown {
  readonly visitor: Visitor
  readonly shown: ProductPage
  readonly chosen: Variant | undefined
  readonly path: string
}

const Product = ({ visitor, shown, chosen, path, added }: Shown & { added: boolean }) => {
  const { locale, text } = visitor
  const { product, rating } = shown
  return (
    <article>
      {added && <Added visitor={visitor} />}
      <div class="wrap grid gap-x-14 gap-y-6 pt-2 lg:grid-cols-[3fr_2fr]">
        <Gallery visitor={visitor} shown={shown} chosen={chosen} path={path} />
        <div class="space-y-6 lg:sticky lg:top-8 lg:self-start">
          <div>
            {product.brandLine && <p class="mb-1 text-sm text-muted">{product.brandLine}</p>}
            <h1 class="text-3xl sm:text-4xl">{textIn(product.name, [locale])}</h1>
            <p class="mt-3 text-lg text-muted">{textIn(product.summary, [locale])}</p>
            {rating.count > 0 && (
              <a href="#reviews" class="mt-1 inline-block py-1.5 no-underline hover:underline">
                <Rating average={rating.average} count={rating.count} visitor={visitor} />
              </a>
            )}
          </div>
          <div id="choose" class="scroll-mt-[45vh] space-y-6 lg:scroll-mt-[100vh]">
            {product.options.map((option) => (
              <OptionLinks option={option} chosen={chosen?.options ?? {}} shown={shown} visitor={visitor} path={path} />
            ))}
            {chosen && <Buy visitor={visitor} shown={shown} variant={chosen} path={path} />}
          </div>
          <Delivery visitor={visitor} />
        </div>
      </div>
      <div class="wrap mt-16 grid gap-x-14 gap-y-12 lg:mt-24 lg:grid-cols-[3fr_2fr]">
        <section aria-labelledby="story">
          <h2 id="story" class="text-2xl">
            {text.product.story}
          </h2>
          <div class="prose mt-4 text-lg">
            {textIn(product.description, [locale])
              .split(/\n{2,}/)
              .map((paragraph) => (
                <p>{paragraph}</p>
              ))}
          </div>
        </section>
        {product.details.length > 0 && <Facts visitor={visitor} details={product.details} />}
      </div>
    </article>
  )
}

const Added = ({ visitor: { locale, text } }: { visitor: Visitor }) => (
  <div class="wrap pb-4">
    <p class="notice flex flex-wrap items-center justify-between gap-x-4" role="status">
      <span class="flex items-center gap-2">
        <Icon name="check" class="size-5" />
        {text.product.added}
      </span>
      <a class="link py-1.5 font-medium" href={`/${locale}/cart`}>
        {text.product.toCart}
      </a>
    </p>
  </div>
)

/** The chosen variant large, then close up and in a room. The pictures of the other variants come with choosing them. */
const Gallery = ({ visitor: { locale, text }, shown: { product }, chosen }: Shown) => {
  const picture = product.media.find((media) => media.url === chosen?.image) ?? product.media[0]
  const fronts = new Set(product.variants.map((variant) => variant.image))
  const others = product.media.filter((media) => media !== picture && !fronts.has(media.url)).slice(0, 4)
  return (
    <section class="grid grid-cols-2 max-sm:-mx-4 lg:self-start" aria-label={text.product.pictures}>
      {picture && (
        <img
          src={picture.url}
          alt={textIn(picture.alt, [locale])}
          width="800"
          height="800"
          class="col-span-2 aspect-square w-full object-cover"
          fetchpriority="high"
        />
      )}
      {others.map((media) => (
        <img
          src={media.url}
          alt={textIn(media.alt, [locale])}
          width="800"
          height="800"
          loading="lazy"
          class="aspect-square w-full object-cover"
        />
      ))}
    </section>
  )
}

const Delivery = ({ visitor: { text } }: { visitor: Visitor }) => (
  <section aria-labelledby="delivery" class="border-t border-line pt-5">
    <h2 id="delivery" class="font-sans text-sm font-semibold">
      {text.product.delivery}
    </h2>
    <ul class="mt-2 space-y-1.5 text-sm">
      {text.product.promises.map((promise) => (
        <li class="flex gap-2">
          <Icon name="check" class="mt-1 size-4 text-celadon" />
          {promise}
        </li>
      ))}
    </ul>
  </section>
)

const Facts = ({
  visitor: { locale, text },
  details,
}: {
  visitor: Visitor
  details: ProductPage['product']['details']
}) => (
  <section aria-labelledby="facts">
    <h2 id="facts" class="text-2xl">
      {text.product.facts}
    </h2>
    <dl class="mt-4 divide-y divide-line border-y border-line text-sm">
      {details.map((detail) => (
        <div class="grid grid-cols-[7.5rem_1fr] gap-3 py-3">
          <dt class="text-muted">{textIn(detail.label, [locale])}</dt>
          <dd>{textIn(detail.value, [locale])}</dd>
        </div>
      ))}
    </dl>
  </section>
)
