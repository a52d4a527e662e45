/** The two things that the shop of the model sells. */
export const items = ['SG-CUP-0101', 'SG-BWL-0101'] as const
export type Item = (typeof items)[number]

/** How often the code of a life can be used. */
export const codeLimit = 2

export interface Cart {
  id: string
  version: number
  readonly pieces: Map<Item, number>
  delivered: boolean
  code: boolean
  order: Order | null
  /** What the buyer saw when they last looked. */
  seen: { readonly version: number; readonly agreement: string; readonly hash: string } | null
}

type Ended = 'captured' | 'failed' | 'cancelled' | 'expired'

/** One try to pay, as it stands at the bank and with us. Times are minutes since the life began. */
export interface Attempt {
  reference: string
  /** Where the buyer pays, as it was told at first. */
  page: string | null
  readonly method: 'card' | 'virtual_account'
  readonly amount: number
  readonly expiresAt: number
  approvedUntil: number
  dueAt: number
  bank: 'requires_action' | 'approved' | 'awaiting_deposit' | Ended
  ours: 'requires_action' | 'authorized' | 'awaiting_deposit' | 'mismatched' | Ended
  /** What the bank has taken, and what of it we know. */
  taken: number
  counted: number
  countedAt: number
  /** What the bank has given back. */
  returned: number
  cancelWanted: boolean
}

export interface Refund {
  readonly attempt: Attempt
  readonly amount: number
  readonly forOrder: boolean
  done: boolean
}

export interface Line {
  id: string
  readonly sku: Item
  readonly quantity: number
  shipped: number
  delivered: number
}

export interface Parcel {
  id: string
  readonly pieces: readonly { readonly line: Line; readonly quantity: number }[]
  delivered: boolean
}

export interface Order {
  id: string
  number: string
  token: string
  status: 'pending_payment' | 'paid' | 'partly_shipped' | 'shipped' | 'delivered' | 'cancelled' | 'expired'
  readonly total: number
  readonly discounted: boolean
  readonly lines: Line[]
  readonly parcels: Parcel[]
  expiresAt: number
  /** Goods are held longer for a deposit once. */
  extended: boolean
  paid: boolean
  readonly attempts: Attempt[]
  paidBy: Attempt | null
  readonly refunds: Refund[]
}

/** What has happened and has not been told yet, oldest first. */
export type News =
  | { readonly kind: 'awaited'; readonly order: Order; readonly dueAt: number }
  | { readonly kind: 'captured'; readonly order: Order }
  | { readonly kind: 'cancelled'; readonly order: Order }
  | { readonly kind: 'refund_due'; readonly order: Order; readonly amount: number }

/** A shop in plain objects. */
export interface Model {
  time: number
  readonly prices: Record<Item, number>
  readonly onHand: Record<Item, number>
  promoted: boolean
  /** Uses of the code that are held or redeemed. */
  uses: number
  readonly carts: Cart[]
  readonly orders: Order[]
  news: News[]
}

export const createModel = (): Model => ({
  time: 0,
  prices: { 'SG-CUP-0101': 28_000, 'SG-BWL-0101': 22_000 },
  onHand: { 'SG-CUP-0101': 6, 'SG-BWL-0101': 4 },
  promoted: true,
  uses: 0,
  carts: [],
  orders: [],
  news: [],
})

/** Whether a payment in this status may still become money by itself. */
export const isOpen = (status: Attempt['bank'] | Attempt['ours']): boolean =>
  status === 'requires_action' || status === 'approved' || status === 'authorized' || status === 'awaiting_deposit'
