import type { CategoryId, ProductInput } from '@sangdo/catalog'
import { money } from '@sangdo/core'
import { atomic, type Db, type Tx } from '@sangdo/core/server'
import type { Shop } from '../shop.ts'
import { seedShipping } from './shipping.ts'
import { categories, coupons, type DemoProduct, products, promotions, type Text } from './index.ts'

const day = 86_400_000
const currencies = ['KRW', 'USD'] as const

/** Fills an empty shop with the demo brand: shelves, goods, prices, stock, a promotion, a coupon, ways to ship, reviews. */
export async function seedDemo(shop: Shop, db: Db): Promise<void> {
  await atomic(db, async (tx) => {
    await seedMarkets(shop, tx)
    const shelves = await seedCategories(shop, tx)
    await seedPromotions(shop, tx, shelves)
    await seedShipping(shop, tx)
    for (const product of products.toSorted((a, b) => b.createdDaysAgo - a.createdDaysAgo))
      await seedProduct(shop, tx, product, shelves)
  })
  await shop.deliver(db)
}

async function seedMarkets(shop: Shop, tx: Tx): Promise<void> {
  // Korean prices contain 10 % value added tax; parcels to the United States leave without it.
  await shop.pricing.saveMarket(tx, { id: 'kr', pricesInclude: 'tax', rates: { standard: 10, shipping: 10 } })
  await shop.pricing.saveMarket(tx, { id: 'us', pricesInclude: 'no_tax', rates: {} })
}

async function seedCategories(shop: Shop, tx: Tx): Promise<Map<string, CategoryId>> {
  const shelves = new Map<string, CategoryId>()
  for (const { handle, slug, name, description, parent } of categories) {
    const parentId = parent === undefined ? null : (shelves.get(parent) ?? null)
    const media = [{ url: `/art/category/${handle}.svg`, alt: { ko: name.ko, en: name.en } }]
    const { id } = await shop.catalog.addCategory(tx, {
      name: both(name),
      description: both(description),
      slugs: both(slug),
      media,
      parentId,
    })
    shelves.set(handle, id)
  }
  return shelves
}

async function seedPromotions(shop: Shop, tx: Tx, shelves: Map<string, CategoryId>): Promise<void> {
  const at = (days: number) => new Date(shop.now().getTime() + days * day).toISOString()
  for (const { name, percentOff, categories: handles, startedDaysAgo, endsInDays } of promotions) {
    const categoryIds = handles.flatMap((handle) => shelves.get(handle) ?? [])
    const rule = { kind: 'percent_off', percent: percentOff, target: 'line', categoryIds } as const
    await shop.pricing.savePromotion(tx, {
      name: both(name),
      rule,
      priority: 10,
      startsAt: at(-startedDaysAgo),
      endsAt: at(endsInDays),
    })
  }
  for (const coupon of coupons) {
    for (const currency of currencies) {
      const rule = {
        kind: 'amount_off',
        amount: money(coupon.amountOff[currency], currency),
        minimum: money(coupon.minimumSubtotal[currency], currency),
      } as const
      const promotion = await shop.pricing.savePromotion(tx, {
        name: both(coupon.name),
        rule,
        needsCode: true,
        endsAt: at(coupon.endsInDays),
      })
      const code = currency === 'KRW' ? coupon.code : `${coupon.code}${currency}`
      await shop.pricing.saveCoupon(tx, { code, promotionId: promotion.id, limitPerBuyer: coupon.usesPerCustomer })
    }
  }
}

async function seedProduct(shop: Shop, tx: Tx, product: DemoProduct, shelves: Map<string, CategoryId>): Promise<void> {
  const { id } = await shop.catalog.createProduct(tx, productInput(product, shelves))
  await shop.pricing.setPrices(
    tx,
    product.variants.flatMap(({ sku, prices, compareAt }) =>
      currencies.map((currency) => ({
        sku,
        amount: money(prices[currency], currency),
        compareAt: compareAt ? money(compareAt[currency], currency) : null,
      })),
    ),
  )
  for (const { sku, stock } of product.variants)
    if (stock > 0) await shop.inventory.receive(tx, { sku, quantity: stock })
  for (const [index, review] of product.reviews.entries())
    await seedReview(shop, tx, `${product.handle}-${index}`, id, review)
}

async function seedReview(
  shop: Shop,
  tx: Tx,
  purchase: string,
  productId: string,
  { daysAgo, author, stars, title, text, locale }: DemoProduct['reviews'][number],
): Promise<void> {
  const createdAt = new Date(shop.now().getTime() - daysAgo * day).toISOString()
  await shop.reviews.addVerified(tx, {
    productId,
    orderId: `demo-${purchase}`,
    lineId: `demo-${purchase}`,
    stars,
    title: title ?? null,
    text,
    locale,
    author,
    createdAt,
  })
}

function productInput(
  { name, slug, summary, description, details, category, brandLine, options, variants, tags, ...product }: DemoProduct,
  shelves: Map<string, CategoryId>,
): ProductInput {
  const codes = options.map((option, index) => ({
    code: `option-${index + 1}`,
    values: option.values.map((_, value) => `value-${value + 1}`),
  }))
  const shelf = shelves.get(category)
  return {
    name: both(name),
    summary: both(summary),
    description: both(description),
    slugs: both(slug),
    details: details.map(({ label, value }) => ({ label: both(label), value: both(value) })),
    brandLine: brandLine?.en ?? null,
    tags: [...tags],
    categoryIds: shelf ? [shelf] : [],
    status: 'active',
    options: options.map((option, index) => ({
      code: `option-${index + 1}`,
      name: both(option.name),
      values: option.values.map((value, at) => ({
        code: `value-${at + 1}`,
        name: both(value),
        swatch: value.swatch ?? null,
      })),
    })),
    variants: variants.map((variant) => ({
      sku: variant.sku,
      barcode: variant.barcode ?? null,
      weightGrams: variant.weightGrams,
      options: Object.fromEntries(
        variant.options.map((value, index) => [codes[index]?.code ?? '', codes[index]?.values[value] ?? '']),
      ),
      image: pictureOf(product.handle, 'front', tintOf({ options }, variant.options)),
    })),
    media: picturesOf({ handle: product.handle, name, options, variants }),
  }
}

/** The colour that a choice of options gives the picture, if one of them is a colour. */
const tintOf = ({ options }: Pick<DemoProduct, 'options'>, chosen: readonly number[]) =>
  options.flatMap((option, index) => option.values[chosen[index] ?? 0]?.swatch ?? [])[0]

const pictureOf = (handle: string, view: 'front' | 'detail' | 'room', tint?: string) =>
  `/art/product/${handle}/${view}${tint ? `-${tint.slice(1)}` : ''}.svg`

function picturesOf({
  handle,
  name,
  options,
  variants,
}: Pick<DemoProduct, 'handle' | 'name' | 'options' | 'variants'>) {
  const fronts = [
    ...new Set(variants.map((variant) => pictureOf(handle, 'front', tintOf({ options }, variant.options)))),
  ]
  const front = fronts.map((url) => ({ url, alt: both(name) }))
  const detail = {
    url: pictureOf(handle, 'detail'),
    alt: { ko: `${name.ko}의 겉면을 가까이서 본 모습`, en: `${name.en}, seen up close` },
  }
  const room = { url: pictureOf(handle, 'room'), alt: { ko: `부엌에 놓인 ${name.ko}`, en: `${name.en} in a kitchen` } }
  return [...front, detail, room]
}

const both = ({ ko, en }: Text) => ({ ko, en })
