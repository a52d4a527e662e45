import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestDb, type TestDatabase } from '@sangdo/core/testing'
import { openTestShop, type TestShop } from './shop.ts'

const withoutServer = !process.env['TEST_DATABASE_URL']

const engines = withoutServer ? (['sqlite'] as const) : (['sqlite', 'postgres'] as const)

describe.each(engines)('on %s', (engine) => {
  let database: TestDatabase
  let shop: TestShop

  beforeAll(async () => {
    database = await openTestDb(engine)
    shop = await openTestShop({ databaseUrl: database.url ?? '' })
  }, 60_000)

  afterAll(async () => {
    await shop.close()
    await database.close()
  })

  const mug = 'SG-CUP-0101'

  describe('the catalog', () => {
    test('lists products in pages, and a shelf with what lies on the shelves below it', async () => {
      const { ask } = shop.visitor()
      const first = await ask('GET', '/products?locale=ko&currency=KRW&limit=20&sort=price_asc')
      const second = await ask(
        'GET',
        `/products?locale=ko&currency=KRW&limit=100&sort=price_asc&after=${first.body.next}`,
      )
      expect(first.body.items.length + second.body.items.length).toBe(55)
      const table = await ask('GET', `/categories/${encodeURIComponent('식탁')}?locale=ko`)
      const shelf = await ask('GET', `/products?locale=ko&currency=KRW&limit=100&category=${table.body.id}`)
      expect(shelf.body.items.map((card: { slug: string }) => card.slug)).toContain('굽-높은-머그')
    })

    test('finds Korean and English words inside names, two syllables too', async () => {
      const { ask } = shop.visitor()
      const names = async (q: string, locale: string) =>
        (await ask('GET', `/products?locale=${locale}&currency=KRW&q=${encodeURIComponent(q)}`)).body.items.map(
          (card: { name: string }) => card.name,
        )
      expect(await names('머그', 'ko')).toContain('굽 높은 머그')
      expect(await names('mug', 'en')).toContain('High-Foot Mug')
      expect(await names('없는물건', 'ko')).toEqual([])
    })

    test('shows a product with prices of the market, stock, rating and the shelves above it', async () => {
      const { ask } = shop.visitor()
      const { body } = await ask('GET', '/products/high-foot-mug?locale=en&market=us')
      expect(body.prices[mug].amount).toEqual({ minor: 2400, currency: 'USD' })
      expect([body.available[mug], body.categories.length, body.rating.count > 0]).toEqual([46, 2, true])
      expect((await ask('GET', '/products/nothing?locale=en&market=us')).status).toBe(404)
      expect((await ask('GET', '/products/high-foot-mug?locale=en&market=mars')).body.code).toBe(
        'pricing.market_not_found',
      )
    })

    test('reads reviews in an honest order', async () => {
      const { ask } = shop.visitor()
      const { body } = await ask('GET', '/products/high-foot-mug?locale=en&market=us')
      const { body: lowest } = await ask('GET', `/products/${body.product.id}/reviews?sort=lowest`)
      const stars = lowest.items.map((review: { stars: number }) => review.stars)
      expect(stars).toEqual(stars.toSorted())
    })
  })

  describe('a guest', () => {
    test('buys by card: order, payment and parcel in one view', async () => {
      const { ask, filledCart, accepted, payIn } = shop.visitor()
      const priced = await filledCart([{ sku: mug, quantity: 2 }], 'kr', ['spoon5000'])
      expect(priced.quote.total).toEqual({ minor: 51_000, currency: 'KRW' })
      const { status, body } = await ask('POST', '/checkout', accepted(priced))
      expect([status, body.order.status]).toEqual([201, 'pending_payment'])
      const reference = await payIn(body.payment.redirectUrl, { practice: '4242424242424242' })
      const back = await ask('POST', `/payments/${reference}/order`)
      expect(back.body).toEqual({ number: body.order.number, token: body.token })
      const { body: view } = await ask('GET', `/orders/${body.order.number}?token=${body.token}`)
      expect(view).toMatchObject({
        order: { status: 'paid' },
        payment: { status: 'captured', card: { last4: '4242' } },
        shipments: [],
      })
      expect((await shop.shop.inventory.stockOf(shop.db, [mug]))[mug]).toMatchObject({ onHand: 44, reserved: 0 })
    })

    test('whose card is declined pays with another, for the same order', async () => {
      const { ask, filledCart, accepted, payIn } = shop.visitor()
      const { body } = await ask('POST', '/checkout', accepted(await filledCart([{ sku: mug, quantity: 1 }], 'us')))
      await ask('POST', `/payments/${await payIn(body.payment.redirectUrl, { practice: '4000000000000002' })}/order`)
      const path = `/orders/${body.order.number}`
      expect((await ask('GET', `${path}?token=${body.token}`)).body).toMatchObject({
        order: { status: 'pending_payment' },
        payment: { status: 'failed' },
      })
      const again = await ask('POST', `${path}/payments?token=${body.token}`, {
        method: 'card',
        returnUrl: 'http://localhost:3000/en/checkout/return',
      })
      await payIn(again.body.redirectUrl, { practice: '4242424242424242' })
      expect((await ask('POST', `${path}/settle?token=${body.token}`)).body.order.status).toBe('paid')
    })

    test('who deposits to a virtual account is heard of by webhook alone', async () => {
      const { ask, filledCart, accepted } = shop.visitor()
      const { body } = await ask(
        'POST',
        '/checkout',
        accepted(await filledCart([{ sku: mug, quantity: 1 }]), 'virtual_account'),
      )
      const { body: started } = await ask('GET', `/orders/${body.order.number}?token=${body.token}`)
      shop.practice.issueAccount(started.payment.attempts[0].id, '국민은행')
      await ask('POST', `/orders/${body.order.number}/settle?token=${body.token}`)
      const view = async () => (await ask('GET', `/orders/${body.order.number}?token=${body.token}`)).body
      const waiting = await view()
      expect(waiting).toMatchObject({
        order: { status: 'pending_payment' },
        payment: { status: 'awaiting_deposit', deposit: { account: expect.any(String) } },
      })
      expect(waiting.order.expiresAt > '2026-11-21T04:00:00.000Z').toBe(true)
      shop.practice.deposit(waiting.payment.attempts[0].id)
      await shop.practice.flush()
      await shop.shop.payments.processInbox(shop.db)
      await shop.shop.deliver(shop.db)
      expect((await view()).order.status).toBe('paid')
    })

    test('who sends a request twice with one key gets one order and the same answer', async () => {
      const { ask, filledCart, accepted } = shop.visitor()
      const yes = accepted(await filledCart([{ sku: mug, quantity: 1 }]))
      const key = { 'idempotency-key': 'one-key' }
      const [first, second] = [await ask('POST', '/checkout', yes, key), await ask('POST', '/checkout', yes, key)]
      expect(second.body).toEqual(first.body)
      expect(second.headers.get('idempotent-replayed')).toBe('true')
      expect(await ask('POST', '/checkout', { ...yes, version: 99 }, key)).toMatchObject({
        status: 422,
        body: { code: 'core.key_reused' },
      })
    })

    test('who cancels before it ships gets everything back', async () => {
      const { ask, filledCart, accepted, payIn } = shop.visitor()
      const { body } = await ask('POST', '/checkout', accepted(await filledCart([{ sku: mug, quantity: 1 }])))
      await ask('POST', `/payments/${await payIn(body.payment.redirectUrl, { practice: '4242424242424242' })}/order`)
      await ask('POST', `/orders/${body.order.number}/cancel?token=${body.token}`, { reason: '마음이 바뀌었습니다' })
      await shop.shop.payments.sweep(shop.db)
      const { body: view } = await ask('GET', `/orders/${body.order.number}?token=${body.token}`)
      expect(view).toMatchObject({
        order: { status: 'cancelled' },
        payment: { status: 'refunded', refunded: body.order.total },
      })
    })

    test('whose wish is wrong hears which field, and nothing is stored', async () => {
      const { ask, filledCart, accepted } = shop.visitor()
      const { body: cart } = await ask('POST', '/carts', { currency: 'KRW', market: 'kr', locale: 'ko' })
      const refusedFields = async (method: string, path: string, json: unknown) =>
        (await ask(method, path, json)).body.errors.map((error: { field: string }) => error.field)
      expect(await refusedFields('POST', `/carts/${cart.id}/lines`, { sku: mug, quantity: -1, price: 1 })).toEqual(
        expect.arrayContaining(['quantity', 'price']),
      )
      expect(
        await refusedFields('PUT', `/carts/${cart.id}/delivery`, { email: 'no', address: { country: 'KR' } }),
      ).toEqual(expect.arrayContaining(['email', 'address.name', 'address.postcode']))
      const yes = accepted(await filledCart([{ sku: mug, quantity: 1 }]))
      expect(await ask('POST', '/checkout', { ...yes, quoteHash: 'forged' })).toMatchObject({
        status: 409,
        body: { code: 'orders.price_changed' },
      })
      expect((await ask('POST', '/checkout', yes, { 'idempotency-key': '' })).status).toBe(400)
      expect((await ask('POST', `/carts/${cart.id}/lines`, 'not an object')).status).toBe(422)
    })

    test('sees nothing of anybody else', async () => {
      const { ask, filledCart, accepted } = shop.visitor()
      const { body } = await ask('POST', '/checkout', accepted(await filledCart([{ sku: mug, quantity: 1 }])))
      const stranger = shop.visitor()
      expect((await stranger.ask('GET', `/orders/${body.order.number}?token=guess`)).status).toBe(404)
      expect((await stranger.ask('GET', `/orders/${body.order.number}`)).status).toBe(401)
      expect((await stranger.ask('GET', '/me/orders')).status).toBe(401)
    })
  })

  describe('a member', () => {
    const signedUp = async (email: string) => {
      const visitor = shop.visitor()
      expect(
        (await visitor.ask('POST', '/auth/sign-up/email', { email, password: 'a long password', name: '남궁하늘' }))
          .status,
      ).toBe(200)
      return visitor
    }

    test('signs up, keeps addresses and consents, and finds their orders', async () => {
      const { ask, filledCart, accepted, payIn } = await signedUp('member@example.com')
      expect((await ask('GET', '/me')).body).toMatchObject({ name: '남궁하늘', email: 'member@example.com' })
      expect((await ask('GET', '/me/consents')).body).toEqual([])
      await ask('POST', '/me/consents', {
        channel: 'email',
        decision: 'granted',
        textVersion: '2026-11',
        source: 'account',
      })
      expect((await ask('GET', '/me/consents')).body).toMatchObject([{ channel: 'email', decision: 'granted' }])
      const { body } = await ask('POST', '/checkout', accepted(await filledCart([{ sku: mug, quantity: 1 }])))
      await ask('POST', `/payments/${await payIn(body.payment.redirectUrl, { practice: '4242424242424242' })}/order`)
      expect((await ask('GET', '/me/orders')).body.items).toMatchObject([{ number: body.order.number, status: 'paid' }])
      expect((await ask('GET', `/orders/${body.order.number}`)).body.order.customerId).toMatch(/^cus_/)
      const other = await signedUp('other@example.com')
      expect((await other.ask('GET', `/orders/${body.order.number}`)).status).toBe(404)
      expect((await other.ask('GET', `/carts/${body.order.cartId}`)).status).toBe(404)
    })

    test('reviews what they have received, once, and others read it after a decision', async () => {
      const { ask, filledCart, accepted, payIn } = await signedUp('reviewer@example.com')
      const staff = await signedInStaff()
      const { body } = await ask('POST', '/checkout', accepted(await filledCart([{ sku: mug, quantity: 1 }])))
      await ask('POST', `/payments/${await payIn(body.payment.redirectUrl, { practice: '4242424242424242' })}/order`)
      const lineId = body.order.lines[0].id
      const review = { lineId, stars: 5, text: '손잡이가 세 손가락에 꼭 맞습니다.', locale: 'ko' }
      expect((await ask('POST', '/reviews', review)).body.code).toBe('reviews.not_purchased')
      const sent = await staff.ask('POST', `/admin/orders/${body.order.id}/shipments`, {
        carrier: 'cj',
        trackingNumber: '1234567890',
        lines: [{ lineId, quantity: 1 }],
      })
      expect(sent.body.order.status).toBe('shipped')
      const arrived = await staff.ask('POST', `/admin/shipments/${sent.body.shipments[0].id}/events`, {
        status: 'delivered',
      })
      expect(arrived.body.order.status).toBe('delivered')
      const written = await ask('POST', '/reviews', review)
      expect(written.body).toMatchObject({ status: 'pending', author: '남**늘' })
      expect((await ask('POST', '/reviews', review)).body.code).toBe('reviews.already_reviewed')
      await staff.ask('POST', `/admin/reviews/${written.body.id}/approve`, {})
      const { body: read } = await ask('GET', `/products/${written.body.productId}/reviews`)
      expect(read.items[0]).toMatchObject({ id: written.body.id, stars: 5 })
    })
  })

  async function signedInStaff(role: 'viewer' | 'operator' | 'owner' = 'operator') {
    const email = `${role}-${crypto.randomUUID()}@example.com`
    await shop.auth.addStaff({ email, name: role, password: 'a long password', role })
    const visitor = shop.visitor()
    expect(
      (await visitor.ask('POST', '/admin/auth/sign-in/email', { email, password: 'a long password' })).status,
    ).toBe(200)
    return visitor
  }

  describe('the back office', () => {
    const adminRoutes = async () => {
      const { body } = await shop.visitor().ask('GET', '/openapi.json')
      return Object.entries(body.paths as Record<string, Record<string, { 'x-role'?: string }>>)
        .filter(([path]) => path.startsWith('/admin/'))
        .flatMap(([path, methods]) =>
          Object.entries(methods).map(([method, operation]) => ({
            path: path.replaceAll(/\{[^}]+\}/g, 'ord_1'),
            method: method.toUpperCase(),
            role: operation['x-role'],
          })),
        )
    }

    test('names the role that every route needs', async () => {
      const routes = await adminRoutes()
      expect(routes.length).toBeGreaterThan(15)
      expect(routes.filter((route) => !route.role)).toEqual([])
    })

    test('is closed to guests and to members, on every route', async () => {
      const member = shop.visitor()
      await member.ask('POST', '/auth/sign-up/email', {
        email: 'nosy@example.com',
        password: 'a long password',
        name: 'Nosy',
      })
      for (const { path, method } of await adminRoutes()) {
        for (const visitor of [shop.visitor(), member])
          expect([path, (await visitor.ask(method, path, method === 'GET' ? undefined : {})).status]).toEqual([
            path,
            401,
          ])
      }
    })

    test('lets viewers look and do nothing', async () => {
      const viewer = await signedInStaff('viewer')
      for (const { path, method, role } of await adminRoutes()) {
        const { status } = await viewer.ask(method, path, method === 'GET' ? undefined : {})
        expect([path, method, status === 403]).toEqual([path, method, role !== 'viewer'])
      }
    })

    test('does not let anybody sign up as staff', async () => {
      const { status } = await shop.visitor().ask('POST', '/admin/auth/sign-up/email', {
        email: 'boss@example.com',
        password: 'a long password',
        name: 'Boss',
        role: 'owner',
      })
      expect(status).toBeGreaterThanOrEqual(400)
    })

    test('changes price and stock, and lists show it', async () => {
      const staff = await signedInStaff()
      await staff.ask('PUT', '/admin/prices', {
        prices: [{ sku: 'SG-PAN-0901', amount: { minor: 100, currency: 'KRW' } }],
      })
      await staff.ask('PUT', '/admin/stock', { sku: 'SG-PAN-0901', onHand: 0 })
      const { body } = await staff.ask('GET', '/products?locale=en&currency=KRW&sort=price_asc&limit=1')
      expect(body.items[0]).toMatchObject({ sku: 'SG-PAN-0901', fromPrice: { minor: 100 }, inStock: false })
    })

    test('gives part of the money back, and never more than came in', async () => {
      const { ask, filledCart, accepted, payIn } = shop.visitor()
      const staff = await signedInStaff()
      const { body } = await ask('POST', '/checkout', accepted(await filledCart([{ sku: mug, quantity: 1 }])))
      await ask('POST', `/payments/${await payIn(body.payment.redirectUrl, { practice: '4242424242424242' })}/order`)
      const refund = (minor: number) =>
        staff.ask('POST', `/admin/orders/${body.order.id}/refunds`, {
          amount: { minor, currency: 'KRW' },
          reason: 'A chip in the glaze',
        })
      expect((await refund(10_000)).body.payment).toMatchObject({
        status: 'partially_refunded',
        refunded: { minor: 10_000 },
      })
      expect(await refund(body.order.total.minor)).toMatchObject({
        status: 409,
        body: { code: 'payments.refund_exceeds' },
      })
    })

    test('imports a product file: first a preview, then for good, with a file of what was refused', async () => {
      const staff = await signedInStaff()
      const file =
        'Handle,Title,Variant SKU,Variant Price,Variant Inventory Qty\ntea-egg,Tea egg,EGG-1,12.50,7\nbad-egg,Bad egg,EGG-2,much,1\n'
      const send = async (dryRun: boolean) => {
        const cookie = [...staff.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
        const response = await shop.app.request(
          `http://localhost:4000/admin/imports?format=shopify&locale=en&currency=USD&dryRun=${dryRun}`,
          { method: 'POST', body: file, headers: { cookie, 'content-type': 'text/csv' } },
        )
        const { id } = (await response.json()) as { id: string }
        for (;;) {
          const { body } = await staff.ask('GET', `/admin/imports/${id}`)
          if (body.status !== 'running') return body
          await new Promise((resolve) => setTimeout(resolve, 10))
        }
      }
      expect(await send(true)).toMatchObject({ status: 'finished', created: 1, failed: 1 })
      expect((await staff.ask('GET', '/products?locale=en&currency=USD&q=egg')).body.items).toEqual([])
      const done = await send(false)
      expect(done).toMatchObject({ created: 1, failed: 1, errors: [{ row: 3, column: 'Variant Price' }] })
      expect((await staff.ask('GET', `/admin/imports/${done.id}/errors`)).body).toContain('bad-egg')
      await shop.shop.deliver(shop.db)
      expect((await staff.ask('GET', '/products?locale=en&currency=USD&q=egg')).body.items).toMatchObject([
        { name: 'Tea egg', fromPrice: { minor: 1250 }, inStock: true },
      ])
    })
  })

  describe('the API', () => {
    test('says that it is well, describes itself, and has a reference page that loads nothing from elsewhere', async () => {
      const { ask } = shop.visitor()
      expect((await ask('GET', '/health')).body).toEqual({ status: 'ok', database: engine })
      const { body: page } = await ask('GET', '/docs')
      expect(page).not.toMatch(/(src|href)="https?:/)
      expect((await ask('GET', '/docs/swagger-ui-bundle.js')).status).toBe(200)
      const { body } = await ask('GET', '/openapi.json')
      expect(body.openapi).toBe('3.1.0')
      expect(Object.keys(body.components.schemas)).toEqual(
        expect.arrayContaining(['Order', 'Product', 'Money', 'Problem']),
      )
    })

    test('answers what it does not know with a problem, and takes no forged message', async () => {
      const { ask } = shop.visitor()
      expect(await ask('GET', '/nothing')).toMatchObject({
        status: 404,
        body: { code: 'http.404', instance: '/nothing' },
      })
      expect((await ask('POST', '/webhooks/sandbox', { reference: 'att_1' })).status).toBe(403)
      expect((await ask('POST', '/carts', { note: 'x'.repeat(300_000) })).status).toBe(413)
    })

    test('asks for patience after ten wrong passwords', async () => {
      const { ask } = shop.visitor()
      const tries = await Promise.all(
        Array.from({ length: 12 }, () =>
          ask('POST', '/auth/sign-in/email', { email: 'nobody@example.com', password: 'not the password' }),
        ),
      )
      expect(tries.map(({ status }) => status)).toEqual(expect.arrayContaining([401, 429]))
    })
  })
})
