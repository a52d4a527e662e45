export { type CarrierFacts, carriers, fitsCarrier, trackingUrl } from './carriers.ts'
export { jeju, koreanIslands, remoteIslands } from './islands.ts'
export { holds, missingToFree, priceAt, ratesFor, reaches } from './rates.ts'
export { businessDayAfter, canMove, inOrder, merged, nextStatus, promisedDays, statusOf } from './shipments.ts'
