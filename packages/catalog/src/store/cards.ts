import { type CursorPart, decodeCursor, integer, type Page, pageOf } from '@sangdo/core'
import type { Db } from '@sangdo/core/server'
import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { CardText, ListQuery, ListSort, ProductCard, ProductId, ProductStatus } from '../contract/index.ts'

/** A list as it is asked for, with the words of its search, and in a language that cards are kept in. */
export type Listing = Omit<z.output<typeof ListQuery>, 'q'> & {
  readonly words: readonly string[]
  readonly sort: ListSort
}

interface CardRow {
  product_id: ProductId
  status: ProductStatus
  first: CursorPart
  second: CursorPart
  in_stock: number
  rating_average: number
  rating_count: number
  card: string
  currency: string | null
  minor: number | null
  max_minor: number | null
  compare_at_minor: number | null
}

const sources = {
  hits: sql`hits`,
  listing: sql`catalog_listing as listing`,
  card: sql`catalog_listing_card as card`,
  price: sql`catalog_listing_price as price`,
}
type Source = keyof typeof sources

/** What each order sorts by, and which table has the index for it. The product's id comes last, in the same direction. */
const orders = {
  relevance: { from: 'hits', key: sql`hits.hit_rank`, second: sql`listing.sales`, down: true, shape: 'nns' },
  newest: { from: 'listing', key: sql`listing.newest`, second: sql`0`, down: true, shape: 'sns' },
  rating: { from: 'listing', key: sql`listing.rating_score`, second: sql`0`, down: true, shape: 'nns' },
  popular: { from: 'listing', key: sql`listing.sales`, second: sql`0`, down: true, shape: 'nns' },
  name: { from: 'card', key: sql`card.sort_name`, second: sql`0`, down: false, shape: 'sns' },
  price_asc: { from: 'price', key: sql`price.minor`, second: sql`0`, down: false, shape: 'nns' },
  price_desc: { from: 'price', key: sql`price.minor`, second: sql`0`, down: true, shape: 'nns' },
} as const satisfies Record<
  ListSort,
  { from: Source; key: RawBuilder<unknown>; second: RawBuilder<unknown>; down: boolean; shape: string }
>

/**
 * One page of product cards, by one statement. It finds the page in the index that its order has, and only then reads the
 * cards of those few. SQLite joins in the written order where the join is called `cross`; PostgreSQL makes up its own mind.
 */
export async function cardsOf(db: Db, listing: Listing): Promise<Page<ProductCard>> {
  const { rows } = await sql<CardRow>`
    with recursive ${sql.join(subqueries(listing))}
    select page.*, listing.status, listing.in_stock, listing.rating_average, listing.rating_count, card.card,
      price.currency, price.minor, price.max_minor, price.compare_at_minor
    from page cross join catalog_listing as listing cross join catalog_listing_card as card
    left join catalog_listing_price as price on price.product_id = page.product_id and price.currency = ${listing.currency ?? ''}
    where listing.product_id = page.product_id and card.product_id = page.product_id and card.locale = ${listing.locale}
    order by ${orderOf(listing.sort, 'page')}`.execute(db)
  const { items, next } = pageOf(rows, listing.limit, (row) => [
    keyPart(row.first),
    integer(row.second),
    row.product_id,
  ])
  return { items: items.map(productCard), next }
}

const keyPart = (value: CursorPart | bigint) => (typeof value === 'string' ? value : integer(value))

function subqueries(listing: Listing): RawBuilder<unknown>[] {
  const parts = [sql`page as (${pageQuery(listing)})`]
  if (listing.words.length > 0) parts.unshift(...hitQueries(listing.words))
  if (listing.category) parts.unshift(shelfQuery(listing.category))
  return parts
}

/** A category and all below it. */
const shelfQuery = (category: string) => sql`shelf(id) as (
  select id from catalog_category where id = ${category}
  union all select catalog_category.id from shelf join catalog_category on catalog_category.parent_id = shelf.id)`

/**
 * The products that have every word of a search, and how well: the longest word, most often the rarest, finds them, and
 * each other word is looked for in those only. A rank is null where a word is missing.
 */
function hitQueries(words: readonly string[]): RawBuilder<unknown>[] {
  const [first = '', ...others] = words.toSorted((a, b) => b.length - a.length)
  const ranks = others.map(
    (word) =>
      sql` + (select min(rank) from catalog_token as token where token.product_id = found.product_id and ${startsWith(word)})`,
  )
  return [
    sql`found as (select product_id, min(rank) as rank from catalog_token as token where ${startsWith(first)} group by product_id)`,
    sql`hits as (select product_id, rank${sql.join(ranks, sql``)} as hit_rank from found)`,
  ]
}

