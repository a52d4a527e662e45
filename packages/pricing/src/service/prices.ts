import { instant, type Money, parse } from '@sangdo/core'
import { atomic, type Db, type Tx } from '@sangdo/core/server'
import { z } from 'zod'
import {
  Market,
  Price,
  PriceKey,
  PriceList,
  PriceListInput,
  pricesChanged,
  pricingErrors,
  SkuGuard,
  type UnitPrice,
} from '../contract/index.ts'
import { exchanged, priceWith } from '../rules/exchange.ts'
import { lowestBefore, presentSince, type PriceHistory } from '../rules/lowest.ts'
import { checkContext, type PriceContext } from '../rules/prices.ts'
import { type ConsideredPrice, whyPrice } from '../why/considered.ts'
import * as announcements from '../store/announcements.ts'
import * as history from '../store/history.ts'
import * as markets from '../store/markets.ts'
import * as store from '../store/prices.ts'
import { checkPeriod, type Dependencies, refused } from './dependencies.ts'

const Prices = z.object({ prices: z.array(Price).min(1).max(1000) })
const Keys = z.object({ keys: z.array(PriceKey).min(1).max(1000) })
const Guards = z.object({ guards: z.array(SkuGuard).min(1).max(1000) })

/** For whom prices are looked up: for one piece and now, unless said. */
export type PriceQuestion = Omit<PriceContext, 'at' | 'quantity'> & {
  readonly quantity?: number
  readonly at?: string
}

/** Skus that one event names at most. */
const skusPerEvent = 1000

