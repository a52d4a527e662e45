import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { checkInvariants } from '@sangdo/core/server'
import { describeDatabases, recorder, stillClock } from '@sangdo/core/testing'
import { referencesIn, type StartPayment, type StatementRow } from '@sangdo/payments'
import {
  bankTransfer,
  createPayments,
  paymentInvariants,
  paymentMigrations,
  type PaymentProvider,
} from '@sangdo/payments/server'
import { describeProvider, samplePayment, sampleRequest } from '@sangdo/payments/testing'
import { won } from './shop.ts'

const ours = { bank: '누리은행', account: '110-222-333333', holder: '상도' }
const buyers = { bank: '달빛은행', account: '123-456-789', holder: '김하늘' }

describe('the transfer provider', () => {
  describeDatabases([paymentMigrations], (database) => {
    const real = () => bankTransfer({ db: database().db, ...ours })
    const provider: PaymentProvider = {
      id: 'bank_transfer',
      methods: ['bank_transfer'],
      start: (request) => real().start(request),
      confirm: (reference, amount) => real().confirm(reference, amount),
      find: (reference) => real().find(reference),
      cancel: (reference) => real().cancel(reference),
      refund: (request) => real().refund(request),
      findRefund: (reference, refundId) => real().findRefund(reference, refundId),
      verify: (webhook) => real().verify(webhook),
    }
    describeProvider(() => provider, {
      transfersOnly: true,
      approve: (reference) =>
        sql`update payments_transfer set received = amount where attempt_id = ${reference}`.execute(database().db),
      decline: () => {},
      webhook: async () => ({ headers: {}, body: '{}' }),
    })
  })
})

