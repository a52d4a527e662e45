import { money } from '@sangdo/core'
import { type ListedPrice, type PriceContext, PriceList } from '@sangdo/pricing'

export const won = (minor: number) => money(minor, 'KRW')
export const day = (number: number) => new Date(Date.UTC(2026, 0, number)).toISOString()
export const here: PriceContext = { currency: 'KRW', market: 'kr', quantity: 1, at: day(10) }

export const listOf = (list: Partial<PriceList> = {}): PriceList =>
  PriceList.parse({ id: 'lst_a', name: 'Sale', currency: 'KRW', ...list })

export const priceOf = (minor: number, { list = null, ...price }: Partial<ListedPrice> = {}): ListedPrice => ({
  sku: 'MUG',
  amount: won(minor),
  compareAt: null,
  minQuantity: 1,
  startsAt: null,
  ...price,
  priceListId: list?.id ?? null,
  list,
})
