import { priceCart } from '@sangdo/pricing'
import { tell } from '../bed.ts'
import type { Measured } from '../measures.ts'
import { linesOf, optionsOf, promotionsOf } from './carts.ts'
import { cost, median } from './clock.ts'
import { priceByHand } from './floor.ts'

const rounds = 5
const unit = 'µs'

/** Measures two pieces of work in turns, and takes the median of each. */
function beside(name: string, ours: () => unknown, floor: () => unknown): Measured {
  const [own, bare]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round += 1) {
    own.push(cost(ours))
    bare.push(cost(floor))
  }
  tell(
    `${name}: ours ${own.map((one) => one.toFixed(1)).join(' ')}, floor ${bare.map((one) => one.toFixed(1)).join(' ')}`,
  )
  return { name, ours: median(own), floor: median(bare), ratio: median(own) / median(bare), unit }
}

const ten = linesOf(10)
const options = optionsOf(promotionsOf(10))

/** Ten lines with ten promotions and mixed tax, beside the same by hand; both must come to the same amounts. */
function cart(): Measured {
  const quote = priceCart(ten, options)
  const byHand = priceByHand(ten, 3_000)
  const same =
    JSON.stringify(quote.lines.map((line) => line.total.minor)) === JSON.stringify(byHand.lines) &&
    quote.total.minor === byHand.total &&
    quote.taxIncluded.minor === byHand.tax &&
    quote.adjustments.length === 10
  if (!same) throw new Error(`Not the same: ${JSON.stringify([quote.lines, quote.refused, byHand])}`)
  return beside(
    'pricing.cart',
    () => priceCart(ten, options),
    () => priceByHand(ten, 3_000),
  )
}

/** What twenty times the lines and five times the promotions cost, beside the small cart. */
function large(): Measured[] {
  const small = () => priceCart(ten, options)
  const many = linesOf(200)
  const fifty = optionsOf(promotionsOf(50))
  return [
    beside('pricing.large', () => priceCart(many, options), small),
    beside('pricing.large.50', () => priceCart(ten, fifty), small),
  ]
}

/** What is measured of the pure engine, by name. */
export const pricingMeasures = { 'pricing.cart': () => [cart()], 'pricing.large': large } as const
