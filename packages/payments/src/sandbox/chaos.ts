import { type Instant, instant, money, type Now } from '@sangdo/core'
import type { Bank } from './bank.ts'
import { createRandom } from './random.ts'

/** What goes wrong at a provider. */
export type MischiefKind =
  | 'slow_request'
  | 'slow_answer'
  | 'request_lost'
  | 'answer_lost'
  | 'broken_answer'
  | 'webhook_lost'
  | 'webhook_late'
  | 'webhook_repeated'
  | 'webhook_forged'
  | 'wrong_amount'
  | 'deposit_late'
  | 'deposit_doubled'
  | 'deposit_reversed'

/** How likely each is, from 0 to 1: for every request, webhook, payment or deposit that it can happen to. */
export type ChaosRates = Readonly<Record<MischiefKind, number>>

/** Something that the practice provider did on purpose, to which payment, when, and how much of it. */
export interface Mischief {
  readonly kind: MischiefKind
  readonly reference: string
  readonly at: Instant
  /** Milliseconds of waiting, copies of a webhook, or minor units of a wrong amount; null where there is nothing to count. */
  readonly extent: number | null
}

/** How the practice provider misbehaves. The same seed with the same calls does the same. */
export interface ChaosOptions {
  readonly seed: number
  /** What is left out happens as often as it does unless told otherwise. */
  readonly rates?: Partial<ChaosRates>
}

/** Waits so many milliseconds. */
export type Sleep = (milliseconds: number) => Promise<void>

const ordinaryRates: ChaosRates = {
  slow_request: 0.05,
  slow_answer: 0.05,
  request_lost: 0.03,
  answer_lost: 0.03,
  broken_answer: 0.03,
  webhook_lost: 0.05,
  webhook_late: 0.2,
  webhook_repeated: 0.2,
  webhook_forged: 0.05,
  wrong_amount: 0.005,
  deposit_late: 0.1,
  deposit_doubled: 0.05,
  deposit_reversed: 0.05,
}

const longestMs = 90_000
const hourMs = 3_600_000
/** Banks that take a deposit back mostly do so within two minutes. */
const reversedWithinMs = 120_000

export type Chaos = ReturnType<typeof createChaos>

/** Decides what goes wrong, does it, and keeps a log of all that it did. */
export function createChaos({ seed, rates = {} }: ChaosOptions, { now, sleep }: { now: Now; sleep: Sleep }) {
  const random = createRandom(seed)
  const log: Mischief[] = []
  const chances = { ...ordinaryRates, ...rates }

  const note = (kind: MischiefKind, reference: string, extent: number | null = null) =>
    void log.push({ kind, reference, at: instant(now()), extent })

  /** Whether it happens now; what happens is in the log. */
  function happens(kind: MischiefKind, reference: string): boolean {
    const does = random.happens(chances[kind])
    if (does) note(kind, reference)
    return does
  }

  /** How much of it happens now, from 1 to `most`; 0 when it does not happen. */
  function extentOf(kind: MischiefKind, reference: string, most: number): number {
    if (!random.happens(chances[kind])) return 0
    const extent = 1 + random.upTo(most - 1)
    note(kind, reference, extent)
    return extent
  }

  const nap = async (milliseconds: number) => (milliseconds > 0 ? sleep(milliseconds) : undefined)

  /** Answers a request late, with an error though all was done, or not at all: whether it was heard is for nobody to see. */
  async function answer(reference: string, act: () => Response): Promise<Response> {
    await nap(extentOf('slow_request', reference, longestMs))
    if (happens('request_lost', reference)) return silence()
    const response = act()
    if (happens('answer_lost', reference)) return silence()
    await nap(extentOf('slow_answer', reference, longestMs))
    return happens('broken_answer', reference) ? new Response('Bad gateway', { status: 502 }) : response
  }

  /** Says nothing until everyone has given up, and then breaks the connection off. */
  async function silence(): Promise<never> {
    await sleep(longestMs)
    throw new Error('The connection was lost')
  }

  /** When each copy of a webhook is sent, in milliseconds from now: none for one that is lost. */
  function copiesOf(reference: string): number[] {
    if (happens('webhook_lost', reference)) return []
    const copies = extentOf('webhook_repeated', reference, 5)
    return [
      extentOf('webhook_late', reference, longestMs),
      ...Array.from({ length: copies }, () => random.upTo(longestMs)),
    ]
  }

  const forges = (reference: string) => happens('webhook_forged', reference)

  /** The bank, but that it gets amounts wrong, and that deposits come late, twice, or are taken back. */
  function mischievous(bank: Bank): Bank {
    function start(request: Parameters<Bank['start']>[0]) {
      const { reference, amount } = request
      const known = bank.get(reference)
      return known ?? bank.start({ ...request, amount: money(amount.minor + wrongBy(reference), amount.currency) })
    }

    function deposit(...[reference, amount]: Parameters<Bank['deposit']>): ReturnType<Bank['deposit']> {
      const payment = bank.get(reference)
      // Without an account the bank refuses as always.
      if (!payment?.deposit) return bank.deposit(reference, amount)
      const wanted = amount ?? payment.amount
      const sent = money(wanted.minor + wrongBy(reference), wanted.currency)
      const late = extentOf('deposit_late', reference, 2 * 24 * hourMs)
      if (late === 0) return arrive(reference, sent)
      void sleep(late).then(() => arrive(reference, sent))
      return payment
    }

    function arrive(reference: string, amount: Parameters<Bank['deposit']>[1]) {
      const payment = bank.deposit(reference, amount)
      const again = extentOf('deposit_doubled', reference, longestMs)
      if (again > 0) void sleep(again).then(() => bank.deposit(reference, amount))
      const back = again > 0 ? 0 : extentOf('deposit_reversed', reference, reversedWithinMs)
      if (back > 0) void sleep(back).then(() => takeBack(reference))
      return payment
    }

    /** What has been given back to the buyer already cannot be taken back as well. */
    function takeBack(reference: string): void {
      const payment = bank.get(reference)
      if (payment?.status === 'captured' && payment.refunded.minor === 0) bank.reverse(reference)
    }

    return { ...bank, start, deposit }
  }

  const wrongBy = (reference: string) => extentOf('wrong_amount', reference, 999)

  return { answer, copiesOf, forges, mischievous, mischief: (): readonly Mischief[] => [...log] }
}
