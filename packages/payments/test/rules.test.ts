import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { money } from '@sangdo/core'
import {
  absenceOf,
  AttemptStatus,
  canMove,
  captureEntries,
  differenceOf,
  isOpen,
  nextStatus,
  nextStep,
  openStatuses,
  paymentStatusOf,
  refundedOf,
  refundEntries,
  secondsUntilCheck,
  surplusOf,
} from '@sangdo/payments'

const won = (minor: number) => money(minor, 'KRW')
const now = new Date('2026-01-02T03:04:05.678Z')
const found = { reference: 'att_1', status: 'requires_action', amount: won(27_000), captured: won(0) }
const attempt = {
  id: 'att_1',
  status: 'requires_action',
  amount: won(27_000),
  cancelWanted: false,
  paidBy: null,
  expiresAt: '2026-01-02T03:19:05.678Z',
} as const

describe('the graph of an attempt', () => {
  test('names every status, and leads nowhere but to known ones', () => {
    expect(Object.keys(nextStatus).sort()).toEqual([...AttemptStatus.options].sort())
    for (const next of Object.values(nextStatus).flat()) expect(AttemptStatus.options).toContain(next)
  })

  test('only goes forward: no status is ever reached again', () => {
    const reaches = (from: AttemptStatus, seen = new Set<AttemptStatus>()): Set<AttemptStatus> => {
      for (const to of nextStatus[from]) if (!seen.has(to)) reaches(to, seen.add(to))
      return seen
    }
    for (const status of AttemptStatus.options) expect(reaches(status).has(status)).toBe(false)
  })

  test('what can be reached in two steps can be reached in one', () => {
    for (const from of AttemptStatus.options) {
      for (const middle of nextStatus[from])
        for (const to of nextStatus[middle]) expect([from, to, canMove(from, to)]).toEqual([from, to, true])
    }
  })

  test('an open attempt can always become money, and only its bank makes money anything less', () => {
    for (const status of openStatuses) expect([isOpen(status), canMove(status, 'captured')]).toEqual([true, true])
    expect([isOpen('captured'), nextStatus.captured]).toEqual([false, ['reversed']])
  })

  test('however the news of a story is shuffled and repeated, its end is the same', () => {
    const story = fc.array(fc.nat(20), { minLength: 1, maxLength: 6 }).map((choices) => {
      const path: AttemptStatus[] = ['requesting']
      for (const choice of choices) {
        const next = nextStatus[path.at(-1) ?? 'requesting']
        const chosen = next[choice % Math.max(1, next.length)]
        if (chosen) path.push(chosen)
      }
      return path
    })
    const told = story.chain((path) =>
      fc.tuple(
        fc.constant(path),
        fc
          .array(fc.constantFrom(...path), { maxLength: 12 })
          .chain((extra) => fc.shuffledSubarray([...path, ...extra], { minLength: path.length + extra.length })),
      ),
    )
    fc.assert(
      fc.property(told, ([path, news]) => {
        const end = news.reduce<AttemptStatus>((status, next) => (canMove(status, next) ? next : status), 'requesting')
        expect(end).toBe(path.at(-1))
      }),
      { numRuns: 1000 },
    )
  })
})

describe('what a provider reports', () => {
  test.each([
    [null, {}],
    ['reference', { reference: 'att_cheap' }],
    ['currency', { amount: money(27_000, 'USD') }],
    ['amount', { amount: won(26_999) }],
    ['captured', { status: 'captured', captured: won(26_999) }],
    [null, { status: 'captured', captured: won(27_000) }],
    [null, { status: 'captured', captured: won(54_000) }],
    ['captured', { status: 'captured', captured: won(0) }],
  ])('differs in %s', (difference, change) => {
    expect(differenceOf(attempt, { ...found, ...change })).toBe(difference)
  })

  test.each([
    ['confirm', {}, { status: 'approved' }],
    ['cancel', {}, { status: 'approved', amount: won(1) }],
    ['cancel', { cancelWanted: true }, { status: 'approved' }],
    ['cancel', { paidBy: 'att_2' }, { status: 'awaiting_deposit' }],
    ['cancel', { status: 'failed' }, {}],
    ['cancel', { expiresAt: '2026-01-02T03:04:05.677Z' }, {}],
    ['nothing', { expiresAt: '2026-01-02T03:04:05.677Z' }, { status: 'awaiting_deposit' }],
    ['nothing', {}, {}],
    ['nothing', { cancelWanted: true }, { status: 'captured', captured: won(27_000) }],
    ['nothing', {}, { status: 'approved', reference: 'att_2' }],
    ['nothing', { status: 'captured', paidBy: 'att_1' }, { status: 'approved' }],
  ] as const)('means %s for us', (step, ours, theirs) => {
    expect(nextStep({ ...attempt, ...ours }, { ...found, ...theirs }, now)).toBe(step)
  })

  test('absence means nothing for a minute, and the end afterwards', () => {
    const asked = (seconds: number) =>
      ({
        status: 'unknown',
        createdAt: new Date(now.getTime() - seconds * 1000).toISOString(),
        expiresAt: attempt.expiresAt,
      }) as const
    expect([absenceOf(asked(59), now), absenceOf(asked(60), now)]).toEqual([null, 'failed'])
    const known = { status: 'requires_action', createdAt: now.toISOString(), expiresAt: attempt.expiresAt } as const
    expect([absenceOf(known, now), absenceOf(known, new Date('2026-01-02T03:19:05.679Z'))]).toEqual([null, 'expired'])
  })

  test('only what is more, in the same currency, is a surplus', () => {
    expect([
      surplusOf(won(3), won(1)),
      surplusOf(won(1), won(1)),
      surplusOf(won(0), won(1)),
      surplusOf(money(3, 'USD'), won(1)),
    ]).toEqual([won(2), null, null, null])
  })
})

describe('how a payment stands', () => {
  const back = (minor: number, forOrder = true, status = 'succeeded' as const) => ({
    amount: won(minor),
    forOrder,
    status,
  })

  test("counts what has gone back of the order's own money only", () => {
    expect(
      refundedOf(
        [back(1_000), back(27_000, false), { ...back(500), status: 'failed' }, { ...back(600), status: 'unknown' }],
        'KRW',
      ),
    ).toEqual(won(1_000))
  })

  test.each([
    ['requires_action', null, 0],
    ['captured', won(27_000), 0],
    ['partially_refunded', won(27_000), 26_999],
    ['refunded', won(27_000), 27_000],
  ] as const)('is %s', (status, paid, refunded) => {
    expect(paymentStatusOf(paid, won(refunded), { status: 'requires_action' })).toBe(status)
  })

  test('every journal balances, and a refund undoes its capture', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 ** 12 }),
        fc.constantFrom('orders' as const, 'suspense' as const),
        (minor, owner) => {
          const lines = [...captureEntries('fake', owner, won(minor)), ...refundEntries('fake', owner, won(minor))]
          const balance = (account: string) =>
            lines
              .filter((line) => line.account === account)
              .reduce((total, line) => total + line.debit.minor - line.credit.minor, 0)
          expect([balance('provider:fake'), balance(owner)]).toEqual([0, 0])
          expect(
            captureEntries('fake', owner, won(minor)).reduce(
              (total, line) => total + line.debit.minor - line.credit.minor,
              0,
            ),
          ).toBe(0)
        },
      ),
    )
  })

  test('providers are asked after 5 s at first, and every six hours in the end', () => {
    expect([0, 1, 2, 3, 4, 100].map(secondsUntilCheck)).toEqual([5, 15, 60, 300, 900, 21_600])
  })
})