describe('a bank statement', () => {
  describeDatabases([paymentMigrations], (database) => {
    const openBank = () => {
      const { db } = database()
      const clock = stillClock()
      const outbox = recorder()
      const provider = bankTransfer({ db, ...ours, now: clock.now })
      const payments = createPayments({ providers: [provider], outbox, now: clock.now })
      let rows = 0
      const row = (change: Partial<StatementRow> = {}): StatementRow => ({
        rowId: `row-${++rows}`,
        date: '2026-01-02',
        amount: { minor: 27_000, currency: 'KRW' },
        payer: '김하늘',
        text: '',
        ...change,
      })
      const viewOf = async (orderId = 'ord_1') => {
        const payment = (await payments.paymentsOf(db, [orderId]))[orderId]
        if (!payment) throw new Error(`no payment of ${orderId}`)
        return payment
      }
      const start = async (request: Partial<StartPayment> = {}) => {
        await payments.start(db, { ...samplePayment, method: 'bank_transfer', payer: '김 하늘', ...request })
        const { attempts, deposit } = await viewOf(request.orderId)
        return { attemptId: attempts.at(-1)?.id ?? 'att_none', text: deposit?.reference ?? '' }
      }
      const tasks = async () => (await payments.tasks(db)).items
      const said = (name: string) => outbox.events.filter((one) => one.name === name).map((one) => one.payload)
      const balances = async () =>
        Object.fromEntries((await payments.balances(db)).map(({ account, balance }) => [account, balance]))
      const sound = async () => expect(await checkInvariants(db, paymentInvariants)).toEqual([])
      return { db, clock, payments, provider, row, viewOf, start, tasks, said, balances, sound }
    }

    test('a buyer is told where to send the money, until when, and what to write', async () => {
      const { start, viewOf, sound } = openBank()
      const { text } = await start()
      expect(await viewOf()).toMatchObject({
        status: 'awaiting_deposit',
        deposit: { ...ours, dueAt: '2026-01-05T03:04:05.678Z', reference: text },
      })
      expect(referencesIn(text)).toEqual([text])
      await sound()
    })

    test('a deposit that names the reference pays its order, whoever sent it', async () => {
      const { start, payments, db, row, viewOf, said, balances, sound } = openBank()
      const { text, attemptId } = await start()
      await start({ orderId: 'ord_2' })
      const result = await payments.matchDeposits(db, [row({ payer: `박바다${text.toLowerCase()}` })])
      expect(result).toMatchObject({
        added: 1,
        known: 0,
        suspended: [],
        matched: [{ attemptId, matchedBy: 'reference', status: 'matched' }],
      })
      expect([(await viewOf()).status, (await viewOf('ord_2')).status]).toEqual(['captured', 'awaiting_deposit'])
      expect(said('payments.captured')).toMatchObject([{ orderId: 'ord_1', amount: won(27_000) }])
      expect(await balances()).toEqual({ 'provider:bank_transfer': 27_000, orders: -27_000 })
      await sound()
    })

    test('a deposit without one pays the only order of its amount and payer', async () => {
      const { start, payments, db, row, viewOf, sound } = openBank()
      await start()
      await start({ orderId: 'ord_2', payer: '박바다' })
      await start({ orderId: 'ord_3', amount: { minor: 30_000, currency: 'KRW' } })
      const { matched } = await payments.matchDeposits(db, [row({ payer: '김하늘' })])
      expect(matched).toMatchObject([{ matchedBy: 'payer' }])
      expect((await viewOf()).status).toBe('captured')
      await sound()
    })

    test('one that two orders may be meant by is in suspense, with a task, until a person says which', async () => {
      const { start, payments, db, row, viewOf, tasks, balances, sound } = openBank()
      await start()
      const second = await start({ orderId: 'ord_2' })
      const { suspended } = await payments.matchDeposits(db, [row()])
      const [deposit] = suspended
      expect(deposit).toMatchObject({ status: 'suspended', attemptId: null })
      expect(await tasks()).toMatchObject([
        { kind: 'unmatched_deposit', subject: deposit?.id, amount: won(27_000), orderId: null },
      ])
      expect(await balances()).toEqual({ 'provider:bank_transfer': 27_000, suspense: -27_000 })
      await sound()
      const task = (await tasks())[0]?.id ?? 'tsk_none'
      await expect(payments.resolveTask(db, { taskId: task, resolution: 'kept' })).rejects.toMatchObject({
        code: 'payments.task_holds_money',
      })
      const assignment = { depositId: deposit?.id ?? 'dep_none', attemptId: second.attemptId } as const
      const results = await Promise.allSettled([1, 2, 3].map(() => payments.assignDeposit(db, assignment)))
      expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
      expect([(await viewOf()).status, (await viewOf('ord_2')).status]).toEqual(['awaiting_deposit', 'captured'])
      expect([await tasks(), await balances()]).toEqual([
        [],
        { 'provider:bank_transfer': 27_000, suspense: 0, orders: -27_000 },
      ])
      await sound()
    })

    test('one that is nobody’s is sent back by a person, once', async () => {
      const { payments, db, row, tasks, balances, sound } = openBank()
      const { suspended } = await payments.matchDeposits(db, [row({ payer: '아무개' })])
      const depositId = suspended[0]?.id ?? 'dep_none'
      const back = { depositId, note: 'sent back on 5 January' }
      const results = await Promise.allSettled([1, 2].map(() => payments.returnDeposit(db, back)))
      expect(results.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected'])
      await expect(payments.returnDeposit(db, back)).rejects.toMatchObject({
        code: 'payments.deposit_not_suspended',
        details: { status: 'returned' },
      })
      expect([await tasks(), await balances()]).toEqual([[], { 'provider:bank_transfer': 0, suspense: 0 }])
      await sound()
    })

    test('the same statement again changes nothing, and a row that has changed is named', async () => {
      const { start, payments, db, row, said, balances, sound } = openBank()
      const { text } = await start()
      const rows = [row({ text }), row({ payer: '아무개' })]
      await payments.matchDeposits(db, rows)
      const again = await payments.matchDeposits(db, [...rows, { ...row(), ...rows[1], amount: won(1) }])
      expect(again).toEqual({ added: 0, known: 3, matched: [], suspended: [], changed: ['row-2'] })
      expect(await balances()).toMatchObject({ 'provider:bank_transfer': 54_000 })
      expect(said('payments.captured')).toHaveLength(1)
      await sound()
    })

    test('two imports at once count once', async () => {
      const { start, payments, db, row, said, balances, tasks, sound } = openBank()
      const rows = [row({ payer: '아무개' })]
      for (const one of [1, 2, 3, 4, 5]) rows.push(row({ text: (await start({ orderId: `ord_${one}` })).text }))
      const results = await Promise.all([1, 2, 3].map(() => payments.matchDeposits(db, rows)))
      expect(results.reduce((total, { added }) => total + added, 0)).toBe(6)
      expect(said('payments.captured')).toHaveLength(5)
      expect(await balances()).toEqual({ 'provider:bank_transfer': 6 * 27_000, orders: -5 * 27_000, suspense: -27_000 })
      expect(await tasks()).toHaveLength(1)
      await sound()
    })

    test('a statement may be a stream, and stops at a row that is none', async () => {
      const { payments, db, row, sound } = openBank()
      async function* rows() {
        yield row({ payer: '아무개' })
        yield { ...row(), amount: won(0) }
      }
      await expect(payments.matchDeposits(db, rows())).rejects.toMatchObject({
        details: { issues: [{ field: 'amount.minor' }] },
      })
      expect((await payments.tasks(db)).items).toHaveLength(1)
      await sound()
    })

    test('asked for many times at once, a transfer and a refund are one', async () => {
      const { start, payments, db, row, provider, sound } = openBank()
      const { text, attemptId } = await start()
      const request = { ...sampleRequest(attemptId), method: 'bank_transfer' } as const
      const started = await Promise.all([1, 2, 3, 4].map(() => provider.start(request)))
      expect(new Set(started.map(({ deposit }) => deposit?.reference))).toEqual(new Set([text]))
      await payments.matchDeposits(db, [row({ text })])
      const back = { reference: attemptId, refundId: 'rfd_1', amount: won(20_000), reason: 'broken', account: buyers }
      const answers = await Promise.all([1, 2, 3, 4].map(() => provider.refund(back)))
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['pending']))
      expect((await provider.refund({ ...back, refundId: 'rfd_2' })).failure?.code).toBe('refund_exceeds')
      expect((await provider.find(attemptId))?.refunded).toEqual(won(20_000))
      await sound()
    })

    test('two deposits of one payer that are read at once do not both pay the one order', async () => {
      const { start, payments, db, row, balances, viewOf, sound } = openBank()
      await start()
      await Promise.all([row(), row()].map((one) => payments.matchDeposits(db, [one])))
      expect((await viewOf()).captured).toEqual(won(27_000))
      expect(await balances()).toEqual({ 'provider:bank_transfer': 54_000, orders: -27_000, suspense: -27_000 })
      await sound()
    })

    test('money that was matched when the process died is counted by the next sweep', async () => {
      const { start, db, row, viewOf, clock, provider, sound } = openBank()
      const { text } = await start()
      const broken = { ...provider, find: () => Promise.reject(new Error('killed')) }
      await createPayments({ providers: [broken], now: clock.now }).matchDeposits(db, [row({ text })])
      expect((await viewOf()).status).toBe('awaiting_deposit')
      clock.advance(60_000)
      await createPayments({ providers: [provider], now: clock.now }).sweep(db)
      expect((await viewOf()).status).toBe('captured')
      await sound()
    })

    test('a deposit of another amount does not pay the order: it is a task to send it back', async () => {
      const { start, payments, db, row, viewOf, tasks, clock, sound } = openBank()
      const { text } = await start()
      await payments.matchDeposits(db, [row({ text, amount: { minor: 26_000, currency: 'KRW' } })])
      await payments.sweep(db)
      expect((await viewOf()).status).toBe('mismatched')
      const [task] = await tasks()
      expect(task).toMatchObject({ kind: 'wrong_amount', amount: won(26_000) })
      await sound()
      const refund = await payments.refundTask(db, { taskId: task?.id ?? 'tsk_none', account: buyers })
      expect(refund.status).toBe('pending')
      clock.advance(1)
      const { items } = await payments.payOuts(db)
      expect(items).toMatchObject([{ refundId: refund.id, amount: won(26_000), account: buyers }])
      await sound()
      await payments.settlePayOut(db, { refundId: refund.id, outcome: 'sent' })
      expect([await tasks(), (await payments.payOuts(db)).items]).toEqual([[], []])
      await sound()
    })

    test('a second deposit for a paid order is in suspense as its surplus', async () => {
      const { start, payments, db, row, viewOf, tasks, balances, sound } = openBank()
      const { text } = await start()
      await payments.matchDeposits(db, [row({ text }), row({ text })])
      await payments.sweep(db)
      expect((await viewOf()).captured).toEqual(won(27_000))
      expect(await tasks()).toMatchObject([{ kind: 'surplus', orderId: 'ord_1', amount: won(27_000) }])
      expect(await balances()).toMatchObject({ orders: -27_000, suspense: -27_000 })
      await sound()
    })

    test('a deposit that comes too late pays by its reference, and not by its payer', async () => {
      const { start, payments, db, row, viewOf, clock, sound } = openBank()
      const { text } = await start()
      clock.advance(3 * 86_400_000 + 1)
      await payments.sweep(db)
      expect((await viewOf()).status).toBe('expired')
      expect((await payments.matchDeposits(db, [row()])).suspended).toHaveLength(1)
      expect((await payments.matchDeposits(db, [row({ text })])).matched).toHaveLength(1)
      expect((await viewOf()).status).toBe('captured')
      await sound()
    })

    test('an order that is off takes no money by its payer', async () => {
      const { start, payments, db, row, viewOf, sound } = openBank()
      await start()
      await payments.cancelOpen(db, 'ord_1')
      expect((await viewOf()).status).toBe('cancelled')
      expect((await payments.matchDeposits(db, [row()])).suspended).toHaveLength(1)
      await sound()
    })

    test('a refund is a task for a person, with the account of the buyer, which is forgotten afterwards', async () => {
      const { start, payments, db, row, viewOf, tasks, said, balances, sound } = openBank()
      const { text } = await start()
      await payments.matchDeposits(db, [row({ text })])
      const request = { orderId: 'ord_1', amount: won(7_000), reason: 'broken', refundKey: 'return-1' }
      const refund = await payments.refund(db, { ...request, account: buyers })
      expect(refund.status).toBe('pending')
      expect(await tasks()).toMatchObject([
        { kind: 'pay_out', subject: refund.id, orderId: 'ord_1', amount: won(7_000) },
      ])
      await sound()
      await Promise.all([1, 2].map(() => payments.settlePayOut(db, { refundId: refund.id, outcome: 'sent' })))
      expect(await viewOf()).toMatchObject({ status: 'partially_refunded', refunded: won(7_000) })
      expect([await tasks(), said('payments.refunded').length]).toEqual([[], 1])
      expect(await balances()).toEqual({ 'provider:bank_transfer': 20_000, orders: -20_000 })
      const kept = await sql`select account from payments_pay_out where account is not null`.execute(db)
      expect(kept.rows).toEqual([])
      await sound()
    })

    test('a refund without an account, or to one that does not take it, fails and can be asked for again', async () => {
      const { start, payments, db, row, viewOf, sound } = openBank()
      const { text } = await start()
      await payments.matchDeposits(db, [row({ text })])
      const back = (refundKey: string, account?: typeof buyers) =>
        payments.refund(db, {
          orderId: 'ord_1',
          amount: won(27_000),
          reason: 'broken',
          refundKey,
          ...(account ? { account } : {}),
        })
      expect(await back('one')).toMatchObject({ status: 'failed', failure: { code: 'account_needed' } })
      const second = await back('two', buyers)
      await payments.settlePayOut(db, { refundId: second.id, outcome: 'impossible' })
      const { refunds } = await viewOf()
      expect(refunds.map(({ failure }) => failure?.code)).toEqual(['account_needed', 'account_refused'])
      expect((await back('three', buyers)).status).toBe('pending')
      await sound()
    })

    test('what does not exist, or does not fit, is named', async () => {
      const { payments, db, row, start } = openBank()
      const none = { depositId: 'dep_none', attemptId: 'att_none' } as const
      await expect(payments.assignDeposit(db, none)).rejects.toMatchObject({ code: 'payments.deposit_not_found' })
      await expect(payments.settlePayOut(db, { refundId: 'rfd_none', outcome: 'sent' })).rejects.toMatchObject({
        code: 'payments.pay_out_not_found',
      })
      const { attemptId } = await start()
      const dollars = row({ amount: { minor: 2_700, currency: 'USD' } })
      const { suspended } = await payments.matchDeposits(db, [dollars])
      const depositId = suspended[0]?.id ?? 'dep_none'
      await expect(payments.assignDeposit(db, { depositId, attemptId })).rejects.toMatchObject({
        code: 'payments.deposit_not_assignable',
      })
      await expect(payments.matchDeposits(db, [{ ...row(), date: '2 January' }])).rejects.toMatchObject({
        details: { issues: [{ field: 'date' }] },
      })
    })

    test.each([
      ['payments.transfer_received', `update payments_transfer set received = received + 1`],
      ['payments.transfer_refunded', `update payments_transfer set refunded = refunded + 1`],
      ['payments.deposit_booked', `update payments_deposit set status = 'returned' where status = 'suspended'`],
      ['payments.deposit_task', `update payments_task set resolved_at = '2026-01-02'`],
    ])('%s: %s is found', async (name, corruption) => {
      const { db, start, payments, row, sound } = openBank()
      const { text } = await start()
      await payments.matchDeposits(db, [row({ text }), row({ payer: '아무개' })])
      await sound()
      await sql.raw(corruption).execute(db)
      expect((await checkInvariants(db, paymentInvariants)).map((one) => one.name)).toContain(name)
    })
  })
})
