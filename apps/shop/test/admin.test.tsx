import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestShop, type TestShop } from '../../api/test/shop.ts'
import { createShopApp } from '../src/app.tsx'

const origin = 'http://localhost:3000'
const mug = 'SG-CUP-0101'
const password = 'a long password'

let api: TestShop
let shop: ReturnType<typeof createShopApp>
let publicFolder: string
let browsers = 0
const faults: unknown[] = []

beforeAll(async () => {
  publicFolder = mkdtempSync(join(tmpdir(), 'sangdo-public-'))
  writeFileSync(join(publicFolder, 'shop.css'), '')
  api = await openTestShop()
  shop = createShopApp({
    apiUrl: 'http://localhost:4000',
    apiFetch: async (request, clientIp) => api.app.fetch(request, { clientIp }),
    origin,
    publicFolder,
    payOrigins: [],
    report: (fault) => void faults.push(fault),
  })
}, 60_000)
afterAll(async () => {
  await api.close()
  rmSync(publicFolder, { recursive: true })
})

/** A browser without JavaScript: it keeps cookies, follows links and sends forms. */
function browser(language = 'en') {
  const cookies = new Map<string, string>()
  // Sign-ins are counted by address, so that each browser has one of its own.
  const from = { incoming: { socket: { remoteAddress: `10.0.0.${++browsers}` } } }

  async function ask(path: string, init: RequestInit = {}): Promise<{ status: number; html: string; path: string; headers: Headers }> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await shop.request(origin + path, { ...init, headers: { cookie, origin, 'accept-language': language, ...(init.headers as object) }, redirect: 'manual' }, from)
    for (const set of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (set.split(';')[0] ?? '').split(/=(.*)/s)
      if (/max-age=0/i.test(set)) cookies.delete(name)
      else cookies.set(name, value)
    }
    const location = response.headers.get('location')
    return location ? ask(location.replace(origin, '')) : { status: response.status, html: await response.text(), path, headers: response.headers }
  }

  const send = (path: string, fields: Record<string, string>) => ask(path, { method: 'POST', body: new URLSearchParams(fields) })
  const signIn = (email: string) => send('/admin/sign-in', { email, password, next: '/admin/orders' })
  return { get: (path: string) => ask(path), ask, send, signIn, cookies }
}

/** Someone who works here, with a browser in which they have signed in. */
async function staff(role: 'viewer' | 'operator' | 'owner' = 'operator', language?: string) {
  const email = `${role}-${crypto.randomUUID()}@example.com`
  await api.auth.addStaff({ email, name: `Kim the ${role}`, role, password })
  const office = browser(language)
  expect((await office.signIn(email)).path).toBe('/admin/orders')
  return office
}

/** An order that has been paid by card; the buyer is a member where they have a name. */
async function paidOrder(pieces = 1, member?: string) {
  const visitor = api.visitor()
  if (member) await visitor.ask('POST', '/auth/sign-up/email', { email: `${crypto.randomUUID()}@example.com`, password, name: member })
  const { body } = await visitor.ask('POST', '/checkout', visitor.accepted(await visitor.filledCart([{ sku: mug, quantity: pieces }])))
  await visitor.ask('POST', `/payments/${await visitor.payIn(body.payment.redirectUrl, { practice: '4242424242424242' })}/order`)
  return { ...visitor, order: body.order as { id: string; number: string; total: { minor: number }; lines: { id: string }[] } }
}

const viewOf = async (orderId: string) => {
  const order = await api.shop.orders.orderOf(api.db, orderId as `ord_${string}`)
  const [payment] = Object.values(await api.shop.payments.paymentsOf(api.db, [orderId]))
  return { status: order.status, payment }
}

/** The value of a hidden field, or of another with this name. */
const valueOf = (html: string, name: string) => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(html)?.[1] ?? ''
const key = () => crypto.randomUUID()

