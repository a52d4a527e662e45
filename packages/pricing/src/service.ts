import { createNewId, instant, type Money, type NewId, type Now, type Page, PageQuery, parse } from '@sangdo/core'
import { type Announce, atomic, type Db, silent, type Tx } from '@sangdo/core/server'
import { z } from 'zod'
import {
  type CartQuote,
  Coupon,
  CouponCode,
  couponRedeemed,
  couponReleased,
  Market,
  Price,
  PriceList,
  pricesChanged,
  pricingErrors,
  Promotion,
  type PromotionId,
  PromotionInput,
  type RefusalReason,
  type UnitPrice,
  type UsedCoupon,
} from './contract.ts'
import { type CartPromotion, type ListedPrice, type PriceContext, priceCart, runsAt, unitPrice } from './rules/index.ts'
import * as priceStore from './store/prices.ts'
import * as store from './store/promotions.ts'

/** What `createPricing` may be given; all of it has a default, so that the package stands alone. */
export interface PricingOptions {
  /** Where events are written: nowhere unless given. */
  readonly outbox?: Announce
  readonly now?: Now
  readonly newId?: NewId
}

/** A cart to be priced for one buyer. */
export interface QuoteRequest {
  readonly currency: string
  readonly market: string
  readonly customerId?: string | null
  readonly email?: string | null
  readonly codes?: readonly string[]
  readonly lines: readonly {
    id: string
    sku: string
    quantity: number
    taxClass?: string
    categoryIds?: readonly string[]
  }[]
  readonly shipping?: Money | null
}

export type Pricing = ReturnType<typeof createPricing>

const Prices = z.object({ prices: z.array(Price).min(1).max(1000) })

