import { type CartLine, type CartOptions, priceCart } from '@sangdo/pricing'

/** What carts are priced with: a line for each sku, and promotions and taxes. */
export interface Prices {
  readonly lines: readonly CartLine[]
  readonly options: CartOptions
}

interface Asked {
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[]
}

/** Prices that were told once: a quote is the pure function and nothing around it, no check, no database and no catalog. */
export function priceList() {
  let known = new Map<string, CartLine>()
  let options: CartOptions = { currency: 'KRW' }

  function keep(told: Prices) {
    known = new Map(told.lines.map((line) => [line.sku, line]))
    options = told.options
    return {}
  }

  function quote({ lines }: Asked) {
    const cart = lines.flatMap(({ sku, quantity }) => {
      const line = known.get(sku)
      return line ? { ...line, quantity } : []
    })
    const { adjustments, ...quoted } = priceCart(cart, options)
    return { ...quoted, adjustments: adjustments.map(({ lines: _, ...whole }) => whole) }
  }

  return { keep, quote }
}