/** Markets, price lists, prices and their history. */
export function createPrices({ outbox, now, newId, cache }: Dependencies) {
  /** Stores a market, or changes it. Throws `core.invalid_input`, also for a rate that does not end after it starts. */
  async function saveMarket(db: Db, input: z.input<typeof Market>): Promise<Market> {
    const market = parse(Market, input)
    for (const [place, rate] of market.regionalRates.entries()) checkPeriod(rate, `regionalRates.${place}.endsAt`)
    await atomic(db, async (tx) => {
      await cache.beginChange(tx)
      await markets.saveMarket(tx, market)
    })
    return market
  }

  /** Stores a new price list, or changes one; its history is kept. Throws `core.invalid_input`, also for an end before the start. */
  async function savePriceList(db: Db, input: PriceListInput): Promise<PriceList> {
    const given = parse(PriceListInput, input)
    const list: PriceList = parse(PriceList, { ...given, id: given.id ?? newId('lst') })
    checkPeriod(list)
    await atomic(db, async (tx) => {
      await cache.beginChange(tx)
      const [before] = await store.priceLists(tx, [list.id])
      await store.savePriceList(tx, list)
      await history.recordList(tx, newId('lch'), list, instant(now()))
      if (before && !holdsAlike(before, list)) await announceList(tx, list.id)
    })
    return list
  }

  async function announceList(tx: Tx, id: PriceList['id']): Promise<void> {
    for (let after = ''; ;) {
      const skus = await store.skusIn(tx, id, after, skusPerEvent)
      if (skus.length > 0) await outbox.append(tx, pricesChanged, { skus })
      if (skus.length < skusPerEvent) return
      after = skus.at(-1) ?? ''
    }
  }

  /**
   * Stores prices; one for the same sku, currency, list, quantity and start is replaced. A price without a start holds at once
   * and ends those before it; later ones that are scheduled stay. Throws `pricing.price_list_not_found`,
   * and `core.invalid_input` with the place of a price that is not in the currency of its list.
   */
  async function setPrices(db: Db, input: readonly z.input<typeof Price>[]): Promise<void> {
    const given = parse(Prices, { prices: input }).prices
    const prices = [...new Map(given.map((price) => [textOf(price), price])).values()]
    await atomic(db, async (tx) => {
      await cache.beginChange(tx)
      const at = instant(now())
      await checkLists(tx, given)
      await endStarted(tx, prices, at)
      await store.savePrices(tx, prices)
      const ordered = prices.toSorted((a, b) => Number(a.startsAt !== null) - Number(b.startsAt !== null))
      await history.recordPrices(
        tx,
        ordered.map((price) => ({ id: newId('pch'), ...price })),
        at,
      )
      await outbox.append(tx, pricesChanged, { skus: [...new Set(prices.map((price) => price.sku))] })
    })
  }

  async function checkLists(tx: Tx, prices: readonly Price[]): Promise<void> {
    const wanted = [...new Set(prices.flatMap((price) => price.priceListId ?? []))]
    const known = new Map((await store.priceLists(tx, wanted)).map((list) => [list.id, list.currency]))
    for (const [place, { priceListId, amount }] of prices.entries()) {
      if (priceListId === null) continue
      const currency = known.get(priceListId)
      if (currency === undefined) throw pricingErrors.price_list_not_found({ priceListId })
      if (amount.currency !== currency)
        throw refused(`prices.${place}.amount.currency`, `The prices of this list are in ${currency}`)
    }
  }

  /** A price that holds at once takes the place of scheduled ones that have started. */
  async function endStarted(tx: Tx, prices: readonly Price[], at: string): Promise<void> {
    const atOnce = new Map(prices.filter((price) => price.startsAt === null).map((price) => [textOf(price), price]))
    if (atOnce.size === 0) return
    const skus = [...new Set([...atOnce.values()].map((price) => price.sku))]
    for (const key of await store.startedPrices(tx, skus, at))
      if (atOnce.has(textOfKey({ ...key, startsAt: null }))) await store.removePrice(tx, key)
  }

  /** Takes prices away, now or before they start. One that is not there is no error. */
  async function removePrices(db: Db, input: readonly z.input<typeof PriceKey>[]): Promise<void> {
    const { keys } = parse(Keys, { keys: input })
    await atomic(db, async (tx) => {
      await cache.beginChange(tx)
      const removed: PriceKey[] = []
      for (const key of keys) if (await store.removePrice(tx, key)) removed.push(key)
      await history.recordRemovals(
        tx,
        removed.map((key) => ({ id: newId('pch'), ...key })),
        instant(now()),
      )
      if (removed.length > 0)
        await outbox.append(tx, pricesChanged, { skus: [...new Set(removed.map((key) => key.sku))] })
    })
  }

  /** Stores what skus cost and must bring in; one for the same sku and currency is replaced. */
  async function saveGuards(db: Db, input: readonly z.input<typeof SkuGuard>[]): Promise<void> {
    const { guards } = parse(Guards, { guards: input })
    const last = new Map(guards.map((guard) => [JSON.stringify([guard.sku, guard.currency]), guard]))
    await atomic(db, async (tx) => {
      await cache.beginChange(tx)
      await store.saveGuards(tx, [...last.values()])
    })
  }

  /**
   * What one piece of each sku costs; a sku without a price is left out, unless the market exchanges another currency's. With
   * `lowest`, also the least it cost in the 30 days before. Throws `pricing.invalid_context` with the field.
   */
  async function pricesOf(
    db: Db,
    skus: readonly string[],
    question: PriceQuestion,
    { lowest = false }: { lowest?: boolean } = {},
  ): Promise<Record<string, UnitPrice>> {
    const { prices } = await lookUp(db, skus, question)
    if (!lowest) return Object.fromEntries(prices)
    const before = await lowestOf(db, [...prices.keys()], question)
    return Object.fromEntries([...prices].map(([sku, price]) => [sku, { ...price, lowestBefore: before[sku] ?? null }]))
  }

  async function lookUp(db: Db, skus: readonly string[], question: PriceQuestion) {
    const { quantity = 1, at = instant(now()) } = question
    const context = { ...question, quantity, at }
    checkContext(context)
    const view = await cache.viewOf(db)
    const exchange = (await view.marketOf(context.market))?.exchange ?? null
    const facts = await view.factsOf(skus)
    const prices = new Map<string, UnitPrice>()
    for (const sku of skus) {
      const price = priceWith(facts.get(sku)?.prices ?? [], context, exchange)
      if (price) prices.set(sku, price)
    }
    return { context, exchange, facts, prices }
  }

  /**
   * The lowest price of the 30 days before each sku's present price began to hold, for whoever asks (EU directive 98/6/EC,
   * article 6a): what to show beside a reduced price. Null where nothing is recorded from before; a sku without a price is
   * left out. An exchanged price is compared in the currency that it comes from, at the rate of today.
   */
  async function lowestOf(
    db: Db,
    skus: readonly string[],
    question: PriceQuestion,
  ): Promise<Record<string, Money | null>> {
    const { context, exchange, prices } = await lookUp(db, skus, question)
    const currencies = [context.currency, ...(exchange?.to === context.currency ? [exchange.from] : [])]
    const histories = await history.historiesOf(db, [...prices.keys()], currencies)
    const found = [...prices].map(([sku, price]) => {
      const currency = price.exchangedFrom?.currency ?? context.currency
      const least = lowestIn(histories.get(sku) ?? { prices: [], lists: [] }, { ...context, currency })
      return [sku, least && price.exchangedFrom && exchange ? exchanged(least, exchange).amount : least]
    })
    return Object.fromEntries(found)
  }

  /** Which price of a sku applies, and of every other why it does not. */
  async function whyPriceOf(
    db: Db,
    sku: string,
    question: PriceQuestion,
  ): Promise<{ price: UnitPrice | null; considered: ConsideredPrice[] }> {
    const { context, facts, prices } = await lookUp(db, [sku], question)
    const price = prices.get(sku) ?? null
    const currency = price?.exchangedFrom?.currency ?? context.currency
    return { price, considered: whyPrice(facts.get(sku)?.prices ?? [], { ...context, currency }) }
  }

  /**
   * Says which skus have another price because a scheduled price or a price list started or ended since it was last called:
   * call it every minute or so. Nothing is lost when it is called late or is interrupted, and two processes do not both say
   * it. Answers how many skus it named.
   */
  async function announceDue(db: Db): Promise<number> {
    const at = instant(now())
    let named = 0
    for (let more = true; more;) {
      const page = await atomic(db, (tx) => announcePage(tx, at))
      named += page.named
      more = page.more
    }
    return named
  }

  async function announcePage(tx: Tx, at: string): Promise<{ named: number; more: boolean }> {
    const from = await announcements.announced(tx)
    if (from.until >= at) return { named: 0, more: false }
    const target = from.target || at
    const skus = await announcements.turnedSkus(tx, { ...from, target }, skusPerEvent)
    const isLast = skus.length < skusPerEvent
    const to = isLast ? { until: target, target: '', after: '' } : { ...from, target, after: skus.at(-1) ?? '' }
    if (!(await announcements.moveAnnounced(tx, from, to))) return { named: 0, more: true }
    if (skus.length > 0) await outbox.append(tx, pricesChanged, { skus })
    return { named: skus.length, more: !isLast || target < at }
  }

  return {
    saveMarket,
    savePriceList,
    setPrices,
    removePrices,
    saveGuards,
    pricesOf,
    lowestOf,
    whyPriceOf,
    announceDue,
    guardsOf: store.guardsOf,
    priceLists: (db: Db) => store.priceLists(db),
    listedPricesOf: store.pricesOf,
    marketOf: markets.marketOf,
  }
}

/** A change of the name alone changes no price. */
const holdsAlike = (a: PriceList, b: PriceList) =>
  JSON.stringify({ ...a, name: '' }) === JSON.stringify({ ...b, name: '' })

const textOfKey = (key: PriceKey) => JSON.stringify(Object.values(store.keyRow(key)))
const textOf = (price: Price) => textOfKey(store.keyOf(price))

function lowestIn(past: PriceHistory, context: PriceContext): Money | null {
  const since = presentSince(past, context, context.at)
  return since === null ? null : lowestBefore(past, context, since)
}
