import { z } from '@hono/zod-openapi'
import { choiceText, type Product, ProductId, ProductStatus } from '@sangdo/catalog'
import { Instant, Money, type Page, Text } from '@sangdo/core'
import type { Db } from '@sangdo/core/server'
import { type ListedPrice, Percent, type PriceListId, runsAt } from '@sangdo/pricing'
import type { Shop } from '../shop.ts'

/** What a sku costs in one column of the grid: for one piece and now, with what comes later and what more pieces bring. */
export const PriceCell = z
  .object({
    amount: Money.nullable().describe('Null where it has no price yet'),
    compareAt: Money.nullable(),
    /** Null for a price that held at once. */
    startsAt: Instant.nullable(),
    scheduled: z.array(z.object({ amount: Money, startsAt: Instant })),
    fromQuantities: z.array(z.object({ amount: Money, minQuantity: z.int() })),
  })
  .openapi('PriceCell')
export type PriceCell = z.infer<typeof PriceCell>

/** A sku with its base price, its price in each list that was asked for, what it costs the shop and must bring in. */
export const PriceRow = z
  .object({
    sku: z.string(),
    productId: ProductId,
    name: Text,
    options: Text,
    status: ProductStatus,
    base: PriceCell.nullable(),
    lists: z.record(z.string(), PriceCell),
    cost: Money.nullable(),
    floor: Money.nullable(),
    minimumMargin: Percent.nullable(),
  })
  .openapi('PriceRow')
export type PriceRow = z.infer<typeof PriceRow>

/** What the grid is to show. */
export interface GridQuery {
  readonly currency: string
  readonly lists: readonly PriceListId[]
  readonly locale: string
  readonly q?: string | undefined
  readonly category?: `cat_${string}` | undefined
  readonly after?: string | undefined
  readonly limit: number
}

/** The skus of some products, by name, each with its prices. A page is so many products, as `limit` says. */
export async function priceGrid(shop: Shop, db: Db, query: GridQuery): Promise<Page<PriceRow>> {
  const { currency, lists, locale, q, category, after, limit } = query
  const order = q ? { q } : { sort: 'name' as const }
  const wanted = { locale, currency, status: 'any' as const, ...order, category, after, limit }
  const { items, next } = await shop.catalog.list(db, wanted)
  const products = await shop.catalog.productsOf(
    db,
    items.map((card) => card.id),
  )
  const skus = products.flatMap((product) => product.variants.map((variant) => variant.sku))
  const [prices, guards] = [
    Map.groupBy(await shop.pricing.listedPricesOf(db, skus, currency), (price) => price.sku),
    new Map(
      (await shop.pricing.guardsOf(db, skus))
        .filter((guard) => guard.currency === currency)
        .map((guard) => [guard.sku, guard]),
    ),
  ]
  const at = shop.now().toISOString()
  const rows = products.flatMap((product) =>
    skusOf(product).map((known) => ({
      ...known,
      ...columnsOf(prices.get(known.sku) ?? [], lists, at),
      cost: guards.get(known.sku)?.cost ?? null,
      floor: guards.get(known.sku)?.floor ?? null,
      minimumMargin: guards.get(known.sku)?.minimumMargin ?? null,
    })),
  )
  return { items: rows, next }
}

const skusOf = ({ id, name, status, options, variants }: Product) =>
  variants.map((variant) => ({
    sku: variant.sku,
    productId: id,
    name,
    options: choiceText(options, variant.options),
    status,
  }))

function columnsOf(prices: readonly ListedPrice[], lists: readonly PriceListId[], at: string) {
  const cell = (listId: PriceListId | null) =>
    cellOf(
      prices.filter((price) => price.priceListId === listId),
      at,
    )
  const found = lists.flatMap((id) => {
    const known = cell(id)
    return known ? [[id, known] as const] : []
  })
  return { base: cell(null), lists: Object.fromEntries(found) }
}

/** The prices of one sku in one list: the one that holds, those that will, and those of more than one piece. */
function cellOf(prices: readonly ListedPrice[], at: string): PriceCell | null {
  if (prices.length === 0) return null
  const single = prices.filter((price) => price.minQuantity === 1)
  const [now] = single
    .filter((price) => runsAt({ startsAt: price.startsAt, endsAt: null }, at))
    .toSorted((a, b) => ((a.startsAt ?? '') < (b.startsAt ?? '') ? 1 : -1))
  return {
    amount: now?.amount ?? null,
    compareAt: now?.compareAt ?? null,
    startsAt: now?.startsAt ?? null,
    scheduled: single.flatMap(({ amount, startsAt }) =>
      startsAt !== null && startsAt > at ? { amount, startsAt } : [],
    ),
    fromQuantities: prices.flatMap(({ amount, minQuantity }) => (minQuantity > 1 ? { amount, minQuantity } : [])),
  }
}
