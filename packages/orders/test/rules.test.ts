import { describe, expect, test } from 'vitest'
import { Address, canMove, nextStatus, type OrderStatus, problemsOf, statusOfPieces } from '@sangdo/orders'
import { sampleAddress } from '@sangdo/orders/testing'

const statuses = Object.keys(nextStatus) as OrderStatus[]

describe('the life of an order', () => {
  test('follows the published graph and no other way', () => {
    expect(canMove('pending_payment', 'paid')).toBe(true)
    expect(canMove('pending_payment', 'shipped')).toBe(false)
    expect(canMove('shipped', 'cancelled')).toBe(false)
  })

  test('ends: from every status some end is reached, and nothing follows delivered or cancelled', () => {
    const reachesEnd = (status: OrderStatus, seen = new Set<OrderStatus>()): boolean =>
      nextStatus[status].length === 0 ||
      [...nextStatus[status]].some((next) => !seen.has(next) && reachesEnd(next, new Set([...seen, status])))
    expect(statuses.filter((status) => !reachesEnd(status))).toEqual([])
    expect(statuses.filter((status) => nextStatus[status].length === 0)).toEqual(['delivered', 'cancelled'])
  })

  test.each([
    [0, 0, 'paid'],
    [1, 0, 'partly_shipped'],
    [3, 1, 'shipped'],
    [3, 3, 'delivered'],
  ] as const)('with %d of 3 pieces shipped and %d arrived it is %s', (shipped, delivered, status) => {
    expect(statusOfPieces([{ quantity: 3, shipped, delivered }])).toBe(status)
  })
})

describe('what stands in the way of an order', () => {
  const cart = {
    id: 'crt_1',
    version: 1,
    status: 'open',
    currency: 'KRW',
    market: 'kr',
    locale: 'ko',
    customerId: null,
    email: 'a@example.com',
    address: sampleAddress,
    shippingMethod: 'parcel',
    codes: [],
    lines: [{ id: 'lin_1', sku: 'MUG', quantity: 2 }],
  } as const
  const option = {
    method: 'parcel',
    name: { en: 'Parcel' },
    price: { minor: 0, currency: 'KRW' },
    days: { from: 1, to: 2 },
  }
  const known = {
    sellable: new Set(['MUG']),
    priced: new Set(['MUG']),
    available: new Map([['MUG', 2]]),
    options: [option],
  }
  const kinds = (change: object, facts: object = {}) =>
    problemsOf({ ...cart, lines: [...cart.lines], codes: [], ...change }, { ...known, ...facts }).map(
      (problem) => problem.kind,
    )

  test('is nothing when all is there', () => expect(kinds({})).toEqual([]))
  test('is an empty cart', () => expect(kinds({ lines: [] })).toEqual(['empty']))
  test('is a line that is no longer sold', () =>
    expect(kinds({}, { sellable: new Set() })).toEqual(['line_unavailable']))
  test('is a line that has no price in this currency, which is not a price of zero', () =>
    expect(kinds({}, { priced: new Set() })).toEqual(['no_price']))
  test('is a line with too few in stock', () =>
    expect(kinds({}, { available: new Map([['MUG', 1]]) })).toEqual(['out_of_stock']))
  test('is who, where and how, one after the other', () => {
    expect(kinds({ email: null })).toEqual(['no_email'])
    expect(kinds({ address: null })).toEqual(['no_address'])
    expect(kinds({ shippingMethod: 'pigeon' })).toEqual(['no_shipping_method'])
    expect(kinds({}, { options: [] })).toEqual(['not_deliverable'])
  })
})

describe('addresses', () => {
  test('Korean names and numbers come back as they were written', () => {
    const address = { ...sampleAddress, name: '남궁민수', phone: '+82 10-0000-0000', memo: '문 앞에 놓아 주세요' }
    expect(Address.parse(address)).toEqual(address)
  })

  test.each([
    ['postcode', { postcode: '1234' }],
    ['phone', { phone: '12' }],
    ['name', { name: ' ' }],
    ['line1', { line1: 'a\nb' }],
    ['country', { country: 'Korea' }],
  ])('a wrong %s is refused by name', (field, change) => {
    const result = Address.safeParse({ ...sampleAddress, ...change })
    expect(result.error?.issues.map((issue) => issue.path[0])).toContain(field)
  })
})
