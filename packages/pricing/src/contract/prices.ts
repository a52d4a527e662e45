import { Instant, Money } from '@sangdo/core'
import { z } from 'zod'
import { percent as checkPercent } from '../rules/check.ts'
import { isTimeZone } from '../rules/conditions.ts'
import { exchangeRate } from '../rules/figures.ts'
import { exactRate } from '../rules/rates.ts'
import { Amount, Currency, Percent, PriceListId, Quantity, Rounding, Sku } from './amounts.ts'

const Condition = z.string().min(1).max(100).nullable().default(null)

/** A list of prices in one currency: for whom and where it holds, and within [startsAt, endsAt). Null does not matter. */
export const PriceList = z
  .strictObject({
    id: PriceListId,
    name: z.string().min(1).max(200),
    currency: Currency,
    market: Condition,
    channel: Condition,
    customerGroup: Condition,
    /** A contract with a company. */
    companyId: Condition,
    customerId: Condition,
    startsAt: Instant.nullable().default(null),
    endsAt: Instant.nullable().default(null),
  })
  .meta({ id: 'PriceList' })
export type PriceList = z.output<typeof PriceList>

/** What is said of a new or changed price list; all but name and currency has a default. */
export const PriceListInput = PriceList.extend({ id: PriceListId.optional() }).meta({ id: 'PriceListInput' })
export type PriceListInput = z.input<typeof PriceListInput>

/** The price of one piece, from a quantity on and from an instant on: of a price list, or, without one, the base price. */
export const Price = z
  .strictObject({
    sku: Sku,
    amount: Amount,
    compareAt: Amount.nullable().default(null),
    priceListId: PriceListId.nullable().default(null),
    minQuantity: Quantity.default(1),
    /** When it takes the place of the price before it; at once unless given. */
    startsAt: Instant.nullable().default(null),
  })
  .refine((price) => !price.compareAt || price.compareAt.currency === price.amount.currency, {
    message: 'Both prices have one currency',
    path: ['compareAt'],
  })
  .meta({ id: 'Price' })
export type Price = z.output<typeof Price>

/** Which price is meant: all that makes one price another, without its amount. */
export const PriceKey = z
  .strictObject({
    sku: Sku,
    currency: Currency,
    priceListId: PriceListId.nullable().default(null),
    minQuantity: Quantity.default(1),
    startsAt: Instant.nullable().default(null),
  })
  .meta({ id: 'PriceKey' })
export type PriceKey = z.output<typeof PriceKey>

/**
 * What a piece costs the shop (without tax), and the least it may be sold for: the agreed lowest price as buyers see it, and
 * the margin in percent that must remain. All for the eyes of the shop alone.
 */
export const SkuGuard = z
  .strictObject({
    sku: Sku,
    currency: Currency,
    cost: Amount.nullable().default(null),
    floor: Amount.nullable().default(null),
    minimumMargin: Percent.nullable().default(null),
  })
  .refine((guard) => [guard.cost, guard.floor].every((amount) => !amount || amount.currency === guard.currency), {
    message: 'Cost and floor are in the currency',
    path: ['currency'],
  })
  .refine((guard) => guard.minimumMargin === null || Number(guard.minimumMargin) < 100, {
    message: 'A margin is less than 100 percent',
    path: ['minimumMargin'],
  })
  .meta({ id: 'SkuGuard' })
export type SkuGuard = z.output<typeof SkuGuard>

/**
 * How an exchanged price becomes one that can be shown: rounded to whole `step` minor units, then `less` minor units
 * below that. Steps of 100 less 1 end in .99; steps of 1000 won less 100 end in 900.
 */
export const PriceEnding = z
  .strictObject({
    rounding: Rounding.default('half_up'),
    step: z.int().min(1).max(1e9).default(1),
    less: z.int().min(0).max(1e9).default(0),
  })
  .refine((ending) => ending.less < ending.step, { message: 'Less than the step', path: ['less'] })
  .meta({ id: 'PriceEnding' })
export type PriceEnding = z.output<typeof PriceEnding>

/** Where prices come from that a market does not have: another currency, at `rate` units of `to` for one of `from`. */
export const Exchange = z
  .strictObject({
    from: Currency,
    to: Currency,
    rate: z.string().regex(exchangeRate, 'a plain decimal above zero'),
    source: z.string().max(100).default(''),
    ending: PriceEnding.prefault({}),
  })
  .meta({ id: 'Exchange' })
export type Exchange = z.output<typeof Exchange>

const TaxClass = z.string().min(1).max(40)
const Component = z.strictObject({
  name: z.string().min(1).max(40),
  percent: Percent,
  compound: z.boolean().optional(),
})
/** One percentage, or several that apply one after the other and come to at most 100 percent together. */
export const Rate = z.union([
  Percent,
  z.array(Component).min(1).max(5).readonly().refine(isWithinWhole, 'Together at most 100 percent'),
])

/** A rate that holds in a region (`US-CA`, or `US` for all of it) or for a time; the closest region wins, then the latest start. */
export const RegionalRate = z
  .strictObject({
    taxClass: TaxClass,
    region: z.string().min(1).max(20).nullable().default(null),
    rate: Rate,
    startsAt: Instant.nullable().default(null),
    endsAt: Instant.nullable().default(null),
  })
  .meta({ id: 'RegionalRate' })
export type RegionalRate = z.output<typeof RegionalRate>

/** How a market states and taxes its prices. Rates are percentages by tax class; a class without one is not taxed. */
export const Market = z
  .strictObject({
    id: z.string().min(1).max(40),
    pricesInclude: z.enum(['tax', 'no_tax']),
    taxRounding: Rounding.default('half_up'),
    taxLevel: z.enum(['unit', 'line', 'order']).default('line'),
    rates: z.record(TaxClass, Rate).default({}),
    /** Rates that differ by region or change on a day; they come before `rates`. */
    regionalRates: z.array(RegionalRate).max(1000).default([]),
    /** What stays for a buyer whose rates differ from `rates`. */
    constant: z.enum(['gross', 'net']).default('gross'),
    timeZone: z.string().min(1).max(60).refine(isTimeZone, 'An IANA time zone such as Asia/Seoul').default('UTC'),
    exchange: Exchange.nullable().default(null),
    /** The tax service whose figures hold here; the rates above are then only what prices were made with. */
    taxService: z.string().min(1).max(40).nullable().default(null),
  })
  .meta({ id: 'Market' })
export type Market = z.output<typeof Market>

function isWithinWhole(components: readonly z.output<typeof Component>[]): boolean {
  if (components.some(({ percent }) => checkPercent(percent, '') !== null)) return true
  const { n, d } = exactRate(components)
  return n <= d
}

/** What a sku costs one buyer, and why. */
export const UnitPrice = z
  .strictObject({
    amount: Money,
    compareAt: Money.nullable(),
    priceListId: PriceListId.nullable(),
    /** Given where it was exchanged: from what, and at which rate. */
    exchangedFrom: Money.optional(),
    exchangeRate: z.string().optional(),
    /** Given where it was asked for: the least that a piece cost in the 30 days before this price came. */
    lowestBefore: Money.nullable().optional(),
  })
  .meta({ id: 'UnitPrice' })
export type UnitPrice = z.infer<typeof UnitPrice>
