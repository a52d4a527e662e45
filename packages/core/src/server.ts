export { atomic } from './atomic.ts'
export { sendAlong } from './db/along.ts'
export { type Db, type DbOptions, dialectOf, openDb, type Tx } from './db/index.ts'
export { createIdempotency, type Idempotency, IdempotencyKey, type IdempotentRequest } from './idempotency.ts'
export { type Breach, type Broken, checkInvariants, coreInvariants, type Invariant } from './invariant.ts'
export { migrate, type Migrations } from './migrate.ts'
export { createTable } from './migrations.ts'
export {
  type Announce,
  createOutbox,
  type Delivery,
  type Occurrence,
  on,
  type Outbox,
  silent,
  type Subscription,
} from './outbox.ts'
export { type Check, createWatch, type Watch, type WatchOptions } from './watch.ts'
