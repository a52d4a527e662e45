import type { CartOptions, CartPromotion } from '../../src/rules/model.ts'
import { unmet } from './conditions.ts'
import { amountOff, type Effect, fixedPrice, isTaken, noEffect, percentOff } from './effects.ts'
import { comeTo, eligible, pieces } from './eligible.ts'
import { byCodeUnits, type Line, type State } from './lines.ts'
import { buyGet, setPrice } from './sets.ts'

/** A promotion with what it is known by. */
export interface Known {
  readonly id: string
  readonly code: string | null
  readonly promotion: CartPromotion
}

export type Reason =
  | 'used_up'
  | 'not_here'
  | 'not_now'
  | 'not_for_you'
  | 'wrong_payment'
  | 'nothing_eligible'
  | 'below_minimum'
  | 'nothing_left'
  | 'exclusive'
  | 'not_stackable'
  | 'not_best'

/** What a promotion does, or the reason for which it does nothing. */
export type Verdict = Effect | Reason

/** The promotions in the order in which they run. */
export function inOrder(promotions: readonly CartPromotion[]): Known[] {
  return promotions
    .map((promotion, index) => ({
      id: promotion.id ?? promotion.code ?? `promotion-${index + 1}`,
      code: promotion.code ?? null,
      promotion,
    }))
    .toSorted(
      (a, b) =>
        (b.promotion.priority ?? 0) - (a.promotion.priority ?? 0) ||
        byCodeUnits(a.id, b.id) ||
        byCodeUnits(a.code ?? '', b.code ?? ''),
    )
}

type Tiers = Extract<CartPromotion, { kind: 'spend_tiers' }>

function spendTiers(state: State, lines: readonly Line[], promotion: Tiers): Verdict {
  const reached = comeTo(lines, promotion)
  const tier = promotion.tiers
    .filter((one) => BigInt(one.from.minor) <= reached)
    .toSorted((a, b) => b.from.minor - a.from.minor)[0]
  if (!tier) return 'below_minimum'
  const target = promotion.target ?? 'order'
  return 'percent' in tier
    ? percentOff(state, lines, promotion, { percent: tier.percent, target })
    : amountOff(state, lines, promotion, { amount: BigInt(tier.amount.minor), target })
}

/** What a promotion gives by its kind alone. */
function effectOf(state: State, lines: readonly Line[], promotion: CartPromotion): Verdict {
  switch (promotion.kind) {
    case 'percent_off': {
      const { percent, target = 'order', maximum } = promotion
      return percentOff(state, lines, promotion, { percent, target, maximum: maximum && BigInt(maximum.minor) })
    }
    case 'amount_off': {
      const { amount, target = 'order' } = promotion
      return amountOff(state, lines, promotion, { amount: BigInt(amount.minor), target })
    }
    case 'fixed_price':
      return fixedPrice(lines, promotion, BigInt(promotion.price.minor))
    case 'buy_x_get_y':
      return buyGet(state, lines, promotion)
    case 'set_price':
      return setPrice(lines, promotion)
    case 'spend_tiers':
      return spendTiers(state, lines, promotion)
    case 'gift':
    case 'share_only':
      return noEffect
  }
}

const usedUp = ({ remaining }: CartPromotion) => (remaining?.uses ?? 1) <= 0 || (remaining?.units ?? 1) <= 0
const takesNothing = ({ kind }: CartPromotion) => kind === 'gift' || kind === 'share_only'

/** Section 2, reasons 1 to 9, on the state that earlier promotions left. */
export function judge({ promotion }: Known, state: State, context: CartOptions['context']): Verdict {
  if (usedUp(promotion)) return 'used_up'
  const condition = unmet(promotion.when, context)
  if (condition) return condition
  const lines = eligible(state, promotion)
  if (lines.length === 0) return 'nothing_eligible'
  const { minimum, minimumQuantity, remaining } = promotion
  if (minimum && comeTo(lines, promotion) < BigInt(minimum.minor)) return 'below_minimum'
  if (minimumQuantity !== undefined && pieces(lines) < BigInt(minimumQuantity)) return 'below_minimum'
  const effect = effectOf(state, lines, promotion)
  if (typeof effect === 'string') return effect
  if (isTaken(effect) === 0n && !takesNothing(promotion)) return 'nothing_left'
  if (remaining?.amount && isTaken(effect) > BigInt(remaining.amount.minor)) return 'used_up'
  return effect
}
