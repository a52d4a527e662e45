import type { Conditions } from '../../src/contract/promotions.ts'
import type { Buyer, CartContext } from '../../src/rules/model.ts'

/** A moment as a clock and a calendar on the wall of a time zone show it. */
interface WallClock {
  readonly year: number
  /** Days since 1 January 1970. */
  readonly day: number
  /** `HH:MM`. */
  readonly time: string
}

const dayLength = 86_400_000
const dayOf = (year: number, month: number, day: number) => Date.UTC(year, month - 1, day) / dayLength
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  formats.set(timeZone, format)
  return format
}

function wallClock(at: string, timeZone: string): WallClock {
  const shown = formatOf(timeZone).formatToParts(new Date(at))
  const part = (type: string) => shown.find((one) => one.type === type)?.value ?? ''
  const year = Number(part('year'))
  return {
    year,
    day: dayOf(year, Number(part('month')), Number(part('day'))),
    time: `${part('hour')}:${part('minute')}`,
  }
}

/** 1 Monday … 7 Sunday; 1 January 1970 was a Thursday. */
const weekdayOf = (day: number) => ((((day + 3) % 7) + 7) % 7) + 1

function holdsAt({ weekdays, hours }: Conditions, now: WallClock): boolean {
  const onDay = (day: number) => !weekdays || weekdays.includes(weekdayOf(day))
  if (!hours) return onDay(now.day)
  const { from, to } = hours
  if (to > from) return onDay(now.day) && now.time >= from && now.time < to
  return (now.time >= from && onDay(now.day)) || (now.time < to && onDay(now.day - 1))
}

function birthdayIn(year: number, birthday: string): number {
  const [, month = 1, day = 1] = birthday.split('-').map(Number)
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return month === 2 && day === 29 && !leap ? dayOf(year, 2, 28) : dayOf(year, month, day)
}

function nearBirthday(around: NonNullable<Conditions['birthday']>, birthday: string, today: WallClock): boolean {
  return [today.year - 1, today.year, today.year + 1].some((year) => {
    const after = today.day - birthdayIn(year, birthday)
    return after >= -around.daysBefore && after <= around.daysAfter
  })
}

function isNew(days: number, registeredAt: string, at: string): boolean {
  const age = Date.parse(at) - Date.parse(registeredAt)
  return age >= 0 && age <= days * dayLength
}

const anyOf = (asked: readonly string[] | undefined, known: readonly string[] | undefined) =>
  !asked || asked.some((one) => known?.includes(one) ?? false)
const named = (asked: readonly string[] | undefined, known: string | undefined) =>
  !asked || (known !== undefined && asked.includes(known))

function forBuyer(when: Conditions, buyer: Buyer, at: string | undefined, zone: string): boolean {
  const { orderNumber, newWithinDays, birthday } = when
  return (
    anyOf(when.segments, buyer.segments) &&
    anyOf(when.customerGroups, buyer.customerGroups) &&
    (orderNumber === undefined || orderNumber === buyer.orderNumber) &&
    (newWithinDays === undefined ||
      (at !== undefined && buyer.registeredAt !== undefined && isNew(newWithinDays, buyer.registeredAt, at))) &&
    (!birthday ||
      (at !== undefined && buyer.birthday !== undefined && nearBirthday(birthday, buyer.birthday, wallClock(at, zone))))
  )
}

/** Section 2, reasons 2 to 5: the first condition that does not hold. A condition about something unknown never does. */
export function unmet(when: Conditions | undefined, context: CartContext = {}) {
  if (!when) return null
  const { at, timeZone = 'UTC' } = context
  if (!named(when.markets, context.market) || !named(when.channels, context.channel)) return 'not_here'
  const timed = when.weekdays !== undefined || when.hours !== undefined
  if (timed && (at === undefined || !holdsAt(when, wallClock(at, timeZone)))) return 'not_now'
  if (!forBuyer(when, context.buyer ?? {}, at, timeZone)) return 'not_for_you'
  return named(when.paymentMethods, context.paymentMethod) ? null : 'wrong_payment'
}
