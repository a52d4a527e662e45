import type { Db } from '@sangdo/core/server'
import type { Kysely } from 'kysely'
import type { Carrier, MethodId, OrderId, ShipmentId, ShipmentStatus, TrackingStatus, ZoneId } from './contract.ts'

/** The rows of this package. Instants are ISO text in UTC; what is JSON says so. */
export interface ShippingTables {
  shipping_zone: { id: ZoneId; name: string; /** JSON */ areas: string }
  shipping_method: {
    id: MethodId
    zone_id: ZoneId
    /** JSON */ name: string
    active: number
    position: number
    /** JSON */ rates: string
    /** JSON */ surcharges: string
    days_from: number
    days_to: number
    /** JSON */ excluded_skus: string
  }
  shipping_shipment: {
    id: ShipmentId
    order_id: OrderId
    carrier: Carrier
    tracking_number: string
    status: ShipmentStatus
    version: number
    /** JSON */ lines: string
    shipped_at: string
    delivered_at: string | null
  }
  shipping_event: {
    shipment_id: ShipmentId
    status: TrackingStatus
    at: string
    place: string | null
    note: string | null
  }
}

/** Views a handle through this package's tables. */
export const tables = (db: Db) => db as Kysely<ShippingTables>
