import type { CartOptions } from '../../src/rules/model.ts'
import { byCodeUnits, type State } from './lines.ts'
import type { Known } from './promotions.ts'
import { refusedAtFirst, run, type Run } from './running.ts'
import { taxesOn, totalOf } from './taxes.ts'

interface Subset {
  readonly chosen: readonly Known[]
  readonly run: Run
  readonly total: bigint
}

/** The candidates among which the best combination was chosen, and what the others come to. */
export interface Combination {
  readonly searched: boolean
  readonly candidates: readonly Known[]
  readonly chosen: readonly Known[]
  readonly others: readonly { readonly chosen: readonly Known[]; readonly total: bigint }[]
}

/** Every choice of some, all or none, each in the given order. */
function subsets(all: readonly Known[]): Known[][] {
  return all.reduce<Known[][]>((some, known) => [...some, ...some.map((subset) => [...subset, known])], [[]])
}

const called = ({ id, code }: Known) => (code === null ? id : `${id} ${code}`)

function byNames(a: readonly Known[], b: readonly Known[]): number {
  const differing = a.findIndex((known, index) => called(known) !== (b[index] ? called(b[index]) : ''))
  const [left, right] = [a[differing], b[differing]]
  return left && right ? byCodeUnits(called(left), called(right)) : 0
}

const better = (a: Subset, b: Subset): number =>
  (a.total < b.total ? -1 : a.total > b.total ? 1 : 0) ||
  a.chosen.length - b.chosen.length ||
  byNames(a.chosen, b.chosen)

/** The best combination, if there are candidates for one, and the run that it comes from. */
export function bestRun(
  known: readonly Known[],
  start: State,
  options: CartOptions,
): { run: Run; combination: Combination | null } {
  const { context } = options
  const candidates = known.filter((one) => one.promotion.best && refusedAtFirst(one, start, context) === null)
  if (candidates.length === 0) return { run: run(known, start, context), combination: null }
  if (candidates.length > 8) {
    const combination = { searched: false, candidates, chosen: [], others: [] }
    return { run: run(known, start, context), combination }
  }
  const priced = subsets(candidates).map((chosen): Subset => {
    const running = known.filter((one) => !candidates.includes(one) || chosen.includes(one))
    const result = run(running, start, context)
    return { chosen, run: result, total: totalOf(result.state, taxesOn(result.state, options), options) }
  })
  const [best, ...others] = priced.toSorted(better)
  if (!best) throw new RangeError('There is always the empty combination')
  const left = candidates.filter((one) => !best.chosen.includes(one))
  return {
    run: {
      ...best.run,
      refused: [...best.run.refused, ...left.map((one) => ({ known: one, reason: 'not_best' as const }))],
    },
    combination: { searched: true, candidates, chosen: best.chosen, others },
  }
}
