import { describe, expect, test } from 'vitest'
import { atomic, checkInvariants } from '@sangdo/core/server'
import { describeDatabases } from '@sangdo/core/testing'
import { createOrders, orderInvariants, orderMigrations } from '@sangdo/orders/server'
import { openTestShop } from './shop.ts'

describe('a doubtful order', () => {
  describeDatabases([orderMigrations], (database) => {
    /** A shop in which somebody has to decide about every order. */
    function doubting() {
      const open = openTestShop(database().db)
      const review = { holds: async () => true }
      const orders = createOrders({ ...open.ports, review, outbox: open.outbox, now: open.clock.now })
      const held = async () => {
        const order = await open.ordered()
        await atomic(open.db, (tx) => orders.markPaid(tx, order.id, order.total))
        return order
      }
      const sound = async () => expect(await checkInvariants(open.db, orderInvariants)).toEqual([])
      return { ...open, orders, held, sound }
    }

    test('is held with its money and its goods: it ships not, and is asked for no money again', async () => {
      const { db, orders, held, says, sound } = doubting()
      const { id, total, lines } = await held()
      expect(await orders.orderOf(db, id)).toMatchObject({ status: 'payment_review', paidAt: expect.any(String) })
      expect(await orders.awaitsPayment(db, id)).toBe(false)
      const pieces = lines.map((line) => ({ lineId: line.id, quantity: line.quantity }))
      await expect(atomic(db, (tx) => orders.markShipped(tx, id, pieces))).rejects.toMatchObject({
        code: 'orders.wrong_status',
      })
      await atomic(db, (tx) => orders.markPaid(tx, id, total))
      expect(says().filter((name) => name === 'orders.paid')).toHaveLength(1)
      await sound()
    })

    test('ships once it is let go on, however often that is said', async () => {
      const { db, orders, held, statusOf, sound } = doubting()
      const { id } = await held()
      await orders.release(db, id, { actor: 'stf_1' })
      await orders.release(db, id, { actor: 'stf_1' })
      expect([await statusOf(id), (await orders.stepsOf(db, id)).map((step) => step.actor)]).toEqual([
        'paid',
        ['buyer', 'provider', 'rules', 'stf_1'],
      ])
      await sound()
    })

    test('that is not taken is cancelled, its goods go back to the shelf and its money to the buyer', async () => {
      const { db, orders, held, statusOf, says, ports, sound } = doubting()
      const { id } = await held()
      await orders.cancel(db, id, { reason: 'payment_refused', actor: 'stf_1' })
      expect([await statusOf(id), says().slice(-2), ports.calls.at(-1)]).toEqual([
        'cancelled',
        ['orders.cancelled', 'orders.refund_due'],
        'stock.restock ord',
      ])
      await sound()
    })

    test('whose bank takes its money back waits unpaid, and is held again once it is paid', async () => {
      const { db, orders, held, sound } = doubting()
      const { id, total } = await held()
      await atomic(db, (tx) => orders.markReversed(tx, id))
      expect(await orders.orderOf(db, id)).toMatchObject({ status: 'payment_review', paidAt: null })
      await orders.release(db, id, { actor: 'stf_1' })
      expect((await orders.orderOf(db, id)).status).toBe('payment_review')
      await atomic(db, (tx) => orders.markPaid(tx, id, total))
      expect(await orders.orderOf(db, id)).toMatchObject({ status: 'payment_review', paidAt: expect.any(String) })
      await sound()
    })

    test('is judged last in the transaction that places it: refusing there leaves no order', async () => {
      const { db, orders, filledCart, yes } = openTestShop(database().db)
      const accepted = yes(await filledCart())
      const seen: string[] = []
      const refuse = async (_tx: unknown, { status }: { status: string }) => {
        seen.push(status)
        throw new Error('not this one')
      }
      await expect(orders.place(db, accepted, { last: refuse })).rejects.toThrow('not this one')
      expect([seen, (await orders.list(db, {}, { limit: 5 })).items]).toEqual([['pending_payment'], []])
    })
  })
})
