import { coreErrors, instant, type Money, type Page, PageQuery, parse } from '@sangdo/core'
import { atomic, type Db, type Tx } from '@sangdo/core/server'
import { z } from 'zod'
import { pricingErrors } from '../contract/index.ts'
import { Decision, PriceProposal, type ProposalId, ProposalStatus, type StoredProposal } from '../contract/proposals.ts'
import { boundedPrice } from '../rules/bounds.ts'
import { floorFrom } from '../rules/margin.ts'
import { ratesFor } from '../rules/markets.ts'
import type { TaxRate } from '../rules/model.ts'
import type { ListedPrice } from '../rules/prices.ts'
import { formerPrice, isSamePrice, type ProposedFor, proposedPrice, standingPrice } from '../rules/proposals.ts'
import { marketOf } from '../store/markets.ts'
import { guardsOf, pricesOf } from '../store/prices.ts'
import * as store from '../store/proposals.ts'
import type { Dependencies } from './dependencies.ts'
import type { createPrices } from './prices.ts'

const Proposals = z.object({ proposals: z.array(PriceProposal).min(1).max(1000) })

/** What proposals are held against: the prices that stand, and the least that each may be. */
interface Standing {
  readonly priceOf: (price: ProposedFor) => ListedPrice | null
  readonly floorOf: (price: ProposedFor & { readonly market: string | null }) => Money | null
}

/** Prices that rules and models propose, and somebody approves, rejects or takes back. */
export function createProposals({
  now,
  newId,
  cache,
  setPrices,
}: Pick<Dependencies, 'now' | 'newId' | 'cache'> & Pick<ReturnType<typeof createPrices>, 'setPrices'>) {
  /**
   * Keeps proposals for approval, each within its bounds and never below what its sku must bring in; answers with those that
   * would change a price. One of the same source for the same price is replaced. Throws `core.invalid_input` for a sku that
   * has no such price, `pricing.market_not_found`.
   */
  async function proposePrices(db: Db, input: readonly z.input<typeof PriceProposal>[]): Promise<StoredProposal[]> {
    const { proposals } = parse(Proposals, { proposals: input })
    const at = instant(now())
    return atomic(db, async (tx) => {
      const standing = await standingFor(tx, proposals, at)
      const last = new Map(
        proposals.map((proposal, index) => [textOf(proposal), drafted(proposal, index, standing, at)]),
      )
      const replaced = (await store.openProposals(tx, skusOf(proposals))).filter((one) => last.has(textOf(one)))
      await store.decide(tx, idsOf(replaced), ['open', 'replaced'], { at, by: null })
      const made = [...last.values()].filter(({ bounded, current }) => bounded.minor !== current.minor)
      await store.addProposals(tx, made)
      return made
    })
  }

  function drafted(proposal: PriceProposal, index: number, standing: Standing, at: string): StoredProposal {
    const { floor, ceiling, maximumStep, ending, ...said } = proposal
    const price = { ...said, currency: said.proposed.currency }
    const known = standing.priceOf(price)
    if (!known) throw refused(`proposals.${index}.sku`, 'It has no such price')
    const { amount: current, compareAt } = known
    const least = greater(floor, standing.floorOf(price))
    const bounds = { current, floor: least, ceiling, maximumStep, ending }
    const { amount: bounded, limitedBy } = boundedPrice(said.proposed, bounds)
    const undecided = { status: 'open', createdAt: at, decidedAt: null, decidedBy: null } as const
    return { id: newId('ppl'), ...said, current, compareAt, bounded, limitedBy, ...undecided }
  }

  /** Proposals, newest first; of one status, or all. */
  async function proposals(
    db: Db,
    { status, ...page }: Partial<PageQuery> & { readonly status?: ProposalStatus | undefined } = {},
  ): Promise<Page<StoredProposal>> {
    return store.listProposals(db, parse(ProposalStatus.optional(), status), parse(PageQuery, page))
  }

  /**
   * Sets the prices that were proposed, all or none. Approving again changes nothing. Throws `pricing.proposal_stale` where a
   * price, or what its sku must bring in, is no longer what it was when it was proposed, or the proposal is no longer open;
   * `pricing.proposal_not_found`.
   */
  async function approveProposals(tx: Tx, ids: readonly ProposalId[], decision: Decision): Promise<void> {
    const { by } = parse(Decision, decision)
    // Prices change one after another from here on, so what is looked at now is what is replaced.
    await cache.beginChange(tx)
    const at = instant(now())
    const open = await undecided(tx, ids, ['open', 'approved'])
    const standing = await standingFor(tx, open, at)
    const seen = new Set<string>()
    for (const proposal of open) {
      const price = priceOf(proposal)
      const least = standing.floorOf(price)
      const isTwice = seen.size === seen.add(nameOf(proposal)).size
      const isBelow = least !== null && proposal.bounded.minor < least.minor
      if (isTwice || isBelow || !isSamePrice(standing.priceOf(price), formerPrice(proposal))) throw stale(proposal)
    }
    await decide(tx, open, ['open', 'approved'], { at, by })
    if (open.length > 0)
      await setPrices(
        tx,
        open.map((proposal) => ({ ...keyOf(proposal), ...proposedPrice(proposal) })),
      )
  }

  /** Says no to proposals. Rejecting again changes nothing. Throws `pricing.proposal_stale`, `pricing.proposal_not_found`. */
  async function rejectProposals(tx: Tx, ids: readonly ProposalId[], decision: Decision): Promise<void> {
    const { by } = parse(Decision, decision)
    const open = await undecided(tx, ids, ['open', 'rejected'])
    await decide(tx, open, ['open', 'rejected'], { at: instant(now()), by })
  }

  /**
   * Brings back the price that an approved proposal replaced, if the proposed one still stands. Doing it again changes nothing.
   * Throws `pricing.proposal_stale`, `pricing.proposal_not_found`.
   */
  async function rollbackProposal(tx: Tx, id: ProposalId, decision: Decision): Promise<void> {
    const { by } = parse(Decision, decision)
    await cache.beginChange(tx)
    const at = instant(now())
    const [proposal] = await undecided(tx, [id], ['approved', 'rolled_back'])
    if (!proposal) return
    const { priceOf: standing } = await standingFor(tx, [proposal], at)
    if (!isSamePrice(standing(priceOf(proposal)), proposedPrice(proposal))) throw stale(proposal)
    await decide(tx, [proposal], ['approved', 'rolled_back'], { at, by })
    await setPrices(tx, [{ ...keyOf(proposal), ...formerPrice(proposal) }])
  }

  return { proposePrices, proposals, approveProposals, rejectProposals, rollbackProposal }
}

