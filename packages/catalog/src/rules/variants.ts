import { type Text, textIn } from '@sangdo/core'
import type { Choice, Option, Product, ProductStatus } from '../contract/index.ts'

/** Every choice that the options allow, the first option varying slowest; one empty choice when there is nothing to choose. */
export function variantMatrix(options: readonly Pick<Option, 'code' | 'values'>[]): Choice[] {
  return options.reduce<Choice[]>(
    (choices, { code, values }) =>
      choices.flatMap((choice) => values.map((value) => ({ ...choice, [code]: value.code }))),
    [{}],
  )
}

/** The choices that no variant offers. */
export function missingChoices(options: readonly Option[], variants: readonly { options: Choice }[]): Choice[] {
  const key = (choice: Choice) => options.map(({ code }) => choice[code]).join('\n')
  const offered = new Set(variants.map((variant) => key(variant.options)))
  return variantMatrix(options).filter((choice) => !offered.has(key(choice)))
}

/** A choice in words, in every language that one of its values has: `Red / L`. */
export function choiceText(options: readonly Option[], choice: Choice): Text {
  const values = options.flatMap((option): Text[] =>
    option.values.filter((value) => value.code === choice[option.code]).map((value) => value.name),
  )
  const locales = new Set(values.flatMap((value) => Object.keys(value)))
  return Object.fromEntries(
    [...locales].map((locale) => [locale, values.map((value) => textIn(value, [locale])).join(' / ')]),
  )
}

const next = {
  draft: ['active', 'archived'],
  active: ['archived'],
  archived: ['active'],
} as const satisfies Record<ProductStatus, readonly ProductStatus[]>

/** Whether a product may go from one status to another. */
export const canMove = (from: ProductStatus, to: ProductStatus): boolean =>
  (next[from] as readonly ProductStatus[]).includes(to)

/** Why a product cannot be on sale; null when it can. */
export function unpublishable({ variants, slugs }: Pick<Product, 'variants' | 'slugs'>): string | null {
  if (variants.length === 0) return 'it has no variant to buy'
  return Object.keys(slugs).length === 0 ? 'it has no address' : null
}
