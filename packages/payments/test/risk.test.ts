import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { money } from '@sangdo/core'
import {
  defaultRiskPolicy,
  disposableDomains,
  identityOf,
  nextRiskStatus,
  type RiskFacts,
  type RiskKey,
  riskOf,
  RiskPolicy,
  type RiskPolicyInput,
  type RiskReason,
} from '@sangdo/payments'
import { sampleRiskFacts } from '@sangdo/payments/testing'
import { won } from './shop.ts'

type RuleInput = RiskPolicyInput['rules'][number]
const policyOf = (...rules: RuleInput[]) => RiskPolicy.parse({ rules })
const facts = (change: Partial<RiskFacts> = {}): RiskFacts => ({ ...sampleRiskFacts, ...change })
/** The rules of the default policy that speak about these facts, with their points. */
const says = (change: Partial<RiskFacts>) => riskOf(facts(change)).reasons.map(({ rule, points }) => [rule, points])

describe('what speaks against an order', () => {
  test('an ordinary order has nothing against it', () => {
    expect(riskOf(facts())).toEqual({ score: 0, points: 0, decision: 'allow', reasons: [] })
  })

  test.each<[Partial<RiskFacts>, [string, number][]]>([
    [{ counts: [{ what: 'orders', by: 'email', seconds: 86_400, count: 5 }] }, [['velocity', 10]]],
    [{ counts: [{ what: 'orders', by: 'email', seconds: 86_400, count: 4 }] }, []],
    [{ counts: [{ what: 'attempts', by: 'ip', seconds: 3600, count: 20 }] }, [['velocity', 15]]],
    [{ counts: [{ what: 'cards', by: 'email', seconds: 86_400, count: 3 }] }, [['velocity', 25]]],
    [{ counts: [{ what: 'declines', by: 'session', seconds: 86_400, count: 3 }] }, [['declines', 40]]],
    [{ counts: [{ what: 'declines', by: 'session', seconds: 86_400, count: 2 }] }, []],
    [{ counts: [{ what: 'declines', by: 'ip', seconds: 3600, count: 10 }] }, [['declines', 60]]],
    [{ counts: [{ what: 'declines', by: 'ip', seconds: 3600, count: 9 }] }, []],
    [{ countries: { card: 'US', shipping: 'KR' } }, [['countries_differ', 15]]],
    [{ countries: { card: 'KR', ip: 'KR' } }, []],
    [{ names: { billing: '김 하늘', delivery: '김하늘' } }, []],
    [{ names: { billing: '김하늘', delivery: '박바다' } }, [['names_differ', 5]]],
    [{ names: { billing: '김하늘', delivery: '' } }, []],
    [{ who: { email: 'Sky@Mailinator.COM' } }, [['disposable_mail', 25]]],
    [{ who: { email: 'sky@inbox.yopmail.com' } }, [['disposable_mail', 25]]],
    [{ who: { email: 'sky@notyopmail.com' } }, []],
    [{ who: { email: 'a8f3k2d9@example.com' } }, [['generated_mail', 5]]],
    [{ who: { email: 'minsu19890412@example.com' } }, []],
    [{ who: { email: 'wjsgusdn@example.com' } }, []],
    [{ amount: won(1_000_000), history: { orders: 0, delivered: 0, since: null } }, [['first_order', 15]]],
    [{ amount: won(999_999), history: { orders: 0, delivered: 0, since: null } }, []],
    [{ amount: won(1_000_000), history: { orders: 1, delivered: 0, since: null } }, []],
    [{ amount: money(1_000_000, 'USD'), history: { orders: 0, delivered: 0, since: null } }, []],
    [
      {
        lines: [
          { sku: 'RING', quantity: 3, unitPrice: won(200_000) },
          { sku: 'RING', quantity: 2, unitPrice: won(210_000) },
        ],
      },
      [['dear_pieces', 15]],
    ],
    [{ lines: [{ sku: 'MUG', quantity: 50, unitPrice: won(9_000) }] }, []],
    [{ history: { orders: 4, delivered: 3, since: '2025-01-02T03:04:05.678Z' } }, [['known_customer', -20]]],
    [{ history: { orders: 4, delivered: 2, since: '2025-01-02T03:04:05.678Z' } }, []],
    [{ history: { orders: 4, delivered: 4, since: '2025-12-02T03:04:05.678Z' } }, []],
  ])('%j: %j', (change, expected) => {
    expect(says(change)).toEqual(expected)
  })

  test('orders come in a burst by night on the clocks of the shop, also over midnight', () => {
    const counts = [{ what: 'orders', by: 'ip', seconds: 3600, count: 3 }] as const
    const at = (at: string, rule: object = {}) =>
      riskOf(facts({ at, counts: [...counts] }), policyOf({ kind: 'night_burst', by: 'ip', ...rule })).points
    // 02:30 and 11:30 in Seoul
    expect([at('2026-01-01T17:30:00.000Z'), at('2026-01-02T02:30:00.000Z')]).toEqual([10, 0])
    const over = { from: 23, to: 2, timeZone: 'UTC' }
    expect(['22:59', '23:00', '01:59', '02:00'].map((time) => at(`2026-01-01T${time}:00.000Z`, over))).toEqual([
      0, 10, 10, 0,
    ])
  })

  test('a delivery to a freight forwarder that the shop has listed', () => {
    const rules = policyOf({ kind: 'freight_forwarder', places: [{ country: 'US', postcode: '97230' }] })
    const to = (shipping: string, postcode: string) =>
      riskOf(facts({ countries: { shipping }, postcode }), rules).points
    expect([to('US', '97230 '), to('KR', '97230'), to('US', '97231')]).toEqual([20, 0, 0])
  })

  test('the lists of the shop know a buyer in whatever way they write themselves', () => {
    const lists = policyOf(
      { kind: 'deny_list', entries: [{ by: 'email', value: 's.k.y@googlemail.com' }] },
      { kind: 'allow_list', entries: [{ by: 'phone', value: '010-1234-5678' }] },
    )
    const of = (who: RiskFacts['who']) => riskOf(facts({ who }), lists)
    expect(of({ email: 'Sky+shop@gmail.com' })).toMatchObject({ score: 100, decision: 'deny' })
    expect(of({ phone: '+82 10 1234 5678' })).toMatchObject({ score: 0, points: -100, decision: 'allow' })
    expect(of({ email: 'sky@example.com', phone: '01012345679' }).reasons).toEqual([])
  })
})