type Step = readonly [from: ProposalStatus, to: ProposalStatus]

/** Those of the proposals that can take a step, without those that have taken it. */
async function undecided(tx: Tx, ids: readonly ProposalId[], [from, to]: Step): Promise<StoredProposal[]> {
  if (ids.length === 0) return []
  const found = await store.proposalsWith(tx, ids)
  const known = new Set(idsOf(found))
  const missing = ids.find((id) => !known.has(id))
  if (missing) throw pricingErrors.proposal_not_found({ proposalId: missing })
  const wrong = found.find(({ status }) => status !== from && status !== to)
  if (wrong) throw stale(wrong)
  return found.filter(({ status }) => status === from)
}

/** Takes the step; somebody who has taken another one at the same time was first. */
async function decide(
  tx: Tx,
  proposals: readonly StoredProposal[],
  step: Step,
  decision: { readonly at: string; readonly by: string },
): Promise<void> {
  const moved = await store.decide(tx, idsOf(proposals), step, decision)
  const late = proposals.find(({ id }) => !moved.has(id))
  if (late) throw stale(late)
}

/** What stands now of the prices and guards of the skus that are proposed for. */
async function standingFor(
  tx: Tx,
  proposals: readonly { readonly sku: string; readonly market: string | null }[],
  at: string,
): Promise<Standing> {
  const skus = skusOf(proposals)
  const prices = Map.groupBy(await pricesOf(tx, skus), (price) => price.sku)
  const guards = Map.groupBy(await guardsOf(tx, skus), (guard) => guard.sku)
  const rates = await ratesOf(
    tx,
    proposals.flatMap(({ market }) => market ?? []),
    at,
  )
  return {
    priceOf: (price) => standingPrice(prices.get(price.sku) ?? [], price, at),
    floorOf: ({ sku, currency, market }) => {
      const guard = guards.get(sku)?.find((one) => one.currency === currency)
      return guard ? floorFrom({ ...guard, taxRate: market === null ? undefined : rates.get(market) }) : null
    },
  }
}

/** The tax that prices contain in these markets; none where they contain none. Throws `pricing.market_not_found`. */
async function ratesOf(tx: Tx, ids: readonly string[], at: string): Promise<Map<string, TaxRate | undefined>> {
  const rates = new Map<string, TaxRate | undefined>()
  for (const id of new Set(ids)) {
    const market = await marketOf(tx, id)
    if (!market) throw pricingErrors.market_not_found({ market: id })
    rates.set(id, market.pricesInclude === 'tax' ? ratesFor(market, { at }).rates['standard'] : undefined)
  }
  return rates
}

const keyOf = ({ sku, priceListId, minQuantity }: StoredProposal) => ({ sku, priceListId, minQuantity })
const nameOf = (proposal: StoredProposal) => textOf({ ...proposal, source: '' })
const priceOf = (proposal: StoredProposal) => ({ ...proposal, currency: proposal.current.currency })
const idsOf = (proposals: readonly StoredProposal[]) => proposals.map(({ id }) => id)
const skusOf = (proposals: readonly { readonly sku: string }[]) => [...new Set(proposals.map(({ sku }) => sku))]
const stale = ({ id }: StoredProposal) => pricingErrors.proposal_stale({ proposalId: id })
const refused = (field: string, message: string) => coreErrors.invalid_input({ issues: [{ field, message }] })

const greater = (a: Money | null, b: Money | null) => (a && (!b || a.minor >= b.minor) ? a : b)

/** Which price is proposed, and by whom, as one text. */
const textOf = ({
  source,
  sku,
  proposed,
  priceListId,
  minQuantity,
}: Pick<StoredProposal, 'source' | 'sku' | 'proposed' | 'priceListId' | 'minQuantity'>) =>
  JSON.stringify([source, sku, proposed.currency, priceListId, minQuantity])
