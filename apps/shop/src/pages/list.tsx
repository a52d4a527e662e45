import { digitsOf, textIn } from '@sangdo/core'
import { Hono } from 'hono'
import { content, type ProductCard, type Shelf } from '../client.ts'
import { page } from '../page.tsx'
import { Cards } from '../parts/card.tsx'
import { type Crumb, crumbData, Crumbs } from '../parts/crumbs.tsx'
import { Filters, limits, type Wish, wishOf } from '../parts/filters.tsx'
import { Icon } from '../parts/icon.tsx'
import { pathTo } from '../shelves.ts'
import type { ShopEnv, Visitor } from '../visitor.ts'

/** A list as the API is asked for it; amounts are typed in whole won or dollars. */
async function listOf(
  { api, locale, currency }: Visitor,
  { priceMin, priceMax, ...rest }: Wish,
  category?: `cat_${string}`,
) {
  const minor = (whole: string) => `${whole}${'0'.repeat(digitsOf(currency))}`
  const bounds = {
    ...(priceMin ? { priceMin: minor(priceMin) } : {}),
    ...(priceMax ? { priceMax: minor(priceMax) } : {}),
  }
  return content(
    api.products.$get({
      query: { locale, currency, limit: '24', ...rest, ...(category ? { category } : {}), ...bounds },
    }),
  )
}

/** A shelf of the shop, and the search. Both keep everything in the address, so that a link shows the same list again. */
export const listRoutes = new Hono<ShopEnv>()
  .get('/category/:slug', async (c) => {
    const { visitor, place } = c.var
    const { locale, api } = visitor
    const category = await content(
      api.categories[':slug'].$get({ param: { slug: c.req.param('slug') }, query: { locale } }),
    )
    const [name, description] = [textIn(category.name, [locale]), textIn(category.description, [locale])]
    const addresses = {
      ko: `/ko/category/${category.slugs['ko'] ?? ''}`,
      en: `/en/category/${category.slugs['en'] ?? ''}`,
    }
    if (category.slugs[locale] && category.slugs[locale] !== c.req.param('slug'))
      return c.redirect(encodeURI(addresses[locale]), 301)
    const wish = wishOf(c.req.query())
    const [path, list] = await Promise.all([c.var.shelves(), listOf(visitor, wish, category.id)]).then(
      ([shelves, found]) => [pathTo(shelves, category.id), found] as const,
    )
    const way = path.map((shelf) => crumbOf(shelf, locale))
    const shown = { visitor, wish, list, title: name, intro: description, path: addresses[locale] }
    return page(
      c,
      { title: name, description, addresses, data: [crumbData(way, place.origin)] },
      <List {...shown} way={way.slice(0, -1)} neighbours={neighboursOf(path)} here={category.id} />,
    )
  })
  .get('/search', async (c) => {
    const { visitor } = c.var
    const { text, locale } = visitor
    const wish = wishOf(c.req.query())
    const list = await listOf(visitor, wish)
    const shown = {
      visitor,
      wish,
      list,
      path: `/${locale}/search`,
      way: [],
      neighbours: wish.q ? [] : await c.var.shelves(),
      here: '',
    }
    const wanted = list.items.length === 0 ? (await listOf(visitor, { sort: 'popular' })).items.slice(0, 4) : []
    const everything = { title: text.list.everything, addresses: { ko: '/ko/search', en: '/en/search' } }
    if (!wish.q)
      return page(
        c,
        everything,
        <List {...shown} title={text.list.everything} intro={text.list.everythingText} instead={wanted} />,
      )
    return page(
      c,
      { title: text.list.results(wish.q) },
      <List {...shown} title={text.list.results(wish.q)} instead={wanted} searched={wish.q} />,
    )
  })

const crumbOf = (shelf: Shelf, locale: string): Crumb => ({
  name: textIn(shelf.name, [locale]),
  address: `/${locale}/category/${shelf.slugs[locale] ?? ''}`,
})

/** The shelves within this one; where there are none, those beside it. */
function neighboursOf(path: readonly Shelf[]): readonly Shelf[] {
  const [here, parent] = [path.at(-1), path.at(-2)]
  return here && here.children.length > 0 ? here.children : (parent?.children ?? [])
}

