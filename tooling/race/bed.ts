import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { invariants, openShop, seedDemo } from '@sangdo/api'
import { coreErrors } from '@sangdo/core'
import { checkInvariants } from '@sangdo/core/server'
import { openTestDb } from '@sangdo/core/testing'
import { createSandbox } from '@sangdo/payments/sandbox'
import { secrets } from '../bench/api.ts'
import { freePort, start } from '../bench/processes.ts'
import { send } from '../bench/send.ts'

/** What a process said. */
export interface Answer {
  readonly status: number
  // eslint-disable-next-line typescript/no-explicit-any -- the API is typed and tested elsewhere; here only its behaviour counts
  readonly body: any
}

export type Race = Awaited<ReturnType<typeof openRace>>

const processes = 4
const patience = 30_000
const source = ['--conditions=@sangdo/source', '--import', 'tsx']
const delivery = {
  email: 'sky@example.com',
  address: { name: '김하늘', phone: '010-0000-0000', country: 'KR', postcode: '04524', line1: '세종대로 110' },
}

const returnUrl = 'http://127.0.0.1/back'

/** Five processes want the database at once; one that had to wait too long comes again, as a job does. */
function busy(error: unknown): unknown[] {
  const errors = error instanceof AggregateError ? error.errors : [error]
  if (!errors.every((one) => coreErrors.database_busy.match(one))) throw error
  return [error]
}

