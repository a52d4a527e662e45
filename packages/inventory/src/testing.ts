import type { Quantities, Receipt } from './contract/index.ts'

/** Sample deliveries: five mugs and three plates. */
export const sampleReceipts = [
  { sku: 'MUG', quantity: 5 },
  { sku: 'PLATE', quantity: 3 },
] as const satisfies Receipt[]

/** A sample of what a buyer wants. */
export const sampleLines: Quantities = [
  { sku: 'MUG', quantity: 2 },
  { sku: 'PLATE', quantity: 1 },
]
