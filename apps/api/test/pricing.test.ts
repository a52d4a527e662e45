import { beforeAll, describe, expect, test } from 'vitest'
import { startJobs } from '../src/jobs.ts'
import { describeShop } from './engines.ts'
import type { createVisitor } from './shop.ts'

const won = (minor: number) => ({ minor, currency: 'KRW' })
const mug = 'SG-CUP-0101'

describeShop((shop) => {
  let staff: ReturnType<typeof createVisitor>
  beforeAll(async () => void (staff = await shop().staff()))

  const half = { name: { ko: '반값', en: 'Half price' }, rule: { kind: 'percent_off', percent: 50, skus: [mug] } }
  const list = async (name: string, more: object = {}) =>
    (await staff.ask('POST', '/admin/price-lists', { name, currency: 'KRW', market: 'kr', ...more })).body

  /** Buys and pays by card; answers with the order. */
  async function buy(lines: { sku: string; quantity: number }[], codes: string[] = []) {
    const visitor = shop().visitor()
    const { body } = await visitor.ask(
      'POST',
      '/checkout',
      visitor.accepted(await visitor.filledCart(lines, 'kr', codes)),
    )
    const reference = await visitor.payIn(body.payment.redirectUrl, { practice: '4242424242424242' })
    await visitor.ask('POST', `/payments/${reference}/order`)
    return body.order as { id: string; number: string; lines: { id: string; total: { minor: number } }[] }
  }

  describe('prices', () => {
    test('stand in a grid beside those of the lists that are asked for, with cost and floor', async () => {
      const vip = await list('VIP', { customerGroup: 'vip' })
      expect((await staff.ask('GET', '/admin/price-lists')).body).toContainEqual(vip)
      const saved = await staff.ask('PUT', '/admin/prices', {
        prices: [
          { sku: mug, amount: won(24_000), priceListId: vip.id },
          { sku: mug, amount: won(22_000), priceListId: vip.id, minQuantity: 10 },
          { sku: mug, amount: won(20_000), priceListId: vip.id, startsAt: '2027-01-01T00:00:00.000Z' },
        ],
        guards: [{ sku: mug, currency: 'KRW', cost: won(9_000), floor: won(15_000) }],
      })
      expect(saved.status).toBe(204)
      const { body } = await staff.ask('GET', `/admin/prices?lists=${vip.id}&q=${encodeURIComponent('굽 높은 머그')}`)
      const row = body.items.find((one: { sku: string }) => one.sku === mug)
      expect(row).toMatchObject({
        sku: mug,
        name: { ko: '굽 높은 머그' },
        base: { amount: won(28_000) },
        cost: won(9_000),
        floor: won(15_000),
      })
      expect(row.lists[vip.id]).toMatchObject({
        amount: won(24_000),
        fromQuantities: [{ amount: won(22_000), minQuantity: 10 }],
        scheduled: [{ amount: won(20_000), startsAt: '2027-01-01T00:00:00.000Z' }],
      })
    })

    test('come in pages that neither skip nor repeat a product', async () => {
      const seen: string[] = []
      for (let after = ''; ;) {
        const { body } = await staff.ask('GET', `/admin/prices?limit=20${after && `&after=${after}`}`)
        seen.push(...body.items.map((row: { sku: string }) => row.sku))
        if (body.next === null) break
        after = body.next
      }
      const skus = await shop().db.selectFrom('catalog_variant').select('sku').execute()
      expect(seen.length).toBe(skus.length)
      expect(new Set(seen)).toEqual(new Set(skus.map((row) => row.sku)))
    })

    test('are saved all or not at all, and the row that is wrong is named', async () => {
      const dollars = await list('Dollars', { currency: 'USD' })
      const rows = [
        { sku: mug, amount: won(1) },
        { sku: mug, amount: won(2), priceListId: dollars.id },
        { sku: mug, amount: won(3), priceListId: 'lst_01m808jrdcefrh5zfp0152qkpn' },
      ]
      const { status, body } = await staff.ask('PUT', '/admin/prices', { prices: rows })
      expect([status, body.errors.map((one: { field: string }) => one.field)]).toEqual([
        422,
        ['prices.1.amount.currency', 'prices.2.priceListId'],
      ])
      expect(
        (await staff.ask('PUT', '/admin/prices', { prices: [{ sku: mug, amount: won(-1) }] })).body.errors[0].field,
      ).toBe('prices.0.amount.minor')
      expect((await staff.ask('PUT', '/admin/prices', {})).status).toBe(422)
      const { body: why } = await staff.ask('GET', `/admin/prices/${mug}/why`)
      expect(why.price.amount).toEqual(won(28_000))
    })

    test('are taken away from a list, and the base price holds again', async () => {
      const sale = await list('Sale')
      const amountNow = async () => (await staff.ask('GET', `/admin/prices/SG-PAN-0901/why`)).body.price.amount.minor
      const before = await amountNow()
      await staff.ask('PUT', '/admin/prices', {
        prices: [{ sku: 'SG-PAN-0901', amount: won(100), priceListId: sale.id }],
      })
      expect(await amountNow()).toBe(100)
      await staff.ask('PUT', '/admin/prices', {
        removals: [{ sku: 'SG-PAN-0901', currency: 'KRW', priceListId: sale.id }],
      })
      expect(await amountNow()).toBe(before)
    })

    test('say in Korean and English why they are what they are', async () => {
      const { body } = await staff.ask('GET', `/admin/prices/${mug}/why?customerGroup=vip&quantity=1`)
      expect(body.price.amount).toEqual(won(24_000))
      expect(body.considered[0]).toMatchObject({ lost: null, matched: ['market', 'customer_group'] })
      expect(body.considered[0].sentence.en).toContain('“VIP”')
      expect(body.considered[0].sentence.ko).toContain('적용되는 가격입니다')
      expect(body.considered.at(-1).lost).not.toBeNull()
      expect((await staff.ask('GET', `/admin/prices/${mug}/why?market=mars`)).body.code).toBe(
        'pricing.market_not_found',
      )
    })
  })

  describe('promotions', () => {
    test('are read with their meaning, their coupons and what has been spent', async () => {
      const { status, body } = await staff.ask('POST', '/admin/promotions', {
        ...half,
        rule: { kind: 'amount_off', amount: won(1000), target: 'line', skus: ['SG-CUP-0102'] },
        needsCode: true,
        limits: { uses: 10, budget: won(50_000) },
      })
      expect(status).toBe(201)
      await staff.ask('POST', '/admin/coupons', { promotionId: body.id, code: 'read me' })
      await buy([{ sku: 'SG-CUP-0102', quantity: 2 }], ['READ ME'])
      const read = await staff.ask('GET', `/admin/promotions/${body.id}`)
      expect(read.body).toMatchObject({
        coupons: [{ code: 'README', uses: 1 }],
        spent: { uses: 1, amount: won(2000) },
        sentence: { en: expect.stringContaining('₩1,000 off'), ko: expect.stringContaining('₩1,000') },
      })
      expect((await staff.ask('GET', '/admin/promotions')).body.items[0]).toEqual(read.body)
      expect((await staff.ask('GET', '/admin/promotions/prm_01m808jrdcefrh5zfp0152qkpn')).status).toBe(404)
    })

    test('are tried on a cart of the shop’s own goods before they are saved', async () => {
      const before = (await staff.ask('GET', '/admin/promotions')).body
      const { body } = await staff.ask('POST', '/admin/promotions/preview', { promotion: half })
      expect(body.sentence.en).toContain('50% off')
      expect(body.sentence.en).toContain('High-Foot Mug')
      expect(body.cart.lines).toContainEqual({ sku: mug, quantity: 1 })
      expect(body.cart.lines.length).toBe(2)
      // Half of 28,000 would go below the floor of 15,000.
      expect(body.quote.discount).toEqual(won(13_000))
      expect(body.steps.find((one: { step: string }) => one.step === 'total').sentence).toEqual({
        ko: expect.stringContaining('합계'),
        en: expect.stringContaining('total'),
      })
      expect((await staff.ask('GET', '/admin/promotions')).body).toEqual(before)
    })

    test.each([
      ['a set', { kind: 'set_price', quantity: 4, price: won(10_000) }],
      ['buy two, get one', { kind: 'buy_x_get_y', buy: 2, get: 1 }],
      ['a tea with a mug', { kind: 'buy_x_get_y', buy: 1, get: 1, skus: ['SG-PAN-0901'], buys: { skus: [mug] } }],
      [
        'tiers',
        {
          kind: 'spend_tiers',
          tiers: [
            { from: won(100_000), percent: 5 },
            { from: won(200_000), percent: 10 },
          ],
        },
      ],
      ['free shipping', { kind: 'percent_off', percent: 100, target: 'shipping', minimum: won(60_000) }],
      ['a fixed price', { kind: 'fixed_price', price: won(1_000), notDiscounted: true }],
      ['a first order on Mondays', { kind: 'percent_off', percent: 5, when: { orderNumber: 1, weekdays: [1] } }],
      ['dollars', { kind: 'amount_off', amount: { minor: 500, currency: 'USD' }, minimumQuantity: 6 }],
    ])('reach a cart of their own making: %s', async (_, rule) => {
      const { body } = await staff.ask('POST', '/admin/promotions/preview', { promotion: { ...half, rule } })
      expect(body.quote.refused).toEqual([])
      expect(body.quote.adjustments[0].amount.minor).toBeGreaterThan(0)
    })

    test('are tried on a cart that is given, and say why they do not count', async () => {
      const cart = { market: 'kr', lines: [{ sku: 'SG-PAN-0901', quantity: 1 }] }
      const { body } = await staff.ask('POST', '/admin/promotions/preview', { promotion: half, cart })
      expect(body.quote.refused).toMatchObject([{ reason: 'nothing_eligible' }])
      const unknown = { market: 'kr', lines: [{ sku: 'NOTHING', quantity: 1 }] }
      expect((await staff.ask('POST', '/admin/promotions/preview', { promotion: half, cart: unknown })).status).toBe(
        422,
      )
    })

    test('are tried on the orders of the past, at once or line by line', async () => {
      await staff.ask('PUT', '/admin/prices', { guards: [{ sku: mug, currency: 'KRW', cost: won(9_000) }] })
      await buy([{ sku: mug, quantity: 2 }])
      shop().clock.advance(60_000)
      const { status, body } = await staff.ask('POST', '/admin/promotions/simulate', { promotion: half })
      expect(status).toBe(200)
      expect(body.touched).toBeGreaterThanOrEqual(1)
      expect(body.cost.minor % 14_000).toBe(0)
      expect(body.cost.minor).toBe(body.before.total.minor - body.after.total.minor)
      expect(body.before.margin.minor).toBeGreaterThan(body.after.margin.minor)
      const cookie = [...staff.cookies].map((pair) => pair.join('=')).join('; ')
      const lines = await shop().app.request('http://localhost:4000/admin/promotions/simulate', {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json', accept: 'application/x-ndjson' },
        body: JSON.stringify({ promotion: half }),
      })
      expect(
        (await lines.text())
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as object),
      ).toEqual([{ progress: body }, { result: body }])
      const earlier = { promotion: half, from: '2020-01-01T00:00:00.000Z', to: '2020-02-01T00:00:00.000Z' }
      expect((await staff.ask('POST', '/admin/promotions/simulate', earlier)).body).toMatchObject({
        orders: 0,
        skipped: 0,
      })
      expect((await staff.ask('POST', '/admin/promotions/simulate', { promotion: half, market: 'mars' })).status).toBe(
        404,
      )
    })
  })

  describe('codes', () => {
    test('are asked for, made in the background, counted, and downloaded', async () => {
      const { body: promotion } = await staff.ask('POST', '/admin/promotions', {
        ...half,
        needsCode: true,
        active: false,
      })
      const { status, body: batch } = await staff.ask('POST', '/admin/code-batches', {
        promotionId: promotion.id,
        count: 2500,
        prefix: 'TEA',
      })
      expect([status, batch.made]).toEqual([201, 0])
      const some = await shop().shop.pricing.continueCodes(shop().db, batch.id, { most: 1200 })
      expect(some.made).toBe(1200)
      const stop = startJobs(shop().shop, shop().db)
      while ((await staff.ask('GET', `/admin/code-batches/${batch.id}`)).body.made < 2500)
        await new Promise((resolve) => setTimeout(resolve, 10))
      await stop()
      const { body: made } = await staff.ask('GET', `/admin/code-batches/${batch.id}`)
      expect(made).toEqual({ ...batch, made: 2500 })
      expect(await shop().shop.pricing.unfinishedBatches(shop().db)).toEqual([])
      expect((await staff.ask('GET', `/admin/promotions/${promotion.id}/batches`)).body).toEqual([made])

      const file = await staff.ask('GET', `/admin/code-batches/${batch.id}/codes.csv`)
      expect(file.headers.get('content-disposition')).toContain(`${batch.id}.csv`)
      const lines = String(file.body).replace('\uFEFF', '').trim().split('\r\n')
      expect(lines[0]).toBe('code,used')
      expect(new Set(lines).size).toBe(2501)
      expect(lines.slice(1).every((line) => /^TEA[A-Z0-9]+,0$/.test(line))).toBe(true)
      expect((await staff.ask('GET', '/admin/code-batches/bat_01m808jrdcefrh5zfp0152qkpn')).status).toBe(404)
    })
  })

  describe('a quote', () => {
    const ask = (lines: object[], more: object = {}, query = '') =>
      shop()
        .visitor()
        .ask('POST', `/quotes${query}`, { market: 'kr', currency: 'KRW', lines, ...more })

    test('is what the cart itself costs, without a cart', async () => {
      const lines = [
        { sku: mug, quantity: 2 },
        { sku: 'SG-PAN-0901', quantity: 3 },
      ]
      const { quote } = await shop().visitor().filledCart(lines, 'kr', ['SPOON5000'])
      const { status, body } = await ask(lines, { codes: ['spoon5000'] })
      expect(status).toBe(200)
      expect(body.subtotal).toEqual(quote.subtotal)
      expect(body.discount).toEqual(quote.discount)
      expect(body.lines.map((line: { total: object }) => line.total)).toEqual(
        quote.lines.map((line: { total: object }) => line.total),
      )
      expect(body.trace).toBeUndefined()
      expect(body.adjustments[0].lines).toBeUndefined()
      const parts = (await ask(lines, { codes: ['spoon5000'] }, '?parts=true')).body.adjustments[0].lines
      expect(parts.map(({ id }: { id: string }) => id)).toEqual(['SG-PAN-0901'])
    })

    test('says every step in words, when asked to', async () => {
      const steps = async (locale: string) =>
        (await ask([{ sku: mug, quantity: 2 }], {}, `?trace=${locale}`)).body.trace.map(
          (step: { sentence: string }) => step.sentence,
        )
      expect(await steps('en')).toContain('SG-CUP-0101: ₩28,000 × 2 = ₩56,000')
      expect(await steps('ko')).toContain('SG-CUP-0101: ₩28,000 × 2개 = ₩56,000')
    })

    test('leaves out what nobody sells, and counts two lines of one sku', async () => {
      const { body } = await ask([
        { sku: mug, quantity: 1 },
        { sku: 'NOTHING', quantity: 1 },
        { sku: mug, quantity: 2 },
      ])
      expect(body.lines.map(({ id, quantity }: { id: string; quantity: number }) => [id, quantity])).toEqual([
        [mug, 1],
        [`${mug}#2`, 2],
      ])
      expect(body.leftOut).toEqual(['NOTHING'])
    })

    test('refuses what it does not know by name', async () => {
      expect((await ask([], { coupon: 'x' })).body.errors[0].field).toContain('coupon')
      expect((await ask([{ sku: mug, quantity: 0 }])).body.errors[0].field).toBe('lines.0.quantity')
      expect((await ask([{ sku: mug, quantity: 1 }], { market: 'mars' })).body.code).toBe('pricing.market_not_found')
    })

    test('knows a first order from a second', async () => {
      const { body } = await staff.ask('POST', '/admin/promotions', {
        name: { en: 'Welcome' },
        rule: { kind: 'percent_off', percent: 10, when: { orderNumber: 1 } },
      })
      const visitor = shop().visitor()
      const sum = async () =>
        (await visitor.ask('POST', '/quotes', { market: 'kr', currency: 'KRW', lines: [{ sku: mug, quantity: 1 }] }))
          .body.discount.minor
      expect(await sum()).toBe(0)
      const email = `${crypto.randomUUID()}@example.com`
      await visitor.ask('POST', '/auth/sign-up/email', { email, password: 'a long password', name: 'Sky' })
      expect(await sum()).toBe(2_800)
      const cart = await visitor.filledCart([{ sku: mug, quantity: 1 }])
      const { body: placed } = await visitor.ask('POST', '/checkout', visitor.accepted(cart))
      const reference = await visitor.payIn(placed.payment.redirectUrl, { practice: '4242424242424242' })
      await visitor.ask('POST', `/payments/${reference}/order`)
      await shop().shop.deliver(shop().db)
      expect(await sum()).toBe(0)
      await staff.ask('POST', '/admin/promotions', { ...body, active: false })
    })
  })

  describe('a refund', () => {
    test('is shown before it happens: from what was paid, with the policy for discounts that no longer hold', async () => {
      const { body: promotion } = await staff.ask('POST', '/admin/promotions', {
        name: { en: 'Two mugs' },
        rule: { kind: 'percent_off', percent: 10, target: 'line', skus: [mug], minimumQuantity: 2 },
      })
      const order = await buy([{ sku: mug, quantity: 2 }])
      await staff.ask('POST', '/admin/promotions', { ...promotion, active: false })
      const ask = (more: object) =>
        staff.ask('POST', `/admin/orders/${order.number}/refund-preview`, {
          lines: [{ id: order.lines[0]?.id, quantity: 1 }],
          ...more,
        })
      expect((await ask({})).body).toMatchObject({ total: won(25_200), reclaimed: won(0), withdrawn: [] })
      for (const policy of ['reevaluate', 'reclaim'])
        expect((await ask({ policy })).body).toMatchObject({
          total: won(22_400),
          reclaimed: won(2_800),
          withdrawn: [{ promotionId: promotion.id, reason: 'below_minimum' }],
        })
      expect((await ask({ returnFee: won(3_000) })).body.total).toEqual(won(22_200))
      expect((await ask({ lines: [{ id: order.lines[0]?.id, quantity: 3 }] })).body.code).toBe('pricing.invalid_refund')
      expect(
        (await staff.ask('POST', '/admin/orders/NOTHING/refund-preview', { lines: [{ id: 'a', quantity: 1 }] })).status,
      ).toBe(404)
    })
  })
})
