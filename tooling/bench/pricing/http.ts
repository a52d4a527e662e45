import autocannon from 'autocannon'
import { type CartLine, type CartPromotion, type CartQuote, priceCart } from '@sangdo/pricing'
import { signIn } from '../api.ts'
import { type Bed, tell } from '../bed.ts'
import type { Measured } from '../measures.ts'
import type { Running } from '../processes.ts'
import { createVisitor, type Visitor } from '../visitor.ts'
import { cost, median } from './clock.ts'
import type { Prices } from '../floor/prices.ts'
import { promotionsFor } from './carts.ts'

const rounds = 5
const seconds = 3
const connections = 10
const unit = 'µs'

interface Stored {
  readonly id: string
  readonly name: Record<string, string>
  readonly rule: CartPromotion
  readonly priority: number
  readonly active: boolean
  readonly needsCode: boolean
}

/** Microseconds of the server for one request, when it never waits for the next. */
async function perRequest({ url }: Running, path: string, body: string): Promise<number> {
  const headers = { 'content-type': 'application/json' }
  const requests = [{ path, method: 'POST', headers, body }]
  const result = await autocannon({ url, connections, duration: seconds, requests })
  if (result.errors + result.non2xx > 0) throw new Error(`${path}: ${result.errors + result.non2xx} bad answers`)
  return 1e6 / result.requests.average
}

/** The ten promotions, kept by the shop; how to take them away again comes with them. */
async function store(staff: Visitor, skus: readonly string[]): Promise<() => Promise<void>> {
  const saved: Stored[] = []
  for (const { id, priority = 0, ...rule } of promotionsFor(skus)) {
    const name = { en: `Measured ${id}` }
    saved.push(await staff.get<Stored>('POST', '/admin/promotions', { name, priority, rule }))
  }
  return async () => {
    for (const { id, name, rule, priority } of saved)
      await staff.get('POST', '/admin/promotions', { id, name, rule, priority, active: false })
  }
}

async function running(staff: Visitor): Promise<CartPromotion[]> {
  const { items } = await staff.get<{ items: Stored[] }>('GET', '/admin/promotions?limit=100')
  return items
    .filter(({ active, needsCode }) => active && !needsCode)
    .map(({ id, name, priority, rule }) => ({ ...rule, id, name, priority }))
}

/** The cart as the pure function takes it, with what the shop answered as its prices. */
function pricesOf({ lines, currency }: CartQuote, promotions: readonly CartPromotion[]): Prices {
  const cart = lines.map(({ id, sku, quantity, unitPrice, compareAt, taxClass }): CartLine => ({
    id,
    sku,
    quantity,
    unitPrice,
    compareAt,
    taxClass,
  }))
  const tax = { pricesInclude: 'tax', rates: { standard: 10, shipping: 10 } } as const
  return { lines: cart, options: { promotions, currency, tax } }
}

/**
 * A quote of ten lines with ten promotions through the API, beside what a route that answers nothing and the pure function in a
 * loop take together. Under a second name, beside a bare route that does the same: the request read, the cart priced, the quote
 * written as 7 kB of JSON, which is in neither of the two.
 */
export async function quotes(name: string, { ours, floor, folder, skus }: Bed): Promise<Measured[]> {
  const staff = await signIn(ours, folder)
  const chosen = [...new Set(skus)].slice(0, 10)
  const clear = await store(staff, chosen)
  const asked = {
    market: 'kr',
    currency: 'KRW',
    lines: chosen.map((sku, index) => ({ sku, quantity: 1 + (index % 3) })),
  }
  const quote = await createVisitor(ours.url).get<CartQuote>('POST', '/quotes', asked)
  const prices = pricesOf(quote, await running(staff))
  await createVisitor(floor.url).get('PUT', '/prices', prices)
  const alone = await createVisitor(floor.url).get<CartQuote>('POST', '/quotes', asked)
  if (alone.total.minor !== quote.total.minor || quote.adjustments.length < 9)
    throw new Error(`Not the same: ${JSON.stringify([alone.total, quote.total, quote.refused])}`)
  const [own, bare, least]: [number[], number[], number[]] = [[], [], []]
  const body = JSON.stringify(asked)
  for (const shop of [ours, floor]) await perRequest(shop, '/quotes', body)
  for (let round = 1; round <= rounds; round += 1) {
    own.push(await perRequest(ours, '/quotes', body))
    bare.push(await perRequest(floor, '/quotes', body))
    const [empty, pure] = [await perRequest(floor, '/empty', body), cost(() => priceCart(prices.lines, prices.options))]
    least.push(empty + pure)
    const [shop, route, nothing, loop] = [own.at(-1), bare.at(-1), empty, pure].map((one) => one?.toFixed(0))
    tell(
      `${name}, round ${round}: ours ${shop}, bare route ${route} (answering nothing ${nothing}, pure ${loop}) ${unit}`,
    )
  }
  await clear()
  const beside = (as: string, floors: number[]): Measured => ({
    name: as,
    ours: median(own),
    floor: median(floors),
    ratio: median(own) / median(floors),
    unit,
  })
  return [beside(name, least), beside(`${name}.route`, bare)]
}