describe('what is decided', () => {
  test.each([
    [29, 'allow'],
    [30, 'challenge'],
    [59, 'challenge'],
    [60, 'review'],
    [89, 'review'],
    [90, 'deny'],
  ])('%d points: %s', (points, decision) => {
    expect(riskOf(facts({ service: { status: 'answered', points, code: 'x' } })).decision).toBe(decision)
  })

  test('a shop sets its own thresholds, which rise', () => {
    const strict = RiskPolicy.parse({
      rules: [{ kind: 'names_differ' }],
      thresholds: { challenge: 1, review: 2, deny: 5 },
    })
    expect(riskOf(facts({ names: { billing: '김하늘', delivery: '박바다' } }), strict).decision).toBe('deny')
    expect(RiskPolicy.safeParse({ rules: [], thresholds: { challenge: 9, review: 2, deny: 5 } }).success).toBe(false)
  })

  test('while a risk service is down a large order is looked at and a small one goes on, and the reason says so', () => {
    const down = (amount: RiskFacts['amount']) => riskOf(facts({ amount, service: { status: 'down' } }))
    expect(down(won(300_000))).toMatchObject({ decision: 'review', reasons: [{ rule: 'service_down', held: true }] })
    expect(down(won(299_999))).toMatchObject({ decision: 'allow', reasons: [{ rule: 'service_down', held: false }] })
    expect(down(money(1, 'USD')).decision).toBe('review')
  })

  test('a rule that takes points when it should add them is no rule', () => {
    expect(RiskPolicy.safeParse({ rules: [{ kind: 'names_differ', points: -5 }] }).success).toBe(false)
    expect(RiskPolicy.safeParse({ rules: [{ kind: 'known_customer', points: 5 }] }).success).toBe(false)
    expect(RiskPolicy.safeParse({ rules: [{ kind: 'night_burst', by: 'ip', timeZone: 'Seoul' }] }).success).toBe(false)
  })

  test('no rule has the last word: its no can be brought before a person, whose word is the last', () => {
    expect(nextRiskStatus).toEqual({ automatic: ['waiting'], waiting: ['decided'], decided: [] })
  })
})

