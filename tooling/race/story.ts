import type { Answer, Race } from './bed.ts'

/** Requests that are sent at the same moment, and what must be true of their answers. */
export interface Round {
  readonly asks: readonly (() => Promise<Answer>)[]
  /** Throws, or answers with what is wrong. */
  readonly faults: (answers: readonly Answer[]) => Promise<unknown[]> | unknown[]
}

/** A race of many for one thing, that is run again and again. */
export interface Story {
  readonly name: string
  readonly round: (race: Race, number: number) => Promise<Round>
}

export const times = <Result>(count: number, work: (index: number) => Result): Result[] =>
  Array.from({ length: count }, (_, index) => work(index))

/** How many answers there were of each kind: `201`, `409 inventory.out_of_stock`. */
export function tally(answers: readonly Answer[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { status, body } of answers) {
    const kind = status < 400 ? String(status) : `${status} ${body?.code}`
    counts[kind] = (counts[kind] ?? 0) + 1
  }
  return counts
}

/** Answers that are neither good nor one of the refusals that are right here; 503 says that one may come again. */
export const unexpected = (answers: readonly Answer[], ...refusals: string[]): Answer[] =>
  answers.filter(({ status, body }) => status >= 400 && status !== 503 && !refusals.includes(body?.code))

export const good = (answers: readonly Answer[]): Answer[] => answers.filter(({ status }) => status < 400)

/** A fault, unless two things are the same. */
export const differs = (what: string, found: unknown, wanted: unknown): unknown[] =>
  JSON.stringify(found) === JSON.stringify(wanted) ? [] : [{ what, found, wanted }]
