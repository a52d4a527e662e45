import { expect, test } from 'vitest'
import { describeShop } from './engines.ts'

const sku = 'SG-CUP-0101'

describeShop((shop) => {
  async function deposited() {
    const visitor = shop().visitor()
    const cart = await visitor.filledCart([{ sku, quantity: 2 }])
    const { body } = await visitor.ask('POST', '/checkout', visitor.accepted(cart, 'virtual_account'))
    const path = `/orders/${body.order.number}`
    const view = async () => (await visitor.ask('POST', `${path}/settle?token=${body.token}`)).body
    const reference: string = (await view()).payment.attempts.at(-1).id
    shop().practice.issueAccount(reference, '국민은행')
    await view()
    shop().practice.deposit(reference)
    expect((await view()).order.status).toBe('paid')
    const [{ id: lineId }] = body.order.lines
    const staff = await shop().staff()
    const ship = (trackingNumber: string) =>
      staff.ask('POST', `/admin/orders/${body.order.id}/shipments`, {
        carrier: 'cj',
        trackingNumber,
        lines: [{ lineId, quantity: 2 }],
      })
    const payByCard = async () => {
      const how = { method: 'card', returnUrl: 'http://localhost:3000/ko/checkout/return' }
      const { body: started } = await visitor.ask('POST', `${path}/payments?token=${body.token}`, how)
      await visitor.payIn(started.redirectUrl, { practice: '4242424242424242' })
    }
    return { id: body.order.id, view, reference, ship, payByCard }
  }

  const stock = async () => (await shop().shop.inventory.stockOf(shop().db, [sku]))[sku]

  test('goods that were paid by a deposit leave ten minutes later, since its bank may take it back', async () => {
    const { ship } = await deposited()
    const { status, body } = await ship('111111111111')
    expect([status, body.code]).toEqual([409, 'orders.held'])
    shop().clock.advance(600_000)
    expect((await ship('111111111111')).status).toBe(201)
  })

  test('a deposit that is taken back leaves an order to look at, its goods still held; it can be paid in another way', async () => {
    const before = await stock()
    const { view, reference, ship, payByCard } = await deposited()
    shop().practice.reverse(reference)
    expect((await view()).order).toMatchObject({ status: 'payment_review', paidAt: null })
    expect(await stock()).toMatchObject({
      onHand: before?.onHand,
      available: (before?.available ?? 0) - 2,
    })
    shop().clock.advance(600_000)
    expect((await ship('222222222222')).status).toBe(409)
    await payByCard()
    expect((await view()).order.status).toBe('paid')
    expect((await ship('222222222222')).status).toBe(201)
  })

  test('an order whose deposit was taken back can be called off: nothing goes back to the buyer, the goods to the shelf', async () => {
    const before = await stock()
    const { id, view, reference } = await deposited()
    shop().practice.reverse(reference)
    await view()
    const staff = await shop().staff()
    await staff.ask('POST', `/admin/orders/${id}/cancel`, { reason: '입금 취소' })
    const { order, payment } = await view()
    expect([order.status, payment.refunds]).toEqual(['cancelled', []])
    expect(await stock()).toEqual(before)
  })
})
