import { en } from './en.ts'
import { ko } from './ko.ts'

/** The words of the back office in one language. Korean is written first; English has the same keys or does not compile. */
export type DeskText = typeof ko

export const deskTexts = { ko, en } as const satisfies Record<string, DeskText>
