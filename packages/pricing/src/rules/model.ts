import type { Money, Rounding } from '@sangdo/core/money'
import type { PromotionRuleInput } from '../contract/promotions.ts'

/** A line to price. `id` orders the lines and names them in the answer; it is the sku unless given. */
export interface CartLine {
  readonly id?: string | undefined
  readonly sku: string
  readonly quantity: number
  readonly unitPrice: Money
  readonly compareAt?: Money | null | undefined
  /** What one piece must at least bring in; no discount goes below it. */
  readonly floor?: Money | null | undefined
  readonly taxClass?: string | undefined
  readonly categoryIds?: readonly string[] | undefined
  /** Where the price comes from; only passed on. */
  readonly priceListId?: string | null | undefined
}

/** A promotion to apply: what it gives, and what it is called. All but the rule has a default. */
export type CartPromotion = PromotionRuleInput & {
  readonly id?: string | undefined
  readonly name?: Readonly<Record<string, string>> | undefined
  readonly code?: string | undefined
  readonly priority?: number | undefined
  readonly exclusive?: boolean | undefined
  readonly group?: string | null | undefined
  readonly stacksWith?: readonly string[] | null | undefined
  readonly best?: boolean | undefined
  /** What its limits leave. */
  readonly remaining?:
    | { readonly uses?: number | undefined; readonly amount?: Money | undefined; readonly units?: number | undefined }
    | undefined
}

/** What is known of the buyer. What is not known never fulfils a condition. */
export interface Buyer {
  /** Which order of the buyer this would be, from 1. */
  readonly orderNumber?: number | undefined
  /** An instant. */
  readonly registeredAt?: string | undefined
  /** A day such as `1990-02-28`. */
  readonly birthday?: string | undefined
  readonly segments?: readonly string[] | undefined
  readonly customerGroups?: readonly string[] | undefined
}

/** Where, when and for whom a cart is priced. */
export interface CartContext {
  /** An instant. */
  readonly at?: string | undefined
  /** An IANA name such as `Asia/Seoul`; UTC unless given. */
  readonly timeZone?: string | undefined
  readonly market?: string | undefined
  readonly channel?: string | undefined
  readonly paymentMethod?: string | undefined
  readonly buyer?: Buyer | undefined
}

/** A rate in percent, or several that apply one after the other. */
export type TaxRate = number | string | readonly TaxComponent[]

export interface TaxComponent {
  readonly name: string
  readonly percent: number | string
  /** Whether it applies to the taxes before it too. */
  readonly compound?: boolean | undefined
}

/** How amounts are taxed: rates in percent by tax class, contained in the prices or added to them. */
export interface TaxOptions {
  readonly pricesInclude: 'tax' | 'no_tax'
  readonly rates: Readonly<Record<string, TaxRate>>
  readonly rounding?: Rounding | undefined
  readonly level?: 'unit' | 'line' | 'order' | undefined
  /** What stays when the buyer's rates are not those that the prices were made with: the gross (unless said) or the net. */
  readonly constant?: 'gross' | 'net' | undefined
  /** The rates that prices which contain tax were made with. */
  readonly homeRates?: Readonly<Record<string, TaxRate>> | undefined
  readonly exemption?: { readonly certificate: string; readonly taxClasses?: readonly string[] | undefined } | undefined
  /** The figures of a tax service, kept as given. */
  readonly external?: ExternalTax | undefined
}

export interface ExternalTax {
  readonly source: string
  readonly lines: Readonly<Record<string, Money>>
  readonly shipping?: Money | undefined
  readonly fees?: Readonly<Record<string, Money>> | undefined
}

/** A charge besides goods and shipping, such as gift wrapping; not taxed unless it has a class. */
export interface Fee {
  readonly id: string
  readonly amount: Money
  readonly taxClass?: string | undefined
}

/** Something other than money that pays a part. */
export interface Tender {
  readonly id: string
  readonly amount: Money
}

export interface CartOptions {
  readonly promotions?: readonly CartPromotion[] | undefined
  /** The charge for shipping, before its own promotions. */
  readonly shipping?: Money | null | undefined
  readonly fees?: readonly Fee[] | undefined
  /** How the market taxes; no tax unless given. */
  readonly tax?: TaxOptions | undefined
  readonly tenders?: readonly Tender[] | undefined
  readonly context?: CartContext | undefined
  /** Needed only where there is no line to take it from. */
  readonly currency?: string | undefined
}