/** Prices, promotions and coupons in a database, around the one pure function that prices every cart. */
export function createPricing({
  outbox = silent,
  now = () => new Date(),
  newId = createNewId(now),
}: PricingOptions = {}) {
  /** Stores a market, or changes it. */
  async function saveMarket(db: Db, input: z.input<typeof Market>): Promise<Market> {
    const market = parse(Market, input)
    await priceStore.saveMarket(db, market)
    return market
  }

  /** Stores a new price list, or changes one. */
  async function savePriceList(db: Db, input: Omit<PriceList, 'id'> & { id?: PriceList['id'] }): Promise<PriceList> {
    const list = parse(PriceList, { id: newId('lst'), ...input })
    await priceStore.savePriceList(db, list)
    return list
  }

  /** Stores prices; one for the same sku, currency, list and quantity is replaced. Throws `pricing.price_list_not_found`. */
  async function setPrices(db: Db, input: readonly z.input<typeof Price>[]): Promise<void> {
    const { prices } = parse(Prices, { prices: input })
    await atomic(db, async (tx) => {
      await checkLists(tx, prices)
      await priceStore.savePrices(tx, prices)
      await outbox.append(tx, pricesChanged, { skus: [...new Set(prices.map((price) => price.sku))] })
    })
  }

  async function checkLists(tx: Tx, prices: readonly Price[]): Promise<void> {
    if (prices.every((price) => price.priceListId === null)) return
    const known = new Set((await priceStore.priceLists(tx)).map((list) => list.id))
    const missing = prices.find(({ priceListId }) => priceListId !== null && !known.has(priceListId))
    if (missing?.priceListId) throw pricingErrors.price_list_not_found({ priceListId: missing.priceListId })
  }

  /** What one piece of each sku costs now; a sku without a price in this currency is left out. */
  async function pricesOf(
    db: Db,
    skus: readonly string[],
    context: Omit<PriceContext, 'at' | 'quantity'> & { quantity?: number },
  ): Promise<Record<string, UnitPrice>> {
    const listed = Map.groupBy(await priceStore.pricesOf(db, skus, context.currency), (price) => price.sku)
    const found = skus.map(
      (sku) => [sku, unitPrice(listed.get(sku) ?? [], { quantity: 1, ...context, at: instant(now()) })] as const,
    )
    return Object.fromEntries(found.filter((entry): entry is [string, UnitPrice] => entry[1] !== null))
  }

  /** Stores a new promotion, or changes one. */
  async function savePromotion(db: Db, input: PromotionInput): Promise<Promotion> {
    const promotion = parse(Promotion, { id: newId('prm'), ...parse(PromotionInput, input) })
    await store.savePromotion(db, promotion)
    return promotion
  }

  /** Stores a coupon, or changes its limits. Throws `pricing.promotion_not_found`, `pricing.code_taken`. */
  async function saveCoupon(db: Db, input: z.input<typeof Coupon>): Promise<Coupon> {
    const coupon = parse(Coupon, input)
    if (!(await store.promotionOf(db, coupon.promotionId)))
      throw pricingErrors.promotion_not_found({ promotionId: coupon.promotionId })
    if (!(await store.saveCoupon(db, coupon))) throw pricingErrors.code_taken({ code: coupon.code })
    return coupon
  }

  /** Promotions, newest first, each with its coupons. */
  async function promotions(
    db: Db,
    page: Partial<PageQuery> = {},
  ): Promise<Page<Promotion & { coupons: UsedCoupon[] }>> {
    const { items, next } = await store.listPromotions(db, parse(PageQuery, page))
    const coupons = await store.couponsOf(
      db,
      items.map((promotion) => promotion.id),
    )
    return {
      items: items.map((promotion) => ({
        ...promotion,
        coupons: coupons.filter((coupon) => coupon.promotionId === promotion.id),
      })),
      next,
    }
  }

  /**
   * Prices a cart for a buyer: prices of the market, promotions that run, coupons they may use. A line without a price is
   * left out; a code that does not count is named with its reason. Throws `pricing.market_not_found`.
   */
  async function quote(db: Db, request: QuoteRequest): Promise<CartQuote> {
    const market = await priceStore.marketOf(db, request.market)
    if (!market) throw pricingErrors.market_not_found({ market: request.market })
    const lines = priced(
      request,
      await priceStore.pricesOf(
        db,
        request.lines.map((line) => line.sku),
        request.currency,
      ),
    )
    const { promotions: usable, refused } = await usablePromotions(db, request)
    const tax = { pricesInclude: market.pricesInclude, rates: market.rates, rounding: market.taxRounding }
    const quoted = priceCart(lines, {
      promotions: usable,
      shipping: request.shipping ?? null,
      tax,
      currency: request.currency,
    })
    return { ...quoted, refused: [...refused, ...quoted.refused] }
  }

  /** Pieces of one sku on several lines count together for a price that starts at a quantity. */
  function priced({ lines, currency, market }: QuoteRequest, listed: readonly ListedPrice[]) {
    const bySku = Map.groupBy(listed, (price) => price.sku)
    const pieces = (sku: string) => lines.reduce((count, line) => (line.sku === sku ? count + line.quantity : count), 0)
    return lines.flatMap((line) => {
      const price = unitPrice(bySku.get(line.sku) ?? [], {
        currency,
        market,
        quantity: pieces(line.sku),
        at: instant(now()),
      })
      return price ? [{ ...line, unitPrice: price.amount, compareAt: price.compareAt }] : []
    })
  }

  async function usablePromotions(db: Db, { currency, codes = [], email }: QuoteRequest) {
    const entered = new Map(codes.map((code) => [CouponCode.safeParse(code).data ?? '', code]))
    const opened = await store.openCoupons(db, [...entered.keys()], buyerOf(email))
    const at = instant(now())
    const refused = [...entered].flatMap(([code, typed]) => {
      const reason = refusalOf(
        opened.find((one) => one.coupon.code === code),
        at,
      )
      return reason ? [{ promotionId: null, code: typed, reason }] : []
    })
    const coupons = opened
      .filter((one) => refusalOf(one, at) === null)
      .map((one) => applied(one.promotion, one.coupon.code))
    const automatic = (await store.automaticPromotions(db))
      .filter((promotion) => runsAt(promotion, at))
      .map((promotion) => applied(promotion))
    return { promotions: [...automatic, ...coupons].filter((promotion) => isIn(promotion, currency)), refused }
  }

  /** Keeps one use of every coupon that the quote counts aside, inside the order's transaction. Throws `pricing.coupon_used_up`. */
  async function hold(
    tx: Tx,
    reference: string,
    { adjustments }: { adjustments: readonly { code: string | null }[] },
    buyer: { email: string },
  ): Promise<void> {
    const codes = [...new Set(adjustments.flatMap(({ code }) => code ?? []))].toSorted()
    for (const opened of await store.openCoupons(tx, codes, null).then(byCode))
      await holdOne(tx, reference, opened, buyerOf(buyer.email) ?? '')
  }

  async function holdOne(tx: Tx, reference: string, { coupon }: store.OpenedCoupon, buyer: string): Promise<void> {
    const { code, promotionId } = coupon
    const held = {
      reference,
      code,
      promotion_id: promotionId,
      buyer,
      status: 'held',
      held_at: instant(now()),
      closed_at: null,
    } as const
    if (!(await store.addRedemption(tx, held))) return
    const taken = (await store.takeUse(tx, code)) && (await store.takeBuyerUse(tx, code, buyer))
    if (!taken) throw pricingErrors.coupon_used_up({ code })
  }

  /** Makes the held uses of a reference final. Doing it again changes nothing. */
  async function redeem(tx: Tx, reference: string): Promise<void> {
    for (const { code, promotion_id: promotionId } of await store.moveRedemptions(
      tx,
      reference,
      ['held'],
      'redeemed',
      instant(now()),
    )) {
      await outbox.append(tx, couponRedeemed, { code, promotionId, reference })
    }
  }

  /** Gives the uses of a reference back, held or redeemed, each once. */
  async function release(tx: Tx, reference: string): Promise<void> {
    const moved = await store.moveRedemptions(tx, reference, ['held', 'redeemed'], 'released', instant(now()))
    for (const { code, buyer, promotion_id: promotionId } of moved.toSorted((a, b) => (a.code < b.code ? -1 : 1))) {
      await store.giveUseBack(tx, code, buyer)
      await outbox.append(tx, couponReleased, { code, promotionId, reference })
    }
  }

  /** The promotion. Throws `pricing.promotion_not_found`. */
  async function promotionOf(db: Db, promotionId: PromotionId): Promise<Promotion> {
    const promotion = await store.promotionOf(db, promotionId)
    if (!promotion) throw pricingErrors.promotion_not_found({ promotionId })
    return promotion
  }

  return {
    saveMarket,
    savePriceList,
    setPrices,
    pricesOf,
    savePromotion,
    saveCoupon,
    promotions,
    promotionOf,
    quote,
    hold,
    redeem,
    release,
    priceLists: priceStore.priceLists,
    listedPricesOf: priceStore.pricesOf,
    marketOf: priceStore.marketOf,
  }
}

