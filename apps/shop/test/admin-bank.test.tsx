import { afterAll, describe, expect, test } from 'vitest'
import { type Browser, key, mug, openOffice } from './office.ts'

const env = { BANK_NAME: '누리은행', BANK_ACCOUNT: '987-654-321', BANK_HOLDER: '살강' }
const { api, browser, staff, viewOf, faults, close } = await openOffice({ env })
afterAll(close)

/** An order to be paid to the account of the shop, with the reference that its buyer was given. */
async function transfer() {
  const visitor = api.visitor()
  const cart = await visitor.filledCart([{ sku: mug, quantity: 1 }])
  const { body } = await visitor.ask('POST', '/checkout', visitor.accepted(cart, 'bank_transfer'))
  const order = body.order as { id: string; number: string; total: { minor: number; currency: string } }
  const reference = (await viewOf(order.id)).payment?.deposit?.reference ?? ''
  return { order, reference, token: body.token as string }
}

function upload(office: Browser, ...lines: string[]) {
  const body = new FormData()
  body.set('file', new File([['거래번호,거래일,입금액,입금자,적요', ...lines].join('\n')], 'bank.csv'))
  return office.ask('/admin/money/bank', { method: 'POST', body })
}

describe('a bank statement', () => {
  test('pays orders, and says what it has paid, what is nobody’s and what it could not read', async () => {
    const { order, reference, token } = await transfer()
    expect((await browser('ko').get(`/ko/order/${order.number}?token=${token}`)).html).toContain(reference)
    const office = await staff('operator', 'ko')
    const { status, html } = await upload(
      office,
      `${key()},2026-11-21,${order.total.minor},김하늘,${reference}`,
      `${key()},2026-11-21,500,아무개,`,
      `${key()},어제,500,아무개,`,
    )
    expect(status).toBe(200)
    expect(html).toMatch(new RegExp(`href="/admin/orders/${order.id}">${order.number}[\\s\\S]*입금 번호로`))
    expect(html).toMatch(/아무개[\s\S]*확인하러 가기[\s\S]*4번째 줄: 날짜를 읽을 수 없습니다/)
    expect(html).toMatch(/class="waits"><span aria-hidden="true">1</)
    expect((await viewOf(order.id)).status).toBe('paid')
  })

  test('that is none is refused at its field', async () => {
    const office = await staff()
    const body = new FormData()
    body.set('file', new File(['a,b\n1,2'], 'bank.csv'))
    const wrong = await office.ask('/admin/money/bank', { method: 'POST', body })
    expect([wrong.status, wrong.html.includes('The file has no column for: id, date, amount, payer')]).toEqual([
      422,
      true,
    ])
    const empty = await office.ask('/admin/money/bank', { method: 'POST', body: new FormData() })
    expect([empty.status, empty.html.includes('href="#file"')]).toEqual([422, true])
  })

  test('is not for viewers to upload', async () => {
    expect((await upload(await staff('viewer'), `${key()},2026-11-21,500,Kim,`)).status).toBe(403)
  })
})

describe('a deposit of nobody’s', () => {
  const suspended = async (minor: number) => {
    const office = await staff()
    await upload(office, `${key()},2026-11-21,${minor},어머니,용돈`)
    const [task] = (await api.shop.payments.tasks(api.db)).items
    return { office, taskId: task?.id ?? '', depositId: task?.subject ?? '' }
  }

  test('is given to its order, or the form says that there is none', async () => {
    const { order } = await transfer()
    const { office, taskId, depositId } = await suspended(order.total.minor)
    expect((await office.get('/admin/money')).html).toMatch(/어머니[\s\S]*용돈/)
    const assign = (orderNumber: string) => office.send(`/admin/money/${taskId}/assign`, { depositId, orderNumber })
    const wrong = await assign('261121-NOTHING0')
    expect([wrong.status, wrong.html.includes(`href="#orderNumber-${taskId}"`)]).toEqual([422, true])
    expect((await assign(order.number)).html).toContain('The deposit has found its order.')
    expect((await viewOf(order.id)).status).toBe('paid')
    const again = await assign(order.number)
    expect([again.status, again.html.includes('A colleague has looked after this deposit already.')]).toEqual([
      422,
      true,
    ])
  })

  test('is noted as sent back', async () => {
    const { office, taskId, depositId } = await suspended(777)
    const back = (note: string) => office.send(`/admin/money/${taskId}/return`, { depositId, note })
    expect((await back('')).status).toBe(422)
    expect((await back('Sent back by hand')).html).toContain('Noted as sent back.')
    expect((await office.get('/admin/money?show=resolved')).html).toContain('Sent back by hand')
  })
})

test('a refund to an account is listed with it, and done once it was sent', async () => {
  const { order, reference } = await transfer()
  const office = await staff()
  expect((await office.get('/admin/money/pay-outs')).html).toContain('No refunds to send')
  await upload(office, `${key()},2026-11-21,${order.total.minor},김하늘,${reference}`)
  await office.send(`/admin/orders/${order.id}/refund`, {
    key: key(),
    amount: '1,000',
    reason: 'A chip',
    bank: '하나은행',
    account: '123-456-789',
    holder: '김하늘',
    confirmed: 'yes',
  })
  const { html } = await office.get('/admin/money/pay-outs')
  expect(html).toMatch(/김하늘[\s\S]*하나은행[\s\S]*123-456-789/)
  const [, action = ''] = /action="(\/admin\/money\/pay-outs\/rfd_\w+)"/.exec(html) ?? []
  expect((await office.send(action, { outcome: 'sent' })).html).toContain('Noted as sent.')
  expect((await viewOf(order.id)).payment?.refunded.minor).toBe(1000)
})

test('no page has run into a fault', () => expect(faults).toEqual([]))
