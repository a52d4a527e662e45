import type { DemoProduct } from '../types.ts'
import { cups } from './cups.ts'

/** Every product of the demo shop, in the order of the shelves. */
export const products: readonly DemoProduct[] = [...cups]
