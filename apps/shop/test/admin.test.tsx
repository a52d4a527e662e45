import { afterAll, describe, expect, test } from 'vitest'
import { key, mug, openOffice, password, valueOf } from './office.ts'

const { api, browser, staff, paidOrder, viewOf, faults, close } = await openOffice()
afterAll(close)

describe('the door of the back office', () => {
  const pages = [
    '',
    '/orders',
    '/orders/ord_1',
    '/orders/ord_1/cancel',
    '/orders/ord_1/refund',
    '/products',
    '/products/prd_1',
    '/import',
    '/import/imp_1',
    '/import/imp_1/errors.csv',
    '/reviews',
    '/money',
    '/risk',
    '/money/bank',
    '/money/pay-outs',
    '/promotions',
    '/promotions/new',
    '/promotions/prm_1',
    '/promotions/prm_1/codes',
    '/promotions/prm_1/batches/bat_1/codes.csv',
    '/prices',
    '/prices/why',
    '/nothing',
  ]
  const actions = [
    '/orders/ord_1/ship',
    '/orders/ord_1/cancel',
    '/orders/ord_1/refund',
    '/orders/ord_1/parcels/shp_1/events',
    '/products/prd_1/texts',
    '/products/prd_1/status',
    '/products/prd_1/prices',
    '/products/prd_1/stock',
    '/import',
    '/import/imp_1/run',
    '/reviews/rev_1/approve',
    '/reviews/rev_1/reject',
    '/reviews/rev_1/reply',
    '/promotions/new',
    '/promotions/prm_1',
    '/promotions/prm_1/switch',
    '/promotions/prm_1/coupons',
    '/promotions/prm_1/batches',
    '/prices',
    '/prices/lists',
    '/soundness',
  ]

  test.each(pages)('sends a stranger who asks for /admin%s to the sign-in, and back afterwards', async (page) => {
    const { path, html, status } = await browser().get(`/admin${page}`)
    expect([path, status]).toEqual([`/admin/sign-in?next=${encodeURIComponent(`/admin${page}`)}`, 200])
    expect(valueOf(html, 'next')).toBe(`/admin${page}`)
  })

  test.each(actions)('lets no stranger do /admin%s', async (action) => {
    expect((await browser().send(`/admin${action}`, {})).path).toMatch(/^\/admin\/sign-in/)
  })

  test('is closed to members of the shop', async () => {
    const member = api.visitor()
    await member.ask('POST', '/auth/sign-up/email', { email: 'nosy@example.com', password, name: 'Nosy' })
    const office = browser()
    for (const [name, value] of member.cookies) office.cookies.set(name, value)
    expect((await office.get('/admin')).path).toMatch(/^\/admin\/sign-in/)
  })

  test('does not open to a wrong password, and keeps the address that was entered', async () => {
    const { status, html } = await browser().send('/admin/sign-in', {
      email: 'who@example.com',
      password: 'not the password',
    })
    expect(status).toBe(422)
    expect(html).toContain('E-mail or password is wrong.')
    expect(valueOf(html, 'email') || html).toContain('who@example.com')
  })

  test('leads nowhere outside, whatever its address says', async () => {
    const email = `${crypto.randomUUID()}@example.com`
    await api.auth.addStaff({ email, name: 'Kim', role: 'viewer', password })
    for (const next of ['https://evil.example', '//evil.example', '/admin.evil', '/admin\\evil', '/ko']) {
      expect((await browser().send('/admin/sign-in', { email, password, next })).path).toBe('/admin')
    }
  })

  test('closes when staff sign out', async () => {
    const office = await staff()
    expect((await office.send('/admin/sign-out', {})).path).toBe('/admin/sign-in')
    expect((await office.get('/admin')).path).toMatch(/^\/admin\/sign-in/)
  })

  test('speaks the language of the browser, until another is chosen', async () => {
    const office = await staff('operator', 'ko-KR,ko;q=0.9')
    expect((await office.get('/admin')).html).toContain('<html lang="ko">')
    await office.send('/admin/language', { to: 'en', back: '/admin' })
    expect((await office.get('/admin')).html).toContain('<html lang="en">')
  })
})

