import { afterEach, describe, expect, test } from 'vitest'
import { money } from '@sangdo/core'
import { migrate, openDb } from '@sangdo/core/server'
import { recorder, stillClock } from '@sangdo/core/testing'
import { createSandbox, sandbox, type SandboxOptions, testCards } from '@sangdo/payments/sandbox'
import { createPayments, paymentMigrations, type ProviderRequest } from '@sangdo/payments/server'
import { samplePayment, sampleRequest } from '@sangdo/payments/testing'

const url = 'http://127.0.0.1:4000'
const secret = 'practice'

describe('the pay window', () => {
  const open = async (request: Partial<ProviderRequest> = {}, options: Partial<SandboxOptions> = {}) => {
    const clock = stillClock()
    const bank = createSandbox({ secret, now: clock.now, ...options })
    const provider = sandbox({ url, secret, fetch: bank.fetch, now: clock.now })
    const { redirectUrl } = await provider.start(
      sampleRequest('att_1', { expiresAt: '2026-01-02T03:19:05.678Z', ...request }),
    )
    const address = redirectUrl ?? ''
    const look = async () => (await bank.fetch(new Request(address))).text()
    const send = (action: string, form: Record<string, string> = {}) =>
      bank.fetch(new Request(`${address}/${action}`, { method: 'POST', body: new URLSearchParams(form) }))
    const find = () => provider.find('att_1')
    return { bank, clock, provider, address, look, send, find }
  }
  const card = (number: string) => ({ number, expiry: '12/30', cvc: '123' })

  test("says in the buyer's language what is paid, how much, and that it is only practice", async () => {
    const { look } = await open({ title: '찻잔 <b>2개</b>' })
    const korean = await look()
    expect(korean).toContain('lang="ko"')
    for (const text of ['찻잔 &lt;b&gt;2개&lt;/b&gt;', '27,000원', '실제 돈은 움직이지 않으니'])
      expect(korean).toContain(text)
    const english = await (await open({ locale: 'en-GB' })).look()
    for (const text of ['lang="en"', '₩27,000', 'No money moves']) expect(english).toContain(text)
  })

  test('a good card approves and leads back to the shop, which keeps its own query', async () => {
    const { send, find } = await open()
    const response = await send('card', card('4242 4242 4242 4242'))
    expect([response.status, response.headers.get('location')]).toEqual([
      303,
      'http://127.0.0.1:3000/back?lang=ko&payment=att_1&result=approved',
    ])
    expect(await find()).toMatchObject({
      status: 'approved',
      card: { brand: 'visa', last4: '4242' },
      captured: money(0, 'KRW'),
    })
  })

  test('a practice card is one press', async () => {
    const { send, find } = await open()
    await send('card', { practice: '5555555555554444' })
    expect(await find()).toMatchObject({ status: 'approved', card: { brand: 'mastercard', last4: '4444' } })
  })

  test("a declined card leads back and says so in the buyer's language", async () => {
    const { send, find } = await open()
    expect((await send('card', card('4000000000000002'))).headers.get('location')).toContain('result=failed')
    expect(await find()).toMatchObject({
      status: 'failed',
      failure: { code: 'card_declined', message: '카드사에서 결제를 거절했어요.' },
    })
  })

  test('a card with 3-D Secure asks for its code, and takes only the right one', async () => {
    const { send, look, find } = await open()
    expect((await send('card', card('4000 0000 0000 3220'))).status).toBe(303)
    expect(await look()).toContain('카드사 본인 인증')
    expect((await send('code', { code: '123456' })).status).toBe(422)
    expect((await find())?.status).toBe('requires_action')
    expect((await send('code', { code: '000000' })).headers.get('location')).toContain('result=approved')
    expect(await find()).toMatchObject({ status: 'approved', card: { last4: '3220' } })
  })

  test('the code cannot be skipped to', async () => {
    const { send, find } = await open()
    await send('code', { code: '000000' })
    expect((await find())?.status).toBe('requires_action')
  })

  test("a number that may be somebody's real card is refused, and stays nowhere", async () => {
    const kept: string[] = []
    const { send, find } = await open({}, { store: { load: () => undefined, save: (json) => void kept.push(json) } })
    const real = '4539578763621486'
    const response = await send('card', card(real))
    const page = await response.text()
    expect([response.status, page.includes(real), kept.join().includes(real)]).toEqual([422, false, false])
    await send('card', card('4242424242424242'))
    expect(kept.join()).not.toContain('42424242')
    expect((await find())?.card).toEqual({ brand: 'visa', last4: '4242' })
  })

  test('what is wrong is said beside each field and linked from the top', async () => {
    const { send } = await open()
    const page = await (await send('card', { number: '', expiry: '12/20', cvc: 'x' })).text()
    for (const field of ['number', 'expiry', 'cvc']) {
      expect(page).toContain(`href="#${field}"`)
      expect(page).toMatch(new RegExp(`id="${field}"[^>]*aria-invalid="true"\\s+aria-describedby="${field}-error`))
    }
    expect(page).toContain('role="alert"')
  })

  test('a virtual account shows its number and due date, and the deposit can be played', async () => {
    const { send, look, find } = await open({ method: 'virtual_account' })
    expect((await send('account', { bank: '' })).status).toBe(422)
    await send('account', { bank: 'dalbit' })
    const { deposit } = (await find()) ?? {}
    expect(deposit).toMatchObject({ bank: '달빛은행', dueAt: '2026-01-03T03:04:05.678Z' })
    const page = await look()
    for (const text of [deposit?.account ?? '-', '2026년 1월 3일', '입금하기', 'result=approved'])
      expect(page).toContain(text)
    await send('deposit')
    await send('deposit')
    expect(await find()).toMatchObject({ status: 'captured', captured: money(27_000, 'KRW') })
  })

  test('an account number runs out when nobody sends money', async () => {
    const { bank, send, find, look } = await open({ method: 'virtual_account' })
    await send('account', { bank: 'nuri' })
    bank.advance(24 * 3_600_000 + 1)
    expect((await find())?.status).toBe('expired')
    expect(await look()).toContain('결제 시간이 지났어요')
  })

  test('a bank transfer is approved at once', async () => {
    const { send, find } = await open({ method: 'bank_transfer' })
    expect((await send('transfer', { bank: 'sonamu' })).headers.get('location')).toContain('result=approved')
    expect(await find()).toMatchObject({ status: 'approved', card: null })
  })

  test('the buyer can give up', async () => {
    const { send, find } = await open()
    expect((await send('cancel')).headers.get('location')).toContain('result=cancelled')
    expect((await find())?.status).toBe('cancelled')
  })

  test('a form that is sent twice, or too late, changes nothing', async () => {
    const { clock, send, find } = await open()
    await send('card', card('4242424242424242'))
    expect((await send('card', card('4000000000000002'))).status).toBe(303)
    expect((await find())?.status).toBe('approved')
    const late = await open()
    late.clock.advance(900_001)
    await late.send('card', card('4242424242424242'))
    expect([(await late.find())?.status, clock.now().getTime() > 0]).toEqual(['expired', true])
  })

  test('a page can be framed by nobody, runs no script, and is kept nowhere', async () => {
    const { bank, address } = await open()
    const { headers } = await bank.fetch(new Request(address))
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('content-security-policy')).toContain("form-action 'self' http://127.0.0.1:3000")
    expect([headers.get('cache-control'), headers.get('referrer-policy')]).toEqual(['no-store', 'no-referrer'])
    expect(await (await bank.fetch(new Request(address))).text()).not.toContain('<script')
  })

  test('an address that cannot be guessed leads nowhere when guessed', async () => {
    const { bank } = await open()
    expect((await bank.fetch(new Request(`${url}/pay/att_1`))).status).toBe(404)
  })

  test('every practice card has a number that passes the check digit', () => {
    for (const { number } of testCards) {
      const digits = [...number]
        .reverse()
        .map((digit, index) =>
          index % 2 ? (Number(digit) * 2 > 9 ? Number(digit) * 2 - 9 : Number(digit) * 2) : Number(digit),
        )
      expect([number, digits.reduce((total, digit) => total + digit, 0) % 10]).toEqual([number, 0])
    }
  })
})

