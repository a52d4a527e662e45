import { digitsOf } from '@sangdo/core/money'
import { pricingErrors } from '../contract/errors.ts'
import {
  all,
  amount,
  type Check,
  fields,
  flag,
  like,
  listOf,
  named,
  oneOf,
  orNull,
  percent,
  rule,
  text,
  time,
  whole,
} from './check.ts'
import { isTimeZone } from './conditions.ts'
import type { Buyer, CartContext, CartLine, CartOptions, CartPromotion, TaxComponent, TaxOptions } from './model.ts'
import { exactRate } from './rates.ts'

/** The most that one cart may hold. */
export const mostLines = 200
const most = { promotions: 100, quantity: 1_000_000, fees: 20, tenders: 20 }

type Fields<Value> = Readonly<Record<keyof Value, Check>>
type Rule<Kind extends CartPromotion['kind']> = Extract<CartPromotion, { kind: Kind }>

const texts = (count: number) => listOf(text, 1, count)
const quantity = whole(1, most.quantity)

const line = fields(
  {
    id: text,
    sku: text,
    quantity,
    unitPrice: amount,
    compareAt: orNull(amount),
    floor: orNull(amount),
    taxClass: text,
    categoryIds: listOf(text, 0, 1000),
    priceListId: orNull(text),
  } satisfies Fields<CartLine>,
  ['sku', 'quantity', 'unitPrice'],
)