/** A shop that four processes serve from one database, and those who ask them. */
export async function openRace(engine: 'sqlite' | 'postgres') {
  const folder = await mkdtemp(join(tmpdir(), 'sangdo-race-'))
  const database = await openTestDb(engine)
  const databaseUrl = database.url ?? ''
  const practice = createSandbox({ secret: secrets.SANDBOX_SECRET })
  const window = await practice.listen(0)
  const { shop, db, ...first } = await openShop({ databaseUrl, folder, payUrl: window.url, env: secrets })
  await seedDemo(shop, db)
  const program = fileURLToPath(new URL('process.ts', import.meta.url))
  const running = await Promise.all(
    Array.from({ length: processes }, async () => {
      const port = await freePort()
      const env = { ...secrets, PAY_URL: window.url, API_PORT: String(port) }
      const url = `http://127.0.0.1:${port}`
      return start([...source, program, '--database', databaseUrl, '--folder', folder], { url, env })
    }),
  )
  let turn = 0

  /** Asks one process after another, so that whatever is asked at once is asked of all. */
  async function ask(method: string, path: string, json?: object, key: string = crypto.randomUUID()): Promise<Answer> {
    const { url = '' } = running[turn++ % processes] ?? {}
    const own = `10.${(turn >> 16) & 255}.${(turn >> 8) & 255}.${turn & 255}`
    const headers = {
      'content-type': 'application/json',
      origin: url,
      'idempotency-key': key,
      'x-race-address': own,
    }
    const { status, text } = await send(url + path, {
      method,
      headers,
      body: json === undefined ? undefined : JSON.stringify(json),
    })
    return { status, body: text === '' ? null : JSON.parse(text) }
  }

  /** What only staff, jobs and other packages may ask for. */
  const command = (name: string, body: object = {}) => ask('POST', `/race/${name}`, body)

  /** A message of the provider, to the next process. */
  async function tell(headers: Readonly<Record<string, string | undefined>>, body: string): Promise<Answer> {
    const { url = '' } = running[turn++ % processes] ?? {}
    const signed = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value ?? '']))
    return { ...(await send(`${url}/webhooks/sandbox`, { method: 'POST', headers: signed, body })), body: null }
  }

  /** As `ask`, of the process of the test itself, for what must go well before a race begins; it comes again where it is told to. */
  async function prepare(method: string, path: string, json?: object): Promise<Answer['body']> {
    const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }
    const request = { method, headers, ...(json === undefined ? {} : { body: JSON.stringify(json) }) }
    for (const end = performance.now() + patience; ;) {
      const response = await first.app.request(`http://localhost:4000${path}`, request, { clientIp: '127.0.0.1' })
      if (response.ok) return response.json()
      if (response.status !== 503 || performance.now() > end)
        throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
  }

  const method = await firstMethod()

  async function firstMethod(): Promise<string> {
    const { id } = await prepare('POST', '/carts', { currency: 'KRW', market: 'kr', locale: 'ko' })
    await prepare('POST', `/carts/${id}/lines`, { sku: 'SG-CUP-0101', quantity: 1 })
    await prepare('PUT', `/carts/${id}/delivery`, delivery)
    return (await prepare('GET', `/carts/${id}`)).shippingOptions[0].method
  }

  /** A cart that is ready to be ordered, and the buyer's yes to it. */
  async function cart(
    lines: { sku: string; quantity: number }[],
    { email = delivery.email, codes = [] as string[] } = {},
  ) {
    const { id } = await prepare('POST', '/carts', { currency: 'KRW', market: 'kr', locale: 'ko' })
    for (const line of lines) await prepare('POST', `/carts/${id}/lines`, line)
    await prepare('PUT', `/carts/${id}/delivery`, { ...delivery, email, shippingMethod: method })
    if (codes.length > 0) await prepare('PUT', `/carts/${id}/codes`, { codes })
    const { cart: seen, quoteHash, quote } = await prepare('GET', `/carts/${id}`)
    const accepted = { cartId: id, version: seen.version, quoteHash, method: 'card', returnUrl }
    return { id, quote, accepted, yes: () => ask('POST', '/checkout', accepted) }
  }

  /** An order that waits for its money. */
  async function order(lines: { sku: string; quantity: number }[], how: Parameters<typeof cart>[1] = {}) {
    const { accepted } = await cart(lines, how)
    const { order: placed, token, payment } = await prepare('POST', '/checkout', accepted)
    const path = `/orders/${placed.number}`
    const view = () => prepare('POST', `${path}/settle?token=${token}`)
    const { attempts } = (await prepare('GET', `${path}?token=${token}`)).payment
    const reference: string = attempts[0].id
    return { ...placed, token, path, view, payment, reference, back: () => ask('POST', `/payments/${reference}/order`) }
  }

  /** An order whose money is here. */
  async function paid(lines: { sku: string; quantity: number }[]) {
    const placed = await order(lines)
    practice.approve(placed.reference)
    await placed.view()
    return placed
  }

  /** An order whose money is promised and not taken yet. */
  async function promised(lines: { sku: string; quantity: number }[]) {
    const { accepted } = await cart(lines)
    const { cartId, version, quoteHash } = accepted
    const { order: placed, token } = await shop.orders.place(db, { cartId, version, quoteHash })
    const { payment: asked } = { payment: { method: 'card', title: placed.number, capture: 'later' } as const }
    const { id: orderId, total: amount, expiresAt } = placed
    const expires = expiresAt ?? new Date(Date.now() + 900_000).toISOString()
    await shop.payments.start(db, {
      ...asked,
      orderId,
      amount,
      returnUrl,
      email: delivery.email,
      locale: 'ko',
      expiresAt: expires,
    })
    const reference = (await shop.payments.paymentsOf(db, [orderId]))[orderId]?.attempts[0]?.id ?? ''
    practice.approve(reference)
    const view = () => prepare('POST', `/orders/${placed.number}/settle?token=${token}`)
    await view()
    return { ...placed, reference, view }
  }

  /** Makes so many pieces of a sku free. */
  async function leave(sku: string, pieces: number) {
    const { reserved = 0 } = (await shop.inventory.stockOf(db, [sku]))[sku] ?? {}
    await shop.inventory.count(db, { sku, onHand: reserved + pieces })
  }

  /** Does what is still to be done, again and again for half a minute at most, until nothing is wrong any more. */
  async function patiently(wrong: () => Promise<unknown[]>): Promise<unknown[]> {
    for (const end = performance.now() + patience; ;) {
      const found = await wrong().catch(busy)
      if (found.length === 0 || performance.now() > end) return found
      await practice.flush()
      await catchUp().catch(busy)
    }
  }

  async function catchUp(): Promise<void> {
    await shop.payments.processInbox(db)
    await shop.deliver(db)
    await shop.payments.sweep(db)
  }

  /** The promises that are broken when all that was under way has come to its end. */
  const broken = () => patiently(() => checkInvariants(db, invariants))

  async function end() {
    await Promise.all(running.map((one) => one.stop()))
    await window.close()
    await db.destroy()
    await database.close()
    await rm(folder, { recursive: true, force: true })
  }

  return { shop, db, practice, ask, tell, command, cart, order, paid, promised, leave, patiently, broken, end }
}
