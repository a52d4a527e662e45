import { expect, test } from 'vitest'
import { describeShop } from './engines.ts'

const won = (minor: number) => ({ minor, currency: 'KRW' })
const mug = 'SG-CUP-0101'

describeShop((shop) => {
  test('a creator’s commission is owed for a paid order, less what is refunded of it, and staff read both', async () => {
    const staff = await shop().staff()
    const { body: promotion } = await staff.ask('POST', '/admin/promotions', {
      name: { ko: '하나의 코드', en: 'Hana’s code' },
      rule: { kind: 'share_only', shares: [{ to: 'hana', purpose: 'commission', percent: 10 }] },
      needsCode: true,
    })
    await staff.ask('POST', '/admin/coupons', { promotionId: promotion.id, code: 'HANA' })
    const visitor = shop().visitor()
    const cart = await visitor.filledCart([{ sku: mug, quantity: 3 }], 'kr', ['hana'])
    const { body } = await visitor.ask('POST', '/checkout', visitor.accepted(cart))
    const read = async (query = '') => (await staff.ask('GET', `/admin/shares${query}`)).body
    const hers = { to: 'hana', purpose: 'commission' }
    expect((await read()).totals).toEqual([{ ...hers, expected: won(8_400), owed: won(0) }])
    const reference = await visitor.payIn(body.payment.redirectUrl, { practice: '4242424242424242' })
    await visitor.ask('POST', `/payments/${reference}/order`)
    expect((await read()).totals).toEqual([{ ...hers, expected: won(0), owed: won(8_400) }])

    const third = Math.round(body.order.total.minor / 3)
    await staff.ask('POST', `/admin/orders/${body.order.id}/refunds`, { amount: won(third), reason: 'broken' })
    await shop().shop.deliver(shop().db)
    const { totals, entries } = await read('?to=hana&limit=2')
    expect(totals).toEqual([{ ...hers, expected: won(0), owed: won(5_600) }])
    expect(entries.items).toMatchObject([
      {
        ...hers,
        promotionId: promotion.id,
        code: 'HANA',
        reference: body.order.id,
        step: 'refunded',
        owed: won(-2_800),
      },
      { step: 'owed', expected: won(-8_400), owed: won(8_400) },
    ])
    expect((await read(`?limit=2&after=${entries.next}`)).entries).toMatchObject({
      items: [{ step: 'expected', expected: won(8_400) }],
      next: null,
    })
    expect((await read('?purpose=donation')).totals).toEqual([])
    expect((await visitor.ask('GET', '/admin/shares')).status).toBe(401)
  })
})
