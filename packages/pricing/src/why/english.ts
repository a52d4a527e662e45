import type { PromotionRuleInput } from '../contract/promotions.ts'
import type { Described, Words } from './describe.ts'

type Scope = Pick<PromotionRuleInput, 'skus' | 'categoryIds'>

/** A promotion in English sentences. */
export function english(promotion: Described, words: Words): string {
  const { rule } = promotion
  const terms = [...asked(rule, words), ...circumstances(promotion, words)]
  return [
    `${[gives(rule, words), ...terms].join(', ')}.`,
    ...(rule.shares ?? []).map(
      ({ to, purpose, percent }) =>
        `${percent}% of what is paid for the goods goes to ${words.list([to])} as ${purpose === 'commission' ? 'commission' : 'a donation'}.`,
    ),
    ...limits(promotion, words),
    ...(rule.notDiscounted ? ['Not on goods that are reduced already.'] : []),
    ...(promotion.exclusive ? ['Not together with other discounts.'] : []),
  ].join(' ')
}

const isLimited = ({ skus = [], categoryIds = [] }: Scope) => skus.length + categoryIds.length > 0

const goodsOf = (scope: Scope, { list }: Words) =>
  isLimited(scope) ? `items in ${list([...(scope.categoryIds ?? []), ...(scope.skus ?? [])])}` : 'all items'

const itemsOf = (count: number, scope: Scope, words: Words) =>
  isLimited(scope) ? `${count} ${goodsOf(scope, words)}` : count === 1 ? '1 item' : `${count} items`

function circumstances({ rule: { when = {} }, needsCode, startsAt, endsAt }: Described, words: Words): string[] {
  const { birthday, hours } = when
  return [
    needsCode ? 'with a coupon code' : '',
    when.orderNumber === undefined
      ? ''
      : when.orderNumber === 1
        ? 'on a first order'
        : `on order number ${when.orderNumber}`,
    when.segments ? `for customers in ${words.list(when.segments)}` : '',
    when.customerGroups ? `for members of ${words.list(when.customerGroups)}` : '',
    when.newWithinDays === undefined ? '' : `for customers who joined within ${when.newWithinDays} days`,
    birthday ? `from ${birthday.daysBefore} days before a birthday to ${birthday.daysAfter} days after it` : '',
    when.paymentMethods ? `paying by ${words.list(when.paymentMethods)}` : '',
    when.markets ? `in ${words.list(when.markets)}` : '',
    when.channels ? `in the channel ${words.list(when.channels)}` : '',
    when.weekdays ? `on ${words.weekdays(when.weekdays)}` : '',
    hours ? `between ${hours.from} and ${hours.to}` : '',
    startsAt ? `from ${words.at(startsAt)}` : '',
    endsAt ? `until ${words.at(endsAt)}` : '',
  ].filter(Boolean)
}

function asked(rule: PromotionRuleInput, words: Words): string[] {
  const these = isLimited(rule) ? 'these items' : 'the items'
  const before = rule.minimumOf === 'before' ? ' before discounts' : ''
  const minimum = rule.minimum ? `when ${these} come to ${words.show(rule.minimum)} or more${before}` : ''
  const pieces = rule.minimumQuantity ? `when there are ${rule.minimumQuantity} or more of ${these}` : ''
  return [minimum, pieces].filter(Boolean)
}

function gives(rule: PromotionRuleInput, words: Words): string {
  const goods = goodsOf(rule, words)
  switch (rule.kind) {
    case 'percent_off':
      return off(rule, words, `${rule.percent}%`) + (rule.maximum ? `, up to ${words.show(rule.maximum)}` : '')
    case 'amount_off':
      return off(rule, words, words.show(rule.amount))
    case 'fixed_price':
      return `${capital(goods)} for ${words.show(rule.price)} each${atMost(rule.maximumUnits)}`
    case 'buy_x_get_y':
      return buyAndGet(rule, words)
    case 'set_price':
      return `Any ${itemsOf(rule.quantity, rule, words)} for ${words.show(rule.price)}${times(rule.times)}`
    case 'spend_tiers':
      return `${rule.tiers
        .map(
          (tier) =>
            `${'percent' in tier ? `${tier.percent}%` : words.show(tier.amount)} off from ${words.show(tier.from)}`,
        )
        .join(', ')}, on ${rule.target === 'line' ? 'each of ' : ''}${goods}`
    case 'gift':
      return `A gift of ${rule.quantity ?? 1} ${words.list([rule.sku])}`
    case 'share_only':
      return 'Prices stay as they are'
  }
}

type Off = Extract<PromotionRuleInput, { kind: 'percent_off' | 'amount_off' }>

function off(rule: Off, words: Words, size: string): string {
  const goods = goodsOf(rule, words)
  switch (rule.target ?? 'order') {
    case 'line':
      return `${size} off ${rule.kind === 'amount_off' ? 'each of ' : ''}${goods}${atMost(rule.maximumUnits)}`
    case 'order':
      return `${size} off ${isLimited(rule) ? goods : 'the order'}`
    case 'shipping':
      return rule.kind === 'percent_off' && Number(rule.percent) === 100 ? 'Free shipping' : `${size} off shipping`
  }
}

function buyAndGet(rule: Extract<PromotionRuleInput, { kind: 'buy_x_get_y' }>, words: Words): string {
  const free = Number(rule.percent ?? 100) === 100 ? 'free' : `${rule.percent}% off`
  const same = rule.per === 'sku' ? ' of the same kind' : ''
  const cheapest = rule.get === 1 ? 'the cheapest one' : `the ${rule.get} cheapest`
  const [bought, got] = rule.buys
    ? [itemsOf(rule.buy, rule.buys, words), `${cheapest} of ${goodsOf(rule, words)}`]
    : [itemsOf(rule.buy + rule.get, rule, words), cheapest]
  return `For every ${bought}${same}, ${got} ${rule.get === 1 ? 'is' : 'are'} ${free}${times(rule.times)}`
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const times = (most: number | undefined) => (most === undefined ? '' : `, at most ${most} times in an order`)
const atMost = (units: number | undefined) => (units === undefined ? '' : `, at most ${units} of each`)

function limits({ limits: { uses, usesPerBuyer, budget, units } = {} }: Described, { show }: Words): string[] {
  const said = [
    uses ? `for the first ${uses} orders` : '',
    usesPerBuyer ? `${usesPerBuyer === 1 ? 'once' : `${usesPerBuyer} times`} for each customer` : '',
    budget ? `as long as the budget of ${show(budget)} lasts` : '',
    units ? `for ${units} items in all` : '',
  ].filter(Boolean)
  return said.length > 0 ? [`${capital(said.join(', '))}.`] : []
}
