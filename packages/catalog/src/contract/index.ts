export type {
  Column,
  ImportedSku,
  ImportProgress,
  ImportReport,
  ProductMapping,
  Row,
  RowError,
  TranslationMapping,
} from './import.ts'
export { Category, CategoryChange, CategoryId, CategoryInput, CategoryMove, CategoryNode } from './category.ts'
export { catalogErrors, productArchived, productChanged, productPublished } from './errors.ts'
export { type ParsedProduct, ProductChange, ProductInput } from './input.ts'
export { CardText, ListQuery, ListSort, PriceFact, ProductCard, RatingFact, SaleFact, StockFact } from './listing.ts'
export { Media, MediaId, MediaInput, MediaUrl } from './media.ts'
export {
  Choice,
  Detail,
  Option,
  OptionValue,
  Product,
  ProductId,
  ProductStatus,
  Sku,
  Variant,
  type VariantFacts,
  VariantId,
  VariantInput,
} from './product.ts'
export { Slug, Slugs, tidied } from './text.ts'
