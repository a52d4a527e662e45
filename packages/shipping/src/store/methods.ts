import { Text } from '@sangdo/core'
import type { Db } from '@sangdo/core/server'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import { Area, type Method, type MethodId, Rate, Surcharge, type Zone, type ZoneId } from '../contract.ts'
import { type ShippingTables, tables } from '../tables.ts'

// Made once: making a schema costs more than parsing with it.
const [Areas, Rates, Surcharges, Skus] = [z.array(Area), z.array(Rate), z.array(Surcharge), z.array(z.string())]

/** Stores a zone, in place of the one with its id. */
export async function saveZone(db: Db, { id, name, areas }: Zone): Promise<void> {
  const row = { name, areas: JSON.stringify(areas) }
  await tables(db)
    .insertInto('shipping_zone')
    .values({ id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
}

/** All zones, oldest first. */
export async function zones(db: Db): Promise<Zone[]> {
  const rows = await tables(db).selectFrom('shipping_zone').selectAll().orderBy('id').execute()
  return rows.map(zoneFrom)
}

/** Whether there is a zone with this id. */
export async function hasZone(db: Db, id: ZoneId): Promise<boolean> {
  return (
    (await tables(db).selectFrom('shipping_zone').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
  )
}

/** Deletes a zone that no method goes to; false when one does, or when there is no such zone. */
export async function deleteZone(db: Db, id: ZoneId): Promise<boolean> {
  const result = await tables(db)
    .deleteFrom('shipping_zone')
    .where('id', '=', id)
    .where((eb) => eb.not(eb.exists(eb.selectFrom('shipping_method').select('id').where('zone_id', '=', id))))
    .executeTakeFirst()
  return result.numDeletedRows === 1n
}

/** Stores a method, in place of the one with its id. */
export async function saveMethod(db: Db, method: Method): Promise<void> {
  const row = {
    zone_id: method.zoneId,
    name: JSON.stringify(method.name),
    active: method.active ? 1 : 0,
    position: method.position,
    rates: JSON.stringify(method.rates),
    surcharges: JSON.stringify(method.surcharges),
    days_from: method.days.from,
    days_to: method.days.to,
    excluded_skus: JSON.stringify(method.excludedSkus),
  }
  await tables(db)
    .insertInto('shipping_method')
    .values({ id: method.id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
}

/** All methods, in the order in which they are offered. */
export async function methods(db: Db): Promise<Method[]> {
  const rows = await tables(db).selectFrom('shipping_method').selectAll().orderBy('position').orderBy('id').execute()
  return rows.map(methodFrom)
}

/** Where and how things are sent. */
export interface Offer {
  readonly zones: readonly Zone[]
  readonly methods: readonly Method[]
}

/**
 * Zones, oldest first, and methods, in the order in which they are offered: in one statement, as every buyer asks it, and parsed
 * again only when it has changed.
 */
export async function offer(db: Db): Promise<Offer> {
  const rows = await tables(db)
    .selectFrom('shipping_zone as zone')
    .leftJoin('shipping_method as method', 'method.zone_id', 'zone.id')
    .selectAll('method')
    .select(['zone.id as zone', 'zone.name as zone_name', 'areas'])
    .orderBy('position')
    .orderBy('method.id')
    .execute()
  const text = JSON.stringify(rows)
  if (latest.text !== text) latest = { text, offer: offerFrom(rows) }
  return latest.offer
}

type Nullable<Row> = { [Column in keyof Row]: Row[Column] | null }
type OfferRow = Nullable<Selectable<ShippingTables['shipping_method']>> & {
  zone: ZoneId
  zone_name: string
  areas: string
}

let latest: { readonly text: string; readonly offer: Offer } = { text: '[]', offer: { zones: [], methods: [] } }

function offerFrom(rows: readonly OfferRow[]): Offer {
  const zoneRows = new Map(rows.map(({ zone, zone_name: name, areas }) => [zone, { id: zone, name, areas }]))
  const methodRows = rows.filter(
    (row): row is OfferRow & Selectable<ShippingTables['shipping_method']> => row.id !== null,
  )
  const byAge = [...zoneRows.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1))
  return { zones: byAge.map(zoneFrom), methods: methodRows.map(methodFrom) }
}

const zoneFrom = (row: Selectable<ShippingTables['shipping_zone']>): Zone => ({
  ...row,
  areas: Areas.parse(JSON.parse(row.areas)),
})

const methodFrom = (row: Selectable<ShippingTables['shipping_method']>): Method => ({
  id: row.id,
  zoneId: row.zone_id,
  name: Text.parse(JSON.parse(row.name)),
  active: row.active === 1,
  position: row.position,
  rates: Rates.parse(JSON.parse(row.rates)),
  surcharges: Surcharges.parse(JSON.parse(row.surcharges)),
  days: { from: row.days_from, to: row.days_to },
  excludedSkus: Skus.parse(JSON.parse(row.excluded_skus)),
})

/** Deletes a method; false when there is none with this id. */
export async function deleteMethod(db: Db, id: MethodId): Promise<boolean> {
  const result = await tables(db).deleteFrom('shipping_method').where('id', '=', id).executeTakeFirst()
  return result.numDeletedRows === 1n
}
