import { format } from '@sangdo/core/money'
import {
  compareMatches,
  isMet,
  isReplaced,
  listConditions,
  type ListedPrice,
  type PriceCondition,
  type PriceContext,
  winnerOf,
} from './prices.ts'

/** Why a price is not the one: `known` is what the caller knows of the condition, null for nothing. */
export type LostPrice =
  | {
      readonly reason:
        | 'other_currency'
        | 'not_yet'
        | 'over'
        | 'replaced'
        | 'less_specific'
        | 'base_price'
        | 'dearer'
        | 'later_list'
        | 'smaller_quantity'
    }
  | {
      readonly reason: 'condition'
      readonly condition: PriceCondition
      readonly wanted: string
      readonly known: string | null
    }

/** A price that was looked at: which of its conditions hold, and why it is not the one; null for the one that is. */
export interface ConsideredPrice {
  readonly price: ListedPrice
  readonly matched: readonly PriceCondition[]
  readonly lost: LostPrice | null
}

/** Every price that `unitPrice` looks at, the one that won first, each of the others with the reason why it did not. */
export function whyPrice(prices: readonly ListedPrice[], context: PriceContext): ConsideredPrice[] {
  const winner = winnerOf(prices, context)
  const considered = prices.map((price): ConsideredPrice => {
    const matched = matchedBy(price, context)
    if (price === winner) return { price, matched, lost: null }
    const lost = mismatch(price, context) ?? (isReplaced(price, prices, context.at) ? { reason: 'replaced' } : null)
    return { price, matched, lost: lost ?? beatenBy(price, matched.length, winner, context) }
  })
  return considered.toSorted(
    (a, b) =>
      Number(a.lost !== null) - Number(b.lost !== null) ||
      Number(isMatch(b.lost)) - Number(isMatch(a.lost)) ||
      compareMatches(a.price, a.matched.length, b.price, b.matched.length),
  )
}

const mismatches = new Set(['other_currency', 'not_yet', 'over', 'condition', 'replaced'])
const isMatch = (lost: LostPrice | null) => lost !== null && !mismatches.has(lost.reason)

function matchedBy({ minQuantity, list }: ListedPrice, context: PriceContext): PriceCondition[] {
  const ofList = listConditions.filter(({ wanted, known }) => {
    const value = list && wanted(list)
    return value !== null && isMet(value, known(context))
  })
  const byQuantity = minQuantity > 1 && context.quantity >= minQuantity
  return [...ofList.map(({ condition }) => condition), ...(byQuantity ? (['quantity'] as const) : [])]
}

/** Why a price does not match at all; null when it does. */
function mismatch({ amount, minQuantity, startsAt, list }: ListedPrice, context: PriceContext): LostPrice | null {
  if (amount.currency !== context.currency) return { reason: 'other_currency' }
  const starts = [startsAt, list?.startsAt ?? null]
  if (starts.some((start) => start !== null && start > context.at)) return { reason: 'not_yet' }
  if (list && list.endsAt !== null && list.endsAt <= context.at) return { reason: 'over' }
  if (context.quantity < minQuantity)
    return { reason: 'condition', condition: 'quantity', wanted: String(minQuantity), known: String(context.quantity) }
  return list && unmet(list, context)
}

function unmet(list: NonNullable<ListedPrice['list']>, context: PriceContext): LostPrice | null {
  for (const { condition, wanted, known } of listConditions) {
    const value = wanted(list)
    if (value === null || isMet(value, known(context))) continue
    const found = known(context) ?? []
    const named = typeof found === 'string' ? found : found.join(', ')
    return { reason: 'condition', condition, wanted: value, known: named || null }
  }
  return null
}

/** What tipped the scales between two prices that match. */
function beatenBy(price: ListedPrice, met: number, winner: ListedPrice | null, context: PriceContext): LostPrice {
  if (winner === null || matchedBy(winner, context).length > met) return { reason: 'less_specific' }
  if (winner.list !== null && price.list === null) return { reason: 'base_price' }
  if (winner.amount.minor < price.amount.minor) return { reason: 'dearer' }
  return { reason: winner.priceListId === price.priceListId ? 'smaller_quantity' : 'later_list' }
}

type Reason = LostPrice['reason']
type Sentence = (considered: ConsideredPrice, name: string) => string

const conditionNames = {
  ko: {
    market: '마켓',
    channel: '채널',
    customer: '고객',
    company: '거래처',
    customer_group: '고객 그룹',
    quantity: '수량',
  },
  en: {
    market: 'market',
    channel: 'channel',
    customer: 'customer',
    company: 'company',
    customer_group: 'customer group',
    quantity: 'quantity',
  },
} as const satisfies Record<string, Record<PriceCondition, string>>

