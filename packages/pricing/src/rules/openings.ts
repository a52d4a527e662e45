import type { Promotion, PromotionRule, Spent } from '../contract/promotions.ts'
import type { RefusalReason } from '../contract/quote.ts'
import type { ListedPrice } from './prices.ts'
import { vouchFor } from './input.ts'
import { runsAt } from './prices.ts'
import type { CartPromotion } from './model.ts'

/** A promotion that a code opens: the code's own limits, for whom and until when, and what has been used. */
export interface Opening {
  readonly promotion: Promotion
  readonly coupon: { readonly limit: number | null; readonly limitPerBuyer: number | null; readonly uses: number }
  readonly buyer: string | null
  readonly expiresAt: string | null
  readonly usedByBuyer: number
  readonly spent: Spent & { readonly usedByBuyer: number }
}

/** Who asks, when, and in which currency. */
export interface Asking {
  readonly buyer: string | null
  readonly at: string
  readonly currency: string
}

/** Why a code opens nothing for this buyer now; null when it opens its promotion. */
export function refusalOfCode(opening: Opening | undefined, asking: Asking): RefusalReason | null {
  if (!opening?.promotion.active) return 'unknown_code'
  const { promotion, coupon, buyer, expiresAt, usedByBuyer } = opening
  if (buyer !== null && buyer !== asking.buyer) return 'not_yours'
  if (promotion.startsAt !== null && promotion.startsAt > asking.at) return 'not_started'
  if (!runsAt(promotion, asking.at) || (expiresAt !== null && expiresAt <= asking.at)) return 'ended'
  if (coupon.limit !== null && coupon.uses >= coupon.limit) return 'used_up'
  if (coupon.limitPerBuyer !== null && usedByBuyer >= coupon.limitPerBuyer) return 'used_by_you'
  if (!amountsOf(promotion.rule).every((currency) => currency === asking.currency)) return 'other_currency'
  return refusalByLimits(promotion, opening.spent, asking.currency)
}

/** Whether a buyer may still use a code, now or later and in some cart. */
export function isUsable(opening: Opening, { buyer, at }: Omit<Asking, 'currency'>): boolean {
  const { promotion, spent } = opening
  const reason = refusalOfCode(opening, { buyer, at, currency: '' })
  if (reason !== null && reason !== 'not_started' && reason !== 'other_currency') return false
  const { uses = 1, amount, units = 1 } = remainingOf(promotion, spent)
  const { usesPerBuyer } = promotion.limits
  return uses > 0 && units > 0 && amount?.minor !== 0 && (usesPerBuyer === null || spent.usedByBuyer < usesPerBuyer)
}

/** Why the limits of a promotion keep it from this buyer or this cart. What they leave in all is for the cart to see. */
export function refusalByLimits(
  { limits }: Promotion,
  { usedByBuyer }: { readonly usedByBuyer: number },
  currency: string,
): RefusalReason | null {
  if (limits.usesPerBuyer !== null && usedByBuyer >= limits.usesPerBuyer) return 'used_by_you'
  return limits.budget && limits.budget.currency !== currency ? 'other_currency' : null
}

/** The currencies of all amounts that a rule names. */
function amountsOf(rule: PromotionRule): string[] {
  const tiers = rule.kind === 'spend_tiers' ? rule.tiers : []
  const named = [
    rule.minimum,
    'amount' in rule ? rule.amount : undefined,
    'price' in rule ? rule.price : undefined,
    'maximum' in rule ? rule.maximum : undefined,
    ...tiers.flatMap((tier) => [tier.from, 'amount' in tier ? tier.amount : undefined]),
  ]
  return named.flatMap((amount) => amount?.currency ?? [])
}

/** What never changes of a stored promotion. */
interface Settled {
  readonly currencies: readonly string[]
  readonly limited: boolean
  readonly asksForBuyer: boolean
  readonly cart: CartPromotion
}

const settled = new WeakMap<Promotion, Settled>()

/** Works out once what every cart asks of a promotion that is kept in memory. */
export function settledOf(promotion: Promotion): Settled {
  const known = settled.get(promotion)
  if (known) return known
  const found = {
    currencies: amountsOf(promotion.rule),
    limited: isLimited(promotion),
    asksForBuyer: asksForBuyer(promotion),
    cart: vouchFor(cartPromotion(promotion, null, null)),
  }
  settled.set(promotion, found)
  return found
}

/** Whether anything is limited over all orders. */
const isLimited = ({ limits }: Promotion): boolean => Object.values(limits).some((limit) => limit !== null)

/** Whether a promotion can be limited in pieces: only where each line is discounted by itself. */
export const countsUnits = (rule: PromotionRule): boolean =>
  rule.kind === 'fixed_price' || ((rule.kind === 'percent_off' || rule.kind === 'amount_off') && rule.target === 'line')

/** A promotion as a cart is priced with it: opened by a code, or by itself; with what its limits leave. */
export function cartPromotion(promotion: Promotion, code: string | null, spent: Spent | null): CartPromotion {
  const { id, name, rule, priority, exclusive, group, stacksWith, best } = promotion
  const kept = { id, name, priority, exclusive, group, stacksWith, best }
  const opened = { ...(code !== null && { code }), ...(spent && { remaining: remainingOf(promotion, spent) }) }
  return { ...rule, ...kept, ...opened }
}

function remainingOf({ limits }: Promotion, spent: Spent): NonNullable<CartPromotion['remaining']> {
  const { uses, budget, units } = limits
  const left = (limit: number, used: number) => Math.max(0, limit - used)
  return {
    ...(uses === null ? {} : { uses: left(uses, spent.uses) }),
    ...(budget === null ? {} : { amount: { ...budget, minor: left(budget.minor, spent.amount?.minor ?? 0) } }),
    ...(units === null ? {} : { units: left(units, spent.units) }),
  }
}

/** Whether a promotion looks at who the buyer is. */
const asksForBuyer = ({ rule: { when } }: Promotion): boolean =>
  when !== undefined &&
  [when.segments, when.customerGroups, when.orderNumber, when.newWithinDays, when.birthday].some(
    (condition) => condition !== undefined,
  )

/** Whether a price is for some buyers only, by a fact that is not in their request. */
export const isForSome = ({ list }: ListedPrice): boolean =>
  list !== null && (list.customerGroup !== null || list.companyId !== null)
