import { Currency, defineErrors, defineEvent, idSchema, Instant, Locale, Money, Text } from '@sangdo/core'
import { z } from 'zod'

export const CartId = idSchema('crt')
export type CartId = z.infer<typeof CartId>
export const OrderId = idSchema('ord')
export type OrderId = z.infer<typeof OrderId>
export const LineId = idSchema('lin')
export type LineId = z.infer<typeof LineId>
export const CustomerId = idSchema('cus')
export type CustomerId = z.infer<typeof CustomerId>

export const Sku = z.string().trim().min(1).max(100)
/** A shop takes at most 9,999 pieces of one thing, and 200 lines, in one order. */
export const Quantity = z.int().min(1).max(9_999)
const maximumLines = 200

/** Letters, digits and marks of one line of text; no control characters, which break labels and logs. */
const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^[^\p{Cc}]*$/u, 'No control characters')

/** Where goods go. The name is one field, since not every name has a family name; `line2` is the part a carrier may not know. */
export const Address = z
  .strictObject({
    name: line(100).min(1),
    phone: line(30).regex(/^[+0-9][0-9() -]{6,29}$/, 'A phone number has at least seven digits'),
    country: z.string().regex(/^[A-Z]{2}$/, 'A country is two capital letters'),
    postcode: line(20).min(1),
    region: line(100).optional(),
    city: line(100).optional(),
    line1: line(200).min(1),
    line2: line(200).optional(),
    memo: line(200).optional(),
  })
  .refine((address) => address.country !== 'KR' || /^\d{5}$/.test(address.postcode), {
    path: ['postcode'],
    message: 'A Korean postcode has five digits',
  })
  .meta({ id: 'Address' })
export type Address = z.infer<typeof Address>

export const Email = z.string().trim().toLowerCase().max(254).pipe(z.email())

/** What a new cart is for. Amounts are in its currency; prices and taxes are those of its market. */
export const NewCart = z.strictObject({
  currency: Currency,
  market: z.string().min(1).max(40),
  locale: Locale,
  customerId: CustomerId.nullable().default(null),
})
export type NewCart = z.input<typeof NewCart>

export const CartLine = z.strictObject({ id: LineId, sku: Sku, quantity: Quantity }).meta({ id: 'CartLine' })
export type CartLine = z.infer<typeof CartLine>

/** What a buyer means to buy. Its `version` grows with every change, so that nobody pays for a cart they have not seen. */
export const Cart = z
  .strictObject({
    id: CartId,
    version: z.int(),
    status: z.enum(['open', 'ordered']),
    currency: Currency,
    market: z.string(),
    locale: Locale,
    customerId: CustomerId.nullable(),
    email: z.string().nullable(),
    address: Address.nullable(),
    shippingMethod: z.string().nullable(),
    codes: z.array(z.string()),
    lines: z.array(CartLine).max(maximumLines),
  })
  .meta({ id: 'Cart' })
export type Cart = z.infer<typeof Cart>

/** One thing to put into a cart, or, with `set`, to have exactly so many of; a quantity of zero takes it out. */
export const CartChange = z.strictObject({ sku: Sku, quantity: z.int().min(0).max(9_999) })
export type CartChange = z.infer<typeof CartChange>

/** Who buys, where it goes, and how it gets there. What is left out stays as it was. */
export const Delivery = z.strictObject({
  email: Email.optional(),
  address: Address.optional(),
  shippingMethod: z.string().max(100).optional(),
})
export type Delivery = z.input<typeof Delivery>

export const CouponCodes = z.array(z.string().trim().min(1).max(100)).max(10)

/** A priced line: what the buyer pays for it, and how that came about. */
export const QuoteLine = z.looseObject({
  id: z.string(),
  sku: Sku,
  quantity: z.int(),
  unitPrice: Money,
  compareAt: Money.nullable(),
  subtotal: Money,
  discount: Money,
  total: Money,
  tax: Money,
  taxRate: z.string(),
})

