import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { money } from '@sangdo/core'
import {
  boughtStatuses,
  Channel,
  Email,
  isReminderDue,
  nightUntil,
  searchTextOf,
  totalsFrom,
  verdict,
} from '@sangdo/crm'

const granted = { decision: 'granted' } as const
const noon = '2026-01-02T03:00:00.000Z'

describe('the night in Seoul', () => {
  test.each([
    ['2026-01-02T11:59:59.999Z', null], // 20:59:59.999
    ['2026-01-02T12:00:00.000Z', '2026-01-02T23:00:00.000Z'], // 21:00, until 08:00 of the next day
    ['2026-01-02T15:00:00.000Z', '2026-01-02T23:00:00.000Z'], // midnight
    ['2026-01-02T22:59:59.999Z', '2026-01-02T23:00:00.000Z'], // 07:59:59.999
    ['2026-01-02T23:00:00.000Z', null], // 08:00
    ['2026-12-31T14:00:00.000Z', '2026-12-31T23:00:00.000Z'], // 23:00 on New Year's Eve
  ])('at %s ends %s', (at, until) => {
    expect(nightUntil(at)).toBe(until)
  })

  test('ends within eleven hours, at eight, and it is day then', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
        (date) => {
          const until = nightUntil(date.toISOString())
          if (until === null) return
          expect(Date.parse(until) - date.getTime()).toBeGreaterThan(0)
          expect(Date.parse(until) - date.getTime()).toBeLessThanOrEqual(11 * 3_600_000)
          expect(until.slice(11)).toBe('23:00:00.000Z')
          expect(nightUntil(until)).toBeNull()
        },
      ),
    )
  })
})

describe('who may be written to', () => {
  test('is whoever said yes last', () => {
    expect(verdict('active', granted, 'sms', noon)).toEqual({ allowed: true })
    expect(verdict('active', { decision: 'withdrawn' }, 'sms', noon)).toMatchObject({ reason: 'withdrawn' })
  })

  test('without a word nobody is written to', () => {
    for (const channel of Channel.options)
      expect(verdict('active', undefined, channel, noon)).toEqual({
        allowed: false,
        reason: 'no_consent',
        nextAllowedAt: null,
      })
  })

  test('who has left is not written to, whatever the ledger says', () => {
    expect(verdict('left', granted, 'email', noon)).toMatchObject({ allowed: false, reason: 'left' })
  })

  test('at night text messages and Kakao wait until the morning, e-mail does not', () => {
    const night = '2026-01-02T13:00:00.000Z'
    const waiting = { allowed: false, reason: 'night', nextAllowedAt: '2026-01-02T23:00:00.000Z' }
    expect(verdict('active', granted, 'sms', night)).toEqual(waiting)
    expect(verdict('active', granted, 'kakao', night)).toEqual(waiting)
    expect(verdict('active', granted, 'email', night)).toEqual({ allowed: true })
  })

  test('a consent is confirmed every two years', () => {
    const yes = { ...granted, at: '2024-01-02T03:00:00.000Z' }
    expect(isReminderDue(yes, null, '2026-01-02T02:59:59.999Z')).toBe(false)
    expect(isReminderDue(yes, null, noon)).toBe(true)
    expect(isReminderDue(yes, '2025-12-01T00:00:00.000Z', noon)).toBe(false)
    expect(isReminderDue({ ...yes, decision: 'withdrawn' }, null, noon)).toBe(false)
  })
})

describe('customers', () => {
  test.each([
    [' Sky@Example.COM ', 'sky@example.com'],
    ['no mail', undefined],
  ])('an e-mail address typed as %s is %s', (typed, email) => {
    expect(Email.safeParse(typed).data).toBe(email)
  })

  test('are found by name, e-mail address, and phone with or without hyphens', () => {
    const text = searchTextOf({ name: 'Ada Lovelace', email: 'ada@example.com', phone: '010-1234-5678' })
    expect(text).toBe('ada lovelace ada@example.com 010-1234-5678 01012345678')
    expect(searchTextOf({ name: null, email: null, phone: null })).toBe('')
  })

  test('orders count as bought once they are paid and as long as they are not called off', () => {
    expect(boughtStatuses).toEqual(['paid', 'shipped', 'delivered'])
  })

  test('what was spent is told by currency, with the last of all orders', () => {
    const won = { currency: 'KRW', orders: 2, minor: 30_000, lastOrderAt: noon }
    const dollars = { currency: 'USD', orders: 1, minor: 900, lastOrderAt: '2026-01-01T00:00:00.000Z' }
    expect(totalsFrom([won, dollars])).toEqual({
      orders: 3,
      spent: [money(30_000, 'KRW'), money(900, 'USD')],
      lastOrderAt: noon,
    })
    expect(totalsFrom([])).toEqual({ orders: 0, spent: [], lastOrderAt: null })
  })
})
