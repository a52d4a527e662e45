import { format, type Money } from '@sangdo/core'
import type { TraceStep } from '../contract.ts'

type Wording = Record<TraceStep['step'], (step: TraceStep, show: (amount: Money) => string) => string>

const english: Wording = {
  line_amount: (s, show) => `${s.about}: ${show(s.base)} × ${s.rate} = ${show(s.amount)}`,
  discount: (s, show) =>
    `${s.about}: ${s.rule} takes ${s.rate ? `${s.rate} % of ${show(s.base)} = ` : ''}${show(s.amount)} off${rounded(s)}`,
  allocation: (s, show) => `${s.about}: its share of ${s.rule} is ${show(s.amount)}, in proportion to ${show(s.base)}`,
  shipping: (s, show) => `Shipping is ${show(s.amount)}`,
  tax_included: (s, show) => `${s.about}: ${show(s.base)} contains ${s.rate} % tax, ${show(s.amount)}${rounded(s)}`,
  tax_added: (s, show) => `${s.about}: ${s.rate} % tax on ${show(s.base)} is ${show(s.amount)}${rounded(s)}`,
  subtotal: (s, show) => `All lines come to ${show(s.amount)}`,
  total: (s, show) => `Lines of ${show(s.base)}, shipping and tax come to ${show(s.amount)}`,
}

const korean: Wording = {
  line_amount: (s, show) => `${s.about}: ${show(s.base)} × ${s.rate}개 = ${show(s.amount)}`,
  discount: (s, show) =>
    `${s.about}: ${s.rule} 할인 ${s.rate ? `${show(s.base)}의 ${s.rate}% = ` : ''}${show(s.amount)}${rounded(s)}`,
  allocation: (s, show) => `${s.about}: ${s.rule} 할인 중 ${show(s.base)}에 비례한 몫 ${show(s.amount)}`,
  shipping: (s, show) => `배송비 ${show(s.amount)}`,
  tax_included: (s, show) => `${s.about}: ${show(s.base)}에 포함된 세금 ${s.rate}%, ${show(s.amount)}${rounded(s)}`,
  tax_added: (s, show) => `${s.about}: ${show(s.base)}에 더하는 세금 ${s.rate}%, ${show(s.amount)}${rounded(s)}`,
  subtotal: (s, show) => `상품 금액 합계 ${show(s.amount)}`,
  total: (s, show) => `할인된 상품 금액 ${show(s.base)}에 배송비와 세금을 더해 ${show(s.amount)}`,
}

const rounded = (step: TraceStep) => (step.rounding ? ` (${step.rounding})` : '')

/** A step of the calculation as a sentence for people: in Korean for `ko`, in English otherwise. */
export function explain(step: TraceStep, locale: string): string {
  const wording = locale.startsWith('ko') ? korean : english
  return wording[step.step](step, (amount) => format(amount, locale))
}
