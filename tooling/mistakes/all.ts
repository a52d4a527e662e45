import { mistakes as pricing } from './pricing.ts'
import { mistakes as promises } from './promises.ts'

/** A mistake that shops have made: what it is called, the change of one file that makes it, and the tests that must notice. */
export interface Mistake {
  readonly name: string
  /** From the root of the repository. */
  readonly file: string
  readonly from: string
  readonly to: string
  readonly tests: readonly string[]
}

/** What the store of pricing does is noticed by the races, on a database; everything else by the tests of its rules. */
const testsOfPricing = (file: string) =>
  (file.startsWith('src/store/') ? ['races'] : ['rules', 'promotions', 'tax', 'refunds', 'properties', 'prices']).map(
    (name) => `packages/pricing/test/${name}`,
  )

export const mistakes: readonly Mistake[] = [
  ...pricing.map((mistake) => ({
    ...mistake,
    file: `packages/pricing/${mistake.file}`,
    tests: testsOfPricing(mistake.file),
  })),
  ...promises,
]
