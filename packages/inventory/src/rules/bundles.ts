import type { Bundles, Quantities, Sku, Stock } from '../contract/index.ts'
import { merged } from './stock.ts'

/** Lines in which each bundle is replaced by its components, merged; a component that is a bundle itself is taken as it is. */
export const expanded = (lines: Quantities, bundles: Bundles): Quantities =>
  merged(
    lines.flatMap(({ sku, quantity }) => {
      const components = bundles[sku] ?? [{ sku, quantity: 1 }]
      return components.map((component) => ({ sku: component.sku, quantity: component.quantity * quantity }))
    }),
  )

/** How many whole bundles so many pieces of each sku make; a sku that is not known has none. */
export function bundlesIn(components: Quantities, pieces: Readonly<Record<Sku, number>>): number {
  const counts = merged(components).map(({ sku, quantity }) => Math.floor((pieces[sku] ?? 0) / quantity))
  return Math.max(0, Math.min(...counts))
}

/** The stock of a bundle: how many are there and may be sold; what is reserved is reserved by component. */
export function stockOfBundle(components: Quantities, stocks: Readonly<Record<Sku, Stock>>): Stock {
  const whole = (count: 'onHand' | 'available') =>
    bundlesIn(components, Object.fromEntries(Object.entries(stocks).map(([sku, stock]) => [sku, stock[count]])))
  return { onHand: whole('onHand'), reserved: 0, available: whole('available') }
}