describe('who somebody is', () => {
  test.each<[RiskKey, string, string, boolean]>([
    ['ip', '2001:db8:1:2:3:4:5:6', '2001:0DB8:0001:0002::1', true],
    ['ip', '2001:db8:1:2::1', '2001:db8:1:3::1', false],
    ['ip', '2001:db8::1', '2001:db8:0:0:8000::', true],
    ['ip', '::ffff:192.0.2.7', '192.0.2.7', true],
    ['ip', '::ffff:c000:207', '192.0.2.7', true],
    ['ip', '192.0.2.7', '192.0.2.8', false],
    ['phone', '+82 10-1234-5678', '010 1234 5678', true],
    ['phone', '+82 010-1234-5678', '01012345678', true],
    ['phone', '02-820-1234', '028201234', true],
    ['phone', '+1 212 555 0100', '0012125550100', true],
    ['email', 'ｓｋｙ@example.com', 'SKY+1@example.com ', true],
    ['email', 's.ky@example.com', 'sky@example.com', false],
    ['address', '서울 마포구 1-2', '서울마포구 1-2', true],
    ['card', 'fp_1', 'fp_2', false],
  ])('%s: %s and %s are the same: %s', (key, one, other, same) => {
    expect(identityOf(key, one) === identityOf(key, other)).toBe(same)
  })

  test('the list of disposable domains has each once, as it is compared', () => {
    expect(disposableDomains).toEqual([...new Set(disposableDomains)].map((one) => one.toLowerCase()).sort())
  })
})

