import { brand, promotions } from '@sangdo/api/demo'
import { textIn } from '@sangdo/core'
import { Hono } from 'hono'
import { content } from '../client.ts'
import { page } from '../page.tsx'
import { Cards } from '../parts/card.tsx'
import type { ShopEnv, Visitor } from '../visitor.ts'

/** The front page: what the brand is, what is new, what is wanted, and the shelves. */
export const homeRoutes = new Hono<ShopEnv>().get('/', async (c) => {
  const { visitor } = c.var
  const addresses = { ko: '/ko', en: '/en' }
  return page(c, { title: brand.name[visitor.locale], addresses, data: [organisation(c.var.place.origin)] }, await Home({ visitor }))
})

const organisation = (origin: string) => ({ '@context': 'https://schema.org', '@type': 'OnlineStore', name: brand.name.en, alternateName: brand.name.ko, url: origin, logo: `${origin}/art/mark/mark.svg` })

async function Home({ visitor }: { visitor: Visitor }) {
  const { api, locale, currency, text } = visitor
  const list = (sort: 'newest' | 'popular') => content(api.products.$get({ query: { locale, currency, sort, limit: '8' } }))
  const [newest, popular, shelves] = [await list('newest'), await list('popular'), await content(api.categories.$get())]
  return (
    <>
      <section class="relative bg-[oklch(0.93_0.02_85)]">
        <img src="/art/hero/hero.svg" alt="" width="1600" height="900" class="aspect-[4/3] w-full object-cover object-[85%_50%] sm:aspect-[16/8] sm:max-h-[38rem]" />
        <div class="wrap py-8 text-[#2b2d31] sm:absolute sm:inset-0 sm:flex sm:flex-col sm:justify-center">
          <h1 class="text-4xl leading-tight font-bold whitespace-pre-line sm:text-5xl lg:text-6xl">{brand.hero.title[locale]}</h1>
          <p class="mt-4 max-w-sm text-lg">{brand.hero.text[locale]}</p>
          <p class="mt-6">
            <a href={`/${locale}/search`} class="inline-flex min-h-12 items-center rounded-sm bg-[#2b2d31] px-6 font-semibold text-[#faf8f3] no-underline hover:opacity-85">
              {brand.hero.action[locale]}
            </a>
          </p>
        </div>
      </section>
      <Shelf title={text.home.newest}>
        <Cards cards={newest.items} visitor={visitor} />
      </Shelf>
      {promotions.slice(0, 1).map((promotion) => (
        <section class="mt-20 bg-persimmon-tint">
          <div class="wrap flex flex-wrap items-center justify-between gap-4 py-10">
            <div>
              <h2 class="text-2xl">{promotion.name[locale]}</h2>
              <p class="mt-1">{promotion.description[locale]}</p>
            </div>
            <a class="button" href={`/${locale}/category/${slugOf(shelves, promotion.categories[0], locale)}`}>
              {text.home.all}
            </a>
          </div>
        </section>
      ))}
      <Shelf title={text.home.shelves}>
        <ul class="grid grid-cols-2 gap-y-8 sm:grid-cols-3 lg:grid-cols-6">
          {shelves.map((shelf) => (
            <li class="group relative">
              <img src={shelf.media[0]?.url ?? ''} alt="" width="800" height="1000" loading="lazy" class="aspect-[4/5] w-full object-cover" />
              <h3 class="px-1 pt-3 text-base sm:px-3">
                <a href={`/${locale}/category/${shelf.slugs[locale]}`} class="no-underline after:absolute after:inset-0 group-hover:underline">
                  {textIn(shelf.name, [locale])}
                </a>
              </h3>
            </li>
          ))}
        </ul>
      </Shelf>
      <Shelf title={text.home.popular}>
        <Cards cards={popular.items} visitor={visitor} />
      </Shelf>
      <Story visitor={visitor} />
    </>
  )
}

type Shelves = readonly { slugs: Record<string, string>; media: readonly { url: string }[] }[]

/** The address of the shelf that the demo calls by this handle. */
const slugOf = (shelves: Shelves, handle: string | undefined, locale: string) => shelves.find((shelf) => shelf.media[0]?.url.endsWith(`/${handle}.svg`))?.slugs[locale] ?? ''

const Shelf = ({ title, children }: { title: string; children?: unknown }) => (
  <section class="mx-auto mt-20 max-w-[90rem]">
    <h2 class="mb-6 px-4 text-2xl sm:px-6">{title}</h2>
    {children}
  </section>
)

const Story = ({ visitor: { locale } }: { visitor: Visitor }) => (
  <section class="wrap mt-24 grid gap-12 md:grid-cols-[3fr_2fr]">
    <div class="prose">
      <h2 class="text-3xl">{brand.story.title[locale]}</h2>
      {brand.story.paragraphs.map((paragraph) => (
        <p>{paragraph[locale]}</p>
      ))}
    </div>
    <ul class="space-y-6">
      {brand.promises.map((promise) => (
        <li class="border-l-2 border-celadon pl-4">
          <h3 class="text-lg">{promise.title[locale]}</h3>
          <p class="text-muted">{promise.text[locale]}</p>
        </li>
      ))}
    </ul>
  </section>
)
