export { cardsOf, type Listing } from './cards.ts'
export { allCategories, arrange, categoryPath, lockTree, places, putCategory, removeCategory } from './categories.ts'
export {
  addSales,
  lockListings,
  offersOf,
  productsWith,
  putListings,
  putPriceRanges,
  putRating,
  putSkuPrices,
  putSkuStock,
  refreshStock,
} from './listing.ts'
export {
  addProducts,
  idsAfter,
  ownersOf,
  productsOf,
  putPlacements,
  putVariants,
  removeVariants,
  replaceProduct,
  variantRowsOf,
} from './products.ts'
export {
  type Owner,
  ownerOfSlug,
  ownersOfSlugs,
  putSlugs,
  removeSlugs,
  slugsLike,
  type SlugKind,
  type TakenSlug,
} from './slugs.ts'
