import type { Locale } from './visitor.ts'

const styles = {
  day: { dateStyle: 'medium' },
  moment: { dateStyle: 'medium', timeStyle: 'short' },
  deadline: { dateStyle: 'long', timeStyle: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

// Making a format costs a thousand times what using one does.
const formats = new Map<string, Intl.DateTimeFormat>()

/** An instant as this visitor reads it, on Korean clocks: a day, a moment, or a deadline written out. */
export function dateOf(at: string, style: keyof typeof styles, locale: Locale): string {
  const key = `${locale} ${style}`
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, { ...styles[style], timeZone: 'Asia/Seoul' })
  formats.set(key, known)
  return known.format(new Date(at))
}
