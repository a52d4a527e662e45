import type { RefusalReason } from '../contract/quote.ts'
import type { Conditions } from '../contract/promotions.ts'
import type { Buyer, CartContext } from './model.ts'

/** The day and time of an instant where the market is. */
export interface LocalTime {
  /** 1 is Monday, 7 Sunday. */
  readonly weekday: number
  /** Minutes since midnight. */
  readonly minute: number
  /** Days since 1970-01-01. */
  readonly day: number
}

const dayLength = 86_400_000
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const numeric = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const
  const made = new Intl.DateTimeFormat('en-US', { timeZone, calendar: 'gregory', hourCycle: 'h23', ...numeric })
  formats.set(timeZone, made)
  return made
}

/** Whether there is such a time zone. */
export function isTimeZone(timeZone: string): boolean {
  try {
    return formatOf(timeZone) !== undefined
  } catch {
    return false
  }
}

/** The local day and time of an instant. */
export function localTime(at: string, timeZone: string): LocalTime {
  const parts = formatOf(timeZone).formatToParts(new Date(at))
  const number = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  const day = Date.UTC(number('year'), number('month') - 1, number('day')) / dayLength
  return { day, minute: number('hour') * 60 + number('minute'), weekday: weekdayOf(day) }
}

/** 1970-01-01 was a Thursday. */
const weekdayOf = (day: number) => ((((day + 3) % 7) + 7) % 7) + 1

/** The context of a cart, and its local time, worked out at most once and only if somebody asks. */
export interface Setting {
  readonly context: CartContext
  readonly local: () => LocalTime | null
}

/** Makes ready what conditions are held against. */
export function settingOf(context: CartContext = {}): Setting {
  let known: LocalTime | null | undefined
  const { at, timeZone = 'UTC' } = context
  return { context, local: () => (known ??= at === undefined ? null : localTime(at, timeZone)) }
}

/** The first condition that does not hold, as the reason of a refusal; null when all do. What is not known never holds. */
export function unmetCondition(when: Conditions, { context, local }: Setting): RefusalReason | null {
  const { buyer = {}, at } = context
  if (!names(when.markets, context.market) || !names(when.channels, context.channel)) return 'not_here'
  if (when.weekdays || when.hours) {
    const now = local()
    if (!now || !isOpen(when, now)) return 'not_now'
  }
  if (!knowsAny(when.segments, buyer.segments) || !knowsAny(when.customerGroups, buyer.customerGroups))
    return 'not_for_you'
  if (when.orderNumber !== undefined && when.orderNumber !== buyer.orderNumber) return 'not_for_you'
  if (when.newWithinDays !== undefined && !isNew(when.newWithinDays, buyer.registeredAt, at)) return 'not_for_you'
  if (when.birthday && !isBirthday(when.birthday, buyer, local())) return 'not_for_you'
  return names(when.paymentMethods, context.paymentMethod) ? null : 'wrong_payment'
}

const names = (wanted: readonly string[] | undefined, value: string | undefined) =>
  wanted === undefined || (value !== undefined && wanted.includes(value))

const knowsAny = (wanted: readonly string[] | undefined, known: readonly string[] = []) =>
  wanted === undefined || known.some((one) => wanted.includes(one))

function isOpen({ weekdays, hours }: Conditions, { weekday, minute }: LocalTime): boolean {
  const on = (day: number) => weekdays === undefined || weekdays.includes(day)
  if (!hours) return on(weekday)
  const [from, to] = [minuteOf(hours.from), minuteOf(hours.to)]
  if (from < to) return on(weekday) && minute >= from && minute < to
  // Past midnight the hours still belong to the day on which they began.
  return minute >= from ? on(weekday) : minute < to && on(weekday === 1 ? 7 : weekday - 1)
}

const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

function isNew(days: number, registeredAt: string | undefined, at: string | undefined): boolean {
  if (registeredAt === undefined || at === undefined) return false
  const age = Date.parse(at) - Date.parse(registeredAt)
  return age >= 0 && age <= days * dayLength
}

/** Birthdays of this, the last and the next year count, so that a window may lie across New Year. */
function isBirthday(
  { daysBefore, daysAfter }: NonNullable<Conditions['birthday']>,
  { birthday }: Buyer,
  now: LocalTime | null,
): boolean {
  if (birthday === undefined || now === null) return false
  const [, month = 0, date = 0] = birthday.split('-').map(Number)
  const year = new Date(now.day * dayLength).getUTCFullYear()
  return [year - 1, year, year + 1].some((one) => {
    const away = now.day - dayOf(one, month, date)
    return away >= -daysBefore && away <= daysAfter
  })
}

/** A birthday on 29 February is kept on the 28th in years without one. */
function dayOf(year: number, month: number, date: number): number {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
  return Date.UTC(year, month - 1, Math.min(date, last)) / dayLength
}
