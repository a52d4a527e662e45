import type { z } from 'zod'

/** A fact that has happened: `orders.placed`, with the schema of what it says. */
export interface EventDefinition<Name extends string = string, Payload extends z.ZodType = z.ZodType> {
  readonly name: Name
  readonly payload: Payload
}

/** Declares an event: past tense, owner first. The payload is parsed when it is written and when it is read. */
export const defineEvent = <const Name extends `${string}.${string}`, Payload extends z.ZodType>(
  name: Name,
  payload: Payload,
): EventDefinition<Name, Payload> => ({ name, payload })

/** What an event says. */
export type PayloadOf<Event extends EventDefinition> = z.output<Event['payload']>
