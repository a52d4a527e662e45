import { expect, test } from 'vitest'
import { checkInvariants } from '@sangdo/core/server'
import type { AttemptId } from '@sangdo/payments'
import { invariants } from '../src/invariants.ts'
import { describeShop } from './engines.ts'

describeShop((shop) => {
  test('an order whose deposit came twice before anybody looked is sound, and the second goes back', async () => {
    const { visitor, practice, db, shop: services } = shop()
    const buyer = visitor()
    const cart = await buyer.filledCart([{ sku: 'SG-CUP-0101', quantity: 1 }])
    const { body } = await buyer.ask('POST', '/checkout', buyer.accepted(cart, 'virtual_account'))
    const path = `/orders/${body.order.number}?token=${body.token}`
    const reference: AttemptId = (await buyer.ask('GET', path)).body.payment.attempts[0].id
    practice.issueAccount(reference, '국민은행')
    practice.deposit(reference)
    practice.deposit(reference)
    await buyer.ask('POST', `/payments/${reference}/order`)
    expect(await checkInvariants(db, invariants)).toEqual([])
    await services.payments.sweep(db)
    const { order, payment } = (await buyer.ask('GET', path)).body
    expect([order.status, payment.captured.minor, payment.refunded.minor]).toEqual(['paid', order.total.minor, 0])
    const taken = { captured: order.total.minor * 2, refunded: order.total.minor }
    const theirs = practice.captured().find((one) => one.reference === reference)
    expect({ captured: theirs?.captured.minor, refunded: theirs?.refunded.minor }).toEqual(taken)
    expect(await checkInvariants(db, invariants)).toEqual([])
  })
})
