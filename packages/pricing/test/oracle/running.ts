import type { CartOptions } from '../../src/rules/model.ts'
import type { Effect } from './effects.ts'
import type { State } from './lines.ts'
import { judge, type Known, type Reason } from './promotions.ts'

/** What became of a cart's promotions, and what they left. */
export interface Run {
  readonly state: State
  readonly counted: readonly { readonly known: Known; readonly effect: Effect }[]
  readonly refused: readonly { readonly known: Known; readonly reason: Reason }[]
}

function after({ lines, shipping }: State, effect: Effect): State {
  return {
    lines: lines.map((line) => {
      const taking = effect.takings.find((one) => one.line.id === line.id)
      return taking ? { ...line, left: line.left - taking.amount } : line
    }),
    shipping: shipping - effect.shipping,
  }
}

function mayStand({ id, promotion }: Known, other: Known): boolean {
  const { group, stacksWith } = promotion
  const beside = other.promotion.group
  if (id === other.id) return false
  if (group != null && group === beside) return false
  return !stacksWith || (beside != null && stacksWith.includes(beside))
}

const standTogether = (a: Known, b: Known) => mayStand(a, b) && mayStand(b, a)

/** Whether a promotion is refused, for its own sake, on the untouched cart. */
export const refusedAtFirst = (known: Known, start: State, context: CartOptions['context']): Reason | null => {
  const verdict = judge(known, start, context)
  return typeof verdict === 'string' ? verdict : null
}

/** Runs promotions, given in their order, one after the other, or the exclusive one among them alone. */
export function run(promotions: readonly Known[], start: State, context: CartOptions['context']): Run {
  const alone = promotions.find((known) => known.promotion.exclusive && refusedAtFirst(known, start, context) === null)
  return alone ? runAlone(alone, promotions, start, context) : runAll(promotions, start, context)
}

function runAlone(alone: Known, promotions: readonly Known[], start: State, context: CartOptions['context']): Run {
  const others = promotions.filter((known) => known !== alone)
  return {
    ...runAll([alone], start, context),
    refused: others.map((known) => ({ known, reason: refusedAtFirst(known, start, context) ?? 'exclusive' })),
  }
}

function runAll(promotions: readonly Known[], start: State, context: CartOptions['context']): Run {
  let state = start
  const counted: { known: Known; effect: Effect }[] = []
  const refused: { known: Known; reason: Reason }[] = []
  for (const known of promotions) {
    const verdict = judge(known, state, context)
    if (typeof verdict === 'string') refused.push({ known, reason: verdict })
    else if (!counted.every((one) => standTogether(one.known, known))) refused.push({ known, reason: 'not_stackable' })
    else {
      counted.push({ known, effect: verdict })
      state = after(state, verdict)
    }
  }
  return { state, counted, refused }
}
