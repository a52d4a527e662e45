import { afterAll, describe, expect, test } from 'vitest'
import { type Browser, key, mug, openOffice, valueOf } from './office.ts'

const { api, browser, staff, faults, close } = await openOffice()
afterAll(close)

describe('products', () => {
  const found = async (q: string) => {
    const [card] = (await api.shop.catalog.list(api.db, { locale: 'en', q, currency: 'KRW' })).items
    if (!card) throw new Error(`There is no ${q}`)
    return card
  }

  test('get a price and a count, and the shelves of the shop show them', async () => {
    const [office, { id }] = [await staff(), await found('Somyeon')]
    const path = `/admin/products/${id}`
    const prices = {
      'price.KRW.SG-PAN-0901': '12,300',
      'compareAt.KRW.SG-PAN-0901': '15000',
      'price.USD.SG-PAN-0901': '10.50',
      'compareAt.USD.SG-PAN-0901': '',
    }
    expect((await office.send(`${path}/prices`, { key: key(), ...prices })).html).toContain('Prices saved.')
    expect((await office.send(`${path}/stock`, { key: key(), 'stock.SG-PAN-0901': '0' })).html).toContain(
      'Stock saved.',
    )
    const shelf = async (language: string, q: string) =>
      (await browser(language).get(`/${language}/search?q=${encodeURIComponent(q)}`)).html
    expect(await shelf('ko', '소면')).toMatch(/₩12,300[\s\S]*₩15,000/)
    expect(await shelf('ko', '소면')).toContain('품절')
    expect(await shelf('en', 'Somyeon')).toContain('$10.50')
    expect((await office.send(`${path}/stock`, { key: key(), 'stock.SG-PAN-0901': '7' })).html).toContain(
      'Stock saved.',
    )
    expect(await shelf('ko', '소면')).not.toContain('품절')
  })

  test('refuse what is no price and no count, at the field, and keep what was entered', async () => {
    const [office, { id }] = [await staff(), await found('High-Foot')]
    const { html, status } = await office.send(`/admin/products/${id}/prices`, {
      key: key(),
      [`price.KRW.${mug}`]: 'much',
      [`price.USD.${mug}`]: '',
    })
    expect(status).toBe(422)
    expect(html).toContain('Please enter the amount in digits.')
    expect(html).toContain('value="much"')
    expect(html).toContain('A price cannot be removed.')
    expect((await office.send(`/admin/products/${id}/stock`, { key: key(), [`stock.${mug}`]: '-1' })).html).toContain(
      'Enter a whole number from 0 to 1,000,000.',
    )
  })

  test('cannot be counted below what is promised', async () => {
    const { ask, accepted, filledCart } = api.visitor()
    await ask('POST', '/checkout', accepted(await filledCart([{ sku: mug, quantity: 1 }])))
    const [office, { id }] = [await staff(), await found('High-Foot')]
    const { html } = await office.send(`/admin/products/${id}/stock`, {
      key: key(),
      [`stock.${mug}`]: '0',
      'stock.SG-CUP-0102': '61',
      'stock.SG-CUP-0103': '0',
    })
    expect(html).toMatch(/SG-CUP-0101: \d+ are promised to orders/)
  })

  test('are changed by one at a time: who comes second is told to reload', async () => {
    const [office, { id }] = [await staff(), await found('High-Foot')]
    const version = valueOf((await office.get(`/admin/products/${id}`)).html, 'version')
    const texts = {
      version,
      'name.ko': '굽 높은 머그',
      'name.en': 'High-Foot Mug',
      'summary.ko': '',
      'summary.en': 'First',
      'description.ko': '',
      'description.en': '',
    }
    expect((await office.send(`/admin/products/${id}/texts`, texts)).html).toContain('Saved.')
    const second = await office.send(`/admin/products/${id}/texts`, { ...texts, 'summary.en': 'Second' })
    expect(second.status).toBe(409)
    expect(second.html).toContain('Someone changed this product.')
    expect(second.html).toContain('Second')
    expect((await api.shop.catalog.productOf(api.db, id)).summary).toEqual({ en: 'First' })
    expect(
      (await office.send(`/admin/products/${id}/texts`, { ...texts, 'name.ko': '', 'name.en': '' })).html,
    ).toContain('Enter a name in Korean or English.')
  })

  test('get a name in a second language, and their pictures too', async () => {
    const { id } = await api.shop.catalog.createProduct(api.db, {
      name: { en: 'Plain cup' },
      variants: [{ sku: 'PLAIN-1' }],
      media: [{ url: '/plain.svg', alt: { en: 'A cup' } }],
    })
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
  const file =
    'Handle,Title,Variant SKU,Variant Price,Variant Inventory Qty\ntea-egg,Tea egg,EGG-1,12.50,7\nbad-egg,Bad egg,EGG-2,much,1\n'

  /** A form as browsers send it, with a file among its fields. */
  function form(content: string, fields: Record<string, string> = {}) {
    const body = new FormData()
    for (const [name, value] of Object.entries({ format: 'shopify', locale: 'en', currency: 'USD', ...fields }))
      body.set(name, value)
    body.set('file', new File([content], 'eggs "fresh".csv', { type: 'text/csv' }))
    return { method: 'POST', body }
  }

  /** Asks for the page again, as it does by itself, until the file has been read. */
  async function finished(office: Browser, path: string) {
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
    const rows = Array.from(
      { length: 3000 },
      (_, row) => `row-${row},"Line\r\n--line ${row}\r\n------WebKit",ROW-${row},1.00,1`,
    )
    const { path } = await office.ask(
      '/admin/import',
      form(`Handle,Title,Variant SKU,Variant Price,Variant Inventory Qty\r\n${rows.join('\r\n')}\r\n`),
    )
    expect((await finished(office, path)).html).toMatch(/Would be new<\/dt><dd>3,000/)
  })

  test('says what is wrong with what was sent', async () => {
    const office = await staff()
    expect((await office.ask('/admin/import', form(''))).html).toContain('Choose a CSV file.')
    expect((await office.send('/admin/import', { format: 'shopify' })).html).toContain('The file did not arrive whole.')
    const cut = {
      method: 'POST',
      body: '--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\nHandle',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
    }
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

test('no page has run into a fault', () => expect(faults).toEqual([]))
