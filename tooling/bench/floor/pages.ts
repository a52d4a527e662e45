import type { Database, Row, Value, Work } from './database.ts'

const limit = 24
const amount = (minor: Value | undefined) => (minor == null ? null : { minor: Number(minor), currency: 'KRW' })
const parsed = (json: Value | undefined): unknown =>
  json == null ? null : typeof json === 'string' ? JSON.parse(json) : json

const cardColumns = `page.product_id, page.cursor, listing.status, listing.in_stock, listing.rating_average, listing.rating_count,
  card.card, price.minor, price.max_minor, price.compare_at_minor`
const cardTables = `from page join catalog_listing listing on listing.product_id = page.product_id
  join catalog_listing_card card on card.product_id = page.product_id and card.locale = ?
  left join catalog_listing_price price on price.product_id = page.product_id and price.currency = 'KRW'`

/** A page of a shelf, newest first. */
export function* shelfPage(shelf: string, locale: string): Work<object> {
  const rows = yield [
    `with recursive shelf(id) as (select id from catalog_category where id = ?
       union all select below.id from shelf join catalog_category below on below.parent_id = shelf.id),
     page as (select product_id, newest as cursor from catalog_listing listing where status = 'active' and exists (
       select 1 from catalog_placement placement where placement.product_id = listing.product_id and placement.category_id in (select id from shelf))
       order by newest desc, product_id desc limit ${limit + 1})
     select ${cardColumns} ${cardTables} order by page.cursor desc, page.product_id desc`,
    shelf,
    locale,
  ]
  return cards(rows)
}

/** The first page of a search: products that have every word, words that start one of the name first. */
export function* searchPage(query: string, locale: string): Work<object> {
  const [first = '', ...others] = query
    .toLowerCase()
    .split(' ')
    .toSorted((a, b) => b.length - a.length)
  const ends = (word: string): [string, string] => [word, `${word}\u{10ffff}`]
  const ranks = others.map(
    () =>
      ` + (select min(rank) from catalog_token other where other.product_id = found.product_id and token >= ? and token < ?)`,
  )
  const rows = yield [
    `with found as (select product_id, min(rank) as rank from catalog_token where token >= ? and token < ? group by product_id),
     hits as (select product_id, rank${ranks.join('')} as rank from found),
     page as (select hits.product_id, hits.rank as cursor, listing.sales from hits join catalog_listing listing on listing.product_id = hits.product_id
       where hits.rank is not null and listing.status = 'active' order by hits.rank, listing.sales desc, hits.product_id desc limit ${limit + 1})
     select ${cardColumns} ${cardTables} order by page.cursor, page.sales desc, page.product_id desc`,
    ...ends(first),
    ...others.flatMap(ends),
    locale,
  ]
  return cards(rows)
}

function cards(rows: Row[]): object {
  const last = rows.length > limit ? rows[limit - 1] : undefined
  const next = last ? Buffer.from(JSON.stringify([last['cursor'], last['product_id']])).toString('base64url') : null
  return { items: rows.slice(0, limit).map(cardOf), next }
}

const cardOf = (row: Row) => ({
  id: row['product_id'],
  status: row['status'],
  ...(JSON.parse(String(row['card'])) as object),
  fromPrice: amount(row['minor']),
  priceVaries: row['minor'] !== row['max_minor'],
  compareAt: amount(row['compare_at_minor']),
  inStock: row['in_stock'] === 1,
  rating: row['rating_count'] === 0 ? null : { average: row['rating_average'], count: row['rating_count'] },
})

interface Variant {
  readonly sku: string
  readonly options: string
  readonly amount: number | null
  readonly compareAt: number | null
  readonly available: number | null
}

/** A product with its variants, their prices and stock, its rating and the shelves above it, by one statement. */
export function* productPage({ json }: Database, slug: string, locale: string): Work<object | null> {
  const [row] = yield [
    `select product.*,
       (select ${json.array}(${json.object}('locale', locale, 'slug', slug)) from catalog_slug where owner_id = product.id and current = 1) as slugs,
       (select ${json.array}(${json.object}('id', id, 'sku', variant.sku, 'barcode', barcode, 'weightGrams', weight_grams, 'options', options, 'image', image,
          'amount', price.amount, 'compareAt', price.compare_at, 'available', (select sum(on_hand - reserved - safety) from inventory_stock where sku = variant.sku)))
          from (select * from catalog_variant where product_id = product.id order by position) variant
          left join pricing_price price on price.sku = variant.sku and price.currency = 'KRW' and list_id = '' and min_quantity = 1) as variants,
       (with recursive above(id, parent_id, name, level) as (select category.id, parent_id, name, 0 from catalog_placement placement
           join catalog_category category on category.id = placement.category_id where placement.product_id = product.id and placement.position = 0
         union all select category.id, category.parent_id, category.name, level + 1 from above join catalog_category category on category.id = above.parent_id)
        select ${json.array}(${json.object}('id', above.id, 'parentId', parent_id, 'name', name, 'slug', slug))
          from (select * from above order by level desc) above left join catalog_slug on owner_id = above.id and current = 1 and locale = known.locale) as categories,
       (select ${json.array}(category_id) from catalog_placement where product_id = product.id) as placements,
       stars_1, stars_2, stars_3, stars_4, stars_5
     from catalog_slug known join catalog_product product on product.id = known.owner_id left join reviews_rating rating on rating.product_id = product.id
     where known.kind = 'product' and known.slug = ? and known.locale = ? and product.status = 'active'`,
    slug,
    locale,
  ]
  return row ? pageOf(row) : null
}

function pageOf(row: Row): object {
  const {
    variants: found,
    categories,
    slugs,
    placements,
    stars_1,
    stars_2,
    stars_3,
    stars_4,
    stars_5,
    ...product
  } = row
  const variants = (parsed(found) ?? []) as Variant[]
  const histogram = [stars_1, stars_2, stars_3, stars_4, stars_5].map(Number)
  const count = histogram.reduce((sum, stars) => sum + stars, 0)
  const points = histogram.reduce((sum, stars, index) => sum + stars * (index + 1), 0)
  const texts = ['name', 'summary', 'description', 'details', 'tags', 'options', 'media']
  return {
    product: {
      ...product,
      ...Object.fromEntries(texts.map((field) => [field, parsed(row[field])])),
      slugs: Object.fromEntries(
        (parsed(slugs) as { locale: string; slug: string }[]).map((one) => [one.locale, one.slug]),
      ),
      categoryIds: parsed(placements),
      variants: variants.map(({ amount: _, compareAt: __, available: ___, ...variant }) => ({
        ...variant,
        options: parsed(variant.options),
      })),
    },
    categories: ((parsed(categories) ?? []) as { name: string }[]).map((one) => ({ ...one, name: parsed(one.name) })),
    prices: Object.fromEntries(
      variants.map((one) => [one.sku, { amount: amount(one.amount), compareAt: amount(one.compareAt) }]),
    ),
    available: Object.fromEntries(variants.map((one) => [one.sku, Math.max(0, one.available ?? 0)])),
    rating: { count, average: count === 0 ? 0 : Math.round((100 * points) / count), histogram },
  }
}