describe('the door of the back office', () => {
  const pages = ['', '/orders', '/orders/ord_1', '/orders/ord_1/cancel', '/orders/ord_1/refund', '/products', '/products/prd_1', '/import', '/import/imp_1', '/import/imp_1/errors.csv', '/reviews', '/promotions', '/promotions/new', '/nothing']
  const actions = ['/orders/ord_1/ship', '/orders/ord_1/cancel', '/orders/ord_1/refund', '/orders/ord_1/parcels/shp_1/events', '/products/prd_1/texts', '/products/prd_1/status', '/products/prd_1/prices', '/products/prd_1/stock', '/import', '/import/imp_1/run', '/reviews/rev_1/approve', '/reviews/rev_1/reject', '/reviews/rev_1/reply', '/promotions/new', '/promotions/prm_1/switch', '/promotions/prm_1/coupons']

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
    const { status, html } = await browser().send('/admin/sign-in', { email: 'who@example.com', password: 'not the password' })
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
    for (const path of ['/admin', `/admin/orders/${order.id}`, `/admin/products/${items[0]?.id}`, '/admin/import', '/admin/reviews', '/admin/promotions']) {
      const { html, status } = await office.get(path)
      const posts = [...html.matchAll(/<form[^>]*method="post"[^>]*action="([^"]*)"[\s\S]*?<\/form>/g)].filter(([form]) => form.includes('<button'))
      expect([path, status, posts.map(([, action]) => action)]).toEqual([path, 200, ['/admin/language', '/admin/sign-out']])
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
    const ship = (fields: Record<string, string>) => office.send(`/admin/orders/${order.id}/ship`, { key: key(), carrier: 'cj', ...fields })

    const wrong = await ship({ trackingNumber: '12', [`pieces.${line}`]: '2' })
    expect(wrong.status).toBe(422)
    expect(wrong.html).toContain('A tracking number of CJ Logistics has 10 or 12 digits.')
    expect((await ship({ trackingNumber: '1234567890', [`pieces.${line}`]: '0' })).html).toContain('Enter at least one piece to ship.')
    expect((await ship({ trackingNumber: '1234567890', [`pieces.${line}`]: '4' })).html).toContain('More pieces than were ordered cannot be shipped.')

    const part = await ship({ trackingNumber: '1234567890', [`pieces.${line}`]: '2' })
    expect([part.path, (await viewOf(order.id)).status]).toEqual([`/admin/orders/${order.id}?done=shipped`, 'partly_shipped'])
    expect(part.html).toContain('2 of 3 shipped')
    await ship({ trackingNumber: '1234567891', [`pieces.${line}`]: '1' })
    expect((await viewOf(order.id)).status).toBe('shipped')

    const shipments = (await api.shop.shipping.shipmentsOf(api.db, [order.id as `ord_${string}`]))[order.id as `ord_${string}`] ?? []
    for (const { id } of shipments) await office.send(`/admin/orders/${order.id}/parcels/${id}/events`, { key: key(), status: 'delivered', place: 'Seoul', note: '' })
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

    const done = await office.send(`/admin/orders/${order.id}/cancel`, { key: valueOf(asked.html, 'key'), reason: 'Cracked in the kiln' })
    await api.shop.payments.sweep(api.db)
    expect(await viewOf(order.id)).toMatchObject({ status: 'cancelled', payment: { status: 'refunded', refunded: { minor: 31_000 } } })
    expect(done.html).toContain('Cracked in the kiln')
    expect(done.html).toContain('Kim the operator')
    expect((await office.send(`/admin/orders/${order.id}/ship`, { key: key(), carrier: 'cj', trackingNumber: '1234567890', [`pieces.${order.lines[0]?.id}`]: '1' })).html).toContain('The order has changed meanwhile')
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
    expect((await viewOf(order.id)).payment).toMatchObject({ refunded: { minor: 10_000 }, refunds: [{ reason: 'A chip in the glaze' }] })

    const tooMuch = await refund({ ...form, key: key(), amount: '46001', confirmed: 'yes' })
    expect([tooMuch.status, tooMuch.html.includes('That is more than can be refunded.')]).toEqual([422, true])
    expect((await refund({ ...form, amount: '1.5' })).html).toContain('Please enter the amount in digits.')
  })

  test('paid by deposit go back to a bank account only', async () => {
    const { ask, accepted, filledCart } = api.visitor()
    const { body } = await ask('POST', '/checkout', accepted(await filledCart([{ sku: mug, quantity: 1 }]), 'virtual_account'))
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

describe('products', () => {
  const found = async (q: string) => {
    const [card] = (await api.shop.catalog.list(api.db, { locale: 'en', q, currency: 'KRW' })).items
    if (!card) throw new Error(`There is no ${q}`)
    return card
  }

  test('get a price and a count, and the shelves of the shop show them', async () => {
    const [office, { id }] = [await staff(), await found('Somyeon')]
    const path = `/admin/products/${id}`
    const prices = { 'price.KRW.SG-PAN-0901': '12,300', 'compareAt.KRW.SG-PAN-0901': '15000', 'price.USD.SG-PAN-0901': '10.50', 'compareAt.USD.SG-PAN-0901': '' }
    expect((await office.send(`${path}/prices`, { key: key(), ...prices })).html).toContain('Prices saved.')
    expect((await office.send(`${path}/stock`, { key: key(), 'stock.SG-PAN-0901': '0' })).html).toContain('Stock saved.')
    const shelf = async (language: string, q: string) => (await browser(language).get(`/${language}/search?q=${encodeURIComponent(q)}`)).html
    expect(await shelf('ko', '소면')).toMatch(/₩12,300[\s\S]*₩15,000/)
    expect(await shelf('ko', '소면')).toContain('품절')
    expect(await shelf('en', 'Somyeon')).toContain('$10.50')
    expect((await office.send(`${path}/stock`, { key: key(), 'stock.SG-PAN-0901': '7' })).html).toContain('Stock saved.')
    expect(await shelf('ko', '소면')).not.toContain('품절')
  })

  test('refuse what is no price and no count, at the field, and keep what was entered', async () => {
    const [office, { id }] = [await staff(), await found('High-Foot')]
    const { html, status } = await office.send(`/admin/products/${id}/prices`, { key: key(), [`price.KRW.${mug}`]: 'much', [`price.USD.${mug}`]: '' })
    expect(status).toBe(422)
    expect(html).toContain('Please enter the amount in digits.')
    expect(html).toContain('value="much"')
    expect(html).toContain('A price cannot be removed.')
    expect((await office.send(`/admin/products/${id}/stock`, { key: key(), [`stock.${mug}`]: '-1' })).html).toContain('Enter a whole number from 0 to 1,000,000.')
  })

  test('cannot be counted below what is promised', async () => {
    const { ask, accepted, filledCart } = api.visitor()
    await ask('POST', '/checkout', accepted(await filledCart([{ sku: mug, quantity: 1 }])))
    const [office, { id }] = [await staff(), await found('High-Foot')]
    const { html } = await office.send(`/admin/products/${id}/stock`, { key: key(), [`stock.${mug}`]: '0', 'stock.SG-CUP-0102': '61', 'stock.SG-CUP-0103': '0' })
    expect(html).toMatch(/SG-CUP-0101: \d+ are promised to orders/)
  })

  test('are changed by one at a time: who comes second is told to reload', async () => {
    const [office, { id }] = [await staff(), await found('High-Foot')]
    const version = valueOf((await office.get(`/admin/products/${id}`)).html, 'version')
    const texts = { version, 'name.ko': '굽 높은 머그', 'name.en': 'High-Foot Mug', 'summary.ko': '', 'summary.en': 'First', 'description.ko': '', 'description.en': '' }
    expect((await office.send(`/admin/products/${id}/texts`, texts)).html).toContain('Saved.')
    const second = await office.send(`/admin/products/${id}/texts`, { ...texts, 'summary.en': 'Second' })
    expect(second.status).toBe(409)
    expect(second.html).toContain('Someone changed this product.')
    expect(second.html).toContain('Second')
    expect((await api.shop.catalog.productOf(api.db, id)).summary).toEqual({ en: 'First' })
    expect((await office.send(`/admin/products/${id}/texts`, { ...texts, 'name.ko': '', 'name.en': '' })).html).toContain('Enter a name in Korean or English.')
  })

  test('get a name in a second language, and their pictures too', async () => {
    const { id } = await api.shop.catalog.createProduct(api.db, { name: { en: 'Plain cup' }, variants: [{ sku: 'PLAIN-1' }], media: [{ url: '/plain.svg', alt: { en: 'A cup' } }] })
    const office = await staff()
    await office.send(`/admin/products/${id}/texts`, { version: '1', 'name.ko': '민무늬 잔', 'name.en': 'Plain cup' })
    const { html } = await office.get(`/admin/products/${id}`)
    expect(html).toContain('민무늬 잔')
    expect((await api.shop.catalog.productOf(api.db, id)).media[0]?.alt).toEqual({ ko: '민무늬 잔', en: 'A cup' })
  })

  test('are put on sale and taken off again', async () => {
    const [office, { id }] = [await staff(), await found('Yakgwa')]
    await office.send(`/admin/products/${id}/status`, { status: 'archived' })
    expect((await office.get('/admin/products?status=archived')).html).toContain('Six Yakgwa')
    expect((await browser().get('/en/search?q=Yakgwa')).html).not.toContain('Six Yakgwa')
    await office.send(`/admin/products/${id}/status`, { status: 'active' })
    expect((await browser().get('/en/search?q=Yakgwa')).html).toContain('Six Yakgwa')
  })
})

describe('importing', () => {
  const file = 'Handle,Title,Variant SKU,Variant Price,Variant Inventory Qty\ntea-egg,Tea egg,EGG-1,12.50,7\nbad-egg,Bad egg,EGG-2,much,1\n'

  /** A form as browsers send it, with a file among its fields. */
  function form(content: string, fields: Record<string, string> = {}) {
    const body = new FormData()
    for (const [name, value] of Object.entries({ format: 'shopify', locale: 'en', currency: 'USD', ...fields })) body.set(name, value)
    body.set('file', new File([content], 'eggs "fresh".csv', { type: 'text/csv' }))
    return { method: 'POST', body }
  }

  /** Asks for the page again, as it does by itself, until the file has been read. */
  async function finished(office: ReturnType<typeof browser>, path: string) {
    for (;;) {
      const page = await office.get(path)
      if (!page.html.includes('http-equiv="refresh"')) return page
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  test('begins with a preview that changes nothing, and goes on with the same file', async () => {
    const office = await staff()
    const { path } = await office.ask('/admin/import', form(file))
    const preview = await finished(office, path)
    expect(preview.html).toContain('The preview is ready. Nothing has changed yet.')
    expect(preview.html).toContain('Import 1 product')
    expect(preview.html).toContain('eggs &quot;fresh&quot;.csv')
    expect((await office.get('/admin/products?q=egg')).html).not.toContain('Tea egg')

    const run = await finished(office, (await office.send(`${path}/run`, {})).path)
    expect(run.html).toContain('The import is done.')
    await api.shop.deliver(api.db)
    expect((await office.get('/admin/products?q=egg&currency=USD')).html).toMatch(/Tea egg[\s\S]*\$12\.50/)
    const errors = await office.get(`${run.path}/errors.csv`)
    expect(errors.headers.get('content-disposition')).toContain('refused-rows.csv')
    expect(errors.html).toContain('bad-egg,Bad egg,EGG-2,much,1')
    expect((await office.send(`${path}/run`, {})).html).toContain('The uploaded file is no longer kept.')
  })

  test('reads a file in which anything may stand, such as what looks like the end of a form', async () => {
    const office = await staff()
    const rows = Array.from({ length: 3000 }, (_, row) => `row-${row},"Line\r\n--line ${row}\r\n------WebKit",ROW-${row},1.00,1`)
    const { path } = await office.ask('/admin/import', form(`Handle,Title,Variant SKU,Variant Price,Variant Inventory Qty\r\n${rows.join('\r\n')}\r\n`))
    expect((await finished(office, path)).html).toMatch(/Would be new<\/dt><dd>3,000/)
  })

  test('says what is wrong with what was sent', async () => {
    const office = await staff()
    expect((await office.ask('/admin/import', form(''))).html).toContain('Choose a CSV file.')
    expect((await office.send('/admin/import', { format: 'shopify' })).html).toContain('The file did not arrive whole.')
    const cut = { method: 'POST', body: '--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\nHandle', headers: { 'content-type': 'multipart/form-data; boundary=x' } }
    expect((await office.ask('/admin/import', cut)).html).toContain('The file did not arrive whole.')
    const { path } = await office.ask('/admin/import', form('not a product file\n1\n'))
    expect((await finished(office, path)).html).toContain('The file could not be read.')
    expect((await office.get('/admin/import/imp_nothing')).status).toBe(404)
  })

  test('keeps a file for nobody but whoever sent it', async () => {
    const { path } = await (await staff()).ask('/admin/import', form(file))
    expect((await (await staff()).send(`${path}/run`, {})).html).toContain('The uploaded file is no longer kept.')
  })
})

describe('reviews', () => {
  async function written(stars: number) {
    const { ask, order } = await paidOrder(1, '남궁하늘')
    const [office, line] = [await staff(), order.lines[0]?.id ?? '']
    await office.send(`/admin/orders/${order.id}/ship`, { key: key(), carrier: 'cj', trackingNumber: '1234567890', [`pieces.${line}`]: '1' })
    const [{ id } = { id: '' }] = (await api.shop.shipping.shipmentsOf(api.db, [order.id as `ord_${string}`]))[order.id as `ord_${string}`] ?? []
    await office.send(`/admin/orders/${order.id}/parcels/${id}/events`, { key: key(), status: 'delivered' })
    const text = `${stars} stars, and here is why: ${crypto.randomUUID()}`
    const { body } = await ask('POST', '/reviews', { lineId: line, stars, text, locale: 'en' })
    return { office, text, reviewId: body.id as string }
  }
  const onShelf = async (text: string) => (await browser().get('/en/product/high-foot-mug')).html.includes(text)

  test('wait to be read, and are shown once approved, with the answer of the shop', async () => {
    const { office, text, reviewId } = await written(5)
    expect((await office.get('/admin/reviews')).html).toContain(text)
    expect(await onShelf(text)).toBe(false)
    expect((await office.send(`/admin/reviews/${reviewId}/approve`, { status: 'pending' })).html).toContain('The review is shown now.')
    await office.send(`/admin/reviews/${reviewId}/reply`, { status: 'approved', text: 'Thank you for the kind words.' })
    expect(await onShelf(text)).toBe(true)
    expect(await onShelf('Thank you for the kind words.')).toBe(true)
    const twice = await office.send(`/admin/reviews/${reviewId}/approve`, { status: 'pending' })
    expect([twice.status, twice.html.includes('A colleague has decided on this review already.')]).toEqual([422, true])
  })

  test('are rejected for one of the reasons only, which stays on record', async () => {
    const { office, text, reviewId } = await written(1)
    expect((await office.send(`/admin/reviews/${reviewId}/reject`, { reason: 'few_stars', note: '' })).status).toBe(422)
    await office.send(`/admin/reviews/${reviewId}/reject`, { reason: 'advertising', note: 'Links to a casino' })
    expect(await onShelf(text)).toBe(false)
    expect((await office.get('/admin/reviews?status=rejected')).html).toMatch(/Kim the operator: rejected · Advertising · Links to a casino/)
  })
})

describe('promotions', () => {
  const form = { nameKo: '머그의 날', nameEn: 'Mug day', kind: 'percent_off', percent: '15', amount: '', currency: 'KRW', target: 'order', minimum: '50,000', startsAt: '2026-01-01T00:00', endsAt: '2099-12-31T23:59' }

  test('say in both languages what they mean before they are saved', async () => {
    const office = await staff()
    const { html } = await office.send('/admin/promotions/new', { ...form, exclusive: 'yes', preview: 'yes' })
    expect(html).toContain('15% off the order, when the items come to ₩50,000 or more, from Jan 1, 2026')
    expect(html).toContain('Not together with other discounts.')
    expect(html).toContain('모든 상품을 ₩50,000 이상 담으면 모든 상품 금액에서 15% 할인합니다. 다른 할인과 함께 쓸 수 없습니다.')
    expect((await office.get('/admin/promotions')).html).not.toContain('Mug day')
  })

  test('are refused at the field that is wrong', async () => {
    const office = await staff()
    const { html, status } = await office.send('/admin/promotions/new', { ...form, nameKo: '', nameEn: '', percent: '120', endsAt: '2025-01-01T00:00' })
    expect(status).toBe(422)
    for (const message of ['Please fill in this field.', 'Enter a number above 0, up to 100.', 'It ends before it starts.']) expect(html).toContain(message)
  })

  test('open with a coupon code, count in carts, and can be turned off', async () => {
    const office = await staff()
    await office.send('/admin/promotions/new', { ...form, kind: 'amount_off', percent: '', amount: '3000', minimum: '', needsCode: 'yes' })
    const [promotion] = (await api.shop.pricing.promotions(api.db)).items
    const coupon = (fields: Record<string, string>) => office.send(`/admin/promotions/${promotion?.id}/coupons`, { limit: '', limitPerBuyer: '', ...fields })
    expect((await coupon({ code: 'x' })).html).toContain('Enter 3–40 letters and digits.')
    expect((await coupon({ code: 'spoon5000' })).html).toContain('Another promotion uses this code.')
    expect((await coupon({ code: 'mug day', limit: '0' })).html).toContain('Enter a whole number from 1.')
    expect((await coupon({ code: 'mug day', limit: '100', limitPerBuyer: '1' })).html).toMatch(/MUGDAY[\s\S]*0 \/ 100[\s\S]*1×/)

    const { filledCart } = api.visitor()
    const discount = async () => (await filledCart([{ sku: mug, quantity: 1 }], 'kr', ['MUGDAY'])).quote.discount.minor
    expect(await discount()).toBe(3000)
    expect((await office.send(`/admin/promotions/${promotion?.id}/switch`, { to: 'off' })).html).toContain('Off')
    expect(await discount()).toBe(0)
  })
})

test('no page of the back office has run into a fault', () => expect(faults).toEqual([]))
