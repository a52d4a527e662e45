import { compareTexts, type OpenLine } from './lines.ts'
import { countsAlone, type Outcome, run, type Runner, untouchedState } from './promotions.ts'

/** Beyond so many candidates nothing is searched: each more doubles the work. */
export const mostCandidates = 8

/** Nor is anything beyond so much work, so that nobody waits for a cart: combinations × promotions × lines. */
const mostWork = 500_000

/** One way to combine the candidates, and what the cart then costs. */
interface Attempt {
  readonly subset: readonly Runner[]
  readonly outcome: Outcome
  readonly total: number
}

/** What was compared; null where no promotion asked for it. */
export interface Search {
  readonly searched: boolean
  readonly candidates: readonly Runner[]
  readonly chosen: readonly Runner[]
  readonly others: readonly Attempt[]
}

interface Cart {
  readonly runners: readonly Runner[]
  readonly lines: readonly OpenLine[]
  readonly shipping: number
  readonly totalOf: (outcome: Outcome) => number
}

/**
 * Runs the promotions. Where some ask for the best combination, every subset of them is priced and the cheapest is taken:
 * it is the best because nothing is left out. Too many candidates are not searched but run in their order.
 */
export function runBest({ runners, lines, shipping, totalOf }: Cart): { outcome: Outcome; search: Search | null } {
  const untouched = untouchedState(lines, shipping)
  const candidates = runners.filter((runner) => runner.promotion.best && countsAlone(runner, untouched))
  const work = 2 ** candidates.length * runners.length * lines.length
  if (candidates.length === 0 || candidates.length > mostCandidates || work > mostWork) {
    const outcome = run(runners, lines, shipping)
    return { outcome, search: candidates.length > 0 ? { searched: false, candidates, chosen: [], others: [] } : null }
  }
  const attempts = subsetsOf(candidates).map((subset): Attempt => {
    const outcome = run(
      runners.filter((runner) => !candidates.includes(runner) || subset.includes(runner)),
      lines,
      shipping,
    )
    return { subset, outcome, total: totalOf(outcome) }
  })
  const [best, ...others] = attempts.sort(cheaper)
  const chosen = best?.subset ?? []
  const verdicts = runners.map(
    (runner) => best?.outcome.verdicts.find((verdict) => verdict.runner === runner) ?? notBest(runner),
  )
  const state = best?.outcome.state ?? untouched
  return { outcome: { state, verdicts }, search: { searched: true, candidates, chosen, others } }
}

const notBest = (runner: Runner) => ({ runner, refused: 'not_best' }) as const

const subsetsOf = (candidates: readonly Runner[]) =>
  Array.from({ length: 2 ** candidates.length }, (_, bits) =>
    candidates.filter((_candidate, index) => Math.floor(bits / 2 ** index) % 2 === 1),
  )

const keyOf = ({ id, code }: Runner) => `${id} ${code ?? ''}`

function cheaper(a: Attempt, b: Attempt): number {
  if (a.total !== b.total) return a.total - b.total
  if (a.subset.length !== b.subset.length) return a.subset.length - b.subset.length
  for (const [index, runner] of a.subset.entries()) {
    const other = b.subset[index]
    const order = other ? compareTexts(keyOf(runner), keyOf(other)) : 0
    if (order !== 0) return order
  }
  return 0
}
