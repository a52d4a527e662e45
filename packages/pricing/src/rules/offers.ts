import type { Adjustment, RefusalReason } from '../contract/quote.ts'
import { ratioOf, share, split, splitWithin } from './exact.ts'
import type { OpenLine } from './lines.ts'
import type { CartPromotion } from './model.ts'
import { cheapestPieces, dearestSets } from './pieces.ts'

/** The lines and the shipping charge as the promotions so far left them. */
export interface State {
  /** What is left of each line, in canonical order. */
  readonly left: number[]
  /** Whether a promotion has taken anything off a line. */
  readonly touched: boolean[]
  shipping: number
}

/** The lines in canonical order, and the indices of those that a promotion's skus and categories name. */
export interface Reach {
  readonly lines: readonly OpenLine[]
  readonly matching: readonly number[]
  /** What must be bought, for `buy_x_get_y` that says so. */
  readonly buying: readonly number[]
}

/** What a promotion takes off a line. */
interface Part {
  readonly index: number
  /** Pieces that it acts on. */
  readonly count: number
  readonly base: number
  readonly amount: number
  /** What the rule came to for this line; an amount that is split knows only the whole. */
  readonly wanted?: number
}

/** What a promotion would do, all in minor units. */
export interface Offer {
  readonly target: Adjustment['target']
  readonly base: number
  readonly rate: string | null
  readonly wanted: number
  readonly amount: number
  readonly parts: readonly Part[]
}

/** A promotion with the lines that are eligible for it. */
interface Goods {
  readonly promotion: CartPromotion
  readonly reach: Reach
  readonly state: State
  readonly eligible: readonly number[]
}

type Rule<Kind extends CartPromotion['kind']> = Extract<CartPromotion, { kind: Kind }>

/** What a promotion does to a cart as earlier promotions left it, or why it does not count. */
export function offerOf(promotion: CartPromotion, reach: Reach, state: State): Offer | RefusalReason {
  const eligible = eligibleOf(promotion, reach, reach.matching, state)
  if (eligible.length === 0) return 'nothing_eligible'
  const goods = { promotion, reach, state, eligible }
  if (promotion.minimum && comesTo(goods) < promotion.minimum.minor) return 'below_minimum'
  if (promotion.minimumQuantity !== undefined && pieces(goods) < promotion.minimumQuantity) return 'below_minimum'
  const offer = offerOfKind(promotion, goods)
  if (typeof offer === 'string') return offer
  const budget = promotion.remaining?.amount
  return budget && offer.amount > budget.minor ? 'used_up' : offer
}

/** A new kind is a new case here; without one this does not compile. */
function offerOfKind(promotion: CartPromotion, goods: Goods): Offer | RefusalReason {
  switch (promotion.kind) {
    case 'percent_off':
      return percentOff(promotion, goods, promotion.target ?? 'order')
    case 'amount_off':
      return amountOff(promotion, goods, promotion.target ?? 'order')
    case 'fixed_price':
      return fixedPrice(promotion, goods)
    case 'buy_x_get_y':
      return buyAndGet(promotion, goods)
    case 'set_price':
      return setPrice(promotion, goods)
    case 'spend_tiers':
      return spendTier(promotion, goods)
    case 'gift':
    case 'share_only':
      return { target: 'order', base: leftOf(goods), rate: null, wanted: 0, amount: 0, parts: [] }
  }
}

function eligibleOf(
  { notDiscounted }: CartPromotion,
  { lines }: Reach,
  indices: readonly number[],
  { touched }: State,
): readonly number[] {
  if (!notDiscounted) return indices
  return indices.filter((index) => {
    const { compareAt = null, unit = 0 } = lines[index] ?? {}
    return !touched[index] && (compareAt === null || compareAt <= unit)
  })
}

function total(indices: readonly number[], figure: (index: number) => number): number {
  let sum = 0
  for (const index of indices) sum += figure(index)
  return sum
}

const leftAt = ({ state }: Goods, index: number) => state.left[index] ?? 0
const quantityAt = ({ reach }: Goods, index: number) => reach.lines[index]?.quantity ?? 1
const roomAt = (goods: Goods, index: number) =>
  Math.max(0, leftAt(goods, index) - (goods.reach.lines[index]?.floor ?? 0))
