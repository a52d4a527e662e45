import type { Announce } from '../outbox.ts'
import { parse } from '../parse.ts'

/** An outbox for tests that keeps what it was told: `events` holds name and payload in order. */
export function recorder() {
  const events: { name: string; payload: unknown }[] = []
  const append: Announce['append'] = async (_tx, event, payload) => {
    events.push({ name: event.name, payload: parse(event.payload, payload) })
  }
  return { append, events }
}
