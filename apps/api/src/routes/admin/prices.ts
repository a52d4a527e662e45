import { z } from '@hono/zod-openapi'
import { CategoryId } from '@sangdo/catalog'
import { coreErrors, Currency, type FieldIssue, Locale, pageSchema, Text } from '@sangdo/core'
import { atomic, type Db, type Tx } from '@sangdo/core/server'
import {
  Price,
  PriceKey,
  PriceList,
  PriceListId,
  PriceListInput,
  pricingErrors,
  Quantity,
  SkuGuard,
  UnitPrice,
} from '@sangdo/pricing'
import { type ConsideredPrice, explainPrice } from '@sangdo/pricing/why'
import { body, createHttp, done, idempotent, IdempotencyHeader, refused, reply, staffRoute } from '../../http.ts'
import { markets, type Shop } from '../../shop.ts'
import { priceGrid, PriceRow } from '../../views/prices.ts'

const tags = ['Back office: prices']
const market = z.string().max(40).default('kr')

const lists = staffRoute('viewer', {
  method: 'get',
  path: '/admin/price-lists',
  tags,
  summary: 'All price lists, oldest first',
  responses: { 200: reply(z.array(PriceList)), default: refused },
})

const saveList = staffRoute('operator', {
  method: 'post',
  path: '/admin/price-lists',
  tags,
  summary: 'Add a price list, or change the one with the given id',
  request: { body: body(PriceListInput) },
  responses: { 201: reply(PriceList), default: refused },
})

/** Ids in an address, with commas between. */
const ListIds = z
  .string()
  .max(2000)
  .transform((ids) => ids.split(',').filter(Boolean))
  .pipe(z.array(PriceListId).max(20))

const grid = staffRoute('viewer', {
  method: 'get',
  path: '/admin/prices',
  tags,
  summary: 'The prices of skus: base price, chosen lists, cost and floor; so many products on a page',
  request: {
    query: z.object({
      after: z.string().max(1000).optional(),
      limit: z.coerce.number().int().min(1).max(50).default(10),
      currency: Currency.default('KRW'),
      lists: ListIds.optional().openapi({ type: 'string', example: 'lst_a,lst_b' }),
      locale: Locale.default('ko'),
      q: z.string().max(200).optional(),
      category: CategoryId.optional(),
    }),
  },
  responses: { 200: reply(pageSchema(PriceRow)), default: refused },
})

const Sheet = z
  .strictObject({
    prices: z.array(Price).max(1000).default([]),
    removals: z.array(PriceKey).max(1000).default([]),
    guards: z.array(SkuGuard).max(1000).default([]),
  })
  .refine(({ prices, removals, guards }) => prices.length + removals.length + guards.length > 0, {
    message: 'There is nothing to save',
    path: ['prices'],
  })
  .openapi('PriceSheet')
type Sheet = z.output<typeof Sheet>

const save = staffRoute('operator', {
  method: 'put',
  path: '/admin/prices',
  tags,
  summary: 'Save many prices, removals of prices, costs and floors at once: all of them or none',
  middleware: [idempotent],
  request: { headers: IdempotencyHeader, body: body(Sheet) },
  responses: { 204: done, default: refused },
})

const sentence = z.object({ ko: z.string(), en: z.string() })
const Considered = z
  .object({
    price: Price.safeExtend({ list: PriceList.nullable() }),
    matched: z.array(z.string()),
    lost: z.looseObject({ reason: z.string() }).nullable(),
    sentence,
  })
  .openapi('ConsideredPrice')

const why = staffRoute('viewer', {
  method: 'get',
  path: '/admin/prices/{sku}/why',
  tags,
  summary: 'Which price of a sku applies to whom, and why each of the others does not',
  request: {
    params: z.object({ sku: z.string().max(100) }),
    query: z.object({
      market,
      currency: Currency.optional(),
      quantity: z.coerce.number().pipe(Quantity).default(1),
      channel: z.string().max(100).optional(),
      customerGroup: z.string().max(100).optional(),
      customerId: z.string().max(100).optional(),
      companyId: z.string().max(100).optional(),
    }),
  },
  responses: {
    200: reply(z.object({ name: Text, price: UnitPrice.nullable(), considered: z.array(Considered) })),
    default: refused,
  },
})

export const priceRoutes = createHttp()
  .openapi(lists, async (c) => c.json(await c.var.shop.pricing.priceLists(c.var.db), 200))
  .openapi(saveList, async (c) => {
    const saved = await c.var.shop.pricing.savePriceList(c.var.db, c.req.valid('json'))
    await c.var.shop.deliver(c.var.db)
    return c.json(saved, 201)
  })
  .openapi(grid, async (c) => {
    const { lists: ids = [], ...query } = c.req.valid('query')
    return c.json(await priceGrid(c.var.shop, c.var.db, { ...query, lists: ids }), 200)
  })
  .openapi(save, async (c) => {
    await saveSheet(c.var.shop, c.var.db, c.req.valid('json'))
    await c.var.shop.deliver(c.var.db)
    return c.body(null, 204)
  })
  .openapi(why, async (c) => {
    const { sku } = c.req.valid('param')
    const { customerGroup, currency, market: id, ...asked } = c.req.valid('query')
    const context = {
      ...asked,
      market: id,
      currency: currency ?? currencyOf(id),
      ...(customerGroup ? { customerGroups: [customerGroup] } : {}),
    }
    const { price, considered } = await c.var.shop.pricing.whyPriceOf(c.var.db, sku, context)
    const facts = await c.var.shop.catalog.variantsOf(c.var.db, [sku])
    return c.json({ name: facts[sku]?.name ?? {}, price, considered: considered.map(inWords) }, 200)
  })

function currencyOf(id: string): string {
  const known = markets.find((one) => one.id === id)
  if (!known) throw pricingErrors.market_not_found({ market: id })
  return known.currency
}

const inWords = (considered: ConsideredPrice) => ({
  ...considered,
  matched: [...considered.matched],
  lost: considered.lost && { ...considered.lost },
  sentence: { ko: explainPrice(considered, 'ko'), en: explainPrice(considered, 'en') },
})

/** Stores a sheet, all or nothing. Throws `core.invalid_input`, which names the row. */
async function saveSheet(shop: Shop, db: Db, { prices, removals, guards }: Sheet): Promise<void> {
  await atomic(db, async (tx) => {
    const issues = await wrongRows(shop, tx, prices)
    if (issues.length > 0) throw coreErrors.invalid_input({ issues })
    if (removals.length > 0) await shop.pricing.removePrices(tx, removals)
    if (prices.length > 0) await shop.pricing.setPrices(tx, prices)
    if (guards.length > 0) await shop.pricing.saveGuards(tx, guards)
  })
}

/** A price has to be in a list that there is, and in its currency. */
async function wrongRows(shop: Shop, tx: Tx, prices: Sheet['prices']): Promise<FieldIssue[]> {
  if (prices.every((price) => price.priceListId === null)) return []
  const currencies = new Map((await shop.pricing.priceLists(tx)).map((list) => [list.id, list.currency]))
  return prices.flatMap(({ priceListId, amount }, row) => {
    if (priceListId === null) return []
    const currency = currencies.get(priceListId)
    if (currency === undefined)
      return { field: `prices.${row}.priceListId`, message: `There is no price list ${priceListId}` }
    return currency === amount.currency
      ? []
      : { field: `prices.${row}.amount.currency`, message: `The list is in ${currency}` }
  })
}