describe('viewers', () => {
  test('see everything, and no button that changes anything', async () => {
    const { order } = await paidOrder()
    const [{ items }, office] = [await api.shop.catalog.list(api.db, { locale: 'en', limit: 1 }), await staff('viewer')]
    for (const path of [
      '/admin',
      `/admin/orders/${order.id}`,
      `/admin/products/${items[0]?.id}`,
      '/admin/import',
      '/admin/reviews',
      '/admin/promotions',
      '/admin/prices',
    ]) {
      const { html, status } = await office.get(path)
      const posts = [...html.matchAll(/<form[^>]*method="post"[^>]*action="([^"]*)"[\s\S]*?<\/form>/g)].filter(
        ([form]) => form.includes('<button'),
      )
      expect([path, status, posts.map(([, action]) => action)]).toEqual([
        path,
        200,
        ['/admin/language', '/admin/sign-out'],
      ])
    }
  })

  test('are told so when they try all the same, and nothing happens', async () => {
    const { order } = await paidOrder()
    const office = await staff('viewer')
    const { status, html } = await office.send(`/admin/orders/${order.id}/cancel`, { key: key(), reason: 'Because' })
    expect(status).toBe(403)
    expect(html).toContain('You may not do this')
    expect((await viewOf(order.id)).status).toBe('paid')
    expect((await office.send('/admin/import', {})).status).toBe(403)
  })
})

describe('the alarm', () => {
  const damage = (by: number) =>
    api.db
      .updateTable('reviews_review')
      .set((eb) => ({ helpful: eb('helpful', '+', by) }))
      .execute()

  test('says on the first page which promise is broken and by what, and is gone once that is mended', async () => {
    const owner = await staff('operator')
    expect((await owner.get('/admin')).html).toContain('Nothing has been checked yet')
    await damage(1)
    const { html } = await owner.send('/admin/soundness', {})
    expect(html).toMatch(/role="alert"[^]*The books do not agree[^]*A review is as helpful as people have said[^]*rev_/)
    await damage(-1)
    expect((await owner.send('/admin/soundness', {})).html).toContain('all agreed at the check of')
  })

  test('is for viewers to read, and speaks Korean', async () => {
    await damage(1)
    const viewer = await staff('viewer', 'ko')
    await (await staff('operator')).send('/admin/soundness', {})
    const { html } = await viewer.get('/admin')
    expect(html).toContain('후기의 도움 수가 실제 누른 수와 같다')
    expect(html).not.toContain('지금 점검')
    await damage(-1)
    await (await staff('operator')).send('/admin/soundness', {})
  })
})

