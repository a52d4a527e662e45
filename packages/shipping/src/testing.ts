import { money } from '@sangdo/core'
import type { NewMethod, NewShipment, NewZone, Parcel } from './contract.ts'
import { koreanIslands } from './rules/index.ts'

/** All of Korea. */
export const sampleZone = { id: 'zon_kr' as const, name: '대한민국', areas: [{ country: 'KR' }] } satisfies NewZone

/** A parcel within Korea for 3,000 won, free from 50,000 won of goods after discounts; 3,000 won and two days more to islands. */
export const sampleMethod: NewMethod = {
  id: 'smt_parcel',
  zoneId: sampleZone.id,
  name: { ko: '택배', en: 'Parcel' },
  rates: [{ kind: 'flat', price: money(3_000, 'KRW'), freeFromGoodsAfterDiscounts: money(50_000, 'KRW') }],
  surcharges: [
    {
      name: { ko: '제주·도서 지역', en: 'Jeju and islands' },
      areas: [{ country: 'KR', postcodes: koreanIslands }],
      prices: [money(3_000, 'KRW')],
      extraDays: 2,
    },
  ],
  days: { from: 1, to: 2 },
}

/** Goods for 20,000 won to an address in Seoul. */
export const sampleParcel: Parcel = {
  address: { country: 'KR', postcode: '04524' },
  currency: 'KRW',
  weightGrams: 800,
  goods: money(20_000, 'KRW'),
  lines: [{ sku: 'MUG', quantity: 2 }],
}

/** Two pieces of one line, with CJ Logistics. */
export const sampleShipment: NewShipment = {
  orderId: 'ord_1',
  carrier: 'cj',
  trackingNumber: '123456789012',
  lines: [{ lineId: 'lin_1', quantity: 2 }],
}
