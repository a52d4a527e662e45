import { instant, money, type Page, PageQuery, parse } from '@sangdo/core'
import type { Db, Tx } from '@sangdo/core/server'
import type { z } from 'zod'
import type { CartQuote } from '../contract/index.ts'
import { type ShareEntry, shareOwed, ShareRefund, shareReversed, type ShareTotal } from '../contract/shares.ts'
import {
  compareShares,
  expecting,
  isOpen,
  nameOf,
  owing,
  refunding,
  reversing,
  sharesIn,
  type ShareMove,
  type ShareStanding,
  standingOf,
} from '../rules/shares.ts'
import * as store from '../store/shares.ts'
import { buyerOf, type Dependencies } from './dependencies.ts'

export type ShareFilter = store.ShareFilter

/** What the uses of promotions tell the ledger of shares. */
export interface ShareLedger {
  readonly expectShares: (tx: Tx, reference: string, quote: CartQuote, buyer: string) => Promise<void>
  readonly oweShares: (tx: Tx, reference: string) => Promise<void>
  readonly dropShares: (tx: Tx, reference: string) => Promise<void>
}

type Next = (standing: ShareStanding, moves: readonly store.KeptMove[]) => ShareMove | null

/** The ledger of what goes to creators and causes. Nothing in it is ever changed: what is owed is the sum of its entries. */
export function createShares({ outbox, now, newId }: Pick<Dependencies, 'outbox' | 'now' | 'newId'>) {
  /** The shares of a quote are expected from now on. Who buys by their own code earns nothing by it. */
  async function expectShares(tx: Tx, reference: string, quote: CartQuote, buyer: string): Promise<void> {
    const wanted = sharesIn(quote).filter(({ to, purpose }) => purpose === 'donation' || buyerOf(to) !== buyer)
    if (wanted.length === 0) return
    const known = grouped(await store.movesOf(tx, reference))
    if ([...known.values()].some((moves) => isOpen(standingOf(moves)))) return
    const moves = wanted.map(({ amount, ...key }) => ({
      ...key,
      ...expecting(amount),
      place: (known.get(nameOf(key))?.length ?? 0) + 1,
    }))
    await write(tx, reference, moves)
  }

  /** Moves every share of a reference on. What somebody else has moved at the same time is looked at again. */
  async function advance(tx: Tx, reference: string, next: Next): Promise<store.KeptMove[]> {
    const made: store.KeptMove[] = []
    for (;;) {
      const moves = [...grouped(await store.movesOf(tx, reference)).values()].flatMap((known) => {
        const [first] = known
        const move = next(standingOf(known), known)
        return first && move ? [{ ...first, ...move, place: known.length + 1 }] : []
      })
      if (moves.length === 0) return made
      const written = await write(tx, reference, moves.toSorted(compareShares))
      made.push(...written)
      if (written.length === moves.length) return made
    }
  }

  async function write(tx: Tx, reference: string, moves: readonly store.KeptMove[]): Promise<store.KeptMove[]> {
    const named = moves.map((move) => ({ ...move, id: newId('shr') }))
    const written = await store.addMoves(tx, reference, named, instant(now()))
    return named.filter(({ id }) => written.has(id))
  }

  async function oweShares(tx: Tx, reference: string): Promise<void> {
    await tell(tx, shareOwed, reference, await advance(tx, reference, owing))
  }

  async function dropShares(tx: Tx, reference: string): Promise<void> {
    await tell(tx, shareReversed, reference, await advance(tx, reference, reversing))
  }

  /**
   * Takes back the part of each share that went back to the buyer: after every refund a share is less by
   * round(share × refunded so far / paid), so refunds in any grouping end at the same figure. The same refund told again, and
   * one of an order that is off, change nothing.
   */
  async function reverseShares(tx: Tx, reference: string, input: z.input<typeof ShareRefund>): Promise<void> {
    const { refund, amount, of } = parse(ShareRefund, input)
    const moved = await advance(tx, reference, (standing, moves) =>
      moves.some((move) => move.refund === refund)
        ? null
        : refunding(standing, { refund, amount: amount.minor, of: of.minor }),
    )
    await tell(tx, shareReversed, reference, moved)
  }

  async function tell(
    tx: Tx,
    event: typeof shareOwed | typeof shareReversed,
    reference: string,
    moves: readonly store.KeptMove[],
  ): Promise<void> {
    for (const { promotionId, code, to, purpose, owed, currency } of moves) {
      const whose = { reference, promotionId, code: code || null, to, purpose }
      if (owed !== 0) await outbox.append(tx, event, { ...whose, amount: money(Math.abs(owed), currency) })
    }
  }

  /** The entries of the ledger, newest first: of one receiver, purpose or promotion, or all. */
  async function sharesOf(db: Db, question: ShareFilter & Partial<PageQuery> = {}): Promise<Page<ShareEntry>> {
    const { to, purpose, promotionId, ...page } = question
    return store.listEntries(db, { to, purpose, promotionId }, parse(PageQuery, page))
  }

  /** What each receiver is owed, and what may still come, in each currency. */
  async function shareTotals(db: Db, question: ShareFilter = {}): Promise<ShareTotal[]> {
    return store.totalsOf(db, question)
  }

  const ledger: ShareLedger = { expectShares, oweShares, dropShares }
  return { ledger, reverseShares, sharesOf, shareTotals }
}

const grouped = (moves: readonly store.KeptMove[]) => Map.groupBy(moves, nameOf)