const leftOf = (goods: Goods) => total(goods.eligible, (index) => leftAt(goods, index))
const pieces = (goods: Goods) => total(goods.eligible, (index) => quantityAt(goods, index))
const comesTo = (goods: Goods) =>
  goods.promotion.minimumOf === 'before'
    ? total(goods.eligible, (index) => goods.reach.lines[index]?.subtotal ?? 0)
    : leftOf(goods)

function percentOff(
  rule: { readonly percent: number | string } & Partial<Pick<Rule<'percent_off'>, 'maximum' | 'maximumUnits'>>,
  goods: Goods,
  target: Offer['target'],
): Offer | RefusalReason {
  const { n, d } = ratioOf(rule.percent)
  const rate = String(rule.percent)
  const most = rule.maximum?.minor ?? Number.MAX_SAFE_INTEGER
  switch (target) {
    case 'line': {
      const off = (index: number, k: number) => share(leftAt(goods, index), k * n, quantityAt(goods, index) * d)
      return atMost(most, onLines(goods, { rate, maximumUnits: rule.maximumUnits }, off))
    }
    case 'order': {
      const base = leftOf(goods)
      return onOrder(goods, { base, rate, wanted: share(base, n, d), most })
    }
    case 'shipping':
      return onShipping(goods, { rate, wanted: share(goods.state.shipping, n, d), most })
  }
}

function amountOff(
  rule: { readonly amount: { readonly minor: number } } & Partial<Pick<Rule<'amount_off'>, 'maximumUnits'>>,
  goods: Goods,
  target: Offer['target'],
): Offer | RefusalReason {
  const { minor } = rule.amount
  switch (target) {
    case 'line':
      return onLines(goods, { rate: null, maximumUnits: rule.maximumUnits }, (index, k) =>
        Math.min(minor * k, leftAt(goods, index)),
      )
    case 'order':
      return onOrder(goods, { base: leftOf(goods), rate: null, wanted: minor })
    case 'shipping':
      return onShipping(goods, { rate: null, wanted: minor })
  }
}

function fixedPrice(rule: Rule<'fixed_price'>, goods: Goods): Offer | RefusalReason {
  return onLines(goods, { rate: null, maximumUnits: rule.maximumUnits }, (index, k) =>
    Math.max(0, share(leftAt(goods, index), k, quantityAt(goods, index)) - rule.price.minor * k),
  )
}

function spendTier(rule: Rule<'spend_tiers'>, goods: Goods): Offer | RefusalReason {
  const base = comesTo(goods)
  const reached = rule.tiers.filter((tier) => tier.from.minor <= base)
  const [first, ...others] = reached
  if (!first) return 'below_minimum'
  const tier = others.reduce((best, one) => (one.from.minor > best.from.minor ? one : best), first)
  const target = rule.target ?? 'order'
  return 'percent' in tier ? percentOff(tier, goods, target) : amountOff(tier, goods, target)
}

function buyAndGet(rule: Rule<'buy_x_get_y'>, goods: Goods): Offer | RefusalReason {
  const buying = rule.buys ? eligibleOf(rule, goods.reach, goods.reach.buying, goods.state) : goods.eligible
  const lineAt = (index: number) => ({
    index,
    left: leftAt(goods, index),
    quantity: quantityAt(goods, index),
    sku: goods.reach.lines[index]?.line.sku ?? '',
  })
  const taken = cheapestPieces(rule, { getting: goods.eligible, buying, lineAt })
  if (taken.length === 0) return 'below_minimum'
  const { n, d } = ratioOf(rule.percent ?? 100)
  const parts = taken.map(({ index, count }) => ({
    index,
    count,
    base: share(leftAt(goods, index), count, quantityAt(goods, index)),
    off: share(leftAt(goods, index), count * n, quantityAt(goods, index) * d),
  }))
  return lineOffer(goods, String(rule.percent ?? 100), parts)
}