describe('orders', () => {
  test('are to-dos, in a list that is found by status, number and name', async () => {
    const { order } = await paidOrder()
    const office = await staff()
    expect((await office.get('/admin')).html).toContain('href="/admin/orders?status=paid"')
    expect((await office.get('/admin/orders?status=paid')).html).toContain(order.number)
    expect((await office.get('/admin/orders?status=delivered')).html).not.toContain(order.number)
    expect((await office.get(`/admin/orders?q=${order.number}`)).html).toContain(order.number)
    expect((await office.get(`/admin/orders?q=${encodeURIComponent('김하')}`)).html).toContain(order.number)
    expect((await office.get('/admin/orders?q=nobody')).html).toContain('No order matches.')
  })

  test('go out in parts, arrive, and say by whom', async () => {
    const { order } = await paidOrder(3)
    const [office, line] = [await staff(), order.lines[0]?.id]
    const ship = (fields: Record<string, string>) =>
      office.send(`/admin/orders/${order.id}/ship`, { key: key(), carrier: 'cj', ...fields })

    const wrong = await ship({ trackingNumber: '12', [`pieces.${line}`]: '2' })
    expect(wrong.status).toBe(422)
    expect(wrong.html).toContain('A tracking number of CJ Logistics has 10 or 12 digits.')
    expect((await ship({ trackingNumber: '1234567890', [`pieces.${line}`]: '0' })).html).toContain(
      'Enter at least one piece to ship.',
    )
    expect((await ship({ trackingNumber: '1234567890', [`pieces.${line}`]: '4' })).html).toContain(
      'More pieces than were ordered cannot be shipped.',
    )

    const part = await ship({ trackingNumber: '1234567890', [`pieces.${line}`]: '2' })
    expect([part.path, (await viewOf(order.id)).status]).toEqual([
      `/admin/orders/${order.id}?done=shipped`,
      'partly_shipped',
    ])
    expect(part.html).toContain('2 of 3 shipped')
    await ship({ trackingNumber: '1234567891', [`pieces.${line}`]: '1' })
    expect((await viewOf(order.id)).status).toBe('shipped')

    const shipments =
      (await api.shop.shipping.shipmentsOf(api.db, [order.id as `ord_${string}`]))[order.id as `ord_${string}`] ?? []
    for (const { id } of shipments)
      await office.send(`/admin/orders/${order.id}/parcels/${id}/events`, {
        key: key(),
        status: 'delivered',
        place: 'Seoul',
        note: '',
      })
    expect((await viewOf(order.id)).status).toBe('delivered')
    expect((await office.get(`/admin/orders/${order.id}`)).html).toContain('Delivered · Seoul')
  })

  test('are cancelled only after what goes back has been shown, and all of it goes back', async () => {
    const { order } = await paidOrder()
    const office = await staff()
    const asked = await office.get(`/admin/orders/${order.id}/cancel`)
    expect(asked.html).toContain('₩31,000 goes back to the buyer.')
    expect((await office.send(`/admin/orders/${order.id}/cancel`, { key: key(), reason: ' ' })).status).toBe(422)
    expect((await viewOf(order.id)).status).toBe('paid')

    const done = await office.send(`/admin/orders/${order.id}/cancel`, {
      key: valueOf(asked.html, 'key'),
      reason: 'Cracked in the kiln',
    })
    await api.shop.payments.sweep(api.db)
    expect(await viewOf(order.id)).toMatchObject({
      status: 'cancelled',
      payment: { status: 'refunded', refunded: { minor: 31_000 } },
    })
    expect(done.html).toContain('Cracked in the kiln')
    expect(done.html).toContain('Kim the operator')
    expect(
      (
        await office.send(`/admin/orders/${order.id}/ship`, {
          key: key(),
          carrier: 'cj',
          trackingNumber: '1234567890',
          [`pieces.${order.lines[0]?.id}`]: '1',
        })
      ).html,
    ).toContain('The order has changed meanwhile')
  })

  test('are refunded in part, after a second look, once, and never beyond what came in', async () => {
    const { order } = await paidOrder(2)
    const office = await staff()
    const refund = (fields: Record<string, string>) => office.send(`/admin/orders/${order.id}/refund`, fields)
    const form = { key: key(), amount: '10,000', reason: 'A chip in the glaze' }

    const look = await refund(form)
    expect(look.html).toContain('₩10,000 goes back to card Visa ···· 4242.')
    expect(look.html).toContain('After that, ₩46,000 can still be refunded.')
    expect((await viewOf(order.id)).payment).toMatchObject({ refunded: { minor: 0 } })
    expect((await refund({ ...form, confirmed: 'yes' })).html).toContain('The refund has been requested.')
    await refund({ ...form, confirmed: 'yes' })
    expect((await viewOf(order.id)).payment).toMatchObject({
      refunded: { minor: 10_000 },
      refunds: [{ reason: 'A chip in the glaze' }],
    })

    const tooMuch = await refund({ ...form, key: key(), amount: '46001', confirmed: 'yes' })
    expect([tooMuch.status, tooMuch.html.includes('That is more than can be refunded.')]).toEqual([422, true])
    expect((await refund({ ...form, amount: '1.5' })).html).toContain('Please enter the amount in digits.')
  })

  test('say what goes back for returned pieces before anything is given back', async () => {
    const { order } = await paidOrder(3)
    const office = await staff()
    const path = `/admin/orders/${order.id}/refund`
    const ask = (fields: Record<string, string>) => office.send(path, { calculate: 'yes', ...fields })
    expect((await office.get(path)).html).toContain('Calculate from returned goods')
    expect((await ask({})).html).toContain('Enter at least one returned piece.')
    const field = `back.${order.lines[0]?.id}`
    expect((await ask({ [field]: '4' })).html).toContain('Enter a number from 0 to 3.')
    const { html } = await ask({ [field]: '2', policy: 'reevaluate', charges: 'kept', returnFee: '3,000' })
    expect(html).toMatch(/To refund<\/dt><dd class="money">₩53,000/)
    expect(valueOf(html, 'amount')).toBe('53000')
    expect((await viewOf(order.id)).payment).toMatchObject({ refunded: { minor: 0 } })
  })

  test('paid by deposit go back to a bank account only', async () => {
    const { ask, accepted, filledCart } = api.visitor()
    const { body } = await ask(
      'POST',
      '/checkout',
      accepted(await filledCart([{ sku: mug, quantity: 1 }]), 'virtual_account'),
    )
    const reference = (await viewOf(body.order.id)).payment?.attempts[0]?.id ?? ''
    api.practice.issueAccount(reference, 'Nuri Bank')
    api.practice.deposit(reference)
    await ask('POST', `/orders/${body.order.number}/settle?token=${body.token}`)

    const office = await staff()
    const form = { key: key(), amount: '31000', reason: 'Sold out', confirmed: 'yes' }
    const path = `/admin/orders/${body.order.id}/refund`
    const without = await office.send(path, form)
    expect([without.status, without.html.match(/Please fill in this field\./g)?.length]).toEqual([422, 6])
    await office.send(path, { ...form, bank: 'Nuri', account: '110-222-333333', holder: '김하늘' })
    expect((await viewOf(body.order.id)).payment).toMatchObject({ status: 'refunded' })
  })

  test('that are not there are not found', async () => {
    const office = await staff()
    expect((await office.get('/admin/orders/ord_01m808jrdcefrh5zfp0152qkpn')).status).toBe(404)
    expect((await office.get('/admin/orders/anything')).status).toBe(404)
    expect((await office.get('/admin/orders?after=anything')).status).toBe(404)
  })
})

test('no page has run into a fault', () => expect(faults).toEqual([]))
