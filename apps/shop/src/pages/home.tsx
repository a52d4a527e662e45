import { brand, pages, promotions } from '@sangdo/api/demo'
import { textIn } from '@sangdo/core'
import { Hono } from 'hono'
import type { Child } from 'hono/jsx'
import { content, type ProductCard, type Shelf } from '../client.ts'
import { page } from '../page.tsx'
import { Cards } from '../parts/card.tsx'
import type { ShopEnv, Visitor } from '../visitor.ts'

/** The front page: what the brand is, what is new, what is wanted, and the shelves. */
export const homeRoutes = new Hono<ShopEnv>().get('/', async (c) => {
  const { visitor, place } = c.var
  const { api, locale, currency } = visitor
  const list = async (sort: 'newest' | 'popular', limit: string) =>
    (await content(api.products.$get({ query: { locale, currency, sort, inStock: 'true', limit } }))).items
  const [newest, popular, shelves] = await Promise.all([list('newest', '8'), list('popular', '12'), c.var.shelves()])
  const wanted = popular.filter((card) => newest.every((one) => one.id !== card.id)).slice(0, 4)
  const head = { title: brand.name[locale], addresses: { ko: '/ko', en: '/en' }, data: [organisation(place.origin)] }
  return page(c, head, <Home visitor={visitor} newest={newest} popular={wanted} shelves={shelves} />)
})

const organisation = (origin: string): object => ({
  '@context': 'https://schema.org',
  '@type': 'OnlineStore',
  name: brand.name.en,
  alternateName: brand.name.ko,
  url: origin,
  logo: `${origin}/art/mark/mark.svg`,
})

const Home = ({
  visitor,
  newest,
  popular,
  shelves,
}: {
  visitor: Visitor
  newest: ProductCard[]
  popular: ProductCard[]
  shelves: readonly Shelf[]
}) => (
  <>
    <Hero visitor={visitor} />
    <Section
      title={visitor.text.home.newest}
      text={visitor.text.home.newestText}
      more={`/${visitor.locale}/search?sort=newest`}
      visitor={visitor}
    >
      <Cards cards={newest} visitor={visitor} />
    </Section>
    <Offer visitor={visitor} shelves={shelves} />
    <Section title={visitor.text.home.shelves} visitor={visitor}>
      <Tiles visitor={visitor} shelves={shelves} />
    </Section>
    <Section
      title={visitor.text.home.popular}
      text={visitor.text.home.popularText}
      more={`/${visitor.locale}/search?sort=popular`}
      visitor={visitor}
    >
      <Cards cards={popular} visitor={visitor} />
    </Section>
    <Story visitor={visitor} />
    <Promises visitor={visitor} />
  </>
)

/** The picture is light by day and by night, and so are the colours of the words on it. */
const Hero = ({ visitor: { locale } }: { visitor: Visitor }) => (
  <section class="hero">
    <img src="/art/hero/hero.svg" alt="" width="1600" height="900" fetchpriority="high" class="hero-picture" />
    <div class="hero-words">
      <h1 class="text-[2.6rem] leading-[1.18] font-bold whitespace-pre-line sm:text-6xl xl:text-7xl">
        {brand.hero.title[locale]}
      </h1>
      <p class="mt-5 max-w-[22rem] text-lg lg:text-xl">{brand.hero.text[locale]}</p>
      <p class="mt-7">
        <a href={`/${locale}/search`} class="hero-button">
          {brand.hero.action[locale]}
        </a>
      </p>
    </div>
  </section>
)

const Section = ({
  title,
  text,
  more,
  visitor,
  children,
}: {
  title: string
  text?: string
  more?: string
  visitor: Visitor
  children: Child
}) => (
  <section class="mt-20 lg:mt-24">
    <div class="wide mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-1 lg:mb-8">
      <div>
        <h2 class="text-2xl sm:text-3xl">{title}</h2>
        {text && <p class="mt-1 text-muted">{text}</p>}
      </div>
      {more && (
        <a href={more} class="link inline-block py-2 text-ink">
          {visitor.text.home.all}
          <span class="sr-only">: {title}</span>
        </a>
      )}
    </div>
    {children}
  </section>
)

