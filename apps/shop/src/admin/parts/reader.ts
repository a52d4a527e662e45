import type { Desk, Entered } from '../desk.ts'
import type { Money } from '../types.ts'
import { amountIn } from './amount.ts'

/** Reads the fields of a form one by one and remembers what is wrong with each; what is empty or wrong is undefined. */
export function createReader({ text }: Desk, entered: Entered, currency: string) {
  const problems: Record<string, string> = {}
  const { promotionForm: words } = text

  /** Says what is wrong with a field; the first that is said stays. */
  const refuse = (name: string, message: string): undefined => {
    problems[name] ??= message
    return undefined
  }

  /** The same reader asks for what must be there. */
  function required<Value>(name: string, value: Value | undefined): Value | undefined {
    return value === undefined ? refuse(name, text.error.required) : value
  }

  const word = (name: string) => entered[name] || undefined

  function whole(name: string, least: number, most: number): number | undefined {
    const typed = entered[name]?.replaceAll(',', '')
    if (!typed) return undefined
    const value = Number(typed)
    const isWhole = /^[-−]?\d{1,9}$/.test(typed) && value >= least && value <= most
    return isWhole ? value : refuse(name, words.wrongNumber(least, most))
  }

  function amount(name: string): Money | undefined {
    if (!entered[name]) return undefined
    const found = amountIn(entered[name], currency)
    return found && found.minor >= 0 ? found : refuse(name, text.error.amount)
  }

  function percent(name: string): string | undefined {
    const typed = entered[name]
    if (!typed) return undefined
    const isPercent = /^\d{1,3}(\.\d{1,6})?$/.test(typed) && Number(typed) > 0 && Number(typed) <= 100
    return isPercent ? typed : refuse(name, words.wrongPercent)
  }

  /** What was ticked, or typed with these marks between; undefined for nothing. */
  function several(name: string, between: RegExp | string = ' '): string[] | undefined {
    const parts = (entered[name] ?? '').split(between).flatMap((part) => part.trim() || [])
    return parts.length > 0 ? [...new Set(parts)] : undefined
  }

  /** A Korean day and minute, as an instant. */
  function instant(name: string): string | undefined {
    const typed = entered[name]
    if (!typed) return undefined
    const at = new Date(`${typed.slice(0, 16)}:00+09:00`)
    return Number.isNaN(at.getTime()) ? refuse(name, words.wrongTime) : at.toISOString()
  }

  const flag = (name: string) => entered[name] === 'yes'
  return { problems, refuse, required, word, whole, amount, percent, several, instant, flag }
}

export type Reader = ReturnType<typeof createReader>

/** What is said of some fields, without those of which nothing is. */
export const said = <Fields extends object>(
  fields: Fields,
): { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never

/** An instant as a field shows it: day and minute in Korea. */
export const localText = (at: string | null | undefined): string | undefined =>
  at ? new Date(Date.parse(at) + 9 * 3_600_000).toISOString().slice(0, 16) : undefined
