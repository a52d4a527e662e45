import { z } from '@hono/zod-openapi'
import { Instant, Text } from '@sangdo/core'
import type { Db } from '@sangdo/core/server'
import type { WalletCoupon } from '@sangdo/pricing/server'
import type { Shop } from '../shop.ts'
import { Sentence, sentencesFor } from './promotion.ts'

/** A code of a buyer's own: what it is called and means, and from when until when it can be used. */
export const OwnCoupon = z
  .object({
    code: z.string(),
    name: Text,
    sentence: Sentence,
    startsAt: Instant.nullable(),
    expiresAt: Instant.nullable(),
  })
  .openapi('OwnCoupon')

/** The codes of a wallet as their buyer reads them. */
export async function ownCoupons(
  shop: Shop,
  db: Db,
  wallet: readonly WalletCoupon[],
): Promise<z.input<typeof OwnCoupon>[]> {
  const say = await sentencesFor(
    shop,
    db,
    wallet.map(({ promotion }) => promotion),
  )
  return wallet.map(({ code, expiresAt, promotion }) => {
    const { name, startsAt } = promotion
    return { code, name, sentence: say(promotion), startsAt, expiresAt }
  })
}
