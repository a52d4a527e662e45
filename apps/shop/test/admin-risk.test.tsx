import { afterAll, describe, expect, test } from 'vitest'
import { openOffice } from './office.ts'

const [doubtful, unwanted] = ['doubt@example.com', 'never@example.com']
const rule = (value: string, points: number) => ({
  kind: 'deny_list' as const,
  points,
  entries: [{ by: 'email' as const, value }],
})
const { api, browser, staff, faults, close } = await openOffice({
  riskPolicy: { rules: [rule(doubtful, 70), rule(unwanted, 100)] },
})
afterAll(close)

/** An order of somebody with this address, as far as it gets. */
async function orderedBy(email: string) {
  const visitor = api.visitor()
  const { cart } = await visitor.filledCart([{ sku: 'SG-CUP-0101', quantity: 1 }])
  await visitor.ask('PUT', `/carts/${cart.id}/delivery`, { email })
  const { body } = await visitor.ask(
    'POST',
    '/checkout',
    visitor.accepted((await visitor.ask('GET', `/carts/${cart.id}`)).body),
  )
  if (!body.order) return { ...(body.details as { number: string; token: string }), id: '', assessmentId: '' }
  const reference = await visitor.payIn(body.payment.redirectUrl, { practice: '4242424242424242' })
  await visitor.ask('POST', `/payments/${reference}/order`)
  const { id, number } = body.order as { id: string; number: string }
  const assessment = (await api.shop.risk.assessmentsOf(api.db, [id]))[id]
  return { id, number, token: body.token as string, assessmentId: assessment?.id ?? '' }
}

describe('orders that somebody has to decide about', () => {
  test('wait in a queue with their reasons, and are counted in the menu', async () => {
    const { id, number } = await orderedBy(doubtful)
    const office = await staff('operator', 'ko')
    const { html } = await office.get('/admin/risk')
    expect(html).toContain(number)
    expect(html).toMatch(/위험 점수 70점[\s\S]*차단[\s\S]*\+70/)
    expect(html).toMatch(/class="waits"><span aria-hidden="true">1</)
    expect((await office.get(`/admin/orders/${id}`)).html).toContain('사람의 결정을 기다립니다')
  })

  test('go on once they are taken, with a note; a colleague who decides too late is told so', async () => {
    const { id, assessmentId } = await orderedBy(doubtful)
    const [office, other] = [await staff(), await staff()]
    const decide = (who: typeof office, verdict: string, note: string) =>
      who.send(`/admin/risk/${assessmentId}/decide`, { verdict, note })
    const empty = await decide(office, 'accept', ' ')
    expect([empty.status, empty.html.includes(`href="#note-${assessmentId}"`)]).toEqual([422, true])
    expect((await decide(office, 'accept', 'Rang the buyer')).html).toContain('The order is taken.')
    const late = await decide(other, 'refuse', 'Looks wrong')
    expect([late.status, late.html.includes('A colleague has decided about this order already.')]).toEqual([422, true])
    expect((await office.get(`/admin/orders/${id}`)).html).toMatch(/Kim the operator: taken[\s\S]*Rang the buyer/)
  })

  test('are for viewers to read', async () => {
    const { number, assessmentId } = await orderedBy(doubtful)
    const viewer = await staff('viewer')
    const { html } = await viewer.get('/admin/risk')
    expect([html.includes(number), html.includes('/decide')]).toEqual([true, false])
    expect((await viewer.send(`/admin/risk/${assessmentId}/decide`, { verdict: 'accept', note: 'x' })).status).toBe(403)
  })
})

test('the buyer of an order that is not taken is told so, asked for no money, and can write to the shop', async () => {
  const { number, token } = await orderedBy(unwanted)
  const buyer = browser('ko')
  const path = `/ko/order/${number}`
  const page = await buyer.get(`${path}?token=${token}`)
  expect(page.html).toContain('이 주문은 받을 수 없었습니다')
  expect(page.html).not.toContain(`${path}/pay`)
  expect((await buyer.send(`${path}/appeal?token=${token}`, { note: ' ' })).html).toContain(
    '하고 싶은 말을 적어 주세요.',
  )
  const sent = await buyer.send(`${path}/appeal?token=${token}`, { note: '선물로 주문했습니다. 전화 주세요.' })
  expect(sent.html).toContain('주문을 다시 보고 있습니다')
  const queue = (await (await staff()).get('/admin/risk')).html
  expect(queue).toContain('선물로 주문했습니다. 전화 주세요.')
})

test('no page has run into a fault', () => expect(faults).toEqual([]))
