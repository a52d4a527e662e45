import { afterAll, describe, expect, test } from 'vitest'
import { key, mug, openOffice } from './office.ts'

const { api, browser, staff, paidOrder, faults, close } = await openOffice()
afterAll(close)

describe('reviews', () => {
  async function written(stars: number) {
    const { ask, order } = await paidOrder(1, '남궁하늘')
    const [office, line] = [await staff(), order.lines[0]?.id ?? '']
    await office.send(`/admin/orders/${order.id}/ship`, {
      key: key(),
      carrier: 'cj',
      trackingNumber: '1234567890',
      [`pieces.${line}`]: '1',
    })
    const [{ id } = { id: '' }] =
      (await api.shop.shipping.shipmentsOf(api.db, [order.id as `ord_${string}`]))[order.id as `ord_${string}`] ?? []
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
    expect((await office.send(`/admin/reviews/${reviewId}/approve`, { status: 'pending' })).html).toContain(
      'The review is shown now.',
    )
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
    expect((await office.get('/admin/reviews?status=rejected')).html).toMatch(
      /Kim the operator: rejected · Advertising · Links to a casino/,
    )
  })
})

describe('promotions', () => {
  const form = {
    nameKo: '머그의 날',
    nameEn: 'Mug day',
    kind: 'percent_off',
    percent: '15',
    amount: '',
    currency: 'KRW',
    target: 'order',
    minimum: '50,000',
    startsAt: '2026-01-01T00:00',
    endsAt: '2099-12-31T23:59',
  }

  test('say in both languages what they mean before they are saved', async () => {
    const office = await staff()
    const { html } = await office.send('/admin/promotions/new', { ...form, exclusive: 'yes', preview: 'yes' })
    expect(html).toContain('15% off the order, when the items come to ₩50,000 or more, from Jan 1, 2026')
    expect(html).toContain('Not together with other discounts.')
    expect(html).toContain(
      '모든 상품을 ₩50,000 이상 담으면 모든 상품 금액에서 15% 할인합니다. 다른 할인과 함께 쓸 수 없습니다.',
    )
    expect((await office.get('/admin/promotions')).html).not.toContain('Mug day')
  })

  test('are refused at the field that is wrong', async () => {
    const office = await staff()
    const { html, status } = await office.send('/admin/promotions/new', {
      ...form,
      nameKo: '',
      nameEn: '',
      percent: '120',
      endsAt: '2025-01-01T00:00',
    })
    expect(status).toBe(422)
    for (const message of [
      'Please fill in this field.',
      'Enter a number above 0, up to 100.',
      'It ends before it starts.',
    ])
      expect(html).toContain(message)
  })

  test('open with a coupon code, count in carts, and can be turned off', async () => {
    const office = await staff()
    await office.send('/admin/promotions/new', {
      ...form,
      kind: 'amount_off',
      percent: '',
      amount: '3000',
      minimum: '',
      needsCode: 'yes',
    })
    const [promotion] = (await api.shop.pricing.promotions(api.db)).items
    const coupon = (fields: Record<string, string>) =>
      office.send(`/admin/promotions/${promotion?.id}/coupons`, { limit: '', limitPerBuyer: '', ...fields })
    expect((await coupon({ code: 'x' })).html).toContain('Enter 3–40 letters and digits.')
    expect((await coupon({ code: 'spoon5000' })).html).toContain('Another promotion uses this code.')
    expect((await coupon({ code: 'mug day', limit: '0' })).html).toContain('Enter a whole number from 1.')
    expect((await coupon({ code: 'mug day', limit: '100', limitPerBuyer: '1' })).html).toMatch(
      /MUGDAY[\s\S]*0 \/ 100[\s\S]*1×/,
    )

    const { filledCart } = api.visitor()
    const discount = async () => (await filledCart([{ sku: mug, quantity: 1 }], 'kr', ['MUGDAY'])).quote.discount.minor
    expect(await discount()).toBe(3000)
    expect((await office.send(`/admin/promotions/${promotion?.id}/switch`, { to: 'off' })).html).toContain('Off')
    expect(await discount()).toBe(0)
  })
})

test('no page has run into a fault', () => expect(faults).toEqual([]))
