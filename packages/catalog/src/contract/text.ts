import { Locale } from '@sangdo/core'
import { z } from 'zod'

// Control characters, and those that turn the direction of what follows, so that a name cannot disguise itself.
const invisible = /[[\p{Cc}\p{Bidi_Control}\u200b\ufeff]--[\0\n\t]]/gv

/** Text as it is stored: NFC, lines ending in \n, trimmed, without invisible characters. */
export const tidied = (text: string): string =>
  text.replaceAll(/\r\n?/g, '\n').replaceAll(invisible, '').normalize('NFC').trim()

/** Plain text of at most `max` characters; NUL and halves of surrogate pairs are refused, invisible characters dropped. */
export const plain = (max: number) =>
  z
    .string()
    .overwrite(tidied)
    .max(max)
    .refine((text) => text.isWellFormed() && !text.includes('\0'), 'This text cannot be stored')

/** A text by locale that may be missing. */
export const localized = (max: number) => z.record(Locale, plain(max))

/** A text by locale, in at least one, empty in none. */
export const named = (max: number) =>
  z.record(Locale, plain(max).min(1)).refine((text) => Object.keys(text).length > 0, 'At least one language is needed')

/** A word of a URL: letters of any script, digits, hyphens and underscores; it starts with a letter or digit. */
export const Slug = z
  .string()
  .normalize('NFC')
  .min(1)
  .max(200)
  .regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]*$/u, 'A slug has letters, digits and hyphens only')
export type Slug = z.infer<typeof Slug>

export const Slugs = z.record(Locale, Slug)
export type Slugs = z.infer<typeof Slugs>
