import { type Money, money } from '@sangdo/core/money'
import fc, { type Arbitrary } from 'fast-check'
import type { CartContext, CartLine, CartOptions, CartPromotion, TaxOptions } from '../src/rules/model.ts'
import { oracleQuote } from './oracle/index.ts'

/** A cart as somebody could ask for its price. */
export interface Cart {
  readonly lines: readonly CartLine[]
  readonly options: CartOptions
}

type Given<T> = { [K in keyof T]: Exclude<T[K], undefined> }

/** In so many percent of all cases something, else nothing; shrinks to nothing. */
const sometimes = <T>(percent: number, something: Arbitrary<T>): Arbitrary<T | undefined> =>
  fc.oneof(
    { withCrossShrink: true },
    { weight: 100 - percent, arbitrary: fc.constant(undefined) },
    { weight: percent, arbitrary: something },
  )
const oneOf = <const T>(...values: readonly T[]) => fc.constantFrom(...values)
const someOf = (...values: readonly string[]) => fc.subarray([...values], { minLength: 1 })
const upTo = (max: number, min = 1) => fc.integer({ min, max })

/** A record without the keys for which there is nothing. */
function record<T extends Record<string, unknown>>(model: { [K in keyof T]: Arbitrary<T[K]> }): Arbitrary<Given<T>> {
  return fc
    .record(model)
    .map((given) => Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Given<T>)
}

const skus = ['MUG', 'CUP', 'mug', '컵', 'TEA-1'] as const
const categories: Readonly<Record<string, readonly string[]>> = {
  MUG: ['kitchen'],
  CUP: ['kitchen', 'gifts'],
  mug: ['gifts'],
  컵: [],
  'TEA-1': ['food'],
}
const categoryIds = ['kitchen', 'gifts', 'food']
const groups = ['coupon', 'sale', 'member']
const lineIds = ['q', 'b', 'Z', '가', 'a', 'x1', 'x10', 'x2', 'É', '-', 'y', '_']

const percent = fc.oneof(
  { weight: 3, arbitrary: upTo(60) },
  { weight: 3, arbitrary: oneOf<number | string>('10', 20, '12.5', '33.333333', 50, 100, '100', 7.77) },
  { weight: 1, arbitrary: oneOf<number | string>(0, '0.000001', '99.999999', 0.5) },
)

/** Amounts that go together: prices go up to `scale`. */
function amounts(scale: number, currency: string) {
  const to = (max: number): Arbitrary<Money> =>
    fc
      .oneof(
        { weight: 6, arbitrary: fc.nat(max) },
        { weight: 4, arbitrary: fc.nat(10).map((tenths) => Math.floor((max * tenths) / 10)) },
        { weight: 1, arbitrary: fc.nat(20) },
      )
      .map((minor) => money(minor, currency))
  return { tiny: to(Math.ceil(scale / 20)), small: to(Math.ceil(scale / 4)), price: to(scale), large: to(scale * 3) }
}
type Amounts = ReturnType<typeof amounts>

const quantity = fc.oneof(
  { weight: 12, arbitrary: upTo(4) },
  { weight: 4, arbitrary: upTo(20) },
  { weight: 1, arbitrary: upTo(9_999) },
)
const taxClass = oneOf('standard', 'reduced', 'zero', 'free', 'stacked')

const line = ({ price, small, tiny }: Amounts) =>
  record({
    named: sometimes(45, fc.constant(true)),
    sku: oneOf(...skus),
    quantity,
    unitPrice: price,
    compareAt: sometimes(20, fc.oneof(price, fc.constant(null))),
    floor: sometimes(25, fc.oneof(tiny, small, price, fc.constant(null))),
    taxClass: sometimes(60, taxClass),
    unusual: sometimes(10, fc.shuffledSubarray(categoryIds)),
    alike: sometimes(12, oneOf('quantity', 'unitPrice', 'compareAt', 'taxClass', 'floor', 'unusual')),
  })

type DrawnLine = Partial<Record<string, unknown>> & { readonly alike?: string }

/** Some lines differ from the one before in one thing only. */
const someAlike = <T extends DrawnLine>(lines: readonly T[]): T[] =>
  lines.map((line, index) => {
    const before = lines[index - 1]
    if (!before || line.alike === undefined) return line
    const { [line.alike]: _other, ...same } = before
    return { ...same, ...(line.alike in line ? { [line.alike]: line[line.alike] } : {}) } as T
  })

