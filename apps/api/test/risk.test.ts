import { describe, expect, test } from 'vitest'
import { checkInvariants } from '@sangdo/core/server'
import { invariants } from '../src/invariants.ts'
import { publicIp } from '../src/risk/facts.ts'
import { describeShop } from './engines.ts'

const sku = 'SG-CUP-0101'
/** Who comes from one of these addresses is doubtful, or not wanted at all. */
const [doubtful, unwanted] = ['203.0.113.7', '203.0.113.66']
const riskPolicy = {
  rules: [
    { kind: 'deny_list' as const, points: 70, entries: [{ by: 'ip' as const, value: doubtful }] },
    { kind: 'deny_list' as const, entries: [{ by: 'ip' as const, value: unwanted }] },
    { kind: 'declines' as const, by: 'ip' as const, seconds: 3600, atLeast: 3, points: 60 },
  ],
}

describeShop(
  (shop) => {
    const practice = '4242424242424242'

    async function ordered(ip: string) {
      const visitor = shop().visitor(ip)
      const answer = await visitor.ask(
        'POST',
        '/checkout',
        visitor.accepted(await visitor.filledCart([{ sku, quantity: 1 }])),
      )
      const { number, token } = answer.status === 201 ? { ...answer.body.order, ...answer.body } : answer.body.details
      const path = `/orders/${number ?? answer.body.order.number}`
      const view = async () => (await visitor.ask('POST', `${path}/settle?token=${token}`)).body
      const pay = async (card = practice) => {
        const how = { method: 'card', returnUrl: 'http://localhost:3000/ko/checkout/return' }
        const { body } = await visitor.ask('POST', `${path}/payments?token=${token}`, how)
        if (body.redirectUrl) await visitor.payIn(body.redirectUrl, { practice: card })
        await view()
        return body
      }
      return { ...visitor, answer, path, token, view, pay, orderId: (await view()).order.id as string }
    }

    const riskOf = async (orderId: string) =>
      (await (await shop().staff('viewer')).ask('GET', `/admin/orders/${orderId}/risk`)).body
    const decide = async (id: string, verdict: 'accept' | 'refuse', staff?: Awaited<ReturnType<typeof colleague>>) =>
      (staff ?? (await colleague())).ask('POST', `/admin/risk/${id}/decide`, { verdict, note: 'Rang them up' })
    const colleague = () => shop().staff()
    const ship = async (orderId: string, lineId: string) =>
      (await colleague()).ask('POST', `/admin/orders/${orderId}/shipments`, {
        carrier: 'cj',
        trackingNumber: '111111111111',
        lines: [{ lineId, quantity: 1 }],
      })
    const stock = async () => (await shop().shop.inventory.stockOf(shop().db, [sku]))[sku]
    const sound = async () => expect(await checkInvariants(shop().db, invariants)).toEqual([])

    describe('an ordinary order', () => {
      test('is allowed, paid and sent, and nobody has to look at it', async () => {
        const { pay, view, orderId } = await ordered('198.51.100.4')
        await pay()
        expect((await view()).order.status).toBe('paid')
        expect(await riskOf(orderId)).toMatchObject({ decision: 'allow', status: 'automatic', score: 0, reasons: [] })
      })
    })

    describe('a doubtful order', () => {
      const held = async () => {
        const order = await ordered(doubtful)
        await order.pay()
        return { ...order, assessment: await riskOf(order.orderId) }
      }

      test('is paid and then held: nothing ships, its goods stay its own, and it can be paid no second time', async () => {
        const before = await stock()
        const { view, pay, orderId, assessment } = await held()
        const { order } = await view()
        expect([order.status, order.paidAt !== null]).toEqual(['payment_review', true])
        expect((await stock())?.available).toBe((before?.available ?? 0) - 1)
        expect((await ship(orderId, order.lines[0].id)).body.code).toBe('orders.wrong_status')
        expect((await pay()).code).toBe('orders.wrong_status')
        expect(assessment).toMatchObject({ decision: 'review', status: 'waiting', order: { id: orderId } })
        expect(assessment.reasons).toMatchObject([{ points: 70, why: { en: 'On the deny list by IP network' } }])
        expect(JSON.stringify(assessment.inputs)).not.toContain(doubtful)
        const { body } = await (await shop().staff('viewer')).ask('GET', '/admin/risk')
        expect(body.items.map((one: { subject: string }) => one.subject)).toContain(orderId)
        await sound()
      })

      test('goes on once a person has accepted it; the colleague who decides too late is told so', async () => {
        const { view, orderId, assessment } = await held()
        const colleagues = [await colleague(), await colleague()]
        const answers = await Promise.all(colleagues.map((one) => decide(assessment.id, 'accept', one)))
        expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
        expect(answers.find(({ status }) => status === 409)?.body.code).toBe('payments.risk_not_waiting')
        const { order, steps } = await view()
        expect([order.status, steps.at(-1).actor]).toEqual(['paid', 'shop'])
        expect((await ship(orderId, order.lines[0].id)).status).toBe(201)
        await sound()
      })

      test('is off once a person has refused it, and all its money goes back', async () => {
        const before = await stock()
        const { view, orderId, assessment } = await held()
        await decide(assessment.id, 'refuse')
        await shop().shop.payments.sweep(shop().db)
        const { order, payment } = await view()
        expect([order.status, payment.refunded]).toEqual(['cancelled', order.total])
        expect(await stock()).toEqual(before)
        expect(await riskOf(orderId)).toMatchObject({ status: 'decided', decided: { verdict: 'refuse' } })
        await sound()
      })

      test('that is decided about before its money has come does not wait any more', async () => {
        const { view, pay, orderId } = await ordered(doubtful)
        await decide((await riskOf(orderId)).id, 'accept')
        await pay()
        expect((await view()).order.status).toBe('paid')
        const other = await ordered(doubtful)
        await decide((await riskOf(other.orderId)).id, 'refuse')
        expect((await other.view()).order.status).toBe('cancelled')
        await sound()
      })

      test('leaves the queue when it is called off, or not paid in time', async () => {
        const { orderId } = await held()
        await (await colleague()).ask('POST', `/admin/orders/${orderId}/cancel`, { reason: 'Buyer rang up' })
        expect((await riskOf(orderId)).status).toBe('decided')
        const late = await ordered(doubtful)
        shop().clock.advance(901_000)
        await shop().shop.orders.expireOverdue(shop().db)
        await shop().shop.deliver(shop().db)
        expect((await riskOf(late.orderId)).status).toBe('decided')
        await sound()
      })
    })

    describe('an order that the rules refuse', () => {
      test('is asked for no money, by no way', async () => {
        const { answer, view, pay } = await ordered(unwanted)
        expect([answer.status, answer.body.code]).toEqual([409, 'shop.order_refused'])
        expect((await pay()).code).toBe('shop.order_refused')
        expect(await view()).toMatchObject({ payment: null, refusal: 'open', order: { status: 'pending_payment' } })
      })

      test('is kept for three days when its buyer appeals, and can be paid once a person finds for them', async () => {
        const { ask, path, token, view, pay, orderId } = await ordered(unwanted)
        const appeal = (note: string) => ask('POST', `${path}/appeal?token=${token}`, { note })
        expect((await appeal(' ')).status).toBe(422)
        expect((await appeal('I am at a hotel')).body.refusal).toBe('appealed')
        expect((await appeal('Again')).body.code).toBe('payments.risk_not_denied')
        shop().clock.advance(2 * 86_400_000)
        await shop().shop.orders.expireOverdue(shop().db)
        expect((await pay()).code).toBe('shop.order_refused')
        const assessment = await riskOf(orderId)
        expect(assessment).toMatchObject({ status: 'waiting', appeal: { note: 'I am at a hotel' } })
        await decide(assessment.id, 'accept')
        expect((await view()).refusal).toBe(null)
        await pay()
        expect((await view()).order.status).toBe('paid')
        await sound()
      })

      test('stays off when a person agrees with the rules', async () => {
        const { ask, path, token, view, orderId } = await ordered(unwanted)
        await ask('POST', `${path}/appeal?token=${token}`, { note: 'Please' })
        await decide((await riskOf(orderId)).id, 'refuse')
        expect(await view()).toMatchObject({ refusal: 'confirmed', order: { status: 'cancelled' } })
        await sound()
      })
    })

    test('declined cards are counted by the address from which they were tried', async () => {
      const ip = '192.0.2.200'
      for (let card = 0; card < 3; card++) await (await ordered(ip)).pay('4000000000000002')
      const { orderId } = await ordered(ip)
      expect(await riskOf(orderId)).toMatchObject({ decision: 'review', reasons: [{ rule: 'declines', points: 60 }] })
    })
  },
  { riskPolicy },
)

test('an address within a network says nothing of who asks', () => {
  const addresses = ['127.0.0.1', '10.0.0.4', '::ffff:192.168.1.1', '::1', 'fd00::1', 'unknown', undefined]
  expect(addresses.map(publicIp)).toEqual(addresses.map(() => undefined))
  expect(['198.51.100.4', '::ffff:198.51.100.4', '2001:db8::1'].map(publicIp)).toEqual([
    '198.51.100.4',
    '198.51.100.4',
    '2001:db8::1',
  ])
})