describe('the practice API', () => {
  test('answers only to shops that know the secret, and only for a while', async () => {
    const clock = stillClock()
    const bank = createSandbox({ secret, now: clock.now })
    const start = (options: Partial<Parameters<typeof sandbox>[0]>) =>
      sandbox({ url, secret, fetch: bank.fetch, now: clock.now, ...options }).start(sampleRequest('att_1'))
    await expect(start({ secret: 'guess' })).rejects.toMatchObject({ details: { code: 'unsigned' } })
    await expect(start({ now: () => new Date(clock.now().getTime() - 301_000) })).rejects.toMatchObject({
      details: { code: 'unsigned' },
    })
    await expect(start({})).resolves.toMatchObject({ status: 'requires_action' })
  })

  test('while a secret is replaced both are good, afterwards only the new one', async () => {
    const now = new Date()
    const message = await createSandbox({ secret: 'old' }).webhookOf('att_1', now)
    expect(await sandbox({ url, secret: ['new', 'old'] }).verify(message)).toMatchObject({ reference: 'att_1' })
    expect(await sandbox({ url, secret: 'new' }).verify(message)).toBeNull()
  })

  test('a request that is altered on its way is not believed', async () => {
    const bank = createSandbox({ secret })
    const cheaper = async (request: Request) => {
      const body = (await request.text()).replace('27000', '27')
      return bank.fetch(new Request(request.url, { method: 'POST', headers: request.headers, body }))
    }
    const altered = sandbox({ url, secret, fetch: cheaper })
    await expect(altered.start(sampleRequest('att_1'))).rejects.toMatchObject({ details: { code: 'unsigned' } })
  })

  test('a restart forgets nothing that is open', async () => {
    let kept: string | undefined
    const store = { load: () => kept, save: (json: string) => void (kept = json) }
    const before = createSandbox({ secret, store })
    await sandbox({ url, secret, fetch: before.fetch }).start(sampleRequest('att_1', { method: 'virtual_account' }))
    before.issueAccount('att_1', '누리은행')
    const after = createSandbox({ secret, store })
    after.deposit('att_1')
    expect(await sandbox({ url, secret, fetch: after.fetch }).find('att_1')).toMatchObject({
      status: 'captured',
      deposit: { bank: '누리은행' },
    })
  })
})

