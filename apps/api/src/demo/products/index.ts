import type { DemoProduct } from '../types.ts'
import { bowls } from './bowls.ts'
import { cups } from './cups.ts'
import { desk } from './desk.ts'
import { home } from './home.ts'
import { linen } from './linen.ts'
import { pantry } from './pantry.ts'
import { scent } from './scent.ts'
import { teaware } from './teaware.ts'
import { wear } from './wear.ts'

/** A 13-digit code in the range shops may number themselves, so that it belongs to no real product. */
const barcodeOf = (sku: string): string => {
  const letters = Array.from(sku.slice(3, 6), (letter) => String(letter.charCodeAt(0) - 64).padStart(2, '0')).join('')
  const digits = `29${letters}${sku.slice(7)}`
  const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 1 : 3), 0)
  return `${digits}${(10 - (sum % 10)) % 10}`
}

/** Every product of the demo shop, in the order of the shelves. */
export const products: readonly DemoProduct[] = [
  ...cups,
  ...bowls,
  ...teaware,
  ...linen,
  ...pantry,
  ...desk,
  ...scent,
  ...home,
  ...wear,
].map((product) => ({
  ...product,
  variants: product.variants.map((variant) => ({ ...variant, barcode: barcodeOf(variant.sku) })),
}))
