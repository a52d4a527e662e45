import { describe, expect, test } from 'vitest'
import { settlementOf } from '../src/settlement-files.ts'
import { describeShop } from './engines.ts'

const head = '거래번호,구분,주문번호,금액,거래일시'
const file = (...lines: string[]) => [head, ...lines].join('\r\n')
const id = () => crypto.randomUUID()

describe('a settlement file', () => {
  const minors = (...lines: string[]) =>
    settlementOf(file(...lines), 'KRW').rows.map(({ kind, amount }) => [kind, amount.minor])

  test('that writes what goes out below zero means the same as one that does not', () => {
    const unsigned = ['a,결제,att_1,27000,2026-11-21', 'b,취소,att_1,1000,2026-11-21', 'c,수수료,,810,2026-11-21']
    const signed = ['a,결제,att_1,27000,2026-11-21', 'b,취소,att_1,"-1,000",2026-11-21', 'c,수수료,,−810원,2026-11-21']
    const meant = [
      ['capture', 27_000],
      ['refund', 1000],
      ['fee', 810],
    ]
    expect([minors(...unsigned), minors(...signed)]).toEqual([meant, meant])
  })

  test('with what goes out below zero writes a chargeback that was won above it', () => {
    expect(minors('a,차지백,att_1,-5000,2026-11-20', 'b,차지백,att_1,5000,2026-11-21')).toEqual([
      ['chargeback', 5000],
      ['chargeback', -5000],
    ])
  })

  test('is of the days from its first row to its last, as they are in Korea', () => {
    const rows = ['a,결제,att_1,1,2026-11-02 00:10', 'b,결제,att_2,1,2026-11-04T15:30:00Z']
    const { period, rows: read } = settlementOf(file(...rows), 'KRW')
    expect(read.map(({ at }) => at)).toEqual(['2026-11-01T15:10:00.000Z', '2026-11-04T15:30:00.000Z'])
    expect(period).toEqual({ from: '2026-11-01T15:00:00.000Z', to: '2026-11-05T15:00:00.000Z' })
  })

  test('has its rows that cannot be read named, each with its line and why', () => {
    const { rows, refused } = settlementOf(
      file(
        'a,결제,att_1,1000,2026-11-21',
        'b,무엇,att_1,1000,2026-11-21',
        'c,결제,att_1,천원,2026-11-21',
        'd,결제,att_1,0,2026-11-21',
        'e,결제,att_1,1000,어제',
        'f,결제,,1000,2026-11-21',
        'g,결제,att_1,1000,2026-11-21,더',
        ',결제,att_1,1000,2026-11-21',
        'h,결제,att_1,1e30,2026-11-21',
        'i,결제,att_1,1000,2026-13-45',
        'j,결제,att_1,1000,2026-02-30',
      ),
      'KRW',
    )
    expect(rows.map(({ rowId }) => rowId)).toEqual(['a'])
    expect(refused).toEqual([
      { line: 3, reason: 'kind' },
      { line: 4, reason: 'amount' },
      { line: 5, reason: 'amount' },
      { line: 6, reason: 'date' },
      { line: 7, reason: 'row' },
      { line: 8, reason: 'columns' },
      { line: 9, reason: 'row' },
      { line: 10, reason: 'amount' },
      { line: 11, reason: 'date' },
      { line: 12, reason: 'date' },
    ])
  })

  test('that is none names the columns it lacks', () => {
    expect(settlementOf('"', 'KRW').missing).toEqual(['rowId', 'kind', 'reference', 'amount', 'at'])
    expect(settlementOf('거래번호,금액\n1,2', 'KRW').missing).toEqual(['kind', 'reference', 'at'])
  })
})

