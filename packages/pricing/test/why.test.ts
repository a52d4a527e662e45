import { expect, test } from 'vitest'
import { money } from '@sangdo/core'
import { type Described, describePromotion } from '@sangdo/pricing/why'

const won = (minor: number) => money(minor, 'KRW')
const names = { cups: '찻잔', tea: 'Tea', vip: 'VIP', card: '신용카드' }

test.each<[Described, string, string]>([
  [
    { rule: { kind: 'percent_off', percent: 10, maximum: won(5_000) }, needsCode: true },
    '쿠폰 번호를 입력하면 모든 상품 금액에서 10% 할인합니다(최대 ₩5,000).',
    '10% off the order, up to ₩5,000, with a coupon code.',
  ],
  [
    { rule: { kind: 'amount_off', amount: won(5_000), minimum: won(50_000) }, needsCode: true },
    '쿠폰 번호를 입력하고 모든 상품을 ₩50,000 이상 담으면 모든 상품 금액에서 ₩5,000 할인합니다.',
    '₩5,000 off the order, when the items come to ₩50,000 or more, with a coupon code.',
  ],
  [
    { rule: { kind: 'percent_off', percent: 100, target: 'shipping', minimum: won(50_000), minimumOf: 'before' } },
    '모든 상품을 할인 전 금액으로 ₩50,000 이상 담으면 무료로 배송합니다.',
    'Free shipping, when the items come to ₩50,000 or more before discounts.',
  ],
  [
    {
      rule: { kind: 'amount_off', amount: won(1_000), target: 'line', categoryIds: ['cups'], notDiscounted: true },
      exclusive: true,
    },
    '찻잔 상품을 한 개에 ₩1,000 할인합니다. 이미 할인 중인 상품은 제외합니다. 다른 할인과 함께 쓸 수 없습니다.',
    '₩1,000 off each of items in 찻잔. Not on goods that are reduced already. Not together with other discounts.',
  ],
  [
    { rule: { kind: 'buy_x_get_y', buy: 2, get: 1, per: 'sku', times: 3 } },
    '같은 상품 3개를 담을 때마다 가장 싼 1개가 무료입니다(한 주문에 3번까지).',
    'For every 3 items of the same kind, the cheapest one is free, at most 3 times in an order.',
  ],
  [
    { rule: { kind: 'set_price', quantity: 3, price: won(10_000), categoryIds: ['tea'] } },
    'Tea 상품 중 3개를 묶어 ₩10,000에 판매합니다.',
    'Any 3 items in Tea for ₩10,000.',
  ],
  [
    {
      rule: {
        kind: 'spend_tiers',
        tiers: [
          { from: won(30_000), percent: 5 },
          { from: won(60_000), amount: won(7_000) },
        ],
      },
    },
    '모든 상품 금액이 ₩30,000 이상이면 5%를, ₩60,000 이상이면 ₩7,000을 할인합니다.',
    '5% off from ₩30,000, ₩7,000 off from ₩60,000, on all items.',
  ],
  [
    { rule: { kind: 'gift', sku: 'CLOTH', when: { orderNumber: 1, segments: ['vip'], paymentMethods: ['card'] } } },
    'VIP 고객이 첫 주문에서 신용카드 결제 시 사은품으로 CLOTH 1개를 드립니다.',
    'A gift of 1 CLOTH, on a first order, for customers in VIP, paying by 신용카드.',
  ],
  [
    {
      rule: {
        kind: 'fixed_price',
        price: won(9_900),
        when: { weekdays: [5, 6], hours: { from: '20:00', to: '22:00' } },
      },
      limits: { units: 50, usesPerBuyer: 1 },
    },
    '금요일 및 토요일마다 20:00부터 22:00까지 모든 상품을 한 개에 ₩9,900에 판매합니다. 한 사람에 1번, 수량 50개까지 드립니다.',
    'All items for ₩9,900 each, on Friday and Saturday, between 20:00 and 22:00. Once for each customer, for 50 items in all.',
  ],
  [
    {
      rule: { kind: 'share_only', shares: [{ to: 'forest', purpose: 'donation', percent: 3 }] },
      startsAt: '2026-11-30T15:00:00.000Z',
    },
    '2026. 12. 1. 오전 12:00부터 가격은 그대로입니다. 결제한 상품 금액의 3%를 forest에 기부합니다.',
    'Prices stay as they are, from Dec 1, 2026, 12:00 AM. 3% of what is paid for the goods goes to forest as a donation.',
  ],
])('%j says what it means', (promotion, ko, en) => {
  const say = (locale: string) =>
    describePromotion(promotion, locale, { names, timeZone: 'Asia/Seoul' }).replaceAll(/ | /g, ' ')
  expect([say('ko'), say('en')]).toEqual([ko, en])
})