/** A priced cart. Lines and shipping add up to the total, to the last minor unit. What else a quote says is kept with the order. */
export const Quote = z
  .looseObject({
    lines: z.array(QuoteLine),
    adjustments: z.array(z.looseObject({ name: Text, code: z.string().nullable(), amount: Money })),
    refused: z.array(z.looseObject({ code: z.string().nullable(), reason: z.string() })),
    /** Goods that come along for nothing. */
    gifts: z.array(z.looseObject({ sku: Sku, quantity: z.int() })).default([]),
    subtotal: Money,
    discount: Money,
    shipping: z.looseObject({ amount: Money, discount: Money, total: Money, tax: Money }),
    taxAdded: Money,
    taxIncluded: Money,
    total: Money,
    /** The ways to pay for which this is the price; any will do where it is null. */
    payableBy: z.array(z.string()).nullable().default(null),
  })
  .meta({ id: 'Quote' })
export type Quote = z.infer<typeof Quote>

export const ShippingOption = z
  .object({
    method: z.string(),
    name: Text,
    price: Money,
    days: z.object({ from: z.int(), to: z.int() }),
  })
  .meta({ id: 'ShippingOption' })
export type ShippingOption = z.infer<typeof ShippingOption>

/** What a variant is called and looks like; orders keep it as it was when they were placed. */
export const LineFacts = z.object({
  productId: z.string(),
  name: Text,
  options: Text,
  image: z.object({ url: z.string(), alt: Text }).nullable(),
})
export type LineFacts = z.infer<typeof LineFacts>

/** Why a cart cannot be ordered as it is. */
export const CartProblem = z.object({
  kind: z.enum([
    'empty',
    'line_unavailable',
    'no_price',
    'out_of_stock',
    'no_address',
    'no_email',
    'no_shipping_method',
    'not_deliverable',
  ]),
  sku: z.string().nullable(),
  available: z.int().nullable(),
})
export type CartProblem = z.infer<typeof CartProblem>

/** A cart with everything a page shows: names, prices, ways to ship, what stands in the way, and the hash to accept. */
export const PricedCart = z
  .object({
    cart: Cart,
    facts: z.record(z.string(), LineFacts),
    quote: Quote,
    shippingOptions: z.array(ShippingOption),
    problems: z.array(CartProblem),
    quoteHash: z.string(),
  })
  .meta({ id: 'PricedCart' })
export type PricedCart = z.infer<typeof PricedCart>

/** The buyer's yes: this cart, in this version, for this total (`quoteHash`). */
export const PlaceOrder = z
  .strictObject({ cartId: CartId, version: z.int().min(0), quoteHash: z.string().min(1).max(100) })
  .meta({ id: 'PlaceOrder' })
export type PlaceOrder = z.infer<typeof PlaceOrder>

/** How an order is to be paid, and where the provider sends the buyer afterwards. */
export const PayOrder = z
  .strictObject({ method: z.string().min(1).max(40), returnUrl: z.url({ protocol: /^https?$/ }).max(2000) })
  .meta({ id: 'PayOrder' })
export type PayOrder = z.infer<typeof PayOrder>

export const OrderStatus = z
  .enum(['pending_payment', 'payment_review', 'paid', 'partly_shipped', 'shipped', 'delivered', 'cancelled', 'expired'])
  .meta({ id: 'OrderStatus' })
export type OrderStatus = z.infer<typeof OrderStatus>

/** A line of an order, frozen: what was bought, for how much, and how much of it has shipped. */
export const OrderLine = z
  .object({
    id: LineId,
    sku: Sku,
    quantity: z.int(),
    shipped: z.int(),
    delivered: z.int(),
    ...LineFacts.shape,
    unitPrice: Money,
    subtotal: Money,
    discount: Money,
    total: Money,
    tax: Money,
    taxRate: z.string(),
  })
  .meta({ id: 'OrderLine' })
export type OrderLine = z.infer<typeof OrderLine>

export const Order = z
  .object({
    id: OrderId,
    number: z.string(),
    cartId: CartId,
    status: OrderStatus,
    version: z.int(),
    currency: Currency,
    market: z.string(),
    locale: Locale,
    customerId: CustomerId.nullable(),
    email: z.string(),
    address: Address,
    shippingMethod: z.string(),
    shippingName: Text,
    quote: Quote,
    total: Money,
    lines: z.array(OrderLine),
    placedAt: Instant,
    paidAt: Instant.nullable(),
    expiresAt: Instant.nullable(),
    cancelReason: z.string().nullable(),
  })
  .meta({ id: 'Order' })
