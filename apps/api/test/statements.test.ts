import { describe, expect, test } from 'vitest'
import { recordsOf } from '../src/sheets.ts'
import { statementOf } from '../src/statements.ts'
import { describeShop } from './engines.ts'

const env = { BANK_NAME: '누리은행', BANK_ACCOUNT: '987-654-321', BANK_HOLDER: '살강' }
const head = '거래번호,거래일시,입금액,입금자명,적요'

describeShop(
  (shop) => {
    async function transfer() {
      const visitor = shop().visitor()
      const cart = await visitor.filledCart([{ sku: 'SG-CUP-0101', quantity: 1 }])
      const { body } = await visitor.ask('POST', '/checkout', visitor.accepted(cart, 'bank_transfer'))
      const view = async () => (await visitor.ask('GET', `/orders/${body.order.number}?token=${body.token}`)).body
      return { order: body.order, view, reference: (await view()).payment.deposit.reference as string }
    }
    const upload = async (...lines: string[]) =>
      (await shop().staff()).ask('POST', '/admin/bank/statements', {
        csv: [head, ...lines].join('\r\n'),
        currency: 'KRW',
      })
    const id = () => crypto.randomUUID()

    test('a statement pays the orders that it names, once however often it is read, and names what it could not read', async () => {
      const { order, view, reference } = await transfer()
      const lines = [
        `${id()},2026.11.21 12:00,"${order.total.minor.toLocaleString('en')}",김하늘,${reference.toLowerCase()}`,
        `${id()},2026-11-21,"1,234",아무개,`,
        `${id()},2026-11-21,,출금,`,
        `${id()},11월 21일,500,김하늘,`,
        `${id()},2026-11-21,오백원,김하늘,`,
      ]
      const { body } = await upload(...lines)
      expect(body).toMatchObject({
        added: 2,
        matched: [{ orderNumber: order.number, matchedBy: 'reference' }],
        suspended: [{ payer: '아무개', amount: { minor: 1234, currency: 'KRW' } }],
        refused: [
          { line: 5, reason: 'date' },
          { line: 6, reason: 'amount' },
        ],
      })
      expect((await view()).order.status).toBe('paid')
      expect((await upload(...lines)).body).toMatchObject({ added: 0, known: 2, matched: [], suspended: [] })
    })

    test('a file without the columns that are needed is refused, and says which', async () => {
      const staff = await shop().staff()
      const answer = await staff.ask('POST', '/admin/bank/statements', {
        csv: '거래일,적요\n2026-11-21,이자',
        currency: 'KRW',
      })
      expect([answer.status, answer.body.code, answer.body.details.missing]).toEqual([
        422,
        'statements.no_columns',
        ['rowId', 'amount', 'payer'],
      ])
    })

    test('a deposit in suspense is given to its order once, of two colleagues who do it at once', async () => {
      const { order, view } = await transfer()
      const { body } = await upload(`${id()},2026-11-21,${order.total.minor},어머니,용돈`)
      const [deposit] = body.suspended
      const staff = [await shop().staff(), await shop().staff()]
      const { body: tasks } = await (await shop().staff('viewer')).ask('GET', '/admin/money-tasks')
      expect(tasks.items.find((task: { subject: string }) => task.subject === deposit.id)).toMatchObject({
        remedy: 'find_owner',
        deposit: { payer: '어머니', text: '용돈' },
      })
      const path = `/admin/bank/deposits/${deposit.id}`
      expect((await staff[0]?.ask('POST', `${path}/assign`, { orderNumber: '261121-NOTHING0' }))?.status).toBe(404)
      const answers = await Promise.all(
        staff.map((one) => one.ask('POST', `${path}/assign`, { orderNumber: order.number.toLowerCase() })),
      )
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
      expect((await view()).order.status).toBe('paid')
      expect((await staff[0]?.ask('POST', `${path}/return`, { note: 'Sent back' }))?.body.code).toBe(
        'payments.deposit_not_suspended',
      )
    })

    test('a refund is sent by hand: it is listed with its account, and done once it was sent', async () => {
      const { order, view, reference } = await transfer()
      await upload(`${id()},2026-11-21,${order.total.minor},김하늘,${reference}`)
      const staff = await shop().staff()
      const account = { bank: '하나은행', account: '123-456-789', holder: '김하늘' }
      await staff.ask('POST', `/admin/orders/${order.id}/refunds`, { amount: order.total, reason: '반품', account })
      const { body: listed } = await staff.ask('GET', '/admin/pay-outs')
      const payOut = listed.items.at(-1)
      expect(payOut).toMatchObject({ amount: order.total, account, reason: '반품' })
      expect((await staff.ask('POST', `/admin/pay-outs/${payOut.refundId}`, { outcome: 'sent' })).status).toBe(204)
      expect((await view()).payment.status).toBe('refunded')
      expect((await staff.ask('GET', '/admin/pay-outs')).body.items).toEqual([])
    })
  },
  { env },
)

describe('a file of a bank', () => {
  test('may quote, break lines within quotes, and end without a line break', () => {
    expect(recordsOf('\uFEFFa,"b ""c"""\r\n"1\n2",3,\n\n4')).toEqual([
      { line: 1, cells: ['a', 'b "c"'] },
      { line: 3, cells: ['1\n2', '3', ''] },
      { line: 5, cells: ['4'] },
    ])
  })

  test('that is no such file has no columns', () => {
    expect(statementOf('ID,Date,"Credit,Name\n1,2', 'KRW').missing).toEqual(['rowId', 'date', 'amount', 'payer'])
  })

  test('says dates and amounts in whatever way banks do', () => {
    const read = (date: string, amount: string) =>
      statementOf(`ID,Date,Credit,Name\n1,${date},"${amount}",Kim`, 'KRW').rows.map((row) => [
        row.date,
        row.amount.minor,
      ])
    expect(read('2026/1/2 09:00', '₩1,000')).toEqual([['2026-01-02', 1000]])
    expect(read('20260102', '1000원')).toEqual([['2026-01-02', 1000]])
    expect(read('2026-02-31', '1000')).toEqual([])
    expect(read('2026-01-02', '-1000')).toEqual([])
  })
})
