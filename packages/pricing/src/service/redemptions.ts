import { instant, integer, parse, type ShopError } from '@sangdo/core'
import type { Tx } from '@sangdo/core/server'
import { z } from 'zod'
import { type CartQuote, couponRedeemed, couponReleased, pricingErrors, type PromotionId } from '../contract/index.ts'
import { compareTexts } from '../rules/lines.ts'
import { compareUses, usesOf } from '../rules/uses.ts'
import * as store from '../store/redemptions.ts'
import { buyerOf, type Dependencies } from './dependencies.ts'
import type { ShareLedger } from './shares.ts'

type Redemption = store.Redemption
type Undo = () => Promise<void>

const Holder = z.object({ email: z.string().trim().min(1).max(320) })

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
   * unless it was released; with a quote that lacks or changes what is held it is refused, so release before that. A quote is
   * honoured for as long as the caller honours its price: a promotion that is over by now, or off, is held all the same. A
   * return of some goods does not give a use back; only `release` does. Throws `core.invalid_input` for an e-mail address
   * that is empty or too long, `pricing.reference_held`, `pricing.promotion_used_up`, `pricing.coupon_used_up`.
   */
  async function hold(tx: Tx, reference: string, quote: CartQuote, buyer: { email: string }): Promise<void> {
    const at = { status: 'held', held_at: instant(now()), closed_at: null } as const
    const who = buyerOf(parse(Holder, buyer).email) ?? ''
    const counted = await countedUses(tx, quote)
    const uses = counted.map(({ promotionId, code, amount, units }): Redemption => {
      const taken = { code, buyer: who, amount, currency: quote.currency, units }
      return { reference, promotion_id: promotionId as PromotionId, ...taken, ...at }
    })
    const added = new Set((await store.addRedemptions(tx, uses)).map(nameOf))
    const fresh = uses.filter((use) => added.has(nameOf(use)))
    if (!isHeldBy(quote, who, await store.liveRedemptions(tx, reference))) {
      await drop(tx, fresh)
      throw pricingErrors.reference_held({ reference })
    }
    await take(tx, fresh)
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
    await drop(tx, uses)
    throw refusal
  }

  async function drop(tx: Tx, uses: readonly Redemption[]): Promise<void> {
    for (const use of uses) await store.releaseRedemption(tx, use, instant(now()))
  }

  /**
   * Makes the held uses of a reference final, and its shares owed; answers how many uses that were. Doing it again changes
   * nothing and answers zero, as it does where nothing is held: nothing was, or it was released and must be held again first.
   */
  async function redeem(tx: Tx, reference: string): Promise<number> {
    const moved = await store.moveRedemptions(tx, reference, ['held'], 'redeemed', instant(now()))
    for (const { code, promotion_id: promotionId } of coded(moved))
      await outbox.append(tx, couponRedeemed, { code, promotionId, reference })
    await ledger.oweShares(tx, reference)
    return moved.length
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

const nameOf = (use: Redemption) => JSON.stringify([use.promotion_id, use.code])

/** Whether all that a reference holds is in a quote for this buyer as it is held. */
function isHeldBy(quote: CartQuote, who: string, live: readonly Redemption[]): boolean {
  const uses = new Map(usesOf(quote).map((use) => [JSON.stringify([use.promotionId, use.code]), use]))
  return live.every((held) => {
    const use = uses.get(nameOf(held))
    const isSame = use?.amount === integer(held.amount) && use.units === integer(held.units)
    return isSame && held.buyer === who && held.currency === quote.currency
  })
}

const inOrder = (uses: readonly Redemption[]) =>
  uses.toSorted((a, b) =>
    compareUses({ promotionId: a.promotion_id, code: a.code }, { promotionId: b.promotion_id, code: b.code }),
  )

const coded = (uses: readonly Redemption[]) =>
  uses.filter(({ code }) => code !== '').toSorted((a, b) => compareTexts(a.code, b.code))
