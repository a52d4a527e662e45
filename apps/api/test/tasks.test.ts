import { expect, test } from 'vitest'
import { describeShop } from './engines.ts'

const sku = 'SG-CUP-0101'
const bank = { BANK_NAME: '누리은행', BANK_ACCOUNT: '987-654-321', BANK_HOLDER: '살강' }
const account = { bank: '누리은행', account: '123-456-789', holder: '김하늘' }

describeShop(
  (shop) => {
    /** An order whose buyer has sent its money twice to the account of the shop, which cannot send it back by itself. */
    async function paidTwice() {
      const visitor = shop().visitor()
      const cart = await visitor.filledCart([{ sku, quantity: 1 }])
      const { body } = await visitor.ask('POST', '/checkout', visitor.accepted(cart, 'bank_transfer'))
      const { id: orderId, total: amount } = body.order
      const [attempt] = (await shop().shop.payments.paymentsOf(shop().db, [orderId]))[orderId]?.attempts ?? []
      const { reference: text = '' } = attempt?.deposit ?? {}
      const row = () => ({ rowId: crypto.randomUUID(), date: '2026-11-21', amount, payer: '김하늘', text })
      await shop().shop.payments.matchDeposits(shop().db, [row(), row()])
      await shop().shop.deliver(shop().db)
      await shop().shop.payments.sweep(shop().db)
      return { order: body.order, reference: attempt?.id ?? '' }
    }

    const taskOf = async (reference: string, resolved = false) => {
      const staff = await shop().staff('viewer')
      const { body } = await staff.ask('GET', `/admin/money-tasks?resolved=${resolved}`)
      return body.items.find(
        (task: { attemptId: string; kind: string }) => task.attemptId === reference && task.kind !== 'pay_out',
      )
    }

    test('money in suspense is a task with its order, and goes back once of two colleagues who do it at once', async () => {
      const { order, reference } = await paidTwice()
      const task = await taskOf(reference)
      expect(task).toMatchObject({
        kind: 'surplus',
        orderNumber: order.number,
        method: 'bank_transfer',
        amount: order.total,
        remedy: 'give_back',
        said: { code: 'account_needed' },
      })
      const staff = [await shop().staff(), await shop().staff()]
      expect(
        (await staff[0]?.ask('POST', `/admin/money-tasks/${task.id}/resolve`, { resolution: 'kept' }))?.body.code,
      ).toBe('payments.task_holds_money')
      const answers = await Promise.all(
        staff.map((one) => one.ask('POST', `/admin/money-tasks/${task.id}/refund`, { account })),
      )
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409])
      expect(await taskOf(reference)).toMatchObject({ id: task.id, remedy: 'on_its_way' })
    })

    test('a dispute is a task with its reason and time, which ends with a note or with its outcome', async () => {
      const { ask, filledCart, accepted, payIn } = shop().visitor()
      const { body } = await ask('POST', '/checkout', accepted(await filledCart([{ sku, quantity: 1 }])))
      const reference = await payIn(body.payment.redirectUrl, { practice: '4242424242424242' })
      await ask('POST', `/payments/${reference}/order`)
      const { dueAt } = shop().practice.dispute(reference)
      await ask('POST', `/orders/${body.order.number}/settle?token=${body.token}`)
      const task = await taskOf(reference)
      expect(task).toMatchObject({ kind: 'disputed', remedy: 'note', said: { code: 'fraudulent' }, dueAt })
      const staff = await shop().staff()
      expect((await staff.ask('POST', `/admin/money-tasks/${task.id}/resolve`, { resolution: '' })).status).toBe(422)
      await staff.ask('POST', `/admin/money-tasks/${task.id}/resolve`, { resolution: 'Sent the bank our proof' })
      expect((await taskOf(reference, true)).resolution).toBe('Sent the bank our proof')
    })

    test('what waits is counted', async () => {
      const staff = await shop().staff('viewer')
      const before = (await staff.ask('GET', '/admin/waiting')).body.money
      await paidTwice()
      expect((await staff.ask('GET', '/admin/waiting')).body.money).toBe(before + 1)
    })
  },
  { env: bank },
)
