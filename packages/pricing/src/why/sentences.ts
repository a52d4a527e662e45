import { format } from '@sangdo/core/money'
import type { PriceCondition } from '../rules/prices.ts'
import type { ConsideredPrice, LostPrice } from './considered.ts'

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