function setPrice(rule: Rule<'set_price'>, goods: Goods): Offer | RefusalReason {
  if (pieces(goods) < rule.quantity) return 'below_minimum'
  const lines = goods.eligible.map((index) => ({
    index,
    left: leftAt(goods, index),
    quantity: quantityAt(goods, index),
  }))
  const { sets, taken } = dearestSets(rule, lines)
  const worth = taken.map(({ index, count }) => share(leftAt(goods, index), count, quantityAt(goods, index)))
  const caps = taken.map(({ index }, place) => Math.min(worth[place] ?? 0, roomAt(goods, index)))
  const base = worth.reduce((sum, one) => sum + one, 0)
  const wanted = Math.max(0, base - sets * rule.price.minor)
  const amount = Math.min(
    wanted,
    caps.reduce((sum, cap) => sum + cap, 0),
  )
  if (amount === 0) return 'nothing_left'
  const amounts = splitWithin(amount, worth, caps)
  const parts = taken.map((one, place) => ({ ...one, base: worth[place] ?? 0, amount: amounts[place] ?? 0 }))
  return { target: 'line', base, rate: null, wanted, amount, parts: parts.filter((part) => part.amount > 0) }
}

/** Discounts each line by itself, on so many of its pieces as the promotion may act on. */
function onLines(
  goods: Goods,
  { rate, maximumUnits }: { rate: string | null; maximumUnits?: number | undefined },
  off: (index: number, pieces: number) => number,
): Offer | RefusalReason {
  let quota = goods.promotion.remaining?.units ?? Number.MAX_SAFE_INTEGER
  const parts = goods.eligible.flatMap((index) => {
    const quantity = quantityAt(goods, index)
    const count = Math.min(quantity, maximumUnits ?? quantity, quota)
    quota -= count
    if (count === 0) return []
    const left = leftAt(goods, index)
    return [{ index, count, base: count === quantity ? left : share(left, count, quantity), off: off(index, count) }]
  })
  return lineOffer(goods, rate, parts)
}

/** What a floor refuses on one line is not given elsewhere. */
function lineOffer(
  goods: Goods,
  rate: string | null,
  wishes: readonly { index: number; count: number; base: number; off: number }[],
): Offer | RefusalReason {
  const parts: Part[] = []
  let [base, wanted, amount] = [0, 0, 0]
  for (const { index, count, base: one, off } of wishes) {
    const given = Math.min(off, roomAt(goods, index))
    base += one
    wanted += off
    amount += given
    if (given > 0) parts.push({ index, count, base: leftAt(goods, index), amount: given, wanted: off })
  }
  return amount === 0 ? 'nothing_left' : { target: 'line', base, rate, wanted, amount, parts }
}

/** A discount on lines that is too much as a whole goes down to the maximum, in proportion. */
function atMost(most: number, offer: Offer | RefusalReason): Offer | RefusalReason {
  if (typeof offer === 'string' || offer.amount <= most) return offer
  if (most === 0) return 'nothing_left'
  const amounts = split(
    most,
    offer.parts.map((part) => part.amount),
  )
  const parts = offer.parts.map((part, place) => ({ ...part, amount: amounts[place] ?? 0 }))
  return { ...offer, amount: most, parts: parts.filter((part) => part.amount > 0) }
}

/** Splits one amount over the eligible lines in proportion to what is left of each, within the room of each. */
function onOrder(
  goods: Goods,
  wish: { base: number; rate: string | null; wanted: number; most?: number },
): Offer | RefusalReason {
  const { eligible } = goods
  const rooms = eligible.map((index) => roomAt(goods, index))
  const room = rooms.reduce((sum, one) => sum + one, 0)
  const amount = Math.min(wish.wanted, wish.most ?? room, room)
  if (amount === 0) return 'nothing_left'
  const weights = eligible.map((index) => leftAt(goods, index))
  const amounts = splitWithin(amount, weights, rooms)
  const parts: Part[] = []
  for (const [place, index] of eligible.entries())
    if (amounts[place])
      parts.push({ index, count: quantityAt(goods, index), base: weights[place] ?? 0, amount: amounts[place] })
  return { target: 'order', base: wish.base, rate: wish.rate, wanted: wish.wanted, amount, parts }
}

function onShipping(
  { state }: Goods,
  { rate, wanted, most = wanted }: { rate: string | null; wanted: number; most?: number },
): Offer | RefusalReason {
  const amount = Math.min(wanted, most, state.shipping)
  if (amount === 0) return 'nothing_left'
  return { target: 'shipping', base: state.shipping, rate, wanted, amount, parts: [] }
}
