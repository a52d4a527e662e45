import type { Db } from '@sangdo/core/server'
import type { Kysely } from 'kysely'
import type { AddressId, Channel, Consent, Customer, CustomerId, Decision, OrderId, OrderStatus } from './contract.ts'

/** The rows of this package. Money is in minor units of the row's currency; instants are ISO text in UTC. */
export interface CrmTables {
  crm_customer: {
    id: CustomerId
    email: string | null
    name: string | null
    phone: string | null
    locale: string
    status: Customer['status']
    created_at: string
    left_at: string | null
    version: number
    search: string
  }
  crm_address: {
    id: AddressId
    customer_id: CustomerId
    label: string | null
    is_default: number
    /** JSON */ address: string
  }
  crm_consent: {
    id: Consent['id']
    customer_id: CustomerId
    purpose: Consent['purpose']
    channel: Channel
    decision: Decision
    text_version: string
    version: number
    source: string
    at: string
  }
  crm_order: {
    order_id: OrderId
    customer_id: CustomerId
    number: string
    status: OrderStatus
    status_at: string
    total: number
    currency: string
    placed_at: string
  }
}

/** Views a handle through this package's tables. */
export const tables = (db: Db) => db as Kysely<CrmTables>
