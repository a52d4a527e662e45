import { expect, test } from 'vitest'
import { describeShop } from './engines.ts'

const mug = 'SG-CUP-0101'

describeShop((shop) => {
  test('whoever signs up finds a code of their own, which is gone once they have used it', async () => {
    const staff = await shop().staff()
    const name = { ko: '환영 쿠폰', en: 'Welcome coupon' }
    const saved = await staff.ask('POST', '/admin/promotions', {
      name,
      rule: { kind: 'percent_off', percent: 10 },
      needsCode: true,
      issue: 'registration',
      issueDays: 30,
    })
    expect(saved.body).toMatchObject({ issue: 'registration', issueDays: 30 })
    const visitor = shop().visitor()
    expect((await visitor.ask('GET', '/me/coupons')).status).toBe(401)
    // Carts of these tests are this buyer's.
    const email = 'sky@example.com'
    await visitor.ask('POST', '/auth/sign-up/email', { email, password: 'a long password', name: 'Sky' })
    await shop().shop.deliver(shop().db)
    const { body: wallet } = await visitor.ask('GET', '/me/coupons')
    expect(wallet).toEqual([
      {
        code: expect.stringMatching(/^[0-9A-Z]{11}$/),
        name,
        sentence: { ko: expect.stringContaining('10%'), en: expect.stringContaining('10%') },
        startsAt: null,
        expiresAt: new Date(shop().clock.now().getTime() + 30 * 86_400_000).toISOString(),
      },
    ])
    const cart = await visitor.filledCart([{ sku: mug, quantity: 1 }], 'kr', [wallet[0].code])
    expect(cart.quote.discount).toEqual({ minor: 2_800, currency: 'KRW' })
    expect((await visitor.ask('POST', '/checkout', visitor.accepted(cart))).status).toBe(201)
    expect((await visitor.ask('GET', '/me/coupons')).body).toEqual([])
  })
})
