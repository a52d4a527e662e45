import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { checkInvariants } from '@sangdo/core/server'
import { describeDatabases } from '@sangdo/core/testing'
import { paymentMigrations, paymentInvariants, punctual } from '@sangdo/payments/server'
import { openShop, won } from './shop.ts'

describe('what must always hold of payments', () => {
  describeDatabases([paymentMigrations], (database) => {
    const broken = async () => (await checkInvariants(database().db, paymentInvariants)).map(({ name }) => name)

    /** An order that was paid by card, partly given back, and is partly in dispute. */
    const refunded = async () => {
      const shop = openShop(database().db)
      const { reference } = await shop.start()
      shop.provider.approve(reference)
      await shop.payments.sync(shop.db, reference)
      await shop.refund(7_000, 'return-1')
      shop.provider.dispute(reference, won(5_000))
      await shop.payments.sync(shop.db, reference)
      return shop
    }

    test.each([
      ['payments.balanced', `update payments_entry set debit = debit + 1 where account = 'orders' and debit > 0`],
      ['payments.currency', `update payments_entry set currency = 'USD'`],
      ['payments.captured', `update payments_attempt set captured = captured + 1`],
      ['payments.refund_booked', `delete from payments_entry where journal like 'refund:%'`],
      ['payments.refund_booked', `update payments_refund set status = 'unknown', check_at = '2026-01-02'`],
      ['payments.owner', `update payments_payment set captured_attempt_id = null`],
      ['payments.refunded', `update payments_attempt set refunded = refunded + 1`],
      ['payments.paid_by', `update payments_attempt set status = 'failed'`],
      ['payments.suspense', `update payments_attempt set suspended = 1`],
      ['payments.claimed', `update payments_attempt set claimed = 1`],
      ['payments.reversed_booked', `update payments_attempt set reversed = 1`],
      ['payments.disputed', `update payments_attempt set disputed = disputed + 1`],
      ['payments.dispute_booked', `update payments_dispute set status = 'lost'`],
      ['payments.edges', `update payments_report set previous = 'failed' where status = 'authorized'`],
      ['payments.reported', `update payments_attempt set status = 'authorized', check_at = '2026-01-02'`],
      ['payments.followed', `update payments_refund set status = 'pending'`],
    ])('%s: %s is found', async (name, corruption) => {
      const { db } = await refunded()
      expect(await broken()).toEqual([])
      await sql.raw(corruption).execute(db)
      expect(await broken()).toContain(name)
    })

    test('a sweep that stands still for more than an hour is found', async () => {
      const { db, clock, sweepAfter, start } = openShop(database().db)
      await start()
      clock.advance(3_600_000)
      expect(await checkInvariants(db, [punctual(clock.now())])).toEqual([])
      clock.advance(6_000)
      expect(await checkInvariants(db, [punctual(clock.now())])).toMatchObject([{ name: 'payments.punctual' }])
      await sweepAfter(0)
      expect(await checkInvariants(db, [punctual(clock.now())])).toEqual([])
    })
  })
})
