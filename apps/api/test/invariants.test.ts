import { beforeAll, expect, test } from 'vitest'
import { checkInvariants, type Tx } from '@sangdo/core/server'
import { sql } from 'kysely'
import { invariants } from '../src/invariants.ts'
import { describeShop } from './engines.ts'

/** What a hand in the database would have to do to break each promise. */
const damage: Record<string, string> = {
  'core.delivered': `update core_receipt set delivered_at = null, attempts = 8`,
  'core.settled': `update core_receipt set delivered_at = null, retry_at = '2026-01-01T00:00:00.000Z'
      where event_id = (select min(event_id) from core_receipt)`,
  'pricing.promotion_uses': `update pricing_promotion_limit set uses = uses + 1`,
  'pricing.promotion_buyers': `update pricing_promotion_buyer set uses = uses + 1`,
  'pricing.coupon_uses': `update pricing_coupon set uses = uses + 1 where code = 'HANA'`,
  'pricing.shares': `update pricing_share_entry set owed = -1 where owed > 0`,
  'orders.one_per_cart': `update orders_cart set status = 'open'`,
  'orders.edges': `update orders_history set to_status = 'delivered' where to_status = 'paid'`,
  'orders.history': `delete from orders_history where from_status is null`,
  'orders.status': `update orders_order set status = 'shipped'`,
  'orders.paid': `update orders_order set paid_at = null`,
  'orders.pieces': `update orders_order set pieces = pieces + 1`,
  'orders.amounts': `update orders_line set discount = discount + 1`,
  'shipping.events': `update shipping_shipment set status = 'in_transit'`,
  'reviews.ratings': `update reviews_rating set stars_5 = stars_5 + 1`,
  'reviews.votes': `update reviews_review set helpful = helpful + 1`,
  'shop.paid_for': `update payments_attempt set captured = captured - 1 where captured > 0`,
  'shop.no_orphan_money': `update orders_order set status = 'expired'`,
  'shop.goods': `update inventory_reservation set status = 'released' where status = 'converted'`,
  'shop.reviewed': `update payments_risk set status = 'waiting'`,
  'shop.no_orphan_goods': `update orders_order set stock_reference = 'nobody'`,
  'shop.coupons': `update pricing_redemption set status = 'held' where status = 'redeemed'`,
}

const inPackages = /^(payments|inventory)\./
const joined = invariants.filter(({ name }) => !inPackages.test(name))

describeShop((shop) => {
  beforeAll(async () => {
    const { visitor: someone, staff: colleague, shop: services, db } = shop()
    const staff = await colleague()
    const { body: promotion } = await staff.ask('POST', '/admin/promotions', {
      name: { ko: '하나의 코드', en: 'Hana’s code' },
      rule: { kind: 'share_only', shares: [{ to: 'hana', purpose: 'commission', percent: 10 }] },
      needsCode: true,
      limits: { uses: 10, usesPerBuyer: 5 },
    })
    await staff.ask('POST', '/admin/coupons', { promotionId: promotion.id, code: 'HANA' })
    const visitor = someone()
    const account = { email: 'sky@example.com', password: 'a long password', name: '김하늘' }
    await visitor.ask('POST', '/auth/sign-up/email', account)
    const cart = await visitor.filledCart([{ sku: 'SG-CUP-0101', quantity: 2 }], 'kr', ['HANA'])
    const { body } = await visitor.ask('POST', '/checkout', visitor.accepted(cart))
    const reference = await visitor.payIn(body.payment.redirectUrl, { practice: '4242424242424242' })
    await visitor.ask('POST', `/payments/${reference}/order`)
    const [line] = body.order.lines
    await staff.ask('POST', `/admin/orders/${body.order.id}/shipments`, {
      carrier: 'cj',
      trackingNumber: '123456789012',
      lines: [{ lineId: line.id, quantity: 1 }],
    })
    await services.deliver(db)
  })

  test('a shop that has sold something keeps all its promises', async () => {
    expect(await checkInvariants(shop().db, invariants)).toEqual([])
  })

  test('staff read how the last look ended, and may look again', async () => {
    const [viewer, operator] = [await shop().staff('viewer'), await shop().staff()]
    expect((await viewer.ask('GET', '/admin/soundness')).body).toBe(null)
    expect((await viewer.ask('POST', '/admin/soundness')).status).toBe(403)
    await sql`update reviews_review set helpful = helpful + 1`.execute(shop().db)
    const { body } = await operator.ask('POST', '/admin/soundness')
    expect(body.broken).toMatchObject([{ name: 'reviews.votes', breaches: expect.any(Array) }])
    expect((await viewer.ask('GET', '/admin/soundness')).body).toEqual(body)
    await sql`update reviews_review set helpful = helpful - 1`.execute(shop().db)
    expect((await operator.ask('POST', '/admin/soundness')).body.broken).toEqual([])
  })

  test('somebody has thought of how each promise could be broken', () => {
    expect(joined.map(({ name }) => name).toSorted()).toEqual(Object.keys(damage).toSorted())
  })

  test.each(Object.entries(damage))('%s, broken by hand, is found', async (name, statement) => {
    const untouched = new Error('rolled back')
    let found: string[] = []
    const breakIt = async (tx: Tx) => {
      await sql.raw(statement).execute(tx)
      found = (await checkInvariants(tx, invariants)).map((one) => one.name)
      throw untouched
    }
    await expect(shop().db.transaction().execute(breakIt)).rejects.toBe(untouched)
    expect(found).toContain(name)
  })
})
