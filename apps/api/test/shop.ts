import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkInvariants } from '@sangdo/core/server'
import { type StillClock, stillClock } from '@sangdo/core/testing'
import { seedDemo } from '../src/demo/seed.ts'
import { invariants } from '../src/invariants.ts'
import { type OpenOptions, openShop, type OpenShop } from '../src/open.ts'

/** A seeded shop over a database of its own, asked by calls; its clock stands still until it is moved. */
export async function openTestShop({
  databaseUrl,
  clock = stillClock('2026-11-21T03:00:00.000Z'),
  env = {},
  riskPolicy,
}: Pick<OpenOptions, 'databaseUrl' | 'env' | 'riskPolicy'> & { clock?: StillClock } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'sangdo-'))
  const secret = crypto.randomUUID()
  const open = await openShop({
    folder,
    byCall: true,
    now: clock.now,
    env: { SANDBOX_SECRET: secret, ...env },
    // A busy machine does not change what a test is about.
    running: { latest: Infinity },
    ...(riskPolicy ? { riskPolicy } : {}),
    ...(databaseUrl ? { databaseUrl } : {}),
  })
  await seedDemo(open.shop, open.db)
  /** Whatever a test has done, the shop is sound when it closes. */
  const close = async () => {
    await open.practice.flush()
    await open.shop.deliver(open.db)
    const broken = await checkInvariants(open.db, invariants)
    await open.db.destroy()
    await rm(folder, { recursive: true, force: true })
    if (broken.length > 0) throw new Error(`The shop is not sound: ${JSON.stringify(broken, null, 2)}`)
  }
  let colleagues = 0
  /** A member of staff who has signed in. */
  const staff = async (role: 'viewer' | 'operator' | 'owner' = 'operator') => {
    const email = `${role}-${crypto.randomUUID()}@example.com`
    await open.auth.addStaff({ email, name: role, password: 'a long password', role })
    // Sign-ins are counted by address, so that each colleague has one of their own.
    const visitor = createVisitor(open, new Map(), `10.0.${colleagues >> 8}.${colleagues++ & 255}`)
    await visitor.ask('POST', '/admin/auth/sign-in/email', { email, password: 'a long password' })
    return visitor
  }
  return {
    ...open,
    databaseUrl: databaseUrl ?? join(folder, 'shop.db'),
    clock,
    secret,
    visitor: (clientIp?: string) => createVisitor(open, new Map(), clientIp),
    staff,
    close,
  }
}

export type TestShop = Awaited<ReturnType<typeof openTestShop>>

interface Answer {
  readonly status: number
  // eslint-disable-next-line typescript/no-explicit-any -- what an answer holds is what a test is about
  readonly body: any
  readonly headers: Headers
}

/** Someone who asks the API: with cookies, and with a new idempotency key for every request unless one is given. */
export function createVisitor(
  { app, practice }: Pick<OpenShop, 'app' | 'practice'>,
  cookies = new Map<string, string>(),
  clientIp = '127.0.0.1',
) {
  async function ask(
    method: string,
    path: string,
    json?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const init = {
      'content-type': 'application/json',
      origin: 'http://localhost:4000',
      'idempotency-key': crypto.randomUUID(),
      cookie,
      ...headers,
    }
    const response = await app.request(
      `http://localhost:4000${path}`,
      { method, headers: init, ...(json === undefined ? {} : { body: JSON.stringify(json) }) },
      { clientIp },
    )
    for (const set of response.headers.getSetCookie()) remember(set)
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      body: response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text,
    }
  }

  function remember(set: string): void {
    const [name = '', value = ''] = (set.split(';')[0] ?? '').split(/=(.*)/s)
    if (/max-age=0/i.test(set)) cookies.delete(name)
    else cookies.set(name, value)
  }

  /** A cart that is ready to be ordered. */
  async function filledCart(
    lines: { sku: string; quantity: number }[],
    market: 'kr' | 'us' = 'kr',
    codes: string[] = [],
  ) {
    const inKorea = market === 'kr'
    const { body: cart } = await ask('POST', '/carts', {
      currency: inKorea ? 'KRW' : 'USD',
      market,
      locale: inKorea ? 'ko' : 'en',
    })
    for (const line of lines) await ask('POST', `/carts/${cart.id}/lines`, line)
    const address = inKorea
      ? { name: '김하늘', phone: '010-0000-0000', country: 'KR', postcode: '04524', line1: '세종대로 110' }
      : {
          name: 'Ada Park',
          phone: '+1 555 000 0000',
          country: 'US',
          postcode: '94103',
          city: 'San Francisco',
          region: 'CA',
          line1: '1 Market St',
        }
    await ask('PUT', `/carts/${cart.id}/delivery`, { email: 'sky@example.com', address })
    const { body: options } = await ask('GET', `/carts/${cart.id}`)
    await ask('PUT', `/carts/${cart.id}/delivery`, { shippingMethod: options.shippingOptions[0].method })
    if (codes.length > 0) await ask('PUT', `/carts/${cart.id}/codes`, { codes })
    return (await ask('GET', `/carts/${cart.id}`)).body
  }

  /** The buyer's yes to a cart as it was shown. */
  const accepted = (
    { cart, quoteHash }: { cart: { id: string; version: number }; quoteHash: string },
    method = 'card',
  ) => ({
    cartId: cart.id,
    version: cart.version,
    quoteHash,
    method,
    returnUrl: 'http://localhost:3000/ko/checkout/return',
  })

  /** What the buyer does in the provider's window; answers with the payment that the window sends back. */
  async function payIn(redirectUrl: string, form: Record<string, string>, path = 'card'): Promise<string> {
    const response = await practice.fetch(
      new Request(`${redirectUrl}/${path}`, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' }),
    )
    return new URL(response.headers.get('location') ?? 'http://localhost/?payment=').searchParams.get('payment') ?? ''
  }

  return { ask, filledCart, accepted, payIn, cookies }
}
