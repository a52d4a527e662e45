import { describe, expect, test } from 'vitest'
import { describeDatabases } from '@sangdo/core/testing'
import { paymentMigrations } from '@sangdo/payments/server'
import { openShop, won } from './shop.ts'

describe('money in suspense', () => {
  describeDatabases([paymentMigrations], (database) => {
    const account = { bank: '누리은행', account: '123-456-789', holder: '김하늘' }

    /** An order that was paid twice into its account, whose bank wants to know where the second payment goes back to. */
    const paidTwice = async () => {
      const open = openShop(database().db, {
        altered: (real) => ({
          refund: async (request) =>
            request.account || request.amount.minor < 27_000
              ? real.refund(request)
              : {
                  refundId: request.refundId,
                  status: 'failed',
                  amount: request.amount,
                  failure: { code: 'account_needed', message: 'An account is needed' },
                },
        }),
      })
      const { db, payments, provider } = open
      const { reference } = await open.start({ method: 'virtual_account' })
      provider.issueAccount(reference)
      provider.deposit(reference)
      await payments.sync(db, reference)
      provider.deposit(reference)
      await payments.sync(db, reference)
      const [task] = await open.tasks()
      expect(task).toMatchObject({ kind: 'surplus', orderId: 'ord_1', attemptId: reference, amount: won(27_000) })
      await open.sweepAfter(0)
      return { ...open, reference, taskId: task?.id ?? 'tsk_none' }
    }

    test('stays a task when it cannot go back by itself, and is not refunded as if it were the order', async () => {
      const { tasks, refund, viewOf, charges, payments, db, taskId, sound } = await paidTwice()
      expect(await tasks()).toMatchObject([{ kind: 'surplus', resolvedAt: null, since: '2026-01-02T03:04:05.678Z' }])
      await expect(payments.resolveTask(db, { taskId, resolution: 'kept' })).rejects.toMatchObject({
        code: 'payments.task_holds_money',
      })
      await refund(26_000, 'return-1')
      await expect(refund(1_001, 'return-2')).rejects.toMatchObject({ details: { refundable: 1_000 } })
      expect([(await viewOf()).refunded, charges()]).toEqual([won(26_000), 28_000])
      await sound()
    })

    test('goes back once when someone names an account, however many do', async () => {
      const { tasks, payments, db, taskId, charges, said, viewOf, sound } = await paidTwice()
      const results = await Promise.allSettled(
        Array.from({ length: 4 }, () => payments.refundTask(db, { taskId, account })),
      )
      expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
      expect(results.find((one) => one.status === 'rejected')).toMatchObject({
        reason: { code: 'payments.task_not_refundable' },
      })
      expect([charges(), await tasks(), await tasks(true)]).toMatchObject([27_000, [], [{ resolution: 'refunded' }]])
      expect(said('payments.refunded')).toMatchObject([{ amount: won(27_000), forOrder: false }])
      expect((await viewOf()).status).toBe('captured')
      await sound()
    })

    test('can be tried again when it was refused again', async () => {
      const { tasks, payments, db, taskId, sound } = await paidTwice()
      expect((await payments.refundTask(db, { taskId })).status).toBe('failed')
      expect(await tasks()).toHaveLength(1)
      await sound()
      expect((await payments.refundTask(db, { taskId, account })).status).toBe('succeeded')
      await sound()
    })

    test('is no task any more when the bank takes all of it back', async () => {
      const { tasks, payments, provider, reference, db, said, sound } = await paidTwice()
      provider.reverse(reference)
      await payments.sync(db, reference)
      expect([await tasks(), await tasks(true)]).toMatchObject([[], [{ resolution: 'reversed' }]])
      expect(said('payments.reversed')).toMatchObject([{ amount: won(54_000), forOrder: true }])
      expect((await payments.balances(db)).map(({ balance }) => balance)).toEqual([0, 0, 0])
      await sound()
    })

    test('a task that does not exist is named', async () => {
      const { db, payments } = openShop(database().db)
      await expect(payments.refundTask(db, { taskId: 'tsk_none' })).rejects.toMatchObject({
        code: 'payments.task_not_found',
      })
      await expect(payments.resolveTask(db, { taskId: 'tsk_none', resolution: 'x' })).rejects.toMatchObject({
        code: 'payments.task_not_found',
      })
    })

    test('tasks come in pages, newest first', async () => {
      const { db, payments, hears } = openShop(database().db)
      for (const reference of ['att_a', 'att_b', 'att_c']) {
        await hears(reference)
        await payments.processInbox(db)
      }
      const first = await payments.tasks(db, { limit: 2 })
      const rest = await payments.tasks(db, { limit: 2, after: first.next ?? '' })
      expect([...first.items, ...rest.items].map(({ subject }) => subject)).toEqual([
        'fake:att_c',
        'fake:att_b',
        'fake:att_a',
      ])
      expect(rest.next).toBeNull()
    })
  })
})
