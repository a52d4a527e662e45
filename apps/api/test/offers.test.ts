import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestShop, type TestShop } from './shop.ts'

const won = (minor: number) => ({ minor, currency: 'KRW' })
const mug = 'SG-CUP-0101'
const name = { ko: '행사', en: 'Offer' }

describe('what the shop offers', () => {
  let shop: TestShop
  let staff: Awaited<ReturnType<TestShop['staff']>>
  beforeAll(async () => {
    shop = await openTestShop()
    staff = await shop.staff()
  }, 60_000)
  afterAll(() => shop.close())

  const promote = async (rule: object) => (await staff.ask('POST', '/admin/promotions', { name, rule })).body
  const end = (promotion: object) => staff.ask('POST', '/admin/promotions', { ...promotion, active: false })

  test('at a reduced price comes with the lowest of the thirty days before', async () => {
    shop.clock.advance(40 * 86_400_000)
    const price = (minor: number, compareAt?: number) => ({
      sku: mug,
      amount: won(minor),
      ...(compareAt ? { compareAt: won(compareAt) } : {}),
    })
    const set = (one: object) => staff.ask('PUT', '/admin/prices', { prices: [one], guards: [] })
    await set(price(26_000))
    shop.clock.advance(20 * 86_400_000)
    await set(price(28_000))
    shop.clock.advance(5 * 86_400_000)
    expect((await set(price(21_000, 28_000))).status).toBe(204)
    const { items } = (
      await shop.visitor().ask('GET', '/products?locale=ko&currency=KRW&q=%EA%B5%BD%20%EB%86%92%EC%9D%80')
    ).body
    const { prices } = (await shop.visitor().ask('GET', `/products/${items[0].slug}?locale=ko&market=kr`)).body
    expect(prices[mug]).toMatchObject({ amount: won(21_000), compareAt: won(28_000), lowestBefore: won(26_000) })
  })

  test('as a gift is in the order, over nothing, and its stock is held', async () => {
    const gift = await promote({ kind: 'gift', sku: mug, minimum: won(10_000) })
    const stock = async () => (await shop.shop.inventory.stockOf(shop.db, [mug]))[mug]?.available ?? 0
    const before = await stock()
    const visitor = shop.visitor()
    const cart = await visitor.filledCart([{ sku: mug, quantity: 1 }], 'kr')
    expect(cart.quote.gifts).toMatchObject([{ sku: mug, quantity: 1 }])
    const { order } = (await visitor.ask('POST', '/checkout', visitor.accepted(cart))).body
    expect(order.lines.map((line: { total: object }) => line.total)).toEqual([won(21_000), won(0)])
    expect(await stock()).toBe(before - 2)
    await end(gift)
  })

  test('for one way to pay is agreed to with that way', async () => {
    const offer = await promote({ kind: 'amount_off', amount: won(5_000), when: { paymentMethods: ['card'] } })
    const visitor = shop.visitor()
    const cart = await visitor.filledCart([{ sku: mug, quantity: 1 }], 'kr')
    const byCard = (await visitor.ask('GET', `/carts/${cart.cart.id}?method=card`)).body
    expect(byCard.quote.total.minor).toBe(cart.quote.total.minor - 5_000)
    expect(await visitor.ask('POST', '/checkout', visitor.accepted(cart))).toMatchObject({
      status: 409,
      body: { code: 'orders.price_changed' },
    })
    expect((await visitor.ask('POST', '/checkout', visitor.accepted(byCard))).status).toBe(201)
    await end(offer)
  })
})
