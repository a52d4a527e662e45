import { about, faq } from './policies/about.ts'
import { privacy, terms } from './policies/legal.ts'
import { returns, shipping } from './policies/service.ts'
import type { DemoPage } from './types.ts'

/** The pages of running text, in the order of the footer. */
export const pages: readonly DemoPage[] = [about, faq, shipping, returns, terms, privacy]

export { about, faq, privacy, returns, shipping, terms }
