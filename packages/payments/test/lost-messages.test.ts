import { describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { describeDatabases } from '@sangdo/core/testing'
import { paymentMigrations } from '@sangdo/payments/server'
import { openShop, won } from './shop.ts'

const [minute, hour, day] = [60, 3600, 86_400]

describe('an account number of which no message tells', () => {
  describeDatabases([paymentMigrations], (database) => {
    /** An order that waits for its deposit, and what the provider holds for it. */
    const waiting = async () => {
      const shop = openShop(database().db)
      const { reference } = await shop.start({ method: 'virtual_account', expiresAt: '2026-01-02T03:19:05.678Z' })
      shop.provider.issueAccount(reference)
      await shop.payments.sync(shop.db, reference)
      const after = async (seconds: number, times = 1) => {
        for (let turn = 0; turn < times; turn++) await shop.sweepAfter(seconds)
      }
      const isAsked = async () =>
        (await sql<{ n: number }>`select 1 as n from payments_attempt where check_at is not null`.execute(shop.db)).rows
          .length
      return { ...shop, reference, after, isAsked }
    }

    test('a deposit that arrives a day after its time is found within hours', async () => {
      const { after, viewOf, provider, reference, charges, sound } = await waiting()
      await after(6 * hour, 8)
      expect((await viewOf()).status).toBe('expired')
      provider.deposit(reference)
      await after(6 * hour)
      await after(minute)
      expect(await viewOf()).toMatchObject({ status: 'captured', captured: won(27_000) })
      expect(charges()).toBe(27_000)
      await sound()
    })

    test('a second deposit to the account of a paid order is found, and goes back', async () => {
      const { after, viewOf, provider, reference, charges, sound } = await waiting()
      provider.deposit(reference)
      await after(minute)
      expect((await viewOf()).status).toBe('captured')
      await after(hour, 6)
      provider.deposit(reference)
      await after(6 * hour)
      await after(minute)
      expect(charges()).toBe(27_000)
      expect((await viewOf()).refunds).toMatchObject([{ amount: won(27_000), forOrder: false, status: 'succeeded' }])
      await sound()
    })

    test('a deposit that is taken back is noticed before its goods may leave', async () => {
      const { after, viewOf, provider, reference, said, sound } = await waiting()
      provider.deposit(reference)
      await after(minute)
      provider.reverse(reference)
      await after(minute, 9)
      expect(said('payments.reversed')).toMatchObject([{ orderId: 'ord_1', amount: won(27_000), forOrder: true }])
      expect((await viewOf()).captured).toEqual(won(0))
      await sound()
    })

    test('a deposit after its time that is taken back is noticed though its account has expired', async () => {
      const { after, viewOf, provider, reference, said, sound } = await waiting()
      await after(6 * hour, 5)
      provider.deposit(reference)
      await after(6 * hour)
      expect((await viewOf()).status).toBe('captured')
      provider.reverse(reference)
      await after(hour)
      expect((await provider.find(reference))?.status).toBe('expired')
      expect(said('payments.reversed')).toMatchObject([{ amount: won(27_000), forOrder: true }])
      await sound()
    })

    test('a week after its time nobody asks any more', async () => {
      const { after, isAsked } = await waiting()
      await after(6 * hour, 30)
      expect(await isAsked()).toBe(1)
      await after(day, 2)
      expect(await isAsked()).toBe(0)
    })
  })
})
