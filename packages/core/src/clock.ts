import { z } from 'zod'

/** A clock is a function. Tests pass one that stands still. */
export type Now = () => Date

/** An instant as data: ISO 8601 in UTC with milliseconds, which sorts as text. */
export const Instant = z.iso.datetime({ precision: 3 })
export type Instant = z.infer<typeof Instant>

/** The instant of a date. */
export const instant = (date: Date): Instant => date.toISOString()

/** The instant that lies `milliseconds` after (or, negative, before) a date. */
export const instantAfter = (date: Date, milliseconds: number): Instant =>
  instant(new Date(date.getTime() + milliseconds))
