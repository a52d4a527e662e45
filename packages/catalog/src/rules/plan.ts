import {
  type Column,
  type ImportedSku,
  type ParsedProduct,
  ProductInput,
  type ProductMapping,
  type RowError,
} from '../contract/index.ts'
import { buildProduct, type Draft, type PlanContext, type Sources } from './build.ts'
import { columnName } from './cells.ts'
import type { ReadRow } from './row.ts'

/** What an import makes of the rows of one product: the product to store, if any; refused rows; what else the rows say. */
export interface Plan {
  readonly input: ParsedProduct | null
  readonly refused: readonly RowError[]
  readonly skus: readonly ImportedSku[]
}

/**
 * Makes a product of its rows, upon what is stored of it. Rows that cannot be part of it are refused one by one, and the rest
 * goes on without them; without a name there is no new product, and all its rows are refused.
 */
export function planProduct(rows: readonly ReadRow[], known: ParsedProduct | null, context: PlanContext): Plan {
  const refused: RowError[] = []
  for (let rest = rows; rest.length > 0;) {
    const fault = faultIn(rest, known, context)
    if ('input' in fault) return { input: fault.input, refused, skus: skusOf(rest, fault.draft) }
    refused.push(
      ...fault.rows.map((row) => ({ row: row.line, column: fault.column, reason: fault.reason, cells: row.cells })),
    )
    rest = rest.filter((row) => !fault.rows.includes(row))
  }
  return { input: null, refused, skus: [] }
}

interface PlanFault {
  readonly rows: readonly ReadRow[]
  readonly column: string | null
  readonly reason: string
}

function faultIn(
  rows: readonly ReadRow[],
  known: ParsedProduct | null,
  context: PlanContext,
): PlanFault | { input: ParsedProduct; draft: Draft } {
  const { mapping } = context
  const foreign = rows.find((row) => row.text.sku !== '' && context.isForeign(row.text.sku))
  if (foreign)
    return {
      rows: [foreign],
      column: columnName(mapping.sku),
      reason: `${foreign.text.sku} belongs to another product`,
    }
  if (!known && !rows.some((row) => row.text.name !== ''))
    return { rows, column: columnName(mapping.name), reason: 'A new product needs a name' }
  const draft = buildProduct(rows, known, context)
  if (draft.stray)
    return {
      rows: [draft.stray],
      column: columnName(mapping.sku),
      reason: 'The product has options, and this row names neither a value nor a sku it knows',
    }
  const parsed = ProductInput.safeParse(draft.input)
  if (parsed.success) return { input: parsed.data, draft }
  const [issue] = parsed.error.issues
  const path = issue?.path ?? []
  return {
    rows: [sourceOf(path, draft.sources) ?? rows[0]].filter((row) => row !== undefined),
    column: columnOf(path, mapping),
    reason: issue?.message ?? 'This row cannot be read',
  }
}

/** Which row a field of the product came from. */
function sourceOf([field, index]: readonly PropertyKey[], sources: Sources): ReadRow | undefined {
  if (field === 'variants') return sources.variants.get(Number(index)) ?? sources.head
  return field === 'media' ? (sources.media.get(Number(index)) ?? sources.head) : sources.head
}

/** Which column a field of the product came from. */
function columnOf([field, , part]: readonly PropertyKey[], mapping: ProductMapping): string | null {
  const column = field === 'variants' ? variantColumn(part, mapping) : productColumn(field, mapping)
  return column === undefined ? null : columnName(column)
}

function variantColumn(part: PropertyKey | undefined, mapping: ProductMapping) {
  if (part === 'options') return mapping.options?.[0]?.value
  return part === 'barcode' || part === 'weightGrams' ? mapping[part] : mapping.sku
}

function productColumn(field: PropertyKey | undefined, mapping: ProductMapping) {
  const columns: Partial<Record<PropertyKey, Column | undefined>> = {
    ...mapping,
    slugs: mapping.handle,
    media: mapping.image,
    options: mapping.options?.[0]?.value,
    categoryIds: mapping.category,
    details: mapping.details?.[0]?.value,
  }
  return field === undefined ? undefined : columns[field]
}

/** What rows say of skus that were planned, once for each sku and currency and, where they lie in several rows, in their order. */
function skusOf(rows: readonly ReadRow[], { skuOf }: Draft): ImportedSku[] {
  return rows.flatMap((row) => {
    const sku = skuOf.get(row)
    const { price, compareAt, stock } = row
    return sku === undefined || (price === null && stock === null) ? [] : [{ sku, price, compareAt, stock }]
  })
}
