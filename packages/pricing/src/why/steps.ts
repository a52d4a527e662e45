import { format, type Money } from '@sangdo/core/money'
import type { TraceStep } from '../contract/quote.ts'

interface Words {
  readonly show: (amount: Money) => string
  /** What the rule of the step is called. */
  readonly rule: string
  readonly rounded: string
}
type Wording = Record<TraceStep['step'], (step: TraceStep, words: Words) => string>

/** A rate may be of some of the pieces only: `50 × 1/3`. */
const percentOf = (rate: string) => rate.split(' × ')[0] ?? rate
const piecesOf = (rate: string, of: string) =>
  rate
    .split(' × ')
    .slice(1)
    .map((pieces) => `${pieces}${of}`)
    .join('')

const english: Wording = {
  restated: (s, { show, rounded }) =>
    `${s.about}: the price of ${show(s.base)} without its tax, taxed for this buyer, is ${show(s.amount)}${rounded}`,
  line_amount: (s, { show }) => `${s.about}: ${show(s.base)} × ${s.rate} = ${show(s.amount)}`,
  discount: (s, { show, rule, rounded }) =>
    `${s.about}: ${rule} takes ${s.rate ? `${percentOf(s.rate)} % of ${piecesOf(s.rate, ' of ')}${show(s.base)} = ` : ''}${show(s.amount)} off${s.rate ? rounded : ''}`,
  split: (s, { show, rule }) =>
    `${s.about}: its part of ${rule} is ${show(s.amount)}, in proportion to ${show(s.base)}`,
  limited: (s, { show, rule }) => `${s.about}: of the ${show(s.base)} of ${rule}, ${show(s.amount)} can be given`,
  shipping: (s, { show }) => `Shipping is ${show(s.amount)}`,
  fee: (s, { show }) => `${s.about} is ${show(s.amount)}`,
  tax_included: (s, { show, rounded }) =>
    `${s.about}: ${show(s.base)} contains ${s.rate} % tax, ${show(s.amount)}${rounded}`,
  tax_added: (s, { show, rounded }) => `${s.about}: ${s.rate} % tax on ${show(s.base)} is ${show(s.amount)}${rounded}`,
  tax_external: (s, { show, rule }) => `${s.about}: ${rule} says ${show(s.amount)} tax on ${show(s.base)}`,
  tax_part: (s, { show, rule }) => `${s.about}: ${rule} at ${s.rate} % has ${show(s.amount)} of that`,
  tax_by_piece: (s, { show, rounded }) =>
    `${s.about}: ${s.rate} % tax of each piece of ${show(s.base)}${rounded}, times the pieces, is ${show(s.amount)}`,
  tax_split: (s, { show }) =>
    `${s.about}: its part of the ${s.rate} % tax on the order is ${show(s.amount)}, in proportion to ${show(s.base)}`,
  share: (s, { show, rule }) => `${s.rate} % of ${show(s.base)}, ${show(s.amount)}, goes to ${rule}`,
  subtotal: (s, { show }) => `All lines come to ${show(s.amount)}`,
  total: (s, { show }) => `With discounts, shipping, fees and tax the total is ${show(s.amount)}`,
  due: (s, { show }) => `Of ${show(s.base)}, ${show(s.amount)} is left to pay`,
}

const korean: Wording = {
  restated: (s, { show, rounded }) =>
    `${s.about}: ${show(s.base)}에서 세금을 빼고 구매자의 세율을 적용한 금액 ${show(s.amount)}${rounded}`,
  line_amount: (s, { show }) => `${s.about}: ${show(s.base)} × ${s.rate}개 = ${show(s.amount)}`,
  discount: (s, { show, rule, rounded }) =>
    `${s.about}: ${rule} 할인 ${s.rate ? `${show(s.base)}의 ${piecesOf(s.rate, '의 ')}${percentOf(s.rate)}% = ` : ''}${show(s.amount)}${s.rate ? rounded : ''}`,
  split: (s, { show, rule }) => `${s.about}: ${rule} 할인 중 ${show(s.base)}에 비례한 몫 ${show(s.amount)}`,
  limited: (s, { show, rule }) => `${s.about}: ${rule} 할인 ${show(s.base)} 중 적용할 수 있는 금액 ${show(s.amount)}`,
  shipping: (s, { show }) => `배송비 ${show(s.amount)}`,
  fee: (s, { show }) => `${s.about} ${show(s.amount)}`,
  tax_included: (s, { show, rounded }) =>
    `${s.about}: ${show(s.base)}에 포함된 세금 ${s.rate}%, ${show(s.amount)}${rounded}`,
  tax_added: (s, { show, rounded }) =>
    `${s.about}: ${show(s.base)}에 더하는 세금 ${s.rate}%, ${show(s.amount)}${rounded}`,
  tax_external: (s, { show, rule }) => `${s.about}: ${show(s.base)}에 대해 ${rule}에서 계산한 세금 ${show(s.amount)}`,
  tax_part: (s, { show, rule }) => `${s.about}: 그중 ${rule} ${s.rate}% 몫 ${show(s.amount)}`,
  tax_by_piece: (s, { show, rounded }) =>
    `${s.about}: ${show(s.base)}을 한 개씩 나누어 계산한 세금 ${s.rate}%${rounded}에 수량을 곱해 ${show(s.amount)}`,
  tax_split: (s, { show }) =>
    `${s.about}: 주문 전체에 대한 세금 ${s.rate}% 중 ${show(s.base)}에 비례한 몫 ${show(s.amount)}`,
  share: (s, { show, rule }) => `${show(s.base)}의 ${s.rate}%인 ${show(s.amount)}은 ${rule} 몫`,
  subtotal: (s, { show }) => `상품 금액 합계 ${show(s.amount)}`,
  total: (s, { show }) => `할인, 배송비, 수수료, 세금을 모두 반영한 합계 ${show(s.amount)}`,
  due: (s, { show }) => `${show(s.base)} 중 결제할 금액 ${show(s.amount)}`,
}

const roundings: Record<string, { en: string; ko: string }> = {
  half_up: { en: ' (rounded half up)', ko: ' (반올림)' },
  half_even: { en: ' (rounded half to even)', ko: ' (오사오입)' },
  down: { en: ' (rounded down)', ko: ' (버림)' },
  up: { en: ' (rounded up)', ko: ' (올림)' },
}

/** A step of the calculation as a sentence for people: in Korean for `ko`, in English otherwise. */
export function explain(step: TraceStep, locale: string): string {
  const language = locale.startsWith('ko') ? 'ko' : 'en'
  const wording = language === 'ko' ? korean : english
  const rule = step.name?.[locale] ?? step.name?.[language] ?? step.rule
  const rounded = roundings[step.rounding ?? '']?.[language] ?? ''
  return wording[step.step](step, { show: (amount) => format(amount, locale), rule, rounded })
}
