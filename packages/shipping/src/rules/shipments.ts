import type { DeliveryDays, ShipmentStatus, ShippedLine, TrackingEvent } from '../contract.ts'

/** The published graph: which status a shipment can move to from each. Carriers skip steps; nothing follows delivery. */
export const nextStatus = {
  shipped: ['picked_up', 'in_transit', 'out_for_delivery', 'delivered', 'exception'],
  picked_up: ['in_transit', 'out_for_delivery', 'delivered', 'exception'],
  in_transit: ['out_for_delivery', 'delivered', 'exception'],
  out_for_delivery: ['in_transit', 'delivered', 'exception'],
  exception: ['picked_up', 'in_transit', 'out_for_delivery', 'delivered'],
  delivered: [],
} as const satisfies Record<ShipmentStatus, readonly ShipmentStatus[]>

/** Whether a shipment may move from one status to another. */
export const canMove = (from: ShipmentStatus, to: ShipmentStatus): boolean =>
  (nextStatus[from] as readonly ShipmentStatus[]).includes(to)

/** Events in the order in which they happened; at one instant, delivery is last. */
export const inOrder = <Event extends Pick<TrackingEvent, 'at' | 'status'>>(events: readonly Event[]): Event[] =>
  events.toSorted((a, b) => (a.at === b.at ? rank(a.status) - rank(b.status) : a.at < b.at ? -1 : 1))

const ranks: readonly ShipmentStatus[] = ['picked_up', 'in_transit', 'exception', 'out_for_delivery', 'delivered']
const rank = (status: ShipmentStatus) => ranks.indexOf(status)

/** The status that events lead to, whatever the order in which they were told. */
export const statusOf = (events: readonly Pick<TrackingEvent, 'at' | 'status'>[]): ShipmentStatus =>
  inOrder(events).reduce<ShipmentStatus>(
    (status, event) => (canMove(status, event.status) ? event.status : status),
    'shipped',
  )

/** One line for each line of the order, quantities added up, in the order of their ids. */
export function merged(lines: readonly ShippedLine[]): ShippedLine[] {
  const quantities = new Map<ShippedLine['lineId'], number>()
  for (const { lineId, quantity } of lines) quantities.set(lineId, (quantities.get(lineId) ?? 0) + quantity)
  return [...quantities].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([lineId, quantity]) => ({ lineId, quantity }))
}

const dayAfter = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
const isWeekend = (day: string) => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())

/** The business day that lies so many after a day (`2026-01-02`); Saturdays, Sundays and the days in `closed` do not count. */
export function businessDayAfter(day: string, count: number, closed: ReadonlySet<string> = new Set()): string {
  let [last, left] = [day, count]
  while (left > 0) {
    last = dayAfter(last)
    if (!isWeekend(last) && !closed.has(last)) left--
  }
  return last
}

/** The days on which a parcel that leaves on a given day is promised to arrive, at the earliest and at the latest. */
export const promisedDays = (leaves: string, days: DeliveryDays, closed?: ReadonlySet<string>) => ({
  from: businessDayAfter(leaves, days.from, closed),
  to: businessDayAfter(leaves, days.to, closed),
})
