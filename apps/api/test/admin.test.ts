import { describe, expect, test } from 'vitest'
import { describeShop } from './engines.ts'

describeShop((shop) => {
  const mug = 'SG-CUP-0101'

  describe('the back office', () => {
    const adminRoutes = async () => {
      const { body } = await shop().visitor().ask('GET', '/openapi.json')
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
      const member = shop().visitor()
      await member.ask('POST', '/auth/sign-up/email', {
        email: 'nosy@example.com',
        password: 'a long password',
        name: 'Nosy',
      })
      for (const { path, method } of await adminRoutes()) {
        for (const visitor of [shop().visitor(), member])
          expect([path, (await visitor.ask(method, path, method === 'GET' ? undefined : {})).status]).toEqual([
            path,
            401,
          ])
      }
    })

    test('lets viewers look and do nothing', async () => {
      const viewer = await shop().staff('viewer')
      for (const { path, method, role } of await adminRoutes()) {
        const { status } = await viewer.ask(method, path, method === 'GET' ? undefined : {})
        expect([path, method, status === 403]).toEqual([path, method, role !== 'viewer'])
      }
    })

    test('does not let anybody sign up as staff', async () => {
      const { status } = await shop().visitor().ask('POST', '/admin/auth/sign-up/email', {
        email: 'boss@example.com',
        password: 'a long password',
        name: 'Boss',
        role: 'owner',
      })
      expect(status).toBeGreaterThanOrEqual(400)
    })

    test('changes price and stock, and lists show it', async () => {
      const staff = await shop().staff()
      await staff.ask('PUT', '/admin/prices', {
        prices: [{ sku: 'SG-PAN-0901', amount: { minor: 100, currency: 'KRW' } }],
      })
      await staff.ask('PUT', '/admin/stock', { sku: 'SG-PAN-0901', onHand: 0 })
      const { body } = await staff.ask('GET', '/products?locale=en&currency=KRW&sort=price_asc&limit=1')
      expect(body.items[0]).toMatchObject({ sku: 'SG-PAN-0901', fromPrice: { minor: 100 }, inStock: false })
    })

    test('gives part of the money back, and never more than came in', async () => {
      const { ask, filledCart, accepted, payIn } = shop().visitor()
      const staff = await shop().staff()
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
      expect((await refund(body.order.total.minor)).body.code).toBe('payments.refund_exceeds')
      await staff.ask('POST', `/admin/orders/${body.order.id}/cancel`, { reason: 'The rest goes back, too' })
      await shop().shop.payments.sweep(shop().db)
      const { body: view } = await staff.ask('GET', `/admin/orders/${body.order.id}`)
      expect(view.payment).toMatchObject({ status: 'refunded', refunded: body.order.total })
    })

    test('imports a product file: first a preview, then for good, with a file of what was refused', async () => {
      const staff = await shop().staff()
      const file =
        'Handle,Title,Variant SKU,Variant Price,Variant Inventory Qty\ntea-egg,Tea egg,EGG-1,12.50,7\nbad-egg,Bad egg,EGG-2,much,1\n'
      const send = async (dryRun: boolean) => {
        const cookie = [...staff.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
        const response = await shop().app.request(
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
      await shop().shop.deliver(shop().db)
      expect((await staff.ask('GET', '/products?locale=en&currency=USD&q=egg')).body.items).toMatchObject([
        { name: 'Tea egg', fromPrice: { minor: 1250 }, inStock: true },
      ])
    })
  })
})