const linesOf = (given: Amounts) =>
  fc
    .oneof(
      { weight: 30, arbitrary: fc.array(line(given), { minLength: 1, maxLength: 4, size: 'max' }) },
      { weight: 12, arbitrary: fc.array(line(given), { minLength: 4, maxLength: 12, size: 'max' }) },
      { weight: 1, arbitrary: fc.constant([]) },
    )
    .map((lines) =>
      someAlike(lines).map(({ named, unusual, alike: _alike, ...rest }, index): CartLine => {
        const id = named ? { id: lineIds[index] ?? `n${index}` } : {}
        return { ...id, ...rest, categoryIds: unusual ?? categories[rest.sku] ?? [] }
      }),
    )

const hour = oneOf('00:00', '06:00', '09:00', '12:00', '18:00', '22:15', '23:59')
const conditions = record({
  markets: sometimes(12, someOf('KR', 'DE', 'US')),
  channels: sometimes(12, someOf('web', 'app')),
  segments: sometimes(12, someOf('vip', 'new', 'lapsed')),
  customerGroups: sometimes(12, someOf('staff', 'trade')),
  paymentMethods: sometimes(12, someOf('card', 'transfer')),
  orderNumber: sometimes(12, upTo(2)),
  newWithinDays: sometimes(12, oneOf(1, 7, 30)),
  birthday: sometimes(12, record({ daysBefore: oneOf(0, 1, 7, 60), daysAfter: oneOf(0, 1, 10, 60) })),
  weekdays: sometimes(12, fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 })),
  hours: sometimes(20, record({ from: hour, to: hour })),
})

const purpose = oneOf('commission' as const, 'donation' as const)
const share = record({ to: oneOf('creator-1', 'charity'), purpose, percent })
const shares = fc.array(share, { minLength: 1, maxLength: 2, size: 'max' })

const remaining = ({ large }: Amounts) =>
  record({
    uses: sometimes(40, fc.oneof(upTo(3), upTo(0, -1))),
    amount: sometimes(50, large),
    units: sometimes(50, fc.oneof({ weight: 4, arbitrary: upTo(12) }, { weight: 1, arbitrary: fc.constant(0) })),
  })

/** What promotions of all kinds may ask for and say. */
const common = (given: Amounts) => ({
  skus: sometimes(15, someOf(...skus)),
  categoryIds: sometimes(12, someOf(...categoryIds)),
  notDiscounted: sometimes(15, fc.boolean()),
  minimum: sometimes(18, fc.oneof(given.price, given.large)),
  minimumOf: sometimes(20, oneOf('before', 'after')),
  minimumQuantity: sometimes(10, upTo(6)),
  when: sometimes(35, conditions),
  shares: sometimes(12, shares),
  id: sometimes(75, oneOf('prm-a', 'prm-b', 'prm-c', 'prm-C', 'prm-10', 'prm-2')),
  code: sometimes(30, oneOf('WELCOME', 'SPRING', 'THANKS')),
  priority: sometimes(40, upTo(2, -2)),
  exclusive: sometimes(6, fc.constant(true)),
  group: sometimes(25, fc.oneof(oneOf(...groups), fc.constant(null))),
  stacksWith: sometimes(10, fc.oneof(fc.subarray(groups), fc.constant(null))),
  best: sometimes(60, fc.constant(true)),
  remaining: sometimes(12, remaining(given)),
})

const target = sometimes(70, oneOf('line', 'order', 'shipping'))
const tiersOf = ({ price, small }: Amounts) =>
  fc.uniqueArray(fc.oneof(record({ from: price, percent }), record({ from: price, amount: small })), {
    minLength: 1,
    maxLength: 3,
    size: 'max',
    selector: (tier) => tier.from.minor,
  })

/** A promotion of each kind, often enough to be seen to count. */
function promotion(given: Amounts): Arbitrary<CartPromotion> {
  const { tiny, small, price, large } = given
  const limits = { ...common(given), remaining: sometimes(30, remaining(given)), maximumUnits: sometimes(20, upTo(5)) }
  const goods = record({ skus: sometimes(60, someOf(...skus)), categoryIds: sometimes(40, someOf(...categoryIds)) })
  const times = sometimes(30, upTo(3))
  const of = <T extends Record<string, unknown>>(weight: number, model: { [K in keyof T]: Arbitrary<T[K]> }) => ({
    weight,
    arbitrary: record(model) as Arbitrary<unknown> as Arbitrary<CartPromotion>,
  })
  const kind = <K extends CartPromotion['kind']>(name: K) => fc.constant(name)
  return fc
    .oneof(
      of(6, { kind: kind('percent_off'), percent, target, maximum: sometimes(25, price), ...limits }),
      of(5, { kind: kind('amount_off'), amount: fc.oneof(tiny, small, price), target, ...limits }),
      of(3, { kind: kind('fixed_price'), price: fc.oneof(small, price), ...limits }),
      of(5, {
        kind: kind('buy_x_get_y'),
        buy: upTo(3),
        get: upTo(3),
        percent: sometimes(40, percent),
        buys: sometimes(35, goods),
        per: sometimes(50, oneOf('cart', 'sku')),
        times,
        ...common(given),
      }),
      of(4, {
        kind: kind('set_price'),
        quantity: upTo(4),
        price: fc.oneof(small, price, large),
        times,
        ...common(given),
      }),
      of(3, {
        kind: kind('spend_tiers'),
        tiers: tiersOf(given),
        target: sometimes(60, oneOf('line', 'order')),
        ...common(given),
      }),
      of(1, { kind: kind('gift'), sku: oneOf(...skus, 'STICKER'), quantity: sometimes(40, upTo(3)), ...common(given) }),
      of(1, { kind: kind('share_only'), ...common(given), shares: sometimes(80, shares) }),
    )
    .map(allowed)
}