const hour = like(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day HH:MM')
const scope = { skus: texts(1000), categoryIds: texts(100) }

const common = {
  ...scope,
  id: text,
  name: named(() => null),
  code: text,
  priority: whole(-1000, 1000),
  exclusive: flag,
  group: orNull(text),
  stacksWith: orNull(listOf(text, 0, 50)),
  best: flag,
  remaining: fields({ uses: whole(-1e15, 1e15), amount, units: whole(-1e15, 1e15) }),
  kind: text,
  notDiscounted: flag,
  minimum: amount,
  minimumOf: oneOf('before', 'after'),
  minimumQuantity: quantity,
  when: fields({
    markets: texts(100),
    channels: texts(100),
    segments: texts(100),
    customerGroups: texts(100),
    paymentMethods: texts(100),
    orderNumber: whole(1, 1e9),
    newWithinDays: whole(1, 36_500),
    birthday: fields({ daysBefore: whole(0, 366), daysAfter: whole(0, 366) }, ['daysBefore', 'daysAfter']),
    weekdays: listOf(whole(1, 7), 1, 7),
    hours: fields({ from: hour, to: hour }, ['from', 'to']),
  } satisfies Fields<NonNullable<CartPromotion['when']>>),
  shares: listOf(
    fields({ to: text, purpose: oneOf('commission', 'donation'), percent }, ['to', 'purpose', 'percent']),
    1,
    5,
  ),
}
const target = oneOf('line', 'order', 'shipping')
const onLinesOnly = rule<Rule<'percent_off' | 'amount_off'>>(
  'maximumUnits',
  'only a promotion on lines is limited in pieces',
  (one) => one.target === 'line' || (one.maximumUnits === undefined && one.remaining?.units === undefined),
)
const unlimited = rule<CartPromotion>(
  'remaining.units',
  'this kind is not limited in pieces',
  (one) => one.remaining?.units === undefined,
)
const tier = (value: unknown, currency: string) => {
  const size = typeof value === 'object' && value !== null && 'percent' in value ? { percent } : { amount }
  return fields({ from: amount, ...size }, ['from', ...Object.keys(size)])(value, currency)
}

/** What each kind of promotion may say; a kind or field without a check does not compile. */
const kinds: { readonly [Kind in CartPromotion['kind']]: Check } = {
  percent_off: all(
    fields(
      { ...common, percent, target, maximum: amount, maximumUnits: quantity } satisfies Fields<Rule<'percent_off'>>,
      ['percent'],
    ),
    onLinesOnly,
  ),
  amount_off: all(
    fields({ ...common, amount, target, maximumUnits: quantity } satisfies Fields<Rule<'amount_off'>>, ['amount']),
    onLinesOnly,
  ),
  fixed_price: fields({ ...common, price: amount, maximumUnits: quantity } satisfies Fields<Rule<'fixed_price'>>, [
    'price',
  ]),
  buy_x_get_y: all(
    fields(
      {
        ...common,
        buy: quantity,
        get: quantity,
        percent,
        buys: fields(scope),
        per: oneOf('cart', 'sku'),
        times: quantity,
      } satisfies Fields<Rule<'buy_x_get_y'>>,
      ['buy', 'get'],
    ),
    unlimited,
  ),
  set_price: all(
    fields({ ...common, quantity, price: amount, times: quantity } satisfies Fields<Rule<'set_price'>>, [
      'quantity',
      'price',
    ]),
    unlimited,
  ),
  spend_tiers: all(
    fields(
      { ...common, tiers: listOf(tier, 1, 20), target: oneOf('line', 'order') } satisfies Fields<Rule<'spend_tiers'>>,
      ['tiers'],
    ),
    unlimited,
  ),
  gift: all(fields({ ...common, sku: text, quantity } satisfies Fields<Rule<'gift'>>, ['sku']), unlimited),
  share_only: all(fields({ ...common } satisfies Fields<Rule<'share_only'>>), unlimited),
}

const vouched = new WeakSet<object>()

/** Says of a promotion that it was parsed before and never changes, so that no cart has to check it again. */
export function vouchFor(one: CartPromotion): CartPromotion {
  vouched.add(one)
  return one
}

const promotion: Check = (value, currency) => {
  if (typeof value === 'object' && value !== null && vouched.has(value)) return null
  const kind = typeof value === 'object' && value !== null ? (value as Partial<CartPromotion>).kind : undefined
  if (kind === undefined || !Object.hasOwn(kinds, kind))
    return { field: 'kind', reason: `one of ${Object.keys(kinds).join(', ')}` }
  return kinds[kind](value, currency)
}

const component = fields({ name: text, percent, compound: flag } satisfies Fields<TaxComponent>, ['name', 'percent'])
const rate: Check = (value, currency) => {
  if (!Array.isArray(value)) return percent(value, currency)
  const problem = listOf(component, 1, 5)(value, currency)
  if (problem) return problem
  const { n, d } = exactRate(value as TaxComponent[])
  return BigInt(n) > BigInt(d) ? { field: '', reason: 'together at most 100 %' } : null
}
const rounding = oneOf('half_up', 'half_even', 'down', 'up')
const tax = fields(
  {
    pricesInclude: oneOf('tax', 'no_tax'),
    rates: named(rate),
    rounding,
    level: oneOf('unit', 'line', 'order'),
    constant: oneOf('gross', 'net'),
    homeRates: named(rate),
    exemption: fields({ certificate: text, taxClasses: listOf(text, 0, 100) }, ['certificate']),
    external: fields({ source: text, lines: named(amount), shipping: amount, fees: named(amount) }, [
      'source',
      'lines',
    ]),
  } satisfies Fields<TaxOptions>,
  ['pricesInclude', 'rates'],
)

const timeZone: Check = (value) =>
  typeof value === 'string' && isTimeZone(value) ? null : { field: '', reason: 'an IANA time zone such as Asia/Seoul' }
const buyer = fields({
  orderNumber: whole(1, 1e9),
  registeredAt: time,
  birthday: like(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'a day such as 1990-02-28'),
  segments: listOf(text, 0, 1000),
  customerGroups: listOf(text, 0, 1000),
} satisfies Fields<Buyer>)
const context = fields({
  at: time,
  timeZone,
  market: text,
  channel: text,
  paymentMethod: text,
  buyer,
} satisfies Fields<CartContext>)

const options = fields({
  promotions: listOf(promotion, 0, most.promotions),
  shipping: orNull(amount),
  // `shipping` is how plans name the charge for shipping.
  fees: listOf(
    fields({ id: like(/^(?!shipping$).{1,200}$/, 'a text other than shipping'), amount, taxClass: text }, [
      'id',
      'amount',
    ]),
    0,
    most.fees,
  ),
  tax,
  tenders: listOf(fields({ id: text, amount }, ['id', 'amount']), 0, most.tenders),
  context,
  currency: text,
} satisfies Fields<CartOptions>)

/** The currency of a cart that can be priced. Throws `pricing.invalid_cart`, which names the field that is wrong. */
export function checkCart(lines: readonly CartLine[], given: CartOptions, mostOfThem: number): string {
  const currency = given?.currency ?? lines?.[0]?.unitPrice?.currency ?? given?.shipping?.currency
  if (typeof currency !== 'string')
    throw pricingErrors.invalid_cart({ field: 'currency', reason: 'an empty cart needs one' })
  checkCurrency(currency)
  const inLines = listOf(line, 0, mostOfThem)(lines, currency)
  if (inLines)
    throw pricingErrors.invalid_cart({ ...inLines, field: inLines.field ? `lines.${inLines.field}` : 'lines' })
  const inOptions = options(given, currency)
  if (inOptions) throw pricingErrors.invalid_cart({ ...inOptions, field: inOptions.field || 'options' })
  return currency
}

function checkCurrency(currency: string): void {
  try {
    digitsOf(currency)
  } catch (cause) {
    throw pricingErrors.invalid_cart(
      { field: 'currency', reason: `${currency} is no currency with minor units` },
      cause,
    )
  }
}