describeShop((shop) => {
  async function paid() {
    const visitor = shop().visitor()
    const cart = await visitor.filledCart([{ sku: 'SG-CUP-0101', quantity: 1 }])
    const { order, token, payment } = (await visitor.ask('POST', '/checkout', visitor.accepted(cart))).body
    const back = await visitor.payIn(payment.redirectUrl, { practice: '4242424242424242' })
    await visitor.ask('POST', `/payments/${back}/order`)
    const { body } = await visitor.ask('GET', `/orders/${order.number}?token=${token}`)
    return { order, reference: body.payment.attempts[0].id as string, minor: order.total.minor as number }
  }
  const today = () => shop().clock.now().toISOString()
  const upload = async (...lines: string[]) =>
    (await shop().staff()).ask('POST', '/admin/settlements', {
      provider: 'sandbox',
      csv: file(...lines),
      currency: 'KRW',
    })
  const open = async () => (await (await shop().staff()).ask('GET', '/admin/settlements/exceptions')).body.items

  test('a settlement that says what the ledger says leaves nothing to look at; one that does not names the order', async () => {
    const { order, reference, minor } = await paid()
    const row = `${id()},결제,${reference},${minor},${today()}`
    expect((await upload(row)).body).toMatchObject({ added: 1, known: 0, open: 0, refused: [] })
    expect((await upload(row)).body).toMatchObject({ added: 0, known: 1, open: 0 })
    const { body } = await upload(
      `${id()},결제,${reference},1000,${today()}`,
      `${id()},결제,att_nobodys,500,${today()}`,
    )
    expect(body).toMatchObject({ added: 2, open: 2 })
    expect(await open()).toMatchObject([
      { reference: 'att_nobodys', found: 'missing_here', orderId: null, orderNumber: null },
      { reference, found: 'other_amount', orderId: order.id, orderNumber: order.number },
    ])
  })

  test('somebody says why figures differ, once, and it is kept', async () => {
    await upload(`${id()},결제,att_strange,500,${today()}`)
    const [exception] = await open()
    const staff = await shop().staff()
    const explain = (resolution: string) =>
      staff.ask('POST', `/admin/settlements/exceptions/${exception.id}`, { resolution })
    expect((await explain(' ')).status).toBe(422)
    expect((await explain('A test of the provider')).status).toBe(204)
    expect((await explain('Again')).body.code).toBe('payments.exception_resolved')
    expect((await open()).map((one: typeof exception) => one.id)).not.toContain(exception.id)
    const { body } = await staff.ask('GET', '/admin/settlements/exceptions?resolved=true')
    expect(body.items).toMatchObject([{ id: exception.id, resolution: 'A test of the provider' }])
  })

  test('what is missing on one day is still missing when the next days are settled without it', async () => {
    const { reference, minor } = await paid()
    const isOpen = async () => (await open()).some((one: { reference: string }) => one.reference === reference)
    const on = (days: number) => new Date(shop().clock.now().getTime() + days * 86_400_000).toISOString()
    await upload(`${id()},결제,att_before,10,${on(-1)}`)
    expect(await isOpen()).toBe(false)
    // The day itself has no row at all.
    await upload(`${id()},결제,att_after,10,${on(1)}`)
    expect(await isOpen()).toBe(true)
    await upload(`${id()},결제,att_later,10,${on(2)}`)
    expect(await isOpen()).toBe(true)
    await upload(`${id()},결제,${reference},${minor},${on(3)}`)
    expect(await isOpen()).toBe(false)
  })

  test('a file without a row that can be read is compared with nothing', async () => {
    await paid()
    expect((await upload(`${id()},무엇,att_1,10,${today()}`)).body).toMatchObject({
      added: 0,
      open: 0,
      totals: [],
      refused: [{ line: 2, reason: 'kind' }],
    })
  })

  test('a provider that the shop does not have has no settlements, nor has its own account', async () => {
    const staff = await shop().staff()
    const ask = (provider: string) =>
      staff.ask('POST', '/admin/settlements', { provider, csv: file(), currency: 'KRW' }).then(({ body }) => body.code)
    expect([await ask('nobody'), await ask('bank_transfer')]).toEqual([
      'payments.provider_not_found',
      'payments.provider_not_found',
    ])
    expect((await staff.ask('GET', '/admin/settlements/providers')).body).toEqual(['sandbox'])
    expect(
      (await staff.ask('POST', '/admin/settlements', { provider: 'sandbox', csv: 'a,b', currency: 'KRW' })).body,
    ).toMatchObject({
      code: 'settlements.no_columns',
    })
  })
})
