import { instant, type ShopError } from '@sangdo/core'
import type { Tx } from '@sangdo/core/server'
import { type CartQuote, couponRedeemed, couponReleased, pricingErrors, type PromotionId } from '../contract/index.ts'
import { compareTexts } from '../rules/lines.ts'
import { compareUses, usesOf } from '../rules/uses.ts'
import * as store from '../store/redemptions.ts'
import { buyerOf, type Dependencies } from './dependencies.ts'
import type { ShareLedger } from './shares.ts'

type Redemption = store.Redemption
type Undo = () => Promise<void>

/** Uses of promotions and codes: held while the buyer pays, then redeemed or released. */
export function createRedemptions({
  outbox,
  now,
  ledger,
}: Pick<Dependencies, 'outbox' | 'now'> & { readonly ledger: ShareLedger }) {
  /**
   * Keeps aside what a quote uses of every promotion that has a code or a limit, inside the order's transaction, as late in it
   * as can be: one use of the promotion and of the code, in all and by this buyer, its amount of the budget and its pieces. All
   * or nothing. What it owes to creators and causes is expected from now on. Holding again under a reference changes nothing,
   * unless it was released. A return of some goods does not give a use back; only `release` does. Throws `pricing.promotion_used_up`, `pricing.coupon_used_up`.
   */
  async function hold(tx: Tx, reference: string, quote: CartQuote, buyer: { email: string }): Promise<void> {
    const at = { status: 'held', held_at: instant(now()), closed_at: null } as const
    const who = buyerOf(buyer.email) ?? ''
    const uses = (await countedUses(tx, quote)).map(({ promotionId, code, amount, units }): Redemption => {
      const taken = { code, buyer: who, amount, currency: quote.currency, units }
      return { reference, promotion_id: promotionId as PromotionId, ...taken, ...at }
    })
    const added = (await store.addRedemptions(tx, uses)).map(({ promotion_id: promotionId, code }) =>
      JSON.stringify([promotionId, code]),
    )
    await take(
      tx,
      uses.filter((use) => added.includes(JSON.stringify([use.promotion_id, use.code]))),
    )
    await ledger.expectShares(tx, reference, quote, who)
  }

  async function countedUses(tx: Tx, quote: CartQuote) {
    const uses = usesOf(quote)
    const automatic = uses.flatMap(({ promotionId, code }) => (code === '' ? (promotionId as PromotionId) : []))
    const limited = await store.limitedOf(tx, automatic)
    return uses.filter(({ promotionId, code }) => code !== '' || limited.has(promotionId as PromotionId))
  }

  /** Takes all uses in the one order that holds for every buyer; undoes what it took, even where the caller goes on after that. */
  async function take(tx: Tx, uses: readonly Redemption[]): Promise<void> {
    const taken: Undo[] = []
    const refusal = (await takePromotions(tx, uses, taken)) ?? (await takeCodes(tx, coded(uses), taken))
    if (!refusal) return
    for (const undo of taken.toReversed()) await undo()
    for (const use of uses) await store.releaseRedemption(tx, use, instant(now()))
    throw refusal
  }

  /** Makes the held uses of a reference final, and its shares owed. Doing it again changes nothing. */
  async function redeem(tx: Tx, reference: string): Promise<void> {
    const moved = await store.moveRedemptions(tx, reference, ['held'], 'redeemed', instant(now()))
    for (const { code, promotion_id: promotionId } of coded(moved))
      await outbox.append(tx, couponRedeemed, { code, promotionId, reference })
    await ledger.oweShares(tx, reference)
  }

  /** Gives exactly what a reference took back, held or redeemed, once; its shares are owed no longer. */
  async function release(tx: Tx, reference: string): Promise<void> {
    const moved = await store.moveRedemptions(tx, reference, ['held', 'redeemed'], 'released', instant(now()))
    for (const use of inOrder(moved)) {
      await store.returnUse(tx, use)
      await store.returnUseOf(tx, use.promotion_id, use.buyer)
    }
    for (const { code, buyer, promotion_id: promotionId } of coded(moved)) {
      await store.returnCode(tx, code)
      await store.returnCodeOf(tx, code, buyer)
      await outbox.append(tx, couponReleased, { code, promotionId, reference })
    }
    await ledger.dropShares(tx, reference)
  }

  return { hold, redeem, release }
}

async function takePromotions(tx: Tx, uses: readonly Redemption[], taken: Undo[]): Promise<ShopError | null> {
  for (const use of uses) {
    const { promotion_id: promotionId, buyer } = use
    const total = await store.takeUse(tx, use)
    if (total) taken.push(() => store.returnUse(tx, use))
    if (!total || !(await store.takeUseOf(tx, promotionId, buyer, total.buyer_limit)))
      return pricingErrors.promotion_used_up({ promotionId })
    taken.push(() => store.returnUseOf(tx, promotionId, buyer))
  }
  return null
}

async function takeCodes(tx: Tx, uses: readonly Redemption[], taken: Undo[]): Promise<ShopError | null> {
  for (const use of uses) {
    const { code, buyer } = use
    const total = await store.takeCode(tx, use)
    if (total) taken.push(() => store.returnCode(tx, code))
    if (!total || !(await store.takeCodeOf(tx, code, buyer, total.buyer_limit)))
      return pricingErrors.coupon_used_up({ code })
    taken.push(() => store.returnCodeOf(tx, code, buyer))
  }
  return null
}

const inOrder = (uses: readonly Redemption[]) =>
  uses.toSorted((a, b) =>
    compareUses({ promotionId: a.promotion_id, code: a.code }, { promotionId: b.promotion_id, code: b.code }),
  )

const coded = (uses: readonly Redemption[]) =>
  uses.filter(({ code }) => code !== '').toSorted((a, b) => compareTexts(a.code, b.code))
