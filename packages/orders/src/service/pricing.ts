import { createHash } from 'node:crypto'
import type { Db } from '@sangdo/core/server'
import type { Address, Cart, PricedCart, Quote, ShippingOption } from '../contract.ts'
import type { OrderPorts, VariantFacts } from '../ports.ts'
import { agreement, problemsOf } from '../rules.ts'

type Facts = Readonly<Record<string, VariantFacts>>

/** Puts together all that is known of a cart: what its lines are, what they cost, and how they can be shipped. */
export function createCartPricing({ catalog, prices, stock, shipping }: Omit<OrderPorts, 'payments'>) {
  /** The cart with names, prices, ways to ship, what stands in the way, and the hash that a buyer accepts. */
  async function price(db: Db, cart: Cart, paymentMethod?: string): Promise<PricedCart> {
    const skus = cart.lines.map((line) => line.sku)
    const [facts, stocks] = [await catalog.variantsOf(db, skus), await stock.stockOf(db, skus)]
    const began = performance.now()
    // What goods cost a moment ago, they cost with their shipping too.
    const quoteOf = (option: ShippingOption | null) =>
      quoted(db, cart, facts, { option, paymentMethod, maxAge: option ? performance.now() - began : 0 })
    const goods = await quoteOf(null)
    const shippingOptions = cart.address ? await optionsOf(db, cart, cart.address, facts, goods) : []
    const chosen = shippingOptions.find((option) => option.method === cart.shippingMethod)
    const priced = chosen ? await quoteOf(chosen) : goods
    const gifts = priced.gifts.length > 0 ? await giftsOf(db, cart, priced) : { facts: {}, gifts: [] }
    const quote = { ...priced, gifts: gifts.gifts }
    const problems = problemsOf(cart, {
      sellable: new Set(skus.filter((sku) => facts[sku]?.sellable)),
      priced: new Set(quote.lines.map((line) => line.sku)),
      available: new Map(skus.map((sku) => [sku, stocks[sku]?.available ?? 0])),
      options: shippingOptions,
    })
    const shown = Object.entries({ ...gifts.facts, ...facts }).map(([sku, { productId, name, options, image }]) => [
      sku,
      { productId, name, options, image },
    ])
    return { cart, facts: Object.fromEntries(shown), quote, shippingOptions, problems, quoteHash: hashOf(cart, quote) }
  }

  /** The gifts that can be given: those there are enough of beside what is in the cart. */
  async function giftsOf(db: Db, cart: Cart, { gifts }: Quote): Promise<{ facts: Facts; gifts: Quote['gifts'] }> {
    const skus = [...new Set(gifts.map((gift) => gift.sku))]
    const [facts, stocks] = [await catalog.variantsOf(db, skus), await stock.stockOf(db, skus)]
    const left = new Map(skus.map((sku) => [sku, (stocks[sku]?.available ?? 0) - piecesOf(cart, sku)]))
    const given = gifts.filter(({ sku, quantity }) => {
      const available = left.get(sku) ?? 0
      left.set(sku, available - quantity)
      return facts[sku]?.sellable && available >= quantity
    })
    return { facts, gifts: given }
  }

  async function quoted(
    db: Db,
    cart: Cart,
    facts: Facts,
    {
      option,
      paymentMethod,
      maxAge,
    }: { option: ShippingOption | null; paymentMethod: string | undefined; maxAge: number },
  ): Promise<Quote> {
    const lines = cart.lines.flatMap(({ id, sku, quantity }) => {
      const known = facts[sku]
      return known?.sellable ? [{ id, sku, quantity, taxClass: known.taxClass, categoryIds: known.categoryIds }] : []
    })
    const { currency, market, customerId, email, codes, address } = cart
    const buyer = { customerId, email, codes, region: address && regionOf(address), paymentMethod }
    const request = { currency, market, ...buyer, lines, shipping: option?.price ?? null }
    return prices.quote(db, request, { maxAge })
  }

  async function optionsOf(
    db: Db,
    cart: Cart,
    address: Address,
    facts: Facts,
    goods: Quote,
  ): Promise<ShippingOption[]> {
    const weightGrams = cart.lines.reduce(
      (grams, line) => grams + (facts[line.sku]?.weightGrams ?? 0) * line.quantity,
      0,
    )
    const lines = cart.lines.map(({ sku, quantity }) => ({ sku, quantity }))
    return shipping.optionsOf(db, { address, currency: cart.currency, weightGrams, goods: goods.total, lines })
  }

  return { price }
}

const piecesOf = ({ lines }: Cart, sku: string) =>
  lines.reduce((count, line) => (line.sku === sku ? count + line.quantity : count), 0)

/** A country, and its state where the address gives it as a code. */
const regionOf = ({ country, region = '' }: Address) =>
  /^[A-Z0-9]{1,3}$/.test(region) ? `${country}-${region}` : country

const hashOf = (cart: Cart, quote: Quote) => createHash('sha256').update(agreement(cart, quote)).digest('base64url')