const byCode = (opened: store.OpenedCoupon[]) => opened.toSorted((a, b) => (a.coupon.code < b.coupon.code ? -1 : 1))

/** A limit for each buyer must not be dodged by `name+1@…`, so what follows a plus does not count. */
const buyerOf = (email: string | null | undefined) =>
  email
    ?.normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/\+[^@]*@/, '@') ?? null

function refusalOf(opened: store.OpenedCoupon | undefined, at: string): RefusalReason | null {
  if (!opened?.promotion.active) return 'unknown_code'
  const { coupon, promotion, usedByBuyer } = opened
  if (promotion.startsAt !== null && promotion.startsAt > at) return 'not_started'
  if (!runsAt(promotion, at)) return 'ended'
  if (coupon.limit !== null && coupon.uses >= coupon.limit) return 'used_up'
  return coupon.limitPerBuyer !== null && usedByBuyer >= coupon.limitPerBuyer ? 'used_by_you' : null
}

function applied({ id, name, rule, priority, exclusive }: Promotion, code?: string): CartPromotion {
  return { id, name, priority, exclusive, ...rule, ...(code === undefined ? {} : { code }) }
}

/** An amount in another currency than the cart's gives nothing there. */
const isIn = (promotion: CartPromotion, currency: string) =>
  (promotion.kind === 'percent_off' || promotion.amount.currency === currency) &&
  (!promotion.minimum || promotion.minimum.currency === currency)
