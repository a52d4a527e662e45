import type { Entered } from '../desk.ts'
import { amountText } from '../parts/amount.ts'
import { localText } from '../parts/reader.ts'
import type { Money, Promotion } from '../types.ts'

/** A promotion as its form shows it. */
export function entriesOf({ name, rule, limits, ...promotion }: Promotion): Entered {
  return {
    kind: rule.kind,
    currency: currencyOf(rule, limits.budget) ?? 'KRW',
    nameKo: name['ko'],
    nameEn: name['en'],
    ...givenBy(rule),
    skus: rule.skus?.join('\n'),
    category: rule.categoryIds?.join(' '),
    notDiscounted: yes(rule.notDiscounted),
    minimum: shown(rule.minimum),
    minimumOf: rule.minimumOf,
    minimumQuantity: rule.minimumQuantity?.toString(),
    ...askedBy(rule.when ?? {}),
    ...Object.fromEntries(
      (rule.shares ?? []).flatMap(({ to, purpose, percent }, index) => [
        [`share.${index + 1}.to`, to],
        [`share.${index + 1}.purpose`, purpose],
        [`share.${index + 1}.percent`, String(percent)],
      ]),
    ),
    uses: limits.uses?.toString(),
    usesPerBuyer: limits.usesPerBuyer?.toString(),
    budget: shown(limits.budget),
    units: limits.units?.toString(),
    needsCode: yes(promotion.needsCode),
    issue: promotion.issue ?? undefined,
    issueDays: promotion.issueDays?.toString(),
    exclusive: yes(promotion.exclusive),
    best: yes(promotion.best),
    priority: promotion.priority === 0 ? undefined : String(promotion.priority),
    group: promotion.group ?? undefined,
    stacksWith: promotion.stacksWith?.join(', '),
    startsAt: localText(promotion.startsAt),
    endsAt: localText(promotion.endsAt),
    active: promotion.active ? 'yes' : 'no',
  }
}

const yes = (flag: boolean | undefined) => (flag ? 'yes' : undefined)
const shown = (amount: Money | null | undefined) => (amount ? amountText(amount) : undefined)

function givenBy(rule: Promotion['rule']): Entered {
  switch (rule.kind) {
    case 'percent_off': {
      const { percent, target, maximum, maximumUnits } = rule
      return { percent: String(percent), target, maximum: shown(maximum), maximumUnits: maximumUnits?.toString() }
    }
    case 'amount_off':
      return { amount: shown(rule.amount), target: rule.target, maximumUnits: rule.maximumUnits?.toString() }
    case 'fixed_price':
      return { price: shown(rule.price), maximumUnits: rule.maximumUnits?.toString() }
    case 'buy_x_get_y': {
      const { buy, get, percent, per, times, buys } = rule
      const [buysSkus, buysCategory] = [buys?.skus?.join('\n'), buys?.categoryIds?.join(' ')]
      return {
        buy: String(buy),
        get: String(get),
        getPercent: String(percent),
        per,
        times: times?.toString(),
        buysSkus,
        buysCategory,
      }
    }
    case 'set_price':
      return { quantity: String(rule.quantity), price: shown(rule.price), times: rule.times?.toString() }
    case 'spend_tiers':
      return { target: rule.target, ...tierEntries(rule.tiers) }
    case 'gift':
      return { gift: rule.sku, quantity: String(rule.quantity) }
    case 'share_only':
      return {}
  }
}

type Tiers = Extract<Promotion['rule'], { kind: 'spend_tiers' }>['tiers']

const tierEntries = (tiers: Tiers): Entered =>
  Object.fromEntries(
    tiers.flatMap((tier, index) => [
      [`tier.${index + 1}.from`, shown(tier.from)],
      [`tier.${index + 1}.size`, 'percent' in tier ? String(tier.percent) : shown(tier.amount)],
      [`tier.${index + 1}.unit`, 'percent' in tier ? 'percent' : 'amount'],
    ]),
  )

const askedBy = (when: NonNullable<Promotion['rule']['when']>): Entered => ({
  market: when.markets?.join(' '),
  channels: when.channels?.join(', '),
  segments: when.segments?.join(', '),
  customerGroups: when.customerGroups?.join(', '),
  paymentMethod: when.paymentMethods?.join(' '),
  orderNumber: when.orderNumber?.toString(),
  newWithinDays: when.newWithinDays?.toString(),
  birthdayBefore: when.birthday?.daysBefore.toString(),
  birthdayAfter: when.birthday?.daysAfter.toString(),
  weekday: when.weekdays?.join(' '),
  hoursFrom: when.hours?.from,
  hoursTo: when.hours?.to,
})

/** The currency in which a rule says its amounts, if it says any. */
function currencyOf(rule: Promotion['rule'], budget: Money | null): string | undefined {
  if ('amount' in rule) return rule.amount.currency
  if ('price' in rule) return rule.price.currency
  const tier = 'tiers' in rule ? rule.tiers[0]?.from : undefined
  const maximum = 'maximum' in rule ? rule.maximum : undefined
  return (tier ?? rule.minimum ?? maximum ?? budget)?.currency
}
