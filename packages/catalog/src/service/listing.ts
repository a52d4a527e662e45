import { type Locale, type Page, parse } from '@sangdo/core'
import { atomic, type Db } from '@sangdo/core/server'
import { z } from 'zod'
import {
  ListQuery,
  PriceFact,
  type ProductCard,
  type ProductId,
  RatingFact,
  SaleFact,
  StockFact,
} from '../contract/index.ts'
import { lastOfEach, ratingScore, searchWords } from '../rules/index.ts'
import * as store from '../store/index.ts'
import type { Dependencies, Saving } from './saving.ts'

const chunk = 200
const PriceFacts = z.object({ prices: z.array(PriceFact) })
const StockFacts = z.object({ stock: z.array(StockFact) })
const RatingFacts = z.object({ ratings: z.array(RatingFact) })
const SaleFacts = z.object({ sales: z.array(SaleFact) })

/** Lists and searches, and what others tell the catalog for them: prices, stock, ratings, sales. */
export function createListing({ locales }: Dependencies, { index, refreshPrices, refreshStock }: Saving) {
  /**
   * A page of product cards, active products only unless `status` says otherwise; a category has what is in those below it,
   * too. A search finds products that have every word, in any language, whole or half typed. Sorted by newest, or by relevance
   * when searching. Throws `core.invalid_input` for prices without a currency, `core.invalid_cursor`.
   */
  async function list(db: Db, query: ListQuery): Promise<Page<ProductCard>> {
    const { q, sort, locale, ...wanted } = parse(ListQuery, query)
    const words = searchWords(q ?? '')
    if (q && words.length === 0) return { items: [], next: null }
    const order = sort === undefined || sort === 'relevance' ? (words.length > 0 ? 'relevance' : 'newest') : sort
    return store.cardsOf(db, { ...wanted, words, locale: nearest(locale), sort: order })
  }

  /** The language that cards are kept in which comes closest to the one asked for. */
  const nearest = (locale: Locale): Locale =>
    locales.find((known) => known === locale) ??
    locales.find((known) => known.split('-')[0] === locale.split('-')[0]) ??
    locales[0]

  /** Says what skus cost, for lists to show and sort by; a price stays until it is fed again. Whole minor units. */
  async function feedPrices(db: Db, input: readonly PriceFact[]): Promise<void> {
    const { prices } = parse(PriceFacts, { prices: input })
    const facts = lastOfEach(prices, ({ sku, currency }) => `${sku}\n${currency}`)
    await eachChunk(db, facts, async (tx, some) => {
      await store.putSkuPrices(
        tx,
        some.map(({ compareAtMinor = null, ...fact }) => ({ ...fact, compareAtMinor })),
      )
      await refreshPrices(
        tx,
        await store.productsWith(
          tx,
          some.map((fact) => fact.sku),
        ),
      )
    })
  }

  /** Says how many of skus may be sold. A product is in stock when one of its variants is; a sku never fed has none. */
  async function feedStock(db: Db, input: readonly StockFact[]): Promise<void> {
    const facts = lastOfEach(parse(StockFacts, { stock: input }).stock, ({ sku }) => sku)
    await eachChunk(db, facts, async (tx, some) => {
      await store.putSkuStock(tx, some)
      await refreshStock(
        tx,
        await store.productsWith(
          tx,
          some.map((fact) => fact.sku),
        ),
      )
    })
  }

  /** Says what buyers think of products: averages in hundredths of a star. */
  async function feedRatings(db: Db, input: readonly RatingFact[]): Promise<void> {
    const facts = lastOfEach(parse(RatingFacts, { ratings: input }).ratings, ({ productId }) => productId)
    await eachChunk(db, facts, async (tx, some) => {
      for (const { productId, average, count } of some)
        await store.putRating(tx, productId, { average, count, score: ratingScore(average, count) })
    })
  }

  /** Counts pieces sold, or with a negative quantity returned: what `popular` sorts by. Adds up, so call it once for each order. */
  async function countSales(db: Db, input: readonly SaleFact[]): Promise<void> {
    const facts = parse(SaleFacts, { sales: input }).sales.toSorted((a, b) => (a.sku < b.sku ? -1 : 1))
    await atomic(db, async (tx) => {
      for (const { sku, quantity } of facts) await store.addSales(tx, sku, quantity)
    })
  }

  /** Makes lists and searches anew from the products, as after a change of the shop's languages. Answers how many products. */
  async function reindex(db: Db): Promise<number> {
    let count = 0
    for (let after: ProductId | '' = ''; ;) {
      const ids = await store.idsAfter(db, after, chunk)
      if (ids.length === 0) return count
      await atomic(db, async (tx) => {
        await store.lockListings(tx, ids)
        await index(tx, await store.productsOf(tx, ids))
      })
      count += ids.length
      after = ids.at(-1) ?? ''
    }
  }

  return { list, feedPrices, feedStock, feedRatings, countSales, reindex }
}

async function eachChunk<Item>(
  db: Db,
  items: readonly Item[],
  work: (tx: Parameters<Parameters<typeof atomic>[1]>[0], some: Item[]) => Promise<void>,
): Promise<void> {
  for (let start = 0; start < items.length; start += chunk) {
    await atomic(db, (tx) => work(tx, items.slice(start, start + chunk)))
  }
}
