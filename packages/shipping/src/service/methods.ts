import { type NewId, parse } from '@sangdo/core'
import type { Db } from '@sangdo/core/server'
import {
  type Method,
  type MethodId,
  NewMethod,
  NewZone,
  Parcel,
  shippingErrors,
  type ShippingOption,
  type Zone,
  type ZoneId,
} from '../contract.ts'
import { ratesFor } from '../rules/index.ts'
import * as store from '../store/methods.ts'

/** Zones and methods, and what they make of a parcel. */
export function createMethods({ newId }: { newId: NewId }) {
  /** Stores a zone: a new one, or in place of the one with the given id. */
  async function saveZone(db: Db, input: NewZone): Promise<Zone> {
    const { id = newId('zon'), ...rest } = parse(NewZone, input)
    await store.saveZone(db, { id, ...rest })
    return { id, ...rest }
  }

  /** Deletes a zone. Throws `shipping.zone_in_use` while methods go there, `shipping.zone_not_found`. */
  async function deleteZone(db: Db, zoneId: ZoneId): Promise<void> {
    if (await store.deleteZone(db, zoneId)) return
    throw (await store.hasZone(db, zoneId))
      ? shippingErrors.zone_in_use({ zoneId })
      : shippingErrors.zone_not_found({ zoneId })
  }

  /** Stores a method: a new one, or in place of the one with the given id. Throws `shipping.zone_not_found`. */
  async function saveMethod(db: Db, input: NewMethod): Promise<Method> {
    const { id = newId('smt'), ...rest } = parse(NewMethod, input)
    if (!(await store.hasZone(db, rest.zoneId))) throw shippingErrors.zone_not_found({ zoneId: rest.zoneId })
    await store.saveMethod(db, { id, ...rest })
    return { id, ...rest }
  }

  /** Deletes a method. Throws `shipping.method_not_found`. */
  async function deleteMethod(db: Db, methodId: MethodId): Promise<void> {
    if (!(await store.deleteMethod(db, methodId))) throw shippingErrors.method_not_found({ methodId })
  }

  /** The ways to ship a parcel and their prices, surcharges included; none where the shop does not deliver. */
  async function optionsOf(db: Db, input: Parcel): Promise<ShippingOption[]> {
    const parcel = parse(Parcel, input)
    const { zones, methods } = await store.offer(db)
    return ratesFor(zones, methods, parcel)
  }

  return { saveZone, deleteZone, zones: store.zones, saveMethod, deleteMethod, methods: store.methods, optionsOf }
}