const country = fc.constantFrom('KR', 'US', 'JP')
const key = fc.constantFrom<RiskKey>('buyer', 'email', 'phone', 'ip', 'address', 'session', 'card')
const count = fc.record({
  what: fc.constantFrom('orders' as const, 'attempts' as const, 'declines' as const, 'cards' as const),
  by: key,
  seconds: fc.constantFrom(600, 3600, 86_400),
  count: fc.nat(30),
})
const line = fc.record({
  sku: fc.constantFrom('RING', 'MUG', 'WATCH'),
  quantity: fc.integer({ min: 1, max: 9 }),
  unitPrice: fc.nat(400_000).map((minor) => won(minor)),
})
const anyFacts: fc.Arbitrary<RiskFacts> = fc.record(
  {
    at: fc
      .date({ min: new Date('2025-01-01'), max: new Date('2027-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString()),
    amount: fc.nat(3_000_000).map((minor) => won(minor)),
    who: fc.record({
      email: fc.constantFrom('sky@example.com', 'a1b2c3d4@yopmail.com', 'bad@example.com', 'good@example.com'),
    }),
    countries: fc.record({ card: country, ip: country, shipping: country }),
    names: fc.record({ billing: fc.constantFrom('김하늘', '박바다'), delivery: fc.constantFrom('김하늘', '') }),
    postcode: fc.constantFrom('97230', '04000'),
    lines: fc.array(line, { maxLength: 5 }),
    history: fc.record({
      orders: fc.nat(3),
      delivered: fc.nat(5),
      since: fc.constantFrom(null, '2024-01-01T00:00:00.000Z', '2026-06-01T00:00:00.000Z'),
    }),
    counts: fc.array(count, { maxLength: 8 }),
  },
  { requiredKeys: ['at', 'amount'] },
)
const full = RiskPolicy.parse({
  rules: [
    ...defaultRiskPolicy.rules,
    { kind: 'freight_forwarder', places: [{ country: 'US', postcode: '97230' }] },
    { kind: 'deny_list', entries: [{ by: 'email', value: 'bad@example.com' }] },
    { kind: 'allow_list', entries: [{ by: 'email', value: 'good@example.com' }] },
  ],
})

/** The same facts, but for one that is better. */
const better: Record<string, (known: RiskFacts) => RiskFacts> = {
  'the buyer is on the allow list': (known) => ({ ...known, who: { email: 'good@example.com' } }),
  'the buyer is an old customer': (known) => ({
    ...known,
    history: { orders: 9, delivered: 9, since: '2020-01-01T00:00:00.000Z' },
  }),
  'all comes from one country': (known) => ({ ...known, countries: { card: 'KR', ip: 'KR', shipping: 'KR' } }),
  'nothing was counted': (known) => ({ ...known, counts: [] }),
  'it costs nothing': (known) => ({ ...known, amount: won(0), lines: [] }),
  'the names are the same': (known) => ({ ...known, names: { billing: '김하늘', delivery: '김하늘' } }),
}

/** The same facts, but for one that is worse. */
const worse: Record<string, (known: RiskFacts) => RiskFacts> = {
  'one more was counted': (known) => ({
    ...known,
    counts: (known.counts ?? []).map((one) => ({ ...one, count: one.count + 1 })),
  }),
  'it costs more': (known) => ({ ...known, amount: won(known.amount.minor + 500_000) }),
  'there are more pieces': (known) => ({
    ...known,
    lines: (known.lines ?? []).map((one) => ({ ...one, quantity: one.quantity + 1 })),
  }),
  'the pieces are dearer': (known) => ({
    ...known,
    lines: (known.lines ?? []).map((one) => ({ ...one, unitPrice: won(one.unitPrice.minor + 100_000) })),
  }),
  'fewer orders were delivered': (known) => ({
    ...known,
    ...(known.history ? { history: { ...known.history, delivered: Math.max(0, known.history.delivered - 1) } } : {}),
  }),
  'it is the first order': (known) => ({
    ...known,
    ...(known.history ? { history: { orders: 0, delivered: 0, since: null } } : {}),
  }),
  'the buyer is on the deny list': (known) => ({ ...known, who: { email: 'bad@example.com' } }),
  'it goes to a freight forwarder': (known) => ({
    ...known,
    countries: { ...known.countries, shipping: 'US' },
    postcode: '97230',
  }),
}

describe('a score', () => {
  const points = ({ reasons }: { reasons: readonly RiskReason[] }) =>
    reasons.reduce((total, reason) => total + reason.points, 0)

  test('is from 0 to 100, and its reasons add up to it before it is held there', () => {
    fc.assert(
      fc.property(anyFacts, (known) => {
        const judged = riskOf(known, full)
        expect(judged.points).toBe(points(judged))
        expect(judged.score).toBe(Math.min(100, Math.max(0, judged.points)))
      }),
      { numRuns: 500 },
    )
  })

  test('does not depend on the order in which the facts are told', () => {
    fc.assert(
      fc.property(anyFacts, (known) => {
        const turned = Object.fromEntries(Object.entries(known).toReversed()) as RiskFacts
        const { lines = [], counts = [] } = known
        expect(riskOf({ ...turned, lines: lines.toReversed(), counts: counts.toReversed() }, full)).toEqual(
          riskOf({ ...known, lines, counts }, full),
        )
      }),
      { numRuns: 500 },
    )
  })

  test.each(Object.entries(better))('is never higher when %s', (_, change) => {
    fc.assert(
      fc.property(anyFacts, (known) => {
        expect(riskOf(change(known), full).points).toBeLessThanOrEqual(riskOf(known, full).points)
      }),
      { numRuns: 500 },
    )
  })

  test.each(Object.entries(worse).filter(([name]) => !/deny|forwarder/.test(name)))(
    'is never lower when %s',
    (_, change) => {
      fc.assert(
        fc.property(anyFacts, (known) => {
          expect(riskOf(change(known), full).points).toBeGreaterThanOrEqual(riskOf(known, full).points)
        }),
        { numRuns: 500 },
      )
    },
  )

  test.each(Object.entries(worse).filter(([name]) => /deny|forwarder/.test(name)))(
    'is never lower when %s and all else is the same',
    (_, change) => {
      const plain = fc.record({ known: anyFacts, ip: country })
      fc.assert(
        fc.property(plain, ({ known, ip }) => {
          const before = { ...known, who: { email: 'sky@example.com' }, countries: { ip, shipping: 'US' } }
          expect(riskOf(change(before), full).points).toBeGreaterThanOrEqual(riskOf(before, full).points)
        }),
        { numRuns: 500 },
      )
    },
  )
})

test('a policy with an unknown rule is refused by name', () => {
  expect(RiskPolicy.safeParse({ rules: [{ kind: 'star_sign' }] }).error?.issues[0]?.path).toEqual(['rules', 0, 'kind'])
})