const named = (conditions: readonly PriceCondition[], locale: 'ko' | 'en') =>
  conditions.map((condition) => conditionNames[locale][condition]).join(', ')

const starting = ({ price }: ConsideredPrice) =>
  [price.startsAt, price.list?.startsAt ?? null]
    .filter((start) => start !== null)
    .toSorted()
    .at(-1) ?? ''

const english: Record<Reason | 'won', Sentence> = {
  won: ({ matched }, name) =>
    matched.length > 0
      ? `${name} applies: it matches ${named(matched, 'en')}.`
      : `${name} applies: it is for everyone.`,
  other_currency: (_, name) => `${name} is in another currency.`,
  not_yet: (considered, name) => `${name} starts only on ${starting(considered)}.`,
  over: ({ price }, name) => `${name} ended on ${price.list?.endsAt}.`,
  replaced: (_, name) => `${name} has been replaced by a price that started later.`,
  less_specific: (_, name) => `${name} matches fewer conditions than the price that applies.`,
  base_price: (_, name) => `${name} gives way to the price of a price list.`,
  dearer: (_, name) => `${name} matches as well, but is higher.`,
  later_list: (_, name) => `${name} is the same, but of a later price list.`,
  smaller_quantity: (_, name) => `${name} is the same, but starts at a smaller quantity.`,
  condition: ({ lost }, name) => (lost?.reason === 'condition' ? englishCondition(lost, name) : name),
}

function englishCondition({ condition, wanted, known }: Extract<LostPrice, { condition: unknown }>, name: string) {
  if (condition === 'quantity') return `${name} starts at ${wanted} pieces; there are ${known}.`
  const here = known === null ? 'which is not known here' : `not ${known}`
  return `${name} is for the ${conditionNames.en[condition]} ${wanted}, ${here}.`
}

const korean: Record<Reason | 'won', Sentence> = {
  won: ({ matched }, name) =>
    matched.length > 0
      ? `${name}: 적용되는 가격입니다. 맞은 조건은 ${named(matched, 'ko')}입니다.`
      : `${name}: 적용되는 가격입니다. 모두에게 적용됩니다.`,
  other_currency: (_, name) => `${name}: 통화가 다릅니다.`,
  not_yet: (considered, name) => `${name}: ${starting(considered)}에 시작합니다.`,
  over: ({ price }, name) => `${name}: ${price.list?.endsAt}에 끝났습니다.`,
  replaced: (_, name) => `${name}: 나중에 시작한 가격으로 바뀌었습니다.`,
  less_specific: (_, name) => `${name}: 적용되는 가격보다 맞은 조건이 적습니다.`,
  base_price: (_, name) => `${name}: 가격표의 가격이 기본 가격보다 우선합니다.`,
  dearer: (_, name) => `${name}: 조건은 같지만 더 비쌉니다.`,
  later_list: (_, name) => `${name}: 금액은 같지만 나중에 만든 가격표입니다.`,
  smaller_quantity: (_, name) => `${name}: 금액은 같지만 더 적은 수량부터 적용되는 가격입니다.`,
  condition: ({ lost }, name) => (lost?.reason === 'condition' ? koreanCondition(lost, name) : name),
}

function koreanCondition({ condition, wanted, known }: Extract<LostPrice, { condition: unknown }>, name: string) {
  if (condition === 'quantity') return `${name}: ${wanted}개부터 적용됩니다. 지금은 ${known}개입니다.`
  const here = known === null ? '지금은 알 수 없습니다' : `지금은 ${known}입니다`
  return `${name}: ${conditionNames.ko[condition]} ‘${wanted}’ 전용입니다. ${here}.`
}

/** Why a price applies or does not, as a sentence for people: in Korean for `ko`, in English otherwise. */
export function explainPrice(considered: ConsideredPrice, locale: string): string {
  const isKorean = locale.startsWith('ko')
  const { amount, list, minQuantity } = considered.price
  const name = (isKorean ? koreanName : englishName)(format(amount, locale), list?.name ?? null, minQuantity)
  return (isKorean ? korean : english)[considered.lost?.reason ?? 'won'](considered, name)
}

const englishName = (amount: string, list: string | null, quantity: number) =>
  `${list === null ? 'The base price' : `The price of “${list}”`}, ${amount}${quantity > 1 ? ` from ${quantity} pieces` : ''},`

const koreanName = (amount: string, list: string | null, quantity: number) =>
  `${list === null ? '기본 가격' : `가격표 ‘${list}’의 가격`} ${amount}${quantity > 1 ? `(${quantity}개부터)` : ''}`
