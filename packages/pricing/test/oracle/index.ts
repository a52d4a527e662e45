import type { CartLine, CartOptions } from '../../src/rules/model.ts'
import type { Answer, AnsweredAdjustment, AnsweredCombination, AnsweredLine } from './answer.ts'
import { bestRun, type Combination } from './combination.ts'
import { type Effect, isTaken } from './effects.ts'
import { matches } from './eligible.ts'
import { byCodeUnits, lineIds, type State, untouched } from './lines.ts'
import { inOrder, type Known } from './promotions.ts'
import { percentage, ratio, round, times, total } from './rational.ts'
import type { Run } from './running.ts'
import { componentTaxes, sumOf, type Taxes, taxesOn, totalOf } from './taxes.ts'

export type { Answer } from './answer.ts'

function answeredLines(cart: readonly CartLine[], state: State, taxes: Taxes): AnsweredLine[] {
  return lineIds(cart).flatMap((id) => {
    const line = state.lines.find((one) => one.id === id)
    const taxed = taxes.lines.get(id)
    if (!line || !taxed) return []
    return {
      id,
      unitPrice: Number(line.unitPrice),
      subtotal: Number(line.amount),
      discount: Number(line.amount - line.left),
      total: Number(line.left),
      tax: Number(taxed.tax),
      taxFree: taxed.free,
      taxes: componentTaxes(taxed).map(({ name, amount }) => ({ name, amount: Number(amount) })),
    }
  })
}

function answeredAdjustment({ id, code }: Known, effect: Effect): AnsweredAdjustment {
  const taken = effect.takings.filter((taking) => taking.amount > 0n)
  return {
    promotionId: id,
    code,
    amount: Number(isTaken(effect)),
    units: Number(total(taken.map((taking) => taking.pieces))),
    lines: taken
      .map((taking) => ({ id: taking.line.id, amount: Number(taking.amount) }))
      .toSorted((a, b) => byCodeUnits(a.id, b.id)),
  }
}

const gifts = (run: Run) =>
  run.counted.flatMap(({ known: { id, code, promotion } }) =>
    promotion.kind === 'gift' ? [`${id} ${code}: ${promotion.quantity ?? 1} × ${promotion.sku}`] : [],
  )

/** What is owed to creators and causes of what is left in the end. */
function shares(run: Run): string[] {
  return run.counted.flatMap(({ known: { id, code, promotion } }) => {
    const lines = run.state.lines.filter((line) => matches(line, promotion))
    const base = total(lines.map((line) => line.left))
    return (promotion.shares ?? []).map(({ to, purpose, percent }) => {
      const amount = round(times(ratio(base), percentage(percent)))
      return `${id} ${code}: ${amount} of ${base} as ${purpose} to ${to}`
    })
  })
}

const namesOf = (known: readonly Known[]) =>
  known
    .map((one) => one.id)
    .toSorted(byCodeUnits)
    .join(' + ')

function answeredCombination(combination: Combination): AnsweredCombination {
  const { searched, candidates, chosen, others } = combination
  return {
    searched,
    candidates: searched ? namesOf(candidates) : '',
    chosen: searched ? namesOf(chosen) : '',
    others: others.map((other) => `${namesOf(other.chosen)}: ${other.total}`).toSorted(byCodeUnits),
  }
}

const orderOf = (a: { promotionId: string; code: string | null }, b: { promotionId: string; code: string | null }) =>
  byCodeUnits(a.promotionId, b.promotionId) || byCodeUnits(a.code ?? '', b.code ?? '')

const promotionsOf = (run: Run) => ({
  adjustments: run.counted
    .filter(({ effect }) => isTaken(effect) > 0n)
    .map(({ known, effect }) => answeredAdjustment(known, effect))
    .toSorted(orderOf),
  refused: run.refused.map(({ known, reason }) => `${known.id} ${known.code}: ${reason}`).toSorted(byCodeUnits),
  gifts: gifts(run).toSorted(byCodeUnits),
  shares: shares(run).toSorted(byCodeUnits),
})

function chargesOf(start: State, state: State, taxes: Taxes): Pick<Answer, 'shipping' | 'fees'> {
  return {
    shipping: {
      amount: Number(start.shipping),
      discount: Number(start.shipping - state.shipping),
      total: Number(state.shipping),
      tax: Number(taxes.shipping.tax),
    },
    fees: taxes.fees.map(({ id, amount, tax, free }) => ({
      id,
      amount: Number(amount),
      tax: Number(tax),
      taxFree: free,
    })),
  }
}

function sumsOf(state: State, taxes: Taxes, options: CartOptions) {
  const subtotal = total(state.lines.map((line) => line.amount))
  const whole = totalOf(state, taxes, options)
  const tax = Number(sumOf(taxes))
  const tenders = total((options.tenders ?? []).map((tender) => BigInt(tender.amount.minor)))
  return {
    subtotal: Number(subtotal),
    discount: Number(subtotal - total(state.lines.map((line) => line.left))),
    taxAdded: options.tax?.pricesInclude === 'no_tax' ? tax : 0,
    taxIncluded: options.tax?.pricesInclude === 'tax' ? tax : 0,
    total: Number(whole),
    due: Number(whole - tenders),
  }
}

/** What a valid cart costs by `docs/calculation.md`, in exact fractions and with no code of the engine. */
export function oracleQuote(cart: readonly CartLine[], options: CartOptions = {}): Answer {
  const start = untouched(cart, options)
  const { run, combination } = bestRun(inOrder(options.promotions ?? []), start, options)
  const taxes = taxesOn(run.state, options)
  return {
    lines: answeredLines(cart, run.state, taxes),
    ...promotionsOf(run),
    combination: combination && answeredCombination(combination),
    ...chargesOf(start, run.state, taxes),
    ...sumsOf(run.state, taxes, options),
  }
}
