import type { Db } from '@sangdo/core/server'
import type { Kysely } from 'kysely'
import type {
  AsideLevel,
  Backorder,
  BackorderAllowance,
  DeliveryId,
  GoodsState,
  LocationId,
  MovementReason,
  ReservationId,
  ReservationStatus,
  Transfer,
  TransferId,
} from './contract/index.ts'

/** The rows of this package. Instants are ISO text in UTC; degrees are whole millionths. */
export interface InventoryTables {
  inventory_location: {
    id: LocationId
    name: string
    priority: number
    latitude_micro: number | null
    longitude_micro: number | null
  }
  inventory_stock: { sku: string; location_id: LocationId; on_hand: number; reserved: number; safety: number }
  inventory_lot: { sku: string; lot: string; expires_at: string | null }
  inventory_lot_stock: { sku: string; lot: string; location_id: LocationId; state: GoodsState; quantity: number }
  inventory_serial: {
    sku: string
    serial: string
    lot: string | null
    location_id: LocationId
    state: GoodsState | null
    reason: MovementReason | null
    reference: string | null
  }
  inventory_reorder: { sku: string; point: number; target: number; multiple: number; low_at: number }
  inventory_hot: { sku: string; buckets: number; heard: number }
  inventory_bucket: { sku: string; location_id: LocationId; bucket: number; free: number }
  inventory_movement: {
    id: `mov_${string}`
    sku: string
    location_id: LocationId
    state: GoodsState
    lot: string | null
    quantity: number
    reason: MovementReason
    reference: string | null
    note: string | null
    at: string
  }
  inventory_aside: { sku: string; location_id: LocationId; state: AsideLevel['state']; quantity: number }
  inventory_delivery: {
    id: DeliveryId
    sku: string
    location_id: LocationId
    quantity: number
    received: number
    status: 'open' | 'closed' | 'cancelled'
    expected_at: string | null
    reference: string | null
    created_at: string
  }
  inventory_correction: {
    id: `cor_${string}`
    sku: string
    location_id: LocationId
    state: GoodsState
    lot: string | null
    on_hand_before: number
    on_hand: number
    reserved_before: number
    reserved: number
    at: string
  }
  inventory_reservation: {
    id: ReservationId
    reference: string
    status: ReservationStatus
    created_at: string
    expires_at: string | null
    extended_at: string | null
    closed_at: string | null
    restocked_at: string | null
  }
  inventory_allowance: {
    sku: string
    location_id: LocationId
    most: number
    promised: number
    kind: BackorderAllowance['kind']
    until: string | null
    expected_at: string | null
  }
  inventory_backorder: {
    id: Backorder['id']
    reservation_id: ReservationId
    sku: string
    location_id: LocationId
    quantity: number
    filled: number
    status: Backorder['status']
    expected_at: string | null
    created_at: string
  }
  inventory_transfer: {
    id: TransferId
    from_id: LocationId
    to_id: LocationId
    status: Transfer['status']
    note: string | null
    dispatched_at: string
    expected_at: string | null
    closed_at: string | null
  }
  inventory_transfer_line: { transfer_id: TransferId; sku: string; quantity: number; received: number; lost: number }
  inventory_reservation_line: { reservation_id: ReservationId; sku: string; location_id: LocationId; quantity: number }
}

/** Views a handle through this package's tables. */
export const tables = (db: Db) => db as Kysely<InventoryTables>
