import { afterAll, describe, expect, test } from 'vitest'
import { scripts } from '../src/admin/scripts.ts'
import { mug, openOffice, valueOf } from './office.ts'

const { api, staff, paidOrder, faults, close } = await openOffice()
afterAll(close)

const form = {
  nameKo: '머그의 날',
  nameEn: 'Mug day',
  kind: 'percent_off',
  percent: '15',
  currency: 'KRW',
  target: 'order',
  minimum: '50,000',
  startsAt: '2026-01-01T00:00',
  endsAt: '2099-12-31T23:59',
}
const newest = async () => (await api.shop.pricing.promotions(api.db)).items[0]

describe('promotions', () => {
  test('begin with the question what kind they are, and ask only for what that kind needs', async () => {
    const office = await staff()
    const { html } = await office.get('/admin/promotions/new')
    expect(html.match(/href="\/admin\/promotions\/new\?kind=/g)?.length).toBe(8)
    const set = (await office.get('/admin/promotions/new?kind=set_price')).html
    expect(set).toContain('name="price"')
    expect(set).not.toContain('name="percent"')
  })

  test('say in both languages what they mean, and what they do to a cart, before they are saved', async () => {
    const office = await staff()
    const { html } = await office.send('/admin/promotions/new', { ...form, exclusive: 'yes', preview: 'yes' })
    expect(html).toContain('15% off the order, when the items come to ₩50,000 or more, from Jan 1, 2026')
    expect(html).toContain('Not together with other discounts.')
    expect(html).toContain('다른 할인과 함께 쓸 수 없습니다.')
    expect(html).toContain('Sample cart')
    expect(html).toMatch(/Total<\/dt><dd class="money">₩/)
    expect((await office.get('/admin/promotions')).html).not.toContain('Mug day')
  })

  test('are refused at the field that is wrong, and are not tried until they are whole', async () => {
    const office = await staff()
    const { html, status } = await office.send('/admin/promotions/new', {
      ...form,
      nameKo: '',
      nameEn: '',
      percent: '120',
      endsAt: '2025-01-01T00:00',
      uses: 'many',
      hoursFrom: '10:00',
      birthdayAfter: '7',
      maximumUnits: '3',
    })
    expect(status).toBe(422)
    for (const message of [
      'Please fill in this field.',
      'Enter a number above 0, up to 100.',
      'It ends before it starts.',
      'Enter a number from 1 to 1,000,000.',
      'Enter both times of day.',
      'Enter both numbers of days.',
      'Only where it applies to each item.',
      'Some fields are not filled in yet.',
    ])
      expect(html).toContain(message)
  })

  test.each([
    ['amount_off', { amount: '3000', target: 'line', maximumUnits: '2', units: '100' }, '₩3,000 off each of'],
    ['fixed_price', { price: '9,900', notDiscounted: 'yes' }, 'for ₩9,900 each'],
    ['buy_x_get_y', { buy: '2', get: '1', per: 'sku', times: '3', buysSkus: `${mug}\nSG-CUP-0102` }, 'For every 2'],
    ['set_price', { quantity: '3', price: '50000', when: '' }, 'Any 3 items for ₩50,000'],
    [
      'spend_tiers',
      {
        'tier.1.from': '50000',
        'tier.1.size': '5',
        'tier.2.from': '100000',
        'tier.2.size': '12000',
        'tier.2.unit': 'amount',
      },
      '5% off from ₩50,000, ₩12,000 off from ₩100,000',
    ],
    ['gift', { gift: mug, quantity: '2', minimumQuantity: '2' }, 'A gift of 2 High-Foot Mug'],
    [
      'share_only',
      { 'share.1.to': 'Green Fund', 'share.1.percent': '1.5', 'share.1.purpose': 'donation' },
      '1.5% of what is paid',
    ],
  ])('of every kind are saved and come back into their form as they were: %s', async (kind, fields, meaning) => {
    const office = await staff()
    const entered = {
      nameKo: '할인',
      nameEn: 'Deal',
      kind,
      currency: 'KRW',
      orderNumber: '2',
      newWithinDays: '30',
      birthdayBefore: '3',
      birthdayAfter: '7',
      customerGroups: 'vip, staff',
      market: 'kr',
      paymentMethod: 'card',
      weekday: '6',
      hoursFrom: '10:00',
      hoursTo: '12:00',
      uses: '100',
      usesPerBuyer: '1',
      budget: '1000000',
      priority: '-5',
      group: 'spring',
      stacksWith: 'members, autumn',
      ...fields,
    }
    const saved = await office.send('/admin/promotions/new', entered)
    expect(saved.path).toBe('/admin/promotions?done=added')
    expect(saved.html).toContain(meaning)
    const stored = await newest()
    expect(stored).toMatchObject({
      rule: { kind, when: { orderNumber: 2, weekdays: [6], markets: ['kr'], customerGroups: ['vip', 'staff'] } },
      limits: { uses: 100, budget: { minor: 1_000_000 } },
      priority: -5,
      stacksWith: ['members', 'autumn'],
    })
    const { html } = await office.get(`/admin/promotions/${stored?.id}`)
    for (const [name, value] of Object.entries({ uses: '100', budget: '1000000', hoursTo: '12:00', group: 'spring' }))
      expect([name, valueOf(html, name)]).toEqual([name, value])
    await office.send(`/admin/promotions/${stored?.id}`, { ...entered, nameEn: 'Better deal' })
    const { name: _, ...changed } = (await newest()) ?? {}
    const { name: __, ...before } = stored ?? {}
    expect(changed).toEqual(before)
    await office.send(`/admin/promotions/${stored?.id}/switch`, { to: 'off' })
  })

  test('are copied under another name', async () => {
    const office = await staff()
    await office.send('/admin/promotions/new', form)
    const { html } = await office.get(`/admin/promotions/new?from=${(await newest())?.id}`)
    expect(valueOf(html, 'nameEn')).toBe('Mug day (copy)')
    expect(valueOf(html, 'percent')).toBe('15')
    await office.send(`/admin/promotions/${(await newest())?.id}/switch`, { to: 'off' })
  })

  test('are tried on the orders of the last 90 days, in words and numbers', async () => {
    const office = await staff()
    const ask = () => office.send('/admin/promotions/new', { ...form, minimum: '', simulate: 'yes' })
    expect((await ask()).html).toContain('No orders were paid in the last 90 days.')
    await paidOrder(2)
    api.clock.advance(60_000)
    const { html } = await ask()
    expect(html).toContain('It would have counted in 1 of 1 orders, and buyers would have saved ₩8,400.')
    expect(html).toMatch(/Sales<\/dt><dd class="money">₩56,000 → ₩47,600/)
  })

  test('open with a coupon code, count in carts, show what is spent, and can be turned off', async () => {
    const office = await staff()
    await office.send('/admin/promotions/new', {
      ...form,
      kind: 'amount_off',
      amount: '3000',
      minimum: '',
      needsCode: 'yes',
      budget: '30000',
    })
    const promotion = await newest()
    const coupon = (fields: Record<string, string>) =>
      office.send(`/admin/promotions/${promotion?.id}/coupons`, { limit: '', limitPerBuyer: '', ...fields })
    expect((await coupon({ code: 'x' })).html).toContain('Enter 3–40 letters and digits.')
    expect((await coupon({ code: 'spoon5000' })).html).toContain('Another promotion uses this code.')
    expect((await coupon({ code: 'mug day', limit: '0' })).html).toContain('Enter a whole number from 1.')
    expect((await coupon({ code: 'mug day', limit: '100', limitPerBuyer: '1' })).html).toMatch(
      /MUGDAY[\s\S]*0 \/ 100[\s\S]*1×/,
    )

    const { ask, filledCart, accepted } = api.visitor()
    const cart = () => filledCart([{ sku: mug, quantity: 1 }], 'kr', ['MUGDAY'])
    expect((await cart()).quote.discount.minor).toBe(3000)
    await ask('POST', '/checkout', accepted(await cart()))
    expect((await office.get('/admin/promotions')).html).toContain('₩3,000 of a budget of ₩30,000')
    expect((await office.send(`/admin/promotions/${promotion?.id}/switch`, { to: 'off' })).html).toContain('Off')
    expect((await api.visitor().filledCart([{ sku: mug, quantity: 1 }], 'kr', ['MUGDAY'])).quote.discount.minor).toBe(0)
  })

  test('have codes made by the thousand, and the page says how far that is', async () => {
    const office = await staff()
    await office.send('/admin/promotions/new', { ...form, needsCode: 'yes' })
    const id = (await newest())?.id ?? 'prm_'
    const make = (fields: Record<string, string>) => office.send(`/admin/promotions/${id}/batches`, fields)
    expect((await make({ count: '1000001', prefix: '봄' })).html).toContain('Enter up to ten capitals and digits.')
    const asked = await make({ count: '1,500', prefix: 'spring' })
    expect(asked.html).toContain('0 of 1,500 are made.')
    expect(asked.html).toContain('data-again')
    const [batch] = await api.shop.pricing.unfinishedBatches(api.db)
    if (batch) await api.shop.pricing.continueCodes(api.db, batch.id)
    expect((await office.get(`/admin/promotions/${id}/codes`)).html).toContain('Download (CSV)')
    const file = await office.get(`/admin/promotions/${id}/batches/${batch?.id}/codes.csv`)
    expect(file.html.match(/SPRING\w+,0/g)?.length).toBe(1500)
    expect((await office.get('/admin/promotions/prm_1/batches/bat_nothing/codes.csv')).status).toBe(404)
  })

  test('that are not there are not found', async () => {
    const office = await staff()
    for (const path of ['prm_nothing', 'anything', 'prm_nothing/codes'])
      expect((await office.get(`/admin/promotions/${path}`)).status).toBe(404)
  })
})

describe('the scripts of the back office', () => {
  test('are small, are kept by browsers, and run under the policy of the page', async () => {
    const office = await staff()
    for (const [path, name] of [
      ['/admin/promotions/new?kind=gift', 'live'],
      ['/admin/prices', 'grid'],
    ] as const) {
      const { html, headers } = await office.get(path)
      const [, address = '', nonce = ''] =
        new RegExp(`<script type="module" src="(/admin/${name}.js[^"]*)" nonce="([^"]*)"`).exec(html) ?? []
      expect(headers.get('content-security-policy')).toContain(`script-src 'nonce-${nonce}'`)
      const script = await office.get(address)
      expect(script.headers.get('content-type')).toContain('text/javascript')
      expect(script.headers.get('cache-control')).toContain('immutable')
      expect(script.html).toBe(scripts[name])
      expect(script.html.length).toBeLessThan(2048)
    }
  })
})

test('no page has run into a fault', () => expect(faults).toEqual([]))
