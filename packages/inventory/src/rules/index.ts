export { promisable } from './backorders.ts'
export { type Bucket, fromSeveral, shares } from './buckets.ts'
export { bundlesIn, expanded, stockOfBundle } from './bundles.ts'
export { firstExpired, type LotPieces, type LotShare } from './lots.ts'
export { toOrder } from './reorder.ts'
export { announcement, type Announcement, availableAt, lastOfEachShelf, merged, shelfOf, totalOf } from './stock.ts'
export {
  distance,
  fewestLocations,
  type Pick,
  type Place,
  source,
  sourceAll,
  type Sourcing,
  type Taken,
} from './sourcing.ts'
export { inTransit, soonestFirst, tooMuch } from './transfers.ts'