const actsOnPieces = (promotion: CartPromotion) =>
  promotion.kind === 'fixed_price' ||
  ((promotion.kind === 'percent_off' || promotion.kind === 'amount_off') && promotion.target === 'line')

/** The promotion without the limits that its kind may not have. */
function allowed(promotion: CartPromotion): CartPromotion {
  if (actsOnPieces(promotion)) return promotion
  const { remaining: { units: _units, ...remaining } = {}, ...rest } = promotion
  const { maximumUnits: _maximum, ...without } = rest as typeof rest & { maximumUnits?: number }
  return promotion.remaining ? { ...without, remaining } : without
}

/** Promotions of which no two have the same id and code. */
function toldApart(promotions: readonly CartPromotion[]): CartPromotion[] {
  const known = new Set<string>()
  return promotions.map((promotion, index) => {
    const name = `${promotion.id ?? promotion.code ?? `promotion-${index + 1}`} ${promotion.code}`
    if (known.has(name)) return { ...promotion, id: `prm-again-${index}` }
    known.add(name)
    return promotion
  })
}

const promotionsOf = (given: Amounts) => {
  const one = promotion(given)
  const ordinary = one.map(({ best: _best, ...rest }) => rest as CartPromotion)
  const candidate = one.map(({ when: _when, ...rest }) => ({ ...rest, best: true }))
  return fc
    .oneof(
      { weight: 60, arbitrary: fc.array(ordinary, { maxLength: 6, size: 'max' }) },
      { weight: 16, arbitrary: fc.array(one, { minLength: 2, maxLength: 4, size: 'max' }) },
      { weight: 1, arbitrary: fc.array(candidate, { minLength: 7, maxLength: 14, size: 'max' }) },
    )
    .map(toldApart)
}

const anchors = [
  '2024-02-29T12:00:00.000Z',
  '2025-02-28T20:00:00.000Z',
  '2026-03-01T00:00:00.000Z',
  '2026-03-08T07:00:00.000Z',
  '2026-10-25T01:00:00.000Z',
  '2027-01-01T00:00:00.000Z',
]
const minute = 60_000
const day = 24 * 60 * minute

/** Minutes, often such as opening hours begin and end at. */
const moment = fc.tuple(upTo(24, -24), oneOf(0, 0, -1, 15)).map(([hours, minutes]) => hours * 60 + minutes)

const buyer = record({
  orderNumber: sometimes(75, upTo(3)),
  age: sometimes(75, fc.tuple(oneOf(0, 1, 7, 30), oneOf(-1, 0, 1))),
  birthday: sometimes(75, oneOf('1990-02-28', '1992-02-29', '1985-03-01', '2000-12-31', '1999-01-05', '1970-06-15')),
  segments: sometimes(75, fc.subarray(['vip', 'new', 'other'])),
  customerGroups: sometimes(75, fc.subarray(['staff', 'trade', 'other'])),
})

const context = record({
  at: sometimes(85, fc.tuple(oneOf(...anchors), moment)),
  timeZone: sometimes(70, oneOf('Asia/Seoul', 'America/New_York', 'Europe/Berlin', 'Pacific/Kiritimati', 'UTC')),
  market: sometimes(80, oneOf('KR', 'DE', 'US')),
  channel: sometimes(80, oneOf('web', 'app', 'pos')),
  paymentMethod: sometimes(80, oneOf('card', 'transfer', 'points')),
  buyer: sometimes(85, buyer),
}).map(({ at, buyer, ...rest }): CartContext => {
  const now = at ? Date.parse(at[0]) + at[1] * minute : Date.parse('2026-01-01')
  const { age, ...known } = buyer ?? {}
  const registered = age ? { registeredAt: new Date(now - age[0] * day - age[1]).toISOString() } : {}
  return {
    ...rest,
    ...(at ? { at: new Date(now).toISOString() } : {}),
    ...(buyer ? { buyer: { ...known, ...registered } } : {}),
  }
})