interface Shown {
  readonly visitor: Visitor
  readonly wish: Wish
  readonly list: { readonly items: ProductCard[]; readonly next: string | null }
  readonly title: string
  readonly intro?: string
  readonly path: string
  readonly way: readonly Crumb[]
  readonly neighbours: readonly Shelf[]
  readonly here: string
  /** What is shown where nothing was found. */
  readonly instead?: readonly ProductCard[]
  readonly searched?: string
}

const List = (shown: Shown) => {
  const { visitor, wish, list, title, intro, path, way, neighbours, here, searched } = shown
  const { text } = visitor
  return (
    <>
      <div class="wide pt-3">
        <Crumbs of={way} visitor={visitor} />
        <h1 class="mt-4 text-3xl sm:text-5xl">{title}</h1>
        {intro && <p class="mt-3 max-w-2xl text-lg text-muted">{intro}</p>}
        {searched && <SearchAgain visitor={visitor} words={searched} />}
        {neighbours.length > 0 && <Neighbours visitor={visitor} of={neighbours} here={here} />}
        <Filters visitor={visitor} wish={wish} path={path} />
      </div>
      {list.items.length === 0 ? (
        <Nothing visitor={visitor} path={path} wish={wish} instead={shown.instead ?? []} />
      ) : (
        <Cards cards={list.items} visitor={visitor} eager={8} level="h2" />
      )}
      {(list.next || wish.after) && (
        <p class="wide mt-14 flex flex-wrap justify-center gap-3">
          {wish.after && (
            <a
              class="button-quiet"
              href={`${path}?${new URLSearchParams(Object.entries(wish).filter(([name]) => name !== 'after'))}`}
            >
              {text.list.first}
            </a>
          )}
          {list.next && (
            <a class="button-quiet" rel="next" href={`${path}?${new URLSearchParams({ ...wish, after: list.next })}`}>
              {text.list.more}
            </a>
          )}
        </p>
      )}
    </>
  )
}

const Neighbours = ({
  visitor: { locale, text },
  of,
  here,
}: {
  visitor: Visitor
  of: readonly Shelf[]
  here: string
}) => (
  <nav aria-label={text.list.within} class="mt-6">
    <ul class="flex flex-wrap gap-2">
      {of.map((shelf) => (
        <li>
          <a href={crumbOf(shelf, locale).address} aria-current={shelf.id === here ? 'page' : undefined} class="chip">
            {textIn(shelf.name, [locale])}
          </a>
        </li>
      ))}
    </ul>
  </nav>
)

const SearchAgain = ({ visitor: { locale, text }, words }: { visitor: Visitor; words: string }) => (
  <form action={`/${locale}/search`} class="mt-5 flex max-w-xl items-center border-b-2 border-ink">
    <label class="sr-only" for="again">
      {text.searchLabel}
    </label>
    <input
      id="again"
      type="search"
      name="q"
      value={words}
      required
      class="min-h-12 w-full min-w-0 flex-1 bg-transparent text-lg"
    />
    <button class="icon-button" aria-label={text.menu.search}>
      <Icon name="search" />
    </button>
  </form>
)

const Nothing = ({
  visitor,
  path,
  wish,
  instead,
}: {
  visitor: Visitor
  path: string
  wish: Wish
  instead: readonly ProductCard[]
}) => {
  const { text } = visitor
  const limited = limits(wish)
  return (
    <>
      <div class="wrap grid place-items-center gap-3 py-12 text-center">
        <img src="/art/empty/search.svg" alt="" width="800" height="600" class="w-72 max-w-full" />
        <h2 class="text-2xl">{text.list.nothing}</h2>
        <p class="text-muted">{text.list.nothingText}</p>
        <a class="button-quiet mt-2" href={limited && wish.q ? `${path}?${new URLSearchParams({ q: wish.q })}` : path}>
          {limited ? text.list.clear : text.home.all}
        </a>
      </div>
      {instead.length > 0 && (
        <section class="mt-10">
          <h2 class="wide mb-6 text-2xl">{text.home.popular}</h2>
          <Cards cards={instead} visitor={visitor} />
        </section>
      )}
    </>
  )
}
