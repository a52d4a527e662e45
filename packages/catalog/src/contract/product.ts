import { idSchema, Instant, Text } from '@sangdo/core'
import { z } from 'zod'
import { CategoryId } from './category.ts'
import { Media, MediaInput, MediaUrl } from './media.ts'
import { localized, named, plain, Slug, Slugs } from './text.ts'

export const ProductId = idSchema('prd')
export type ProductId = z.infer<typeof ProductId>
export const VariantId = idSchema('var')
export type VariantId = z.infer<typeof VariantId>

/** A draft is for the shop's people only, an active product is on sale, an archived one is kept for old orders and links. */
export const ProductStatus = z.enum(['draft', 'active', 'archived']).meta({ id: 'ProductStatus' })
export type ProductStatus = z.infer<typeof ProductStatus>

/** What a variant is counted, priced and ordered by. */
export const Sku = plain(100).min(1)
export type Sku = z.infer<typeof Sku>

/** One value of an option, such as red; `swatch` is its colour. */
export const OptionValue = z.strictObject({
  code: Slug,
  name: named(100),
  swatch: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, 'A colour looks like #1f2937')
    .nullable()
    .default(null),
})
export type OptionValue = z.infer<typeof OptionValue>

/** What buyers choose by, such as colour. `code` names it in variants and does not change when it is translated. */
export const Option = z
  .strictObject({ code: Slug, name: named(100), values: z.array(OptionValue).min(1).max(250) })
  .meta({ id: 'ProductOption' })
export type Option = z.infer<typeof Option>

/** The value chosen of each option, both by code: `{ colour: 'red' }`. */
export const Choice = z.record(Slug, Slug)
export type Choice = z.infer<typeof Choice>

export const VariantInput = z.strictObject({
  sku: Sku,
  barcode: z
    .string()
    .trim()
    .regex(/^[0-9A-Za-z][0-9A-Za-z -]{0,49}$/, 'A barcode has letters and digits')
    .nullable()
    .default(null),
  weightGrams: z.int().min(0).max(10_000_000).nullable().default(null),
  options: Choice.default({}),
  /** The url of the one of the product's pictures that shows this variant. */
  image: MediaUrl.nullable().default(null),
})
export type VariantInput = z.input<typeof VariantInput>

/** What is bought: one choice of the product's options. Its price and stock are known elsewhere by its sku. */
export const Variant = VariantInput.extend({ id: VariantId }).meta({ id: 'Variant' })
export type Variant = z.infer<typeof Variant>

/** A line of product information that the law or the buyer asks for, such as material or country of origin. */
export const Detail = z.strictObject({ label: named(100), value: named(1000) })
export type Detail = z.infer<typeof Detail>

/** The fields of a product that its people write, none of them with a default, so that a change may name any of them. */
export const ProductFields = z.strictObject({
  name: named(200),
  summary: localized(1000),
  description: localized(20_000),
  details: z.array(Detail).max(100),
  slugs: Slugs,
  brandLine: plain(100).nullable(),
  tags: z.array(plain(50).min(1)).max(100),
  taxClass: plain(50).min(1),
  options: z.array(Option).max(3),
  variants: z.array(VariantInput).max(2000),
  media: z.array(MediaInput).max(250),
  categoryIds: z.array(CategoryId).max(50),
})

/** A product on sale or to be: what it is called, what there is to choose, and what it looks like. */
export const Product = ProductFields.extend({
  id: ProductId,
  version: z.int().describe('Goes up with every change; a change names the version it was made from'),
  status: ProductStatus,
  name: Text,
  summary: Text,
  description: Text,
  variants: z.array(Variant),
  media: z.array(Media),
  createdAt: Instant,
  updatedAt: Instant,
  publishedAt: Instant.nullable(),
}).meta({ id: 'Product' })
export type Product = z.infer<typeof Product>

/** What a cart or an order keeps of a variant; `categoryIds` has its categories and all above them. */
export interface VariantFacts {
  readonly sku: Sku
  readonly variantId: VariantId
  readonly productId: ProductId
  readonly name: Text
  /** The chosen values in each language: `Red / L`. */
  readonly options: Text
  readonly slugs: Slugs
  readonly image: { url: string; alt: Text } | null
  readonly barcode: string | null
  /** Zero where nobody has weighed it. */
  readonly weightGrams: number
  readonly taxClass: string
  readonly categoryIds: readonly CategoryId[]
  /** Whether its product is on sale; stock is not considered. */
  readonly sellable: boolean
}
