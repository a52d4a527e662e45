import type { ParsedProduct, Product } from '../contract/index.ts'

/** A product as one would enter it: what `ProductInput` and changes are made of, without ids, dates and version. */
export function inputOf(product: Product): ParsedProduct {
  const {
    id: _,
    version: _version,
    status,
    createdAt: _created,
    updatedAt: _updated,
    publishedAt: _published,
    ...fields
  } = product
  return {
    ...fields,
    status: status === 'draft' ? 'draft' : 'active',
    variants: fields.variants.map(({ id: _id, ...variant }) => variant),
    media: fields.media.map(({ id: _id, ...media }) => media),
  }
}

/** Whether two values say the same, in whatever order their fields are. */
export const same = (left: unknown, right: unknown): boolean => canonical(left) === canonical(right)

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) => (isRecord(inner) ? sortedFields(inner) : inner))
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const sortedFields = (record: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))

/** The last of the items that have the same key, in the order of the keys. */
export function lastOfEach<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  const last = new Map(items.map((item) => [keyOf(item), item]))
  return [...last].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item)
}
