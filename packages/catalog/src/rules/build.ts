import { type Locale, textIn } from '@sangdo/core'
import type { CategoryId, Choice, Option, ParsedProduct, ProductMapping } from '../contract/index.ts'
import { freeSlug, slugify } from './slug.ts'
import type { ReadRow } from './row.ts'

/** What the rows of one product are planned with. */
export interface PlanContext {
  readonly mapping: ProductMapping
  readonly locale: Locale
  /** Whether a sku belongs to another product. */
  readonly isForeign: (sku: string) => boolean
  readonly categoryOf: (path: string) => CategoryId | undefined
}

/** Which row each part of a product came from. */
export interface Sources {
  readonly head: ReadRow | undefined
  readonly variants: Map<number, ReadRow>
  readonly media: Map<number, ReadRow>
}

/** A product made of rows, not checked yet; `stray` is a row that fits nowhere. */
export interface Draft {
  readonly input: ParsedProduct
  readonly sources: Sources
  readonly skuOf: Map<ReadRow, string>
  readonly stray: ReadRow | undefined
}

/** The address that a handle of a file stands for: itself where it can be one. */
export const handleSlug = (handle: string): string => {
  const lower = handle.toLowerCase()
  return /^[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]*$/u.test(lower) ? lower : slugify(handle)
}

/** Puts the rows of a product together, upon what is stored of it. */
export function buildProduct(rows: readonly ReadRow[], known: ParsedProduct | null, context: PlanContext): Draft {
  const head = rows.find((row) => row.text.name !== '')
  const sources: Sources = { head, variants: new Map(), media: new Map() }
  const input = startedFrom(known, rows[0], context)
  if (head) describe(input, head, context)
  const skuOf = new Map<ReadRow, string>()
  const chosen = rows.filter((row) => row.options.some((option) => option.value !== ''))
  for (const row of chosen) addVariant(input, row, choiceOf(input, row, rows, context.locale), sources, skuOf)
  const stray = rows.filter((row) => !chosen.includes(row)).find((row) => !addPlainRow(input, row, sources, skuOf))
  for (const row of rows)
    for (const url of [row.text.image, row.text.variantImage])
      if (url !== '') addImage(input, row, url, sources, context.locale)
  if (!known && input.variants.length === 0) input.status = 'draft'
  completeAlt(input)
  return { input, sources, skuOf, stray }
}

function startedFrom(known: ParsedProduct | null, first: ReadRow | undefined, { locale }: PlanContext): ParsedProduct {
  if (known) return structuredClone(known)
  return {
    name: {},
    summary: {},
    description: {},
    details: [],
    slugs: { [locale]: handleSlug(first?.handle ?? '') },
    brandLine: null,
    tags: [],
    taxClass: 'standard',
    options: [],
    variants: [],
    media: [],
    categoryIds: [],
    status: 'active',
  }
}

function describe(input: ParsedProduct, { text, details }: ReadRow, { locale, categoryOf }: PlanContext): void {
  for (const field of ['name', 'summary', 'description'] as const)
    if (text[field] !== '') input[field][locale] = text[field]
  if (text.brandLine !== '') input.brandLine = text.brandLine
  if (text.taxClass !== '') input.taxClass = text.taxClass
  if (text.tags !== '')
    input.tags = [
      ...new Set(
        text.tags
          .split(',')
          .map((tag) => tag.trim())
          .filter(Boolean),
      ),
    ]
  if (/^(draft|archived|false)$/i.test(text.status)) input.status = 'draft'
  const categoryId = text.category === '' ? undefined : categoryOf(text.category)
  if (categoryId !== undefined && !input.categoryIds.includes(categoryId)) input.categoryIds.push(categoryId)
  for (const { label, value } of details) if (value !== '') putDetail(input, locale, label, value)
}

function putDetail(input: ParsedProduct, locale: Locale, label: string, value: string): void {
  const known = input.details.find((detail) => detail.label[locale] === label)
  if (known) known.value[locale] = value
  else input.details.push({ label: { [locale]: label }, value: { [locale]: value } })
}

/** What a row chooses of each option; options and values that are new are added. A name stands in the first row only, if so. */
function choiceOf(input: ParsedProduct, row: ReadRow, rows: readonly ReadRow[], locale: Locale): Choice {
  const choice: Choice = {}
  row.options.forEach(({ name, value }, index) => {
    if (value === '') return
    const called =
      name ||
      rows.map((other) => other.options[index]?.name).find(Boolean) ||
      textIn(input.options[index]?.name ?? {}, [locale]) ||
      `Option ${index + 1}`
    const option =
      found(input.options, called, locale) ??
      added(input.options, { code: '', name: { [locale]: called }, values: [] }, called)
    const { code } =
      found(option.values, value, locale) ??
      added(option.values, { code: '', name: { [locale]: value }, swatch: null }, value)
    choice[option.code] = code
  })
  return choice
}

type Coded = Pick<Option, 'code' | 'name'>

const found = <Item extends Coded>(items: readonly Item[], name: string, locale: Locale) =>
  items.find((item) => item.name[locale] === name)

function added<Item extends Coded>(items: Item[], item: Item, name: string): Item {
  const code = freeSlug(slugify(name) || 'value', (taken) => items.some((other) => other.code === taken))
  items.push({ ...item, code })
  return items.at(-1) ?? item
}

function addVariant(
  input: ParsedProduct,
  row: ReadRow,
  options: Choice,
  sources: Sources,
  skuOf: Map<ReadRow, string>,
): void {
  const sku = row.text.sku || [row.handle, ...Object.values(options)].join('-')
  const isOther = (choice: Choice, index: number) =>
    sources.variants.has(index) && Object.keys(options).some((code) => choice[code] !== options[code])
  const known = input.variants.findIndex((variant, index) => variant.sku === sku && !isOther(variant.options, index))
  const before = input.variants[known]
  const index = known < 0 ? input.variants.length : known
  input.variants[index] = {
    sku,
    barcode: row.text.barcode || (before?.barcode ?? null),
    weightGrams: row.weightGrams ?? before?.weightGrams ?? null,
    options: Object.keys(options).length > 0 ? options : (before?.options ?? {}),
    image: row.text.variantImage || (before?.image ?? null),
  }
  sources.variants.set(index, row)
  skuOf.set(row, sku)
}

/** Takes in a row that chooses nothing: of a sku that is there, of a product without options, of the product itself, or a picture. */
function addPlainRow(input: ParsedProduct, row: ReadRow, sources: Sources, skuOf: Map<ReadRow, string>): boolean {
  const { sku, name, image } = row.text
  const isKnown = input.variants.some((variant) => variant.sku === sku)
  const hasGoods = sku !== '' || row.price !== null
  if (isKnown || (hasGoods && input.options.length === 0)) addVariant(input, row, {}, sources, skuOf)
  else if (name === '' && (sku !== '' || image === '')) return false
  return true
}

function addImage(input: ParsedProduct, row: ReadRow, url: string, sources: Sources, locale: Locale): void {
  const { imageAlt, image } = row.text
  const alt = url === image ? imageAlt : ''
  const known = input.media.find((media) => media.url === url)
  if (known && alt !== '') known.alt[locale] = alt
  if (known) return
  sources.media.set(input.media.length, row)
  input.media.push({ kind: 'image', url, alt: alt === '' ? {} : { [locale]: alt } })
}

/** A picture without an alternative text is described by the name of its product. */
function completeAlt({ name, media }: ParsedProduct): void {
  for (const { alt } of media) for (const [locale, text] of Object.entries(name)) alt[locale] ||= text
}
