import { afterAll, describe, expect, test } from 'vitest'
import { key, mug, openOffice, valueOf } from './office.ts'

const { api, staff, paidOrder, viewOf, faults, close } = await openOffice({
  env: { BANK_NAME: '누리은행', BANK_ACCOUNT: '987-654-321', BANK_HOLDER: '살강' },
})
afterAll(close)

const { shop, db, practice } = api

/** An order whose buyer has sent its money twice to the account of the shop, which cannot send it back by itself. */
async function paidTwice() {
  const visitor = api.visitor()
  const cart = await visitor.filledCart([{ sku: mug, quantity: 1 }])
  const { body } = await visitor.ask('POST', '/checkout', visitor.accepted(cart, 'bank_transfer'))
  const order = body.order as { id: string; number: string; total: { minor: number; currency: string } }
  const [attempt] = (await viewOf(order.id)).payment?.attempts ?? []
  const { reference: text = '' } = attempt?.deposit ?? {}
  const row = () => ({ rowId: key(), date: '2026-11-21', amount: order.total, payer: '김하늘', text })
  await shop.payments.matchDeposits(db, [row(), row()])
  await shop.deliver(db)
  await shop.payments.sweep(db)
  const [task] = (await shop.payments.tasks(db)).items.filter(({ attemptId }) => attemptId === attempt?.id)
  return { order, taskId: task?.id ?? 'tsk_none', reference: attempt?.id ?? '' }
}

/** An order that was paid by card, and whose buyer's bank wants the money back. */
async function disputed() {
  const { order } = await paidOrder()
  const reference = (await viewOf(order.id)).payment?.attempts[0]?.id ?? ''
  const { disputeId } = practice.dispute(reference)
  await shop.settle(db, { id: order.id as `ord_${string}` })
  const [task] = (await shop.payments.tasks(db)).items.filter(({ attemptId }) => attemptId === reference)
  return { order, reference, disputeId, taskId: task?.id ?? 'tsk_none' }
}

describe('money that someone has to look at', () => {
  test('is counted in the menu, and listed in plain words with its amount and order', async () => {
    const office = await staff('operator', 'ko')
    expect((await office.get('/admin/money')).html).toContain('확인할 돈이 없습니다')
    const { order } = await paidTwice()
    const { html } = await office.get('/admin/money')
    expect(html).toContain('더 들어온 돈')
    expect(html).toContain(`href="/admin/orders/${order.id}"`)
    expect(html).toMatch(/class="waits"><span aria-hidden="true">1</)
    expect((await office.get('/admin')).html).toContain('확인할 돈')
  })

  test('goes back to the account of the buyer, once', async () => {
    const { taskId, reference, order } = await paidTwice()
    const office = await staff()
    const once = valueOf((await office.get('/admin/money')).html, 'key')
    const account = { bank: '누리은행', account: '123-456-789', holder: '김하늘' }
    const incomplete = await office.send(`/admin/money/${taskId}/refund`, { key: key(), ...account, holder: '' })
    expect([incomplete.status, incomplete.html.includes(`href="#holder-${taskId}"`)]).toEqual([422, true])
    expect(incomplete.html).toContain('value="누리은행"')
    const given = { key: once, ...account }
    expect((await office.send(`/admin/money/${taskId}/refund`, given)).html).toContain('The refund has been requested')
    await office.send(`/admin/money/${taskId}/refund`, given)
    const again = await office.send(`/admin/money/${taskId}/refund`, { key: key(), ...account })
    expect([again.status, again.html.includes('A colleague has given this money back already')]).toEqual([422, true])
    const { payment } = await viewOf(order.id)
    expect(payment?.refunds.filter(({ status }) => status === 'pending')).toMatchObject([
      { attemptId: reference, forOrder: false },
    ])
    expect((await office.get('/admin/money')).html).toMatch(
      /Going back[\s\S]*A refund to send by hand|A refund to send by hand[\s\S]*Going back/,
    )
  })

  test('of a dispute is shown with its reason and time, on the list and on the page of its order', async () => {
    const { order, reference, disputeId, taskId } = await disputed()
    const office = await staff()
    const list = await office.get('/admin/money')
    expect(list.html).toMatch(/A payment the buyer’s bank wants back[\s\S]*Answer by[\s\S]*Says they did not pay this/)
    const page = await office.get(`/admin/orders/${order.id}`)
    expect(page.html).toMatch(/Disputes[\s\S]*Says they did not pay this · Opened/)
    practice.closeDispute(reference, disputeId, 'won')
    await shop.settle(db, { id: order.id as `ord_${string}` })
    expect((await office.get('/admin/money')).html).not.toContain(taskId)
    expect((await office.get('/admin/money?show=resolved')).html).toContain('The money is the shop’s')
  })

  test('is closed with a note when there is nothing to give back, and keeps what was noted', async () => {
    const { taskId } = await disputed()
    const office = await staff()
    const empty = await office.send(`/admin/money/${taskId}/resolve`, { resolution: ' ' })
    expect([empty.status, empty.html.includes(`href="#resolution-${taskId}"`)]).toEqual([422, true])
    const note = 'Sent the bank the tracking number'
    expect((await office.send(`/admin/money/${taskId}/resolve`, { resolution: note })).html).toContain(
      'Marked as resolved.',
    )
    expect((await office.get('/admin/money?show=resolved')).html).toContain(note)
  })

  test('that a bank took back is said on the page of its order', async () => {
    const visitor = api.visitor()
    const cart = await visitor.filledCart([{ sku: mug, quantity: 1 }])
    const { body } = await visitor.ask('POST', '/checkout', visitor.accepted(cart, 'virtual_account'))
    const [{ id: reference } = { id: '' }] = (await viewOf(body.order.id)).payment?.attempts ?? []
    practice.issueAccount(reference, '국민은행')
    await shop.settle(db, body.order)
    practice.deposit(reference)
    await shop.settle(db, body.order)
    practice.reverse(reference)
    await shop.settle(db, body.order)
    expect((await (await staff()).get(`/admin/orders/${body.order.id}`)).html).toContain('Taken back by the bank')
  })

  test('is for viewers to read', async () => {
    const { taskId } = await paidTwice()
    const viewer = await staff('viewer')
    const { html } = await viewer.get('/admin/money')
    expect([html.includes(taskId), html.includes(`/admin/money/${taskId}`)]).toEqual([true, false])
    expect((await viewer.send(`/admin/money/${taskId}/resolve`, { resolution: 'x' })).status).toBe(403)
  })
})

test('no page has run into a fault', () => expect(faults).toEqual([]))
