import { afterAll, describe, expect, test } from 'vitest'
import { key, openOffice } from './office.ts'

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

test('no page has run into a fault', () => expect(faults).toEqual([]))
