import { z } from 'zod'
import { ProductFields, ProductStatus } from './product.ts'
import { Slugs } from './text.ts'

const { shape } = ProductFields

const Fields = z.strictObject({
  ...shape,
  summary: shape.summary.default({}),
  description: shape.description.default({}),
  details: shape.details.default([]),
  slugs: Slugs.default({}),
  brandLine: shape.brandLine.default(null),
  tags: shape.tags.default([]),
  taxClass: shape.taxClass.default('standard'),
  options: shape.options.default([]),
  media: shape.media.default([]),
  categoryIds: shape.categoryIds.default([]),
  status: ProductStatus.exclude(['archived']).default('draft'),
})
type Fields = z.infer<typeof Fields>

type Refuse = (message: string, ...path: (string | number)[]) => void

/**
 * A new product. Slugs are made from the name where none are given. Every variant names one value of every option, no two
 * the same ones; a picture has an alternative text in each language of the name.
 */
export const ProductInput = Fields.superRefine((product, context) => {
  const refuse: Refuse = (message, ...path) => context.addIssue({ code: 'custom', message, path })
  checkOptions(product, refuse)
  checkVariants(product, refuse)
  checkMedia(product, refuse)
}).meta({ id: 'ProductInput' })
export type ProductInput = z.input<typeof ProductInput>
export type ParsedProduct = z.output<typeof ProductInput>

/** A change of some fields of a product, made from the `version` that was read. */
export const ProductChange = ProductFields.partial().extend({ version: z.int() }).meta({ id: 'ProductChange' })
export type ProductChange = z.input<typeof ProductChange>

function checkOptions({ options }: Fields, refuse: Refuse): void {
  eachRepeated(
    options.map((option) => option.code),
    (index) => refuse('Two options have this code', 'options', index, 'code'),
  )
  options.forEach(({ values }, index) =>
    eachRepeated(
      values.map((value) => value.code),
      (at) => refuse('Two values have this code', 'options', index, 'values', at, 'code'),
    ),
  )
}

function checkVariants({ options, variants, media }: Fields, refuse: Refuse): void {
  const urls = new Set(media.map((one) => one.url))
  variants.forEach((variant, index) => {
    for (const option of options) {
      const chosen = variant.options[option.code]
      if (chosen === undefined) refuse(`A value of ${option.code} is missing`, 'variants', index, 'options')
      else if (!option.values.some((value) => value.code === chosen))
        refuse(`${option.code} has no value ${chosen}`, 'variants', index, 'options')
    }
    if (Object.keys(variant.options).length > options.length)
      refuse('There is no such option', 'variants', index, 'options')
    if (variant.image !== null && !urls.has(variant.image))
      refuse('This is no picture of the product', 'variants', index, 'image')
  })
  eachRepeated(
    variants.map((variant) => variant.sku),
    (index) => refuse('Two variants have this sku', 'variants', index, 'sku'),
  )
  const choices = variants.map((variant) => options.map((option) => variant.options[option.code]).join('\n'))
  eachRepeated(choices, (index) => refuse('Another variant has the same options', 'variants', index, 'options'))
}

function checkMedia({ name, media }: Fields, refuse: Refuse): void {
  eachRepeated(
    media.map((one) => one.url),
    (index) => refuse('This picture is there twice', 'media', index, 'url'),
  )
  media.forEach(({ alt }, index) => {
    for (const locale of Object.keys(name))
      if (!alt[locale]) refuse('A picture needs an alternative text', 'media', index, 'alt', locale)
  })
}

function eachRepeated(values: readonly string[], visit: (index: number) => void): void {
  const seen = new Set<string>()
  values.forEach((value, index) => (seen.has(value) ? visit(index) : seen.add(value)))
}
