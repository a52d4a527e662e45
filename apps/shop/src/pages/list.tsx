import { textIn } from '@sangdo/core'
import { type Context, Hono } from 'hono'
import { content, type ProductCard } from '../client.ts'
import { page } from '../page.tsx'
import { Cards } from '../parts/card.tsx'
import type { ShopEnv, Visitor } from '../visitor.ts'

const sorts = ['relevance', 'newest', 'popular', 'price_asc', 'price_desc', 'rating'] as const
type Sort = (typeof sorts)[number]

/** What an address says of the list that is wanted; anything odd in it is as if it were not there. */
interface Wish {
  readonly q?: string
  readonly sort?: Sort
  readonly inStock?: 'true'
  readonly priceMin?: string
  readonly priceMax?: string
  readonly after?: string
}

function wishOf(c: Context<ShopEnv>): Wish {
  const { q, sort, inStock, priceMin, priceMax, after } = c.req.query()
  const known = sorts.find((one) => one === sort)
  const whole = (text: string | undefined) => (text && /^\d{1,12}$/.test(text) ? text : undefined)
  return Object.fromEntries(
    Object.entries({ q: q?.trim().slice(0, 200), sort: known, inStock: inStock ? 'true' : undefined, priceMin: whole(priceMin), priceMax: whole(priceMax), after }).filter(([, value]) => value),
  ) as Wish
}

/** Amounts are typed in whole won or dollars. */
const inMinor = (whole: string | undefined, currency: string) => (whole === undefined ? {} : { value: currency === 'KRW' ? whole : `${whole}00` })

async function listOf({ api, locale, currency }: Visitor, wish: Wish, category?: string) {
  const { priceMin, priceMax, ...rest } = wish
  const [least, most] = [inMinor(priceMin, currency).value, inMinor(priceMax, currency).value]
  return content(api.products.$get({ query: { locale, currency, limit: '24', ...rest, ...(category ? { category } : {}), ...(least ? { priceMin: least } : {}), ...(most ? { priceMax: most } : {}) } }))
}

/** A shelf of the shop, and the search. Both keep everything in the address, so that a link shows the same list again. */
export const listRoutes = new Hono<ShopEnv>()
  .get('/category/:slug', async (c) => {
    const { visitor } = c.var
    const category = await content(visitor.api.categories[':slug'].$get({ param: { slug: c.req.param('slug') }, query: { locale: visitor.locale } }))
    const [wish, name] = [wishOf(c), textIn(category.name, [visitor.locale])]
    const addresses = { ko: `/ko/category/${category.slugs['ko']}`, en: `/en/category/${category.slugs['en']}` }
    const list = await listOf(visitor, wish, category.id)
    const head = { title: name, description: textIn(category.description, [visitor.locale]), addresses }
    return page(c, head, <List visitor={visitor} wish={wish} list={list} title={name} intro={textIn(category.description, [visitor.locale])} path={addresses[visitor.locale]} />)
  })
  .get('/search', async (c) => {
    const { visitor } = c.var
    const wish = wishOf(c)
    const title = wish.q ? visitor.text.list.results(wish.q) : visitor.text.list.everything
    return page(c, { title }, <List visitor={visitor} wish={wish} list={await listOf(visitor, wish)} title={title} path={`/${visitor.locale}/search`} />)
  })

const List = ({ visitor, wish, list, title, intro, path }: {
  visitor: Visitor
  wish: Wish
  list: { items: ProductCard[]; next: string | null }
  title: string
  intro?: string
  path: string
}) => (
  <div class="mx-auto max-w-[90rem] pt-10">
    <div class="px-4 sm:px-6">
      <h1 class="text-3xl sm:text-4xl">{title}</h1>
      {intro && <p class="mt-2 max-w-2xl text-muted">{intro}</p>}
      <Filters visitor={visitor} wish={wish} path={path} />
    </div>
    {list.items.length === 0 ? <Nothing visitor={visitor} /> : <Cards cards={list.items} visitor={visitor} eager={8} />}
    {list.next && (
      <p class="mt-12 text-center">
        <a class="button-quiet" rel="next" href={`${path}?${new URLSearchParams({ ...wish, after: list.next })}`}>
          {visitor.text.list.more}
        </a>
      </p>
    )}
  </div>
)

const Filters = ({ visitor: { text, currency }, wish, path }: { visitor: Visitor; wish: Wish; path: string }) => (
  <form action={path} class="my-8 flex flex-wrap items-end gap-x-4 gap-y-3 border-y border-line py-4" aria-label={text.list.filter}>
    {wish.q && <input type="hidden" name="q" value={wish.q} />}
    <div class="field">
      <label for="sort">{text.list.sort}</label>
      <select id="sort" name="sort">
        {sorts.filter((sort) => sort !== 'relevance' || wish.q).map((sort) => (
          <option value={sort} selected={sort === (wish.sort ?? (wish.q ? 'relevance' : 'newest'))}>
            {text.list.sorts[sort]}
          </option>
        ))}
      </select>
    </div>
    {(['priceMin', 'priceMax'] as const).map((bound) => (
      <div class="field w-32">
        <label for={bound}>
          {text.list[bound]} ({currency === 'KRW' ? '₩' : '$'})
        </label>
        <input id={bound} name={bound} inputmode="numeric" pattern="[0-9]*" value={wish[bound] ?? ''} />
      </div>
    ))}
    <label class="flex min-h-12 items-center gap-2">
      <input type="checkbox" name="inStock" value="true" checked={wish.inStock === 'true'} class="size-5 accent-action" />
      {text.list.inStock}
    </label>
    <button class="button-quiet min-h-12">{text.list.apply}</button>
  </form>
)

const Nothing = ({ visitor: { text } }: { visitor: Visitor }) => (
  <div class="grid place-items-center gap-4 px-4 py-12 text-center">
    <img src="/art/empty/search.svg" alt="" width="800" height="600" class="w-72 max-w-full" />
    <h2 class="text-2xl">{text.list.nothing}</h2>
    <p class="text-muted">{text.list.nothingText}</p>
  </div>
)
