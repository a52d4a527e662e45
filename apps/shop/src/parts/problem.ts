import type { PricedCart } from '../client.ts'
import type { Visitor } from '../visitor.ts'

/** A problem with a cart in the visitor's language. */
export function problemText({ text }: Visitor, problem: PricedCart['problems'][number]): string {
  const said = text.cart.problems[problem.kind]
  return typeof said === 'function' ? said(problem.available ?? 0) : said
}
