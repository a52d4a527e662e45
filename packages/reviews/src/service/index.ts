import { createNewId, type NewId, type Now } from '@sangdo/core'
import { type Announce, silent } from '@sangdo/core/server'
import type { PurchasePort } from '../ports.ts'
import { createAuthors } from './authors.ts'
import { createModeration } from './moderation.ts'
import { createReaders } from './readers.ts'

/** What `createReviews` is given; all but the purchases has a default. */
export interface ReviewsOptions {
  /** Who knows what was bought. */
  readonly purchases: PurchasePort
  /** Where events are written: nowhere unless given. */
  readonly outbox?: Announce
  readonly now?: Now
  readonly newId?: NewId
  /** Whether reviews can be read at once; they can still be refused later. Not unless given. */
  readonly autoApprove?: boolean
}

export type Reviews = ReturnType<typeof createReviews>

/** Reviews of those who bought, in honest order, with a reason for every refusal. */
export function createReviews({
  purchases,
  outbox = silent,
  now = () => new Date(),
  newId = createNewId(now),
  autoApprove = false,
}: ReviewsOptions) {
  const moderation = createModeration({ outbox, now, newId })
  const { decide: _, log: __, existing: ___, ...ofModeration } = moderation
  return {
    ...createAuthors({ outbox, now, newId, purchases, autoApprove, moderation }),
    ...ofModeration,
    ...createReaders({ now }),
  }
}
