import autocannon from 'autocannon'
import { type CartLine, type CartPromotion, type CartQuote, priceCart } from '@sangdo/pricing'
import { signIn } from '../api.ts'
import { type Bed, tell } from '../bed.ts'
import type { Measured } from '../measures.ts'
import { createVisitor, type Visitor } from '../visitor.ts'
import { cost, median } from './clock.ts'
import { promotionsFor } from './carts.ts'

const rounds = 3
const seconds = 4
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
async function perRequest(url: string, path: string, body: string): Promise<number> {
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

/** What the same cart costs when it is priced here, with what the shop answered as its prices. */
function purely({ lines, currency }: CartQuote, promotions: readonly CartPromotion[]) {
  const cart = lines.map(({ id, sku, quantity, unitPrice, compareAt, taxClass }): CartLine => ({
    id,
    sku,
    quantity,
    unitPrice,
    compareAt,
    taxClass,
  }))
  const tax = { pricesInclude: 'tax', rates: { standard: 10, shipping: 10 } } as const
  return () => priceCart(cart, { promotions, currency, tax })
}

/** A quote of ten lines with ten promotions through the API, beside the pure function and an empty route together. */
export async function quotes(name: string, { ours, floor, folder, skus }: Bed): Promise<Measured> {
  const staff = await signIn(ours, folder)
  const chosen = [...new Set(skus)].slice(0, 10)
  const clear = await store(staff, chosen)
  const asked = {
    market: 'kr',
    currency: 'KRW',
    lines: chosen.map((sku, index) => ({ sku, quantity: 1 + (index % 3) })),
  }
  const quote = await createVisitor(ours.url).get<CartQuote>('POST', '/quotes', asked)
  const pure = purely(quote, await running(staff))
  if (pure().total.minor !== quote.total.minor || quote.adjustments.length < 9)
    throw new Error(`Not the same: ${JSON.stringify([pure().total, quote.total, quote.refused])}`)
  const [own, bare]: [number[], number[]] = [[], []]
  const body = JSON.stringify(asked)
  await perRequest(ours.url, '/quotes', body)
  for (let round = 1; round <= rounds; round += 1) {
    own.push(await perRequest(ours.url, '/quotes', body))
    const [empty, counted] = [await perRequest(floor.url, '/empty', body), cost(pure)]
    bare.push(empty + counted)
    tell(
      `${name}, round ${round}: ours ${own.at(-1)?.toFixed(0)}, empty route ${empty.toFixed(0)} + pure ${counted.toFixed(0)} ${unit}`,
    )
  }
  await clear()
  return { name, ours: median(own), floor: median(bare), ratio: median(own) / median(bare), unit }
}
