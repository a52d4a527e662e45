import { format, type Money } from '@sangdo/core/money'
import type { Limits, PromotionRuleInput } from '../contract/promotions.ts'
import { english } from './english.ts'
import { korean } from './korean.ts'

/** What of a promotion is put into words. */
export interface Described {
  readonly rule: PromotionRuleInput
  readonly needsCode?: boolean | undefined
  readonly exclusive?: boolean | undefined
  readonly limits?: Partial<Limits> | undefined
  readonly startsAt?: string | null | undefined
  readonly endsAt?: string | null | undefined
}

export interface DescribeOptions {
  /** What skus, categories, segments, groups, markets, channels and ways to pay are called; those that are missing stand for themselves. */
  readonly names?: Readonly<Record<string, string>> | undefined
  /** Where days and times are told; UTC unless given. */
  readonly timeZone?: string | undefined
}

/** What the wording of a language is given, with everything that has a name already named. */
export interface Words {
  readonly show: (amount: Money) => string
  readonly at: (instant: string) => string
  /** "a, b and c" of names. */
  readonly list: (ids: readonly string[]) => string
  readonly weekdays: (days: readonly number[]) => string
}

/**
 * A promotion in plain sentences: what it gives, what it asks for, and what it may be spent. Which other promotions it may
 * stand beside is not said, as that depends on them. In Korean for `ko`, in English otherwise.
 */
export function describePromotion(promotion: Described, locale: string, options: DescribeOptions = {}): string {
  const words = wordsIn(locale, options)
  return (locale.startsWith('ko') ? korean : english)(promotion, words)
}

function wordsIn(locale: string, { names = {}, timeZone = 'UTC' }: DescribeOptions): Words {
  const nameOf = (id: string) => (Object.hasOwn(names, id) ? (names[id] ?? id) : id)
  const join = (said: string[]) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(said)
  const clock = { dateStyle: 'medium', timeStyle: 'short', timeZone } as const
  return {
    show: (amount) => format(amount, locale),
    at: (instant) => new Date(instant).toLocaleString(locale, clock),
    list: (ids) => join(ids.map(nameOf)),
    weekdays: (days) => join(days.toSorted((a, b) => a - b).map((day) => weekday(day, locale))),
  }
}

/** 5 January 1970 was a Monday. */
const weekday = (day: number, locale: string) =>
  new Date((day + 3) * 86_400_000).toLocaleDateString(locale, { weekday: 'long', timeZone: 'UTC' })
