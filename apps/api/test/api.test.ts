import { describe, expect, test } from 'vitest'
import { describeShop } from './engines.ts'

describeShop((shop, engine) => {
  const mug = 'SG-CUP-0101'

  describe('the catalog', () => {
    test('lists products in pages, and a shelf with what lies on the shelves below it', async () => {
      const { ask } = shop().visitor()
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
      const { ask } = shop().visitor()
      const names = async (q: string, locale: string) =>
        (await ask('GET', `/products?locale=${locale}&currency=KRW&q=${encodeURIComponent(q)}`)).body.items.map(
          (card: { name: string }) => card.name,
        )
      expect(await names('머그', 'ko')).toContain('굽 높은 머그')
      expect(await names('mug', 'en')).toContain('High-Foot Mug')
      expect(await names('없는물건', 'ko')).toEqual([])
    })

    test('shows a product with prices of the market, stock, rating and the shelves above it', async () => {
      const { ask } = shop().visitor()
      const { body } = await ask('GET', '/products/high-foot-mug?locale=en&market=us')
      expect(body.prices[mug].amount).toEqual({ minor: 2400, currency: 'USD' })
      expect([body.available[mug], body.categories.length, body.rating.count > 0]).toEqual([46, 2, true])
      expect((await ask('GET', '/products/nothing?locale=en&market=us')).status).toBe(404)
      expect((await ask('GET', '/products/high-foot-mug?locale=en&market=mars')).body.code).toBe(
        'pricing.market_not_found',
      )
    })

    test('reads reviews in an honest order', async () => {
      const { ask } = shop().visitor()
      const { body } = await ask('GET', '/products/high-foot-mug?locale=en&market=us')
      const { body: lowest } = await ask('GET', `/products/${body.product.id}/reviews?sort=lowest`)
      const stars = lowest.items.map((review: { stars: number }) => review.stars)
      expect(stars).toEqual(stars.toSorted())
    })
  })

  describe('a guest', () => {
    test('buys by card: order, payment and parcel in one view', async () => {
      const { ask, filledCart, accepted, payIn } = shop().visitor()
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
      expect((await shop().shop.inventory.stockOf(shop().db, [mug]))[mug]).toMatchObject({ onHand: 44, reserved: 0 })
    })

    test('whose card is declined pays with another, for the same order', async () => {
      const { ask, filledCart, accepted, payIn } = shop().visitor()
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
      const { ask, filledCart, accepted } = shop().visitor()
      const { body } = await ask(
        'POST',
        '/checkout',
        accepted(await filledCart([{ sku: mug, quantity: 1 }]), 'virtual_account'),
      )
      const { body: started } = await ask('GET', `/orders/${body.order.number}?token=${body.token}`)
      shop().practice.issueAccount(started.payment.attempts[0].id, '국민은행')
      await ask('POST', `/orders/${body.order.number}/settle?token=${body.token}`)
      const view = async () => (await ask('GET', `/orders/${body.order.number}?token=${body.token}`)).body
      const waiting = await view()
      expect(waiting).toMatchObject({
        order: { status: 'pending_payment' },
        payment: { status: 'awaiting_deposit', deposit: { account: expect.any(String) } },
      })
      expect(waiting.order.expiresAt > '2026-11-21T04:00:00.000Z').toBe(true)
      shop().practice.deposit(waiting.payment.attempts[0].id)
      await shop().practice.flush()
      await shop().shop.payments.processInbox(shop().db)
      await shop().shop.deliver(shop().db)
      expect((await view()).order.status).toBe('paid')
    })

    test('who sends a request twice with one key gets one order and the same answer', async () => {
      const { ask, filledCart, accepted } = shop().visitor()
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
      const { ask, filledCart, accepted, payIn } = shop().visitor()
      const { body } = await ask('POST', '/checkout', accepted(await filledCart([{ sku: mug, quantity: 1 }])))
      await ask('POST', `/payments/${await payIn(body.payment.redirectUrl, { practice: '4242424242424242' })}/order`)
      await ask('POST', `/orders/${body.order.number}/cancel?token=${body.token}`, { reason: '마음이 바뀌었습니다' })
      await shop().shop.payments.sweep(shop().db)
      const { body: view } = await ask('GET', `/orders/${body.order.number}?token=${body.token}`)
      expect(view).toMatchObject({
        order: { status: 'cancelled' },
        payment: { status: 'refunded', refunded: body.order.total },
      })
    })

    test('whose wish is wrong hears which field, and nothing is stored', async () => {
      const { ask, filledCart, accepted } = shop().visitor()
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
      const { ask, filledCart, accepted } = shop().visitor()
      const { body } = await ask('POST', '/checkout', accepted(await filledCart([{ sku: mug, quantity: 1 }])))
      const stranger = shop().visitor()
      expect((await stranger.ask('GET', `/orders/${body.order.number}?token=guess`)).status).toBe(404)
      expect((await stranger.ask('GET', `/orders/${body.order.number}`)).status).toBe(401)
      expect((await stranger.ask('GET', '/me/orders')).status).toBe(401)
    })
  })

  describe('a member', () => {
    const signedUp = async (email: string) => {
      const visitor = shop().visitor()
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

    test('who signs up without a name is refused, and may do it again with one', async () => {
      const { ask } = shop().visitor()
      const signUp = (name: string) =>
        ask('POST', '/auth/sign-up/email', { email: 'nameless@example.com', password: 'a long password', name })
      expect(await signUp(' ')).toMatchObject({ status: 422, body: { code: 'INVALID_INPUT' } })
      expect((await signUp('이름')).status).toBe(200)
      expect((await ask('GET', '/me')).body.name).toBe('이름')
    })

    test('reviews what they have received, once, and others read it after a decision', async () => {
      const { ask, filledCart, accepted, payIn } = await signedUp('reviewer@example.com')
      const staff = await shop().staff()
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

  describe('the API', () => {
    test('says that it is well, describes itself, and has a reference page that loads nothing from elsewhere', async () => {
      const { ask } = shop().visitor()
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
      const { ask } = shop().visitor()
      expect(await ask('GET', '/nothing')).toMatchObject({
        status: 404,
        body: { code: 'http.404', instance: '/nothing' },
      })
      expect((await ask('POST', '/webhooks/sandbox', { reference: 'att_1' })).status).toBe(403)
      expect((await ask('POST', '/carts', { note: 'x'.repeat(300_000) })).status).toBe(413)
    })

    test('asks for patience after ten wrong passwords', async () => {
      const { ask } = shop().visitor()
      const tries = await Promise.all(
        Array.from({ length: 12 }, () =>
          ask('POST', '/auth/sign-in/email', { email: 'nobody@example.com', password: 'not the password' }),
        ),
      )
      expect(tries.map(({ status }) => status)).toEqual(expect.arrayContaining([401, 429]))
    })
  })
})
