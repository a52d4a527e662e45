import { add, compare, type Money, sum, zero } from '@sangdo/core'
import { type Area, currencyOf, type Method, type Parcel, type PostcodeRange, type Rate } from '../contract.ts'
import type { ShippingOption, Surcharge, Zone } from '../contract.ts'

/** Whether a postcode lies in a range, both ends included. Spaces, hyphens and small letters make no difference. */
export function holds({ from, to }: PostcodeRange, postcode: string): boolean {
  const start = postcode.replaceAll(/[\s-]/g, '').toUpperCase().slice(0, from.length)
  return start.length === from.length && from <= start && start <= to
}

/** Whether an address lies in one of these areas. */
export const reaches = (areas: readonly Area[], { country, postcode }: Parcel['address']): boolean =>
  areas.some(
    (area) =>
      area.country === country &&
      (area.postcodes.length === 0 || area.postcodes.some((range) => holds(range, postcode))) &&
      !area.except.some((range) => holds(range, postcode)),
  )

/** What a rate asks for a parcel, before surcharges; null when it is too heavy. Exactly at the amount it is free. */
export function priceAt(rate: Rate, { weightGrams, goods }: Pick<Parcel, 'weightGrams' | 'goods'>): Money | null {
  const price =
    rate.kind === 'flat' ? rate.price : (rate.tiers.find((tier) => weightGrams <= tier.upToGrams)?.price ?? null)
  const from = rate.freeFromGoodsAfterDiscounts
  return price && from && compare(goods, from) >= 0 ? zero(price.currency) : price
}

/** What is missing to free shipping, for the line above the cart; null where nothing is, or where it is never free. */
export function missingToFree(rate: Rate, goods: Money): Money | null {
  const from = rate.freeFromGoodsAfterDiscounts
  return from && compare(goods, from) < 0 ? { minor: from.minor - goods.minor, currency: from.currency } : null
}

const surchargeIn = (surcharges: readonly Surcharge[], currency: string) =>
  sum(
    surcharges.flatMap(({ prices }) => prices.filter((price) => price.currency === currency)),
    currency,
  )

function optionFor(method: Method, parcel: Parcel): ShippingOption | null {
  const rate = method.rates.find((one) => currencyOf(one) === parcel.currency)
  const price = rate && priceAt(rate, parcel)
  if (!price) return null
  const due = method.surcharges.filter(({ areas }) => reaches(areas, parcel.address))
  const surcharge = surchargeIn(due, parcel.currency)
  const extra = due.reduce((days, { extraDays }) => Math.max(days, extraDays), 0)
  const days = { from: method.days.from + extra, to: method.days.to + extra }
  return { method: method.id, name: method.name, price: add(price, surcharge), days, surcharge }
}

/**
 * The ways to ship a parcel, in the order of their positions: of active methods whose zone holds the address, that have a
 * rate in the currency and a tier for the weight, and that exclude none of the skus. Surcharges add up, and are paid even
 * where shipping is free. Throws `core.currency_mismatch` when the goods are not in the parcel's currency.
 */
export function ratesFor(zones: readonly Zone[], methods: readonly Method[], parcel: Parcel): ShippingOption[] {
  const open = new Set(zones.filter(({ areas }) => reaches(areas, parcel.address)).map(({ id }) => id))
  const skus = new Set((parcel.lines ?? []).map(({ sku }) => sku))
  return methods
    .filter(({ active, zoneId, excludedSkus }) => active && open.has(zoneId) && !excludedSkus.some((s) => skus.has(s)))
    .toSorted((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1))
    .flatMap((method) => optionFor(method, parcel) ?? [])
}
