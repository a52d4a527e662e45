import { en } from './en/index.ts'
import { ko } from './ko/index.ts'

/** The words of the shop in one language. Korean is written first; English has the same keys or does not compile. */
export type Messages = typeof ko

export const messages = { ko, en } as const satisfies Record<string, Messages>
