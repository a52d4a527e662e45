import { z } from 'zod'

/** A language tag such as `ko` or `en-US`. */
export const Locale = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'A locale looks like ko or en-US')
export type Locale = z.infer<typeof Locale>

/** A text in one or more languages. */
export const Text = z
  .record(Locale, z.string())
  .meta({ id: 'Text', description: 'A text by locale', example: { ko: '찻잔', en: 'Tea cup' } })
export type Text = z.infer<typeof Text>

/** The text in the first of `locales` that has one (`ko-KR` also finds `ko`), else in any language, else empty. */
export function textIn(text: Text, locales: readonly Locale[]): string {
  for (const locale of locales) {
    const found = text[locale] ?? text[locale.split('-')[0] ?? locale]
    if (found) return found
  }
  return Object.values(text).find(Boolean) ?? ''
}