const taxPercent = oneOf<number | string>(0, 5, '7', 8, '8.875', 10, 19, 20, '33.333333', '0.000001', 100)
const component = (name: string) =>
  record({
    name: fc.constant(name),
    percent: oneOf<number | string>(0, '6.25', 5, '9.975', 25, '1.5'),
    compound: sometimes(50, fc.boolean()),
  })
const stacked = fc.oneof(
  fc.constant([
    { name: 'state', percent: 0 },
    { name: 'city', percent: '0' },
  ]),
  fc.tuple(component('state'), component('city')),
  fc.tuple(component('state'), component('county'), component('city')),
)
const rates = record({
  standard: sometimes(90, taxPercent),
  reduced: sometimes(70, fc.oneof(taxPercent, stacked)),
  zero: fc.constant(0),
  stacked: sometimes(85, stacked),
  shipping: sometimes(70, fc.oneof(taxPercent, stacked)),
}) as Arbitrary<TaxOptions['rates']>

const taxOptions: Arbitrary<TaxOptions> = record({
  pricesInclude: oneOf('tax', 'no_tax'),
  rates,
  rounding: sometimes(70, oneOf('half_up', 'half_even', 'down', 'up')),
  level: sometimes(60, oneOf('unit', 'line', 'order')),
  constant: sometimes(60, oneOf('gross', 'net', 'net')),
  homeRates: sometimes(45, rates),
  exemption: sometimes(
    15,
    record({
      certificate: fc.constant('EX-1'),
      taxClasses: sometimes(50, someOf('standard', 'reduced', 'stacked', 'shipping', 'free')),
    }),
  ),
})

const fees = (given: Amounts) =>
  fc.uniqueArray(record({ id: oneOf('wrapping', 'service'), amount: given.small, taxClass: sometimes(50, taxClass) }), {
    maxLength: 2,
    selector: (fee) => fee.id,
    size: 'max',
  })

const share1000 = upTo(1000, 0)
const fraction = (amount: number, thousandths: number) => Number((BigInt(amount) * BigInt(thousandths)) / 1000n)

/** The figures of a tax service: so many thousandths of each amount, which contain them where prices contain tax. */
function withFigures({ lines, options }: Cart, thousandths: number, currency: string): Cart {
  const { tax } = options
  if (!tax) return { lines, options }
  const quote = oracleQuote(lines, options)
  const figure = (amount: number) => money(fraction(amount, thousandths), currency)
  const external = {
    source: 'service',
    lines: Object.fromEntries(quote.lines.map((line) => [line.id, figure(line.total)])),
    ...(options.shipping ? { shipping: figure(quote.shipping.total) } : {}),
    ...(options.fees ? { fees: Object.fromEntries(quote.fees.map((fee) => [fee.id, figure(fee.amount)])) } : {}),
  }
  return { lines, options: { ...options, tax: { ...tax, external } } }
}

/** So many thousandths of the total are paid by points, and so many of the rest by gift card. */
function withTenders({ lines, options }: Cart, [points, card]: readonly [number, number], currency: string): Cart {
  const { total } = oracleQuote(lines, options)
  const first = fraction(total, points)
  const tenders = [
    { id: 'points', amount: money(first, currency) },
    { id: 'gift-card', amount: money(fraction(total - first, card), currency) },
  ]
  return { lines, options: { ...options, tenders } }
}

function cartsIn(currency: string, scale: number): Arbitrary<Cart> {
  const given = amounts(scale, currency)
  return fc
    .record({
      lines: linesOf(given),
      options: record({
        promotions: sometimes(95, promotionsOf(given)),
        shipping: sometimes(70, fc.oneof(given.small, given.price, fc.constant(null))),
        fees: sometimes(30, fees(given)),
        tax: sometimes(80, taxOptions),
        context: sometimes(85, context),
      }),
      figures: sometimes(12, share1000),
      tenders: sometimes(15, fc.tuple(share1000, share1000)),
    })
    .map(({ lines, options, figures, tenders }) => {
      // Many candidates are searched over few lines only, as it is slow.
      const few = (options.promotions?.length ?? 0) > 6 ? lines.slice(0, 3) : lines
      const cart: Cart = { lines: few, options: { ...options, ...(few.length === 0 ? { currency } : {}) } }
      const taxed = figures === undefined ? cart : withFigures(cart, figures, currency)
      return tenders === undefined ? taxed : withTenders(taxed, tenders, currency)
    })
}

const currencies = ['KRW', 'JPY', 'USD', 'EUR', 'KWD']
const scales = [12, 1_000, 20_000, 20_000, 10_000_000, 10_000_000_000]

/** Valid carts of every sort, with prices from nothing to 10^10 minor units. */
export const carts: Arbitrary<Cart> = fc.oneof(
  ...currencies.flatMap((currency) => scales.map((scale) => cartsIn(currency, scale))),
)
