import { describe, expect, test } from 'vitest'
import { openDb } from '@sangdo/core/server'
import { describeDatabases } from '@sangdo/core/testing'
import { createPayments, paymentMigrations } from '@sangdo/payments/server'
import { openShop } from './shop.ts'

describe('webhooks that wait', () => {
  describeDatabases(
    [paymentMigrations],
    (database) => {
      /** So many orders that are approved, and a webhook of each. */
      async function heard({ start, provider, hears }: ReturnType<typeof openShop>, count: number) {
        const references: string[] = []
        for (let turn = 0; turn < count; turn++) {
          const { reference } = await start({ orderId: `ord_${turn}` })
          provider.approve(reference)
          await hears(reference)
          references.push(reference)
        }
        return references
      }

      test('are shared by processes that look at once: each is acted upon by one of them', async () => {
        const other = await openDb(database().url ?? '')
        const shop = openShop(database().db)
        await heard(shop, 40)
        const done = await Promise.all(
          [shop.db, other, shop.db, other].map((handle) => shop.payments.processInbox(handle)),
        )
        await other.destroy()
        expect(done.reduce((total, some) => total + some, 0)).toBe(40)
        expect([shop.asked('find'), shop.asked('confirm')]).toEqual([40, 40])
        expect(shop.said('payments.captured')).toHaveLength(40)
        await shop.sound()
      }, 30_000)

      test('are acted upon eight at a time, those of one payment one after another', async () => {
        const shop = openShop(database().db)
        const { provider, outbox, clock } = shop
        const asking: string[] = []
        let [most, open] = [0, () => {}]
        const eight = new Promise<void>((resolve) => (open = resolve))
        const find = async (reference: string) => {
          if (asking.includes(reference)) throw new Error('asked about one payment twice at once')
          most = Math.max(most, asking.push(reference))
          // A ninth would have the time to come.
          if (asking.length === 8) setTimeout(open, 20)
          await eight
          asking.splice(asking.indexOf(reference), 1)
          return provider.find(reference)
        }
        const process = { outbox, now: clock.now, timeoutMs: 600_000, providers: [{ ...provider, find }] }
        const payments = createPayments(process)
        const references = await heard(shop, 24)
        for (let turn = 0; turn < 4; turn++) await shop.hears(references.at(-1) ?? '')
        expect(await payments.processInbox(shop.db, 20)).toBe(20)
        expect(await payments.processInbox(shop.db)).toBe(8)
        expect(most).toBe(8)
        expect(shop.charges()).toBe(24 * 27_000)
      }, 30_000)

      test('of one payment that wait together are answered by one question', async () => {
        const shop = openShop(database().db)
        const [reference = ''] = await heard(shop, 1)
        for (let turn = 0; turn < 3; turn++) await shop.hears(reference)
        expect(await shop.payments.processInbox(shop.db)).toBe(4)
        expect([shop.asked('find'), shop.charges()]).toEqual([1, 27_000])
        expect(await shop.payments.processInbox(shop.db)).toBe(0)
      })

      test('and were taken by a process that has died are acted upon by another half a minute later', async () => {
        const shop = openShop(database().db)
        const { provider, outbox, clock } = shop
        let [asked, answer] = [0, () => {}]
        const silence = new Promise<void>((resolve) => (answer = resolve))
        const find = async (reference: string) => {
          asked += 1
          await silence
          return provider.find(reference)
        }
        const process = { outbox, now: clock.now, timeoutMs: 600_000, providers: [{ ...provider, find }] }
        await heard(shop, 3)
        const dying = createPayments(process).processInbox(shop.db)
        await expect.poll(() => asked).toBe(3)
        shop.clock.advance(29_999)
        expect(await shop.payments.processInbox(shop.db)).toBe(0)
        shop.clock.advance(1)
        expect(await shop.payments.processInbox(shop.db)).toBe(3)
        expect(shop.charges()).toBe(3 * 27_000)
        // It was only thought to be dead: what it does late has no second effect.
        answer()
        await dying
        expect([shop.said('payments.captured').length, shop.charges()]).toEqual([3, 3 * 27_000])
        await shop.sound()
      }, 30_000)

      test('and fail hold up no other, and are tried again after five seconds', async () => {
        let isBroken = true
        const shop = openShop(database().db, {
          mayCapture: async (_db, orderId) => {
            if (isBroken && orderId === 'ord_1') throw new Error('no orders today')
            return true
          },
        })
        await heard(shop, 3)
        await expect(shop.payments.processInbox(shop.db)).rejects.toMatchObject({
          errors: [new Error('no orders today')],
        })
        expect(shop.charges()).toBe(2 * 27_000)
        isBroken = false
        expect(await shop.payments.processInbox(shop.db)).toBe(0)
        shop.clock.advance(5_000)
        expect(await shop.payments.processInbox(shop.db)).toBe(1)
        expect(shop.charges()).toBe(3 * 27_000)
      })
    },
    ['sqlite', 'postgres'],
  )
})
