import type { DemoCoupon, DemoPromotion } from './types.ts'

/** The promotions that run by themselves. */
export const promotions: readonly DemoPromotion[] = [
  {
    handle: 'fill-the-cupboard',
    name: { ko: '찬장 채우기', en: 'Fill the Cupboard' },
    description: {
      ko: '차와 찬장의 모든 물건을 10% 할인합니다. 따로 하실 일은 없습니다.',
      en: '10% off everything in Tea & Pantry. There is nothing to type in.',
    },
    percentOff: 10,
    categories: ['pantry'],
    startedDaysAgo: 5,
    endsInDays: 40,
  },
]

/** The coupons a customer can type in. */
export const coupons: readonly DemoCoupon[] = [
  {
    code: 'SPOON5000',
    name: { ko: '살강 밑 숟가락', en: 'A Spoon Under the Shelf' },
    description: {
      ko: '살강 밑에서 숟가락을 주운 것처럼, 첫 주문 5만 원부터 5,000원을 빼 드립니다.',
      en: 'The Korean proverb for a small lucky find. ₩5,000 ($5) off a first order from ₩50,000 ($50).',
    },
    amountOff: { KRW: 5000, USD: 500 },
    minimumSubtotal: { KRW: 50000, USD: 5000 },
    usesPerCustomer: 1,
    endsInDays: 180,
  },
]
