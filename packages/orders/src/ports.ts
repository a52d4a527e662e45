import type { Money } from '@sangdo/core'
import type { Db, Tx } from '@sangdo/core/server'
import type { Address, LineFacts, Quote, ShippingOption } from './contract.ts'

/** What a shop knows of a variant when it is put into a cart. */
export interface VariantFacts extends LineFacts {
  readonly taxClass: string
  readonly categoryIds: readonly string[]
  readonly weightGrams: number
  readonly sellable: boolean
}

/** Says what variants are; a sku that does not exist is left out. */
export interface CatalogPort {
  variantsOf(db: Db, skus: readonly string[]): Promise<Readonly<Record<string, VariantFacts>>>
}

/** What is to be priced, and for whom. */
export interface PriceRequest {
  readonly currency: string
  readonly market: string
  readonly customerId: string | null
  readonly email: string | null
  readonly codes: readonly string[]
  readonly lines: readonly {
    id: string
    sku: string
    quantity: number
    taxClass: string
    categoryIds: readonly string[]
  }[]
  readonly shipping: Money | null
  /** Where the goods go: a country, with its state where that is known (`US-CA`). */
  readonly region: string | null
  /** How the buyer means to pay, once they have said so. */
  readonly paymentMethod?: string | undefined
}

/** Prices carts, and keeps a use of each coupon aside for the buyer who is paying. A line without a price is left out. */
export interface PricePort {
  /** As prices are, or as they were at most `maxAge` milliseconds ago, whichever costs less. */
  quote(db: Db, request: PriceRequest, options: { readonly maxAge: number }): Promise<Quote>
  hold(tx: Tx, reference: string, quote: Quote, buyer: { customerId: string | null; email: string }): Promise<unknown>
  redeem(tx: Tx, reference: string): Promise<unknown>
  release(tx: Tx, reference: string): Promise<unknown>
}

/** Keeps goods aside for an order, inside the order's transaction. */
export interface StockPort {
  reserve(
    tx: Tx,
    reference: string,
    lines: { sku: string; quantity: number }[],
    options: { seconds?: number },
  ): Promise<unknown>
  /** Runs `work` in a transaction, few at a time where many want the same skus; a plain transaction unless given. */
  readonly gate?: <Result>(db: Db, skus: readonly string[], work: (tx: Tx) => Promise<Result>) => Promise<Result>
  extend(tx: Tx, reference: string, seconds: number): Promise<unknown>
  convert(tx: Tx, reference: string): Promise<unknown>
  release(tx: Tx, reference: string): Promise<unknown>
  restock(tx: Tx, reference: string): Promise<unknown>
  stockOf(db: Db, skus: readonly string[]): Promise<Readonly<Record<string, { available: number }>>>
}

/** Says how goods can get to an address, and for how much. */
export interface ShippingPort {
  optionsOf(
    db: Db,
    parcel: {
      address: Address
      currency: string
      weightGrams: number
      goods: Money
      lines: readonly { sku: string; quantity: number }[]
    },
  ): Promise<ShippingOption[]>
}

/** What a payment was started with, and where the buyer goes to make it. */
export interface StartedPayment {
  readonly id: string
  readonly status: string
  readonly redirectUrl: string | null
  /** The try to pay that was begun, or goes on, where the provider's side counts them. */
  readonly attemptId?: string | undefined
}

/** Asks a provider for money, outside of any transaction. Started again for an order that waits, it answers with the same payment. */
export interface PaymentPort {
  start(
    db: Db,
    request: {
      orderId: string
      amount: Money
      method: string
      returnUrl: string
      title: string
      email: string
      locale: string
      expiresAt: string
    },
  ): Promise<StartedPayment>
}

/** Says whether a paid order waits for somebody to decide about it, such as one that may be fraud. */
export interface ReviewPort {
  holds(tx: Tx, orderId: string): Promise<boolean>
}

/** Everything orders need from their neighbours. */
export interface OrderPorts {
  readonly catalog: CatalogPort
  readonly prices: PricePort
  readonly stock: StockPort
  readonly shipping: ShippingPort
  readonly payments: PaymentPort
  /** Nobody has to decide about any order, unless given. */
  readonly review?: ReviewPort
}
