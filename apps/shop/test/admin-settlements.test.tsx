import { afterAll, describe, expect, test } from 'vitest'
import { type Browser, key, openOffice } from './office.ts'

const { api, staff, faults, close } = await openOffice()
afterAll(close)

const today = api.clock.now().toISOString()

function upload(office: Browser, ...lines: string[]) {
  const body = new FormData()
  body.set('provider', 'sandbox')
  body.set('file', new File([['거래번호,구분,주문번호,금액,거래일시', ...lines].join('\n')], 'settled.csv'))
  return office.ask('/admin/money/settlements', { method: 'POST', body })
}

describe('a settlement', () => {
  test('is read, and says what it found, what it could not read and where it differs', async () => {
    const office = await staff('operator', 'ko')
    expect((await office.get('/admin/money/settlements')).html).toMatch(/연습 결제[\s\S]*맞지 않는 거래가 없습니다/)
    const { status, html } = await upload(
      office,
      `${key()},결제,att_elsewhere,500,${today}`,
      `${key()},수수료,,20,${today}`,
      `${key()},무엇,att_elsewhere,500,${today}`,
    )
    expect(status).toBe(200)
    expect(html).toMatch(/새로 읽은 줄<\/dt><dd>2<[\s\S]*장부와 정산이 다른 거래가 있습니다/)
    expect(html).toMatch(/4번째 줄: 구분을 알 수 없습니다/)
    expect(html).toMatch(/연습 결제 · 결제[\s\S]*정산에는 있는데 장부에는 없습니다[\s\S]*att_elsewhere/)
  })

  test('that is none is refused at its field, and keeps the provider that was chosen', async () => {
    const office = await staff()
    const body = new FormData()
    body.set('provider', 'sandbox')
    body.set('file', new File(['a,b\n1,2'], 'settled.csv'))
    const wrong = await office.ask('/admin/money/settlements', { method: 'POST', body })
    const said = 'The file has no column for: id, kind, reference, amount, date'
    expect([wrong.status, wrong.html.includes(said), wrong.html.includes('href="#file"')]).toEqual([422, true, true])
    const empty = await office.ask('/admin/money/settlements', { method: 'POST', body: new FormData() })
    expect([empty.status, empty.html.includes('Please choose a file.')]).toEqual([422, true])
  })

  test('is not for viewers to upload, nor to explain', async () => {
    const viewer = await staff('viewer')
    expect((await upload(viewer, `${key()},결제,att_1,500,${today}`)).status).toBe(403)
    const { html } = await viewer.get('/admin/money/settlements')
    expect(html).not.toMatch(/type="file"|name="resolution"/)
  })
})

test('a difference is explained, and is kept with what was said', async () => {
  const office = await staff()
  await upload(office, `${key()},결제,att_strange,700,${today}`)
  const { html } = await office.get('/admin/money/settlements')
  const [, action = ''] = /att_strange[\s\S]*?action="(\/admin\/money\/settlements\/exc_\w+)"/.exec(html) ?? []
  const empty = await office.send(action, { resolution: '' })
  expect([empty.status, empty.html.includes(`href="#resolution-${action.split('/').at(-1)}"`)]).toEqual([422, true])
  expect((await office.send(action, { resolution: 'Another shop of ours' })).html).toContain('The reason was noted.')
  const kept = (await office.get('/admin/money/settlements?show=resolved')).html
  expect(kept).toMatch(/att_strange[\s\S]*Another shop of ours/)
  const again = await office.send(action, { resolution: 'Twice' })
  expect([again.status, again.html.includes('A colleague has explained this difference already')]).toEqual([422, true])
})

test('no page has run into a fault', () => expect(faults).toEqual([]))