describe('a shop and the practice provider, over real HTTP', () => {
  const closing: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })

  test('from the first click to the refund: redirect, webhook and return tell of one payment', async () => {
    const db = await openDb(':memory:')
    closing.push(() => db.destroy())
    await migrate(db, [paymentMigrations])
    const sent: { status: number }[] = []
    let lost = 1
    const bank = createSandbox({
      secret,
      async send(request) {
        if (lost-- > 0) return new Response(null, { status: 503 })
        await payments.receiveWebhook(db, 'sandbox', {
          headers: Object.fromEntries(request.headers),
          body: await request.text(),
        })
        sent.push({ status: 200 })
        return new Response(null, { status: 200 })
      },
    })
    const server = await bank.listen(0)
    closing.push(() => server.close())
    const outbox = recorder()
    const payments = createPayments({
      providers: [sandbox({ url: server.url, secret })],
      outbox,
      webhookUrl: () => 'http://127.0.0.1/hooks',
    })
    const expiresAt = new Date(Date.now() + 900_000).toISOString()
    const { redirectUrl } = await payments.start(db, { ...samplePayment, expiresAt })
    const returned = await fetch(`${redirectUrl}/card`, {
      method: 'POST',
      body: new URLSearchParams({ practice: '4242424242424242' }),
      redirect: 'manual',
    })
    const reference = new URL(returned.headers.get('location') ?? '').searchParams.get('payment') ?? ''
    await Promise.all([payments.sync(db, reference as 'att_1'), bank.flush()])
    await bank.flush()
    await payments.processInbox(db)
    const refund = await payments.refund(db, {
      orderId: 'ord_1',
      amount: money(7_000, 'KRW'),
      reason: 'broken',
      refundKey: 'return-1',
    })
    expect(refund.status).toBe('succeeded')
    await bank.flush()
    await payments.processInbox(db)
    expect((await payments.paymentsOf(db, ['ord_1']))['ord_1']).toMatchObject({
      status: 'partially_refunded',
      refunded: money(7_000, 'KRW'),
    })
    expect(outbox.events.map((event) => event.name)).toEqual([
      'payments.authorized',
      'payments.captured',
      'payments.refunded',
    ])
    expect(bank.captured()).toEqual([{ reference, captured: money(27_000, 'KRW'), refunded: money(7_000, 'KRW') }])
    expect(sent.length).toBeGreaterThanOrEqual(3)
  })

  test('a body that is too large is not read', async () => {
    const server = await createSandbox({ secret }).listen(0)
    closing.push(() => server.close())
    expect((await fetch(`${server.url}/payments`, { method: 'POST', body: 'x'.repeat(100_000) })).status).toBe(413)
  })
})