/** The promotion that runs now, with the shelf it is for. */
const Offer = ({ visitor: { locale, text }, shelves }: { visitor: Visitor; shelves: readonly Shelf[] }) => {
  const [promotion] = promotions
  const shelf = shelves.find(({ media }) => media[0]?.url.endsWith(`/${promotion?.categories[0]}.svg`))
  if (!promotion || !shelf) return null
  return (
    <section class="mt-20 bg-persimmon-tint lg:mt-24">
      <div class="wide flex flex-wrap items-center justify-between gap-x-8 gap-y-5 py-10 lg:py-14">
        <div class="flex items-center gap-6 sm:gap-10">
          <p class="font-serif text-6xl font-bold text-accent tabular-nums sm:text-7xl" aria-hidden="true">
            {promotion.percentOff}%
          </p>
          <div>
            <h2 class="text-2xl sm:text-3xl">{promotion.name[locale]}</h2>
            <p class="mt-1 max-w-md text-balance">{promotion.description[locale]}</p>
          </div>
        </div>
        <a class="button" href={`/${locale}/category/${shelf.slugs[locale] ?? ''}`}>
          {text.home.toShelf(textIn(shelf.name, [locale]))}
        </a>
      </div>
    </section>
  )
}

/** Seven tiles fill every row when the first is two wide; its picture is then as high as the others. */
const Tiles = ({ visitor: { locale }, shelves }: { visitor: Visitor; shelves: readonly Shelf[] }) => (
  <ul class="shelf shelf-tiles">
    {shelves.map((shelf, index) => (
      <li class={`group relative ${index === 0 ? 'col-span-2 lg:col-span-1' : ''}`}>
        <div class="board">
          <img
            src={shelf.media[0]?.url ?? ''}
            alt=""
            width="800"
            height="1000"
            loading="lazy"
            class={`w-full object-cover object-bottom lg:aspect-[4/5] ${index === 0 ? 'aspect-[8/5]' : 'aspect-[4/5]'}`}
          />
        </div>
        <h3 class="px-4 pt-3 text-lg sm:px-6 lg:px-4 lg:first:pl-6">
          <a
            href={`/${locale}/category/${shelf.slugs[locale] ?? ''}`}
            class="text-ink no-underline group-hover:underline after:absolute after:inset-0"
          >
            {textIn(shelf.name, [locale])}
          </a>
        </h3>
      </li>
    ))}
  </ul>
)

const Story = ({ visitor: { locale, text } }: { visitor: Visitor }) => (
  <section class="mt-24 bg-celadon-deep text-on-celadon-deep lg:mt-28">
    <div class="wrap grid gap-x-16 gap-y-6 py-16 lg:grid-cols-[2fr_3fr] lg:py-24">
      <h2 class="text-3xl leading-snug sm:text-4xl">{brand.story.title[locale]}</h2>
      <div class="max-w-[38rem] space-y-5 text-lg">
        {brand.story.paragraphs.map((paragraph) => (
          <p>{paragraph[locale]}</p>
        ))}
        <p>
          <a
            href={`/${locale}/page/${pages[0]?.slug[locale] ?? ''}`}
            class="inline-block py-2 text-on-celadon-deep underline"
          >
            {text.home.storyMore}
          </a>
        </p>
      </div>
    </div>
  </section>
)

const Promises = ({ visitor: { locale } }: { visitor: Visitor }) => (
  <section class="wrap mt-20 lg:mt-24" aria-label={brand.tagline[locale]}>
    <ul class="grid gap-x-10 gap-y-8 sm:grid-cols-2 lg:grid-cols-4">
      {brand.promises.map((promise) => (
        <li class="border-t border-ink pt-4">
          <h3 class="text-lg">{promise.title[locale]}</h3>
          <p class="mt-1 text-muted">{promise.text[locale]}</p>
        </li>
      ))}
    </ul>
  </section>
)
