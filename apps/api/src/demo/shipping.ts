import { money } from '@sangdo/core'
import type { Tx } from '@sangdo/core/server'
import { koreanIslands } from '@sangdo/shipping'
import type { Shop } from '../shop.ts'

const won = (minor: number) => money(minor, 'KRW')
const cents = (minor: number) => money(minor, 'USD')

/** How the demo brand ships: by parcel in Korea, free from 50,000 won, more to the islands; by air to a few other countries. */
export async function seedShipping(shop: Shop, tx: Tx): Promise<void> {
  const korea = await shop.shipping.saveZone(tx, { name: 'Korea', areas: [{ country: 'KR' }] })
  await shop.shipping.saveMethod(tx, {
    zoneId: korea.id,
    name: { ko: '택배', en: 'Parcel' },
    rates: [
      { kind: 'flat', price: won(3_000), freeFromGoodsAfterDiscounts: won(50_000) },
      { kind: 'flat', price: cents(300), freeFromGoodsAfterDiscounts: cents(5_000) },
    ],
    surcharges: [
      {
        name: { ko: '제주·도서 지역 추가', en: 'Jeju and islands' },
        areas: [{ country: 'KR', postcodes: [...koreanIslands] }],
        prices: [won(3_000), cents(300)],
        extraDays: 2,
      },
    ],
    days: { from: 1, to: 2 },
  })
  const abroad = await shop.shipping.saveZone(tx, {
    name: 'Abroad',
    areas: ['US', 'CA', 'JP', 'SG', 'AU', 'GB', 'DE', 'FR'].map((country) => ({ country })),
  })
  const tiers = (prices: readonly [number, number, number], currency: 'KRW' | 'USD') =>
    [2_000, 5_000, 20_000].map((upToGrams, index) => ({
      upToGrams,
      price: money(prices[index] ?? prices[2], currency),
    }))
  await shop.shipping.saveMethod(tx, {
    zoneId: abroad.id,
    name: { ko: '국제 특송', en: 'International air' },
    rates: [
      { kind: 'by_weight', tiers: tiers([1_800, 3_200, 7_800], 'USD') },
      { kind: 'by_weight', tiers: tiers([25_000, 44_000, 108_000], 'KRW') },
    ],
    days: { from: 5, to: 9 },
  })
}