const startsWith = (word: string) => sql`token.token >= ${word} and token.token < ${`${word}\u{10ffff}`}`

/** The ids of the page and what they are sorted by; one more than asked for, to know whether there is another page. */
function pageQuery(listing: Listing): RawBuilder<unknown> {
  const { key, second } = orders[listing.sort]
  const [first, ...others] = sourcesOf(listing)
  const id = sql.ref(`${first}.product_id`)
  const conditions = [
    ...conditionsOf(listing, id),
    ...others.map((other) => sql`${sql.ref(`${other}.product_id`)} = ${id}`),
  ]
  return sql`select ${id} as product_id, ${key} as first, ${second} as second
    from ${sql.join(
      [first, ...others].map((source) => sources[source]),
      sql` cross join `,
    )}
    where ${sql.join(conditions, sql` and `)}
    order by ${orderOf(listing.sort, 'index', id)} limit ${listing.limit + 1}`
}

/** The tables that the page is found in, the one to begin with first. */
function sourcesOf({ words, sort, priceMin, priceMax }: Listing): [Source, ...Source[]] {
  const first = words.length > 0 ? 'hits' : orders[sort].from
  const byPrice = priceMin !== undefined || priceMax !== undefined
  const needed = new Set<Source>([orders[sort].from, 'listing', ...(byPrice ? (['price'] as const) : [])])
  needed.delete(first)
  return [first, ...needed]
}

function conditionsOf(listing: Listing, id: RawBuilder<unknown>): RawBuilder<unknown>[] {
  const { words, status, inStock, category, priceMin, priceMax, after } = listing
  const used = sourcesOf(listing)
  const conditions = [words.length > 0 ? sql`hits.hit_rank is not null` : sql`1 = 1`]
  if (status !== 'any') conditions.push(sql`listing.status = ${status}`)
  if (used.includes('card')) conditions.push(sql`card.locale = ${listing.locale}`)
  if (used.includes('price')) conditions.push(sql`price.currency = ${listing.currency ?? ''}`)
  if (inStock !== undefined) conditions.push(sql`listing.in_stock = ${Number(inStock)}`)
  if (priceMin !== undefined) conditions.push(sql`price.minor >= ${priceMin}`)
  if (priceMax !== undefined) conditions.push(sql`price.minor <= ${priceMax}`)
  if (category)
    conditions.push(
      sql`exists (select 1 from catalog_placement as placement where placement.product_id = ${id} and placement.category_id in (select id from shelf))`,
    )
  if (after) conditions.push(afterCondition(listing.sort, after, id))
  return conditions
}

/** What comes after the last row of the page before. */
function afterCondition(sort: ListSort, after: string, id: RawBuilder<unknown>): RawBuilder<unknown> {
  const { key, second, down, shape } = orders[sort]
  const [first, next, last] = decodeCursor(after, shape)
  if (sort === 'relevance')
    return sql`(${key} > ${first} or (${key} = ${first} and (${second}, ${id}) < (${next}, ${last})))`
  return down ? sql`(${key}, ${id}) < (${first}, ${last})` : sql`(${key}, ${id}) > (${first}, ${last})`
}

function orderOf(sort: ListSort, where: 'index' | 'page', id = sql`page.product_id`): RawBuilder<unknown> {
  const { key, second, down } = orders[sort]
  const [one, two] = where === 'index' ? [key, second] : [sql`page.first`, sql`page.second`]
  if (sort === 'relevance') return sql`${one}, ${two} desc, ${id} desc`
  return down ? sql`${one} desc, ${id} desc` : sql`${one}, ${id}`
}

function productCard(row: CardRow): ProductCard {
  const { currency, minor, max_minor: most, compare_at_minor: before } = row
  const amount = (value: number | null) =>
    currency === null || value === null ? null : { minor: integer(value), currency }
  return {
    id: row.product_id,
    status: row.status,
    ...(JSON.parse(row.card) as CardText),
    fromPrice: amount(minor),
    priceVaries: minor !== most,
    compareAt: amount(before),
    inStock: row.in_stock === 1,
    rating: row.rating_count === 0 ? null : { average: row.rating_average, count: row.rating_count },
  }
}
