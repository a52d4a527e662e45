import { afterAll, describe, expect, test } from 'vitest'
import { key, mug, openOffice } from './office.ts'

const { api, staff, faults, close } = await openOffice()
afterAll(close)

const won = (minor: number) => ({ minor, currency: 'KRW' })
const priceOf = async (customerGroups: string[] = []) =>
  (await api.shop.pricing.pricesOf(api.db, [mug], { market: 'kr', currency: 'KRW', customerGroups }))[mug]?.amount

describe('prices', () => {
  const q = 'High-Foot Mug'
  const was = JSON.stringify({ [`base:${mug}`]: '28000' })

  test('are saved together from one table: base price, cost and floor', async () => {
    const office = await staff()
    const shown = await office.get(`/admin/prices?q=${encodeURIComponent(q)}`)
    expect(shown.html).toContain(`name="base:${mug}"`)
    const saved = await office.send('/admin/prices', {
      key: key(),
      q,
      currency: 'KRW',
      was,
      [`base:${mug}`]: '29,000',
      [`cost:${mug}`]: '9000',
      [`floor:${mug}`]: '20000',
    })
    expect(saved.html).toContain('The prices are saved.')
    expect(await priceOf()).toEqual(won(29_000))
    expect(await api.shop.pricing.guardsOf(api.db, [mug])).toMatchObject([{ cost: won(9_000), floor: won(20_000) }])
  })

  test('are not saved at all when one cell is wrong, and what was entered stays', async () => {
    const office = await staff()
    const { status, html } = await office.send('/admin/prices', {
      key: key(),
      q,
      currency: 'KRW',
      was: '{}',
      [`base:${mug}`]: '1',
      [`cost:${mug}`]: 'much',
    })
    expect([status, html.includes('Please enter the amount in digits.'), html.includes('value="much"')]).toEqual([
      422,
      true,
      true,
    ])
    expect(await priceOf()).toEqual(won(29_000))
    const emptied = await office.send('/admin/prices', { key: key(), q, was, currency: 'KRW', [`base:${mug}`]: '' })
    expect(emptied.html).toContain('A base price cannot be emptied.')
  })

  test('of a list are written beside the base price, hold for its group, and are taken away again', async () => {
    const office = await staff()
    const listForm = { name: 'Friends', listCurrency: 'KRW', market: 'kr', customerGroup: 'friends' }
    expect((await office.send('/admin/prices/lists', { ...listForm, name: '' })).status).toBe(422)
    const made = await office.send('/admin/prices/lists', listForm)
    const lists = new URL(made.path, 'http://localhost').searchParams.get('lists') ?? ''
    expect(made.html).toContain('The price list is there.')
    const cell = `${lists}:${mug}`
    expect((await office.get(`/admin/prices?lists=${lists}&q=${encodeURIComponent(q)}`)).html).toContain(
      `name="${cell}"`,
    )
    const save = (was: string, value: string) =>
      office.send('/admin/prices', { key: key(), q, currency: 'KRW', lists, was, [cell]: value })
    await save('{}', '25000')
    expect([await priceOf(['friends']), await priceOf()]).toEqual([won(25_000), won(29_000)])

    const why = await office.get(`/admin/prices/why?sku=${mug}&market=kr&customerGroup=friends`)
    expect(why.html).toContain('Why this price? High-Foot Mug')
    expect(why.html).toMatch(/₩25,000[\s\S]*“Friends”/)

    await save(JSON.stringify({ [cell]: '25000' }), '')
    expect(await priceOf(['friends'])).toEqual(won(29_000))
    expect((await save('{}', '')).html).toContain('Nothing has changed.')
  })

  test('are for viewers to look at', async () => {
    const { html } = await (await staff('viewer')).get('/admin/prices')
    expect(html).not.toContain('name="base:')
    expect(html).toContain('₩')
  })

  test('of nothing are an empty page, and why nothing costs anything is said', async () => {
    const office = await staff()
    expect((await office.get('/admin/prices?q=nothing-at-all')).html).toContain('No product matches.')
    expect((await office.get('/admin/prices/why?sku=NOTHING')).html).toContain('There is no price for this market.')
  })
})

test('no page has run into a fault', () => expect(faults).toEqual([]))