export type Order = z.infer<typeof Order>

/** What a list of orders shows of each. */
export const OrderSummary = z
  .object({
    id: OrderId,
    number: z.string(),
    status: OrderStatus,
    customerId: CustomerId.nullable(),
    email: z.string(),
    name: z.string(),
    total: Money,
    pieces: z.int(),
    placedAt: Instant,
  })
  .meta({ id: 'OrderSummary' })
export type OrderSummary = z.infer<typeof OrderSummary>

/** One step in the life of an order: from, to, when, by whom. */
export const OrderStep = z
  .object({
    id: z.string(),
    from: OrderStatus.nullable(),
    to: OrderStatus,
    at: Instant,
    actor: z.string(),
    note: z.string().nullable(),
  })
  .meta({ id: 'OrderStep' })
export type OrderStep = z.infer<typeof OrderStep>

/** An order with the token by which its buyer finds it again without signing in. */
export const PlacedOrder = z.object({ order: Order, token: z.string() }).meta({ id: 'PlacedOrder' })
export type PlacedOrder = z.infer<typeof PlacedOrder>

export const orderErrors = defineErrors('orders', {
  cart_not_found: ['not_found', (d: { cartId: string }) => `There is no cart ${d.cartId}`],
  order_not_found: ['not_found', (d: { order: string }) => `There is no order ${d.order}`],
  cart_changed: [
    'conflict',
    (d: { cartId: string; version: number }) => `The cart ${d.cartId} has changed; it is at version ${d.version}`,
  ],
  cart_full: ['conflict', (d: { cartId: string }) => `The cart ${d.cartId} has ${maximumLines} lines already`],
  cart_not_ready: [
    'conflict',
    (d: { problems: readonly CartProblem[] }) =>
      `The cart cannot be ordered: ${d.problems.map((problem) => problem.kind).join(', ')}`,
  ],
  other_price: [
    'conflict',
    (d: { method: string; payableBy: readonly string[] }) =>
      `The price of this order is for paying by ${d.payableBy.join(' or ')}, not by ${d.method}`,
  ],
  price_changed: ['conflict', (d: { total: Money }) => `The total is now ${d.total.minor} ${d.total.currency}`],
  wrong_status: [
    'conflict',
    (d: { order: string; status: OrderStatus; wanted: OrderStatus }) =>
      `${d.order} is ${d.status} and cannot become ${d.wanted}`,
  ],
  held: [
    'conflict',
    (d: { order: string; until: string }) =>
      `The goods of ${d.order} are held until ${d.until}: its deposit may be taken back`,
  ],
  over_shipped: [
    'conflict',
    (d: { lineId: string }) => `More pieces of ${d.lineId} would be shipped than were ordered`,
  ],
})

const Bought = z.object({ lineId: LineId, sku: Sku, productId: z.string(), quantity: z.int() })
const Told = z.object({
  orderId: OrderId,
  number: z.string(),
  customerId: CustomerId.nullable(),
  email: z.string(),
  locale: Locale,
  total: Money,
  placedAt: Instant,
  lines: z.array(Bought),
})
export type OrderTold = z.infer<typeof Told>

/** Goods, coupon and price are held for the buyer, who is about to pay. */
export const orderPlaced = defineEvent('orders.placed', Told)
/** The money is there, the goods are the buyer's. */
export const orderPaid = defineEvent('orders.paid', Told)
/** The order is off, by the buyer, the shop, or because nobody paid in time (`expired`). */
export const orderCancelled = defineEvent('orders.cancelled', Told.extend({ reason: z.string(), wasPaid: z.boolean() }))
/** Every piece is on its way. */
export const orderFulfilled = defineEvent('orders.fulfilled', Told)
/** Every piece has arrived. */
export const orderDelivered = defineEvent('orders.delivered', Told)
/** Money has come in that the shop must give back. */
export const refundDue = defineEvent(
  'orders.refund_due',
  z.object({ orderId: OrderId, amount: Money, reason: z.string() }),
)
