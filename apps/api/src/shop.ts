import type { PriceFact, ProductId } from '@sangdo/catalog'
import { catalogMigrations, createCatalog } from '@sangdo/catalog/server'
import { createNewId, type Now, type PayloadOf, smaller } from '@sangdo/core'
import {
  atomic,
  createIdempotency,
  createOutbox,
  createWatch,
  type Db,
  type Occurrence,
  on,
  type Tx,
} from '@sangdo/core/server'
import { customerLeft, customerRegistered } from '@sangdo/crm'
import { createCrm, crmMigrations } from '@sangdo/crm/server'
import { stockCameBack, stockRanLow } from '@sangdo/inventory'
import { createInventory, inventoryMigrations } from '@sangdo/inventory/server'
import {
  type CustomerId,
  type Order,
  orderCancelled,
  orderDelivered,
  orderFulfilled,
  orderErrors,
  type OrderId,
  orderPaid,
  orderPlaced,
  type OrderTold,
  type PayOrder,
  type PlacedOrder,
  type PlaceOrder,
  refundDue,
} from '@sangdo/orders'
import { createOrders, orderMigrations } from '@sangdo/orders/server'
import {
  depositAwaited,
  paymentCaptured,
  paymentFailed,
  paymentRefunded,
  paymentReversed,
  refundableOf,
  riskDecided,
  riskReviewNeeded,
  type RiskAssessment,
} from '@sangdo/payments'
import {
  createPayments,
  createRisk,
  paymentMigrations,
  type PaymentProvider,
  type RiskOptions,
} from '@sangdo/payments/server'
import { pricesChanged } from '@sangdo/pricing'
import { type BuyerPort, createPricing, pricingMigrations } from '@sangdo/pricing/server'
import { ratingChanged } from '@sangdo/reviews'
import { createReviews, reviewMigrations } from '@sangdo/reviews/server'
import { type NewShipment, shipmentDelivered } from '@sangdo/shipping'
import { createShipping, shippingMigrations } from '@sangdo/shipping/server'
import { invariantsAt } from './invariants.ts'
import { factsAbout } from './pricing/buyers.ts'
import { createGoods } from './pricing/goods.ts'
import { type From, isRefused, shopErrors } from './risk/facts.ts'
import { createScreening } from './risk/screening.ts'

/** Where buyers are written to. */
export interface Mail {
  /** Tells a buyer how their order stands. `key` is the same when the same message is sent again. */
  readonly orderNews: (
    news: 'paid' | 'accepted' | 'shipped' | 'delivered' | 'cancelled',
    order: { number: string; email: string; locale: string },
    key: string,
  ) => Promise<unknown>
}

/** What a shop is made with; the payment providers are the only thing it cannot do without. */
export interface ShopOptions {
  readonly providers: readonly PaymentProvider[]
  /** Where a provider sends its messages. */
  readonly webhookUrl: (providerId: string) => string
  readonly mail?: Mail
  readonly now?: Now
  /** By what orders are judged; with no `key`, buyers are known again by this process alone. */
  readonly risk?: Pick<Partial<RiskOptions>, 'key' | 'policy' | 'service'>
  /** How long goods are held after a deposit: 600. */
  readonly holdDepositSeconds?: number
}

export type Shop = ReturnType<typeof createShop>

/** The markets of this shop: each has a currency, and lists and carts are priced for it. */
export const markets = [
  { id: 'kr', currency: 'KRW', locale: 'ko' },
  { id: 'us', currency: 'USD', locale: 'en' },
] as const

export const migrations = [
  catalogMigrations,
  pricingMigrations,
  inventoryMigrations,
  orderMigrations,
  paymentMigrations,
  shippingMigrations,
  crmMigrations,
  reviewMigrations,
]

const silentMail: Mail = { orderNews: async () => {} }

/** The whole shop on one page: every package, what each needs of the others, and which event becomes which command. */
export function createShop({
  providers,
  webhookUrl,
  mail = silentMail,
  risk: riskOptions = {},
  now = () => new Date(),
  holdDepositSeconds = 600,
}: ShopOptions) {
  const newId = createNewId(now)
  const outbox = createOutbox({ newId, now })
  const idempotency = createIdempotency({ now })
  const common = { outbox, newId, now }

  const catalog = createCatalog(common)
  const buyerOf: BuyerPort['buyerOf'] = (db, who) => factsAbout({ crm, orders }, db, who)
  const pricing = createPricing({ buyers: { buyerOf }, ...common })
  const inventory = createInventory(common)
  const shipping = createShipping(common)
  const crm = createCrm(common)
  const payments = createPayments({
    providers,
    webhookUrl,
    mayCapture: async (db, id) => (await orders.awaitsPayment(db, id as OrderId)) && !(await screening.refuses(db, id)),
    holdDepositSeconds,
    ...common,
  })
  const risk = createRisk({ ...riskOptions, key: riskOptions.key ?? crypto.randomUUID(), ...common })
  const review = { holds: (tx: Tx, id: string) => screening.holds(tx, id) }
  const orders = createOrders({ catalog, prices: pricing, stock: inventory, shipping, payments, review, ...common })
  const screening = createScreening({ risk, orders, crm, now, asks: riskOptions.service !== undefined })
  const reviews = createReviews({ purchases: orders, ...common })

  const subscriptions = [
    on(depositAwaited, 'orders.await_deposit', (tx, { orderId, dueAt }) =>
      orders.awaitDeposit(tx, orderId as OrderId, dueAt),
    ),
    on(paymentCaptured, 'orders.mark_paid', (tx, { orderId, amount }) =>
      orders.markPaid(tx, orderId as OrderId, amount),
    ),
    on(paymentReversed, 'orders.mark_reversed', async (tx, { orderId, forOrder }) => {
      if (forOrder) await orders.markReversed(tx, orderId as OrderId)
    }),
    on(paymentFailed, 'risk.note_decline', (tx, { orderId, failure }, { id }) =>
      screening.noteDecline(tx, orderId, failure.code, id),
    ),
    on(riskReviewNeeded, 'orders.give_time', (tx, { subject, appealed }) => screening.giveTime(tx, subject, appealed)),
    on(riskDecided, 'orders.follow_decision', (tx, { subject }) => screening.follow(tx, subject)),
    on(riskDecided, 'mail.accepted', tellAccepted),
    on(orderPaid, 'orders.follow_earlier_decision', (tx, { orderId }) => screening.follow(tx, orderId)),
    on(orderCancelled, 'risk.close', (tx, { orderId, reason }) => screening.close(tx, orderId, reason)),
    on(refundDue, 'payments.refund', (tx, due, { id }) => giveBack(tx, due, id)),
    on(paymentRefunded, 'pricing.reverse_shares', reverseShares),
    on(orderCancelled, 'payments.cancel', (tx, { orderId }) => payments.requestCancel(tx, orderId)),
    on(shipmentDelivered, 'orders.mark_delivered', (tx, { orderId, lines }) =>
      orders.markDelivered(tx, orderId, lines),
    ),
    on(orderPlaced, 'crm.placed', remember('placed')),
    on(orderPaid, 'crm.paid', remember('paid')),
    on(orderFulfilled, 'crm.shipped', remember('shipped')),
    on(orderDelivered, 'crm.delivered', remember('delivered')),
    on(orderCancelled, 'crm.cancelled', remember('cancelled')),
    on(customerLeft, 'reviews.forget_author', (tx, { customerId }) => reviews.forgetAuthor(tx, customerId)),
    on(customerRegistered, 'pricing.issue_coupons', (tx, { customerId, email }) =>
      pricing.issueFor(tx, 'registration', { buyer: { email }, reference: `registration:${customerId}` }),
    ),
    on(pricesChanged, 'catalog.feed_prices', async (tx, { skus }) =>
      catalog.feedPrices(tx, await priceFacts(tx, skus)),
    ),
    on(stockRanLow, 'catalog.feed_low', (tx, { levels }) => catalog.feedStock(tx, levels)),
    on(stockCameBack, 'catalog.feed_back', (tx, { levels }) => catalog.feedStock(tx, levels)),
    on(ratingChanged, 'catalog.feed_ratings', (tx, rating) =>
      catalog.feedRatings(tx, [{ ...rating, productId: rating.productId as ProductId }]),
    ),
    on(orderPaid, 'catalog.count_sales', (tx, { lines }) =>
      catalog.countSales(
        tx,
        lines.map(({ sku, quantity }) => ({ sku, quantity })),
      ),
    ),
    on(orderPaid, 'mail.paid', (_tx, order, { id }) => mail.orderNews('paid', order, id)),
    on(orderFulfilled, 'mail.shipped', (_tx, order, { id }) => mail.orderNews('shipped', order, id)),
    on(orderDelivered, 'mail.delivered', (_tx, order, { id }) => mail.orderNews('delivered', order, id)),
    on(orderCancelled, 'mail.cancelled', (_tx, order, { id }) => mail.orderNews('cancelled', order, id)),
  ]

  /** What a customer has bought is told to crm; a guest has no history. */
  function remember(status: 'placed' | 'paid' | 'shipped' | 'delivered' | 'cancelled') {
    return async (tx: Tx, { customerId, orderId, number, total, placedAt }: OrderTold, { at }: Occurrence) => {
      if (customerId) await crm.recordOrder(tx, { customerId, orderId, number, total, placedAt, status, at })
    }
  }

  /** An order that is off gives back what came in, less what has gone back already. */
  async function giveBack(tx: Tx, due: PayloadOf<typeof refundDue>, refundKey: string): Promise<void> {
    const payment = (await payments.paymentsOf(tx, [due.orderId]))[due.orderId]
    const amount = payment ? smaller(due.amount, refundableOf(payment)) : due.amount
    if (amount.minor > 0) await payments.requestRefund(tx, { ...due, amount, refundKey })
  }

  /** Who was told that their order is looked at hears that it goes on; of one that is refused they hear that it is off. */
  async function tellAccepted(tx: Tx, { subject, verdict }: PayloadOf<typeof riskDecided>, { id }: Occurrence) {
    const order = verdict === 'accept' ? await orders.orderOf(tx, subject as OrderId) : null
    if (order) await mail.orderNews('accepted', order, id)
  }

  /** A buyer does not accept that their order is refused: a person decides. Throws `orders.wrong_status`, `payments.risk_not_denied`. */
  async function appeal(db: Db, { id, number, status }: Order, note: string): Promise<void> {
    if (status !== 'pending_payment')
      throw orderErrors.wrong_status({ order: number, status, wanted: 'payment_review' })
    await screening.appeal(db, id, note)
    await catchUp(db)
  }

  /** Of what creators and causes are owed for an order goes back the part that went back of its money. */
  async function reverseShares(tx: Tx, told: PayloadOf<typeof paymentRefunded>): Promise<void> {
    if (!told.forOrder) return
    const { total } = await orders.orderOf(tx, told.orderId as OrderId)
    await pricing.reverseShares(tx, told.orderId, { refund: told.refundId, amount: told.amount, of: total })
  }

  /** What lists show and sort by: the price of each sku in every market, or that it has none there. */
  async function priceFacts(tx: Tx, skus: readonly string[]): Promise<PriceFact[]> {
    const facts = markets.map(async ({ id, currency }) => {
      const prices = await pricing.pricesOf(tx, skus, { currency, market: id })
      return skus.map((sku) => ({
        sku,
        currency,
        minor: prices[sku]?.amount.minor ?? null,
        compareAtMinor: prices[sku]?.compareAt?.minor ?? null,
      }))
    })
    return (await Promise.all(facts)).flat()
  }

  /** Delivers events until there are none left that are due. */
  async function deliver(db: Db): Promise<void> {
    for (let due = true; due;) {
      const { delivered, failed } = await outbox.deliver(db, subscriptions)
      due = delivered + failed > 0
    }
  }

  /**
   * Delivers what was there when it was asked for, what that leads to, and what that leads to in turn: no longer chain begins with
   * a payment. It does not wait for the rest, as a busy shop never comes to an end of it.
   */
  async function catchUp(db: Db): Promise<void> {
    for (let chain = 0; chain < 3;) {
      const { delivered, failed, more } = await outbox.deliver(db, subscriptions)
      if (delivered + failed === 0 && !more) return
      if (!more) chain++
    }
  }

  /** The one way through checkout: hold goods and coupons, then ask for the money. */
  async function checkout(db: Db, accepted: PlaceOrder, how: PayOrder, buyer: CustomerId | null, from: From = {}) {
    const judge = await screening.judge(db, accepted.cartId, { buyer, paymentMethod: how.method, from })
    let judged: RiskAssessment | undefined
    const last = async (tx: Tx, order: Order) => (judged = await judge(tx, order))
    const placed = await orders.place(db, accepted, { buyer, paymentMethod: how.method, last })
    // Another tab may have placed it in between.
    const own = judged?.subject === placed.order.id ? judged : undefined
    return { ...placed, payment: await pay(db, placed, how, own) }
  }

  /** Asks for the money of an order, unless the rules have refused it. Throws `shop.order_refused`. */
  async function pay(db: Db, { order, token }: PlacedOrder, how: PayOrder, judged?: RiskAssessment) {
    const refused = judged ? isRefused(judged) : await screening.refuses(db, order.id)
    if (refused) throw shopErrors.order_refused({ number: order.number, token })
    const started = await orders.pay(db, order, how)
    if (!started) return null
    const { attemptId, ...payment } = started
    if (attemptId) await screening.noteAttempt(db, order.id, attemptId, judged)
    return payment
  }

  /** Asks the provider how the money of an order stands, acts on the answer, and gives the order as it is then. */
  async function settle(db: Db, order: Pick<Order, 'id'>): Promise<Order> {
    const payment = (await payments.paymentsOf(db, [order.id]))[order.id]
    if (payment) await payments.sync(db, payment.id)
    await catchUp(db)
    return orders.orderOf(db, order.id)
  }

  /**
   * Sends a parcel, and the order knows it at once: one transaction, so that no parcel leaves for an order that
   * cannot ship. Throws `orders.held` within minutes of a deposit, which its bank may still take back.
   */
  async function send(db: Db, parcel: NewShipment): Promise<void> {
    const until = (await payments.heldUntil(db, [parcel.orderId]))[parcel.orderId]
    if (until) throw orderErrors.held({ order: parcel.orderId, until })
    await atomic(db, async (tx) => {
      await shipping.ship(tx, parcel)
      await orders.markShipped(tx, parcel.orderId, parcel.lines)
    })
    await deliver(db)
  }

  /** A buyer comes back from the provider: what they paid for is settled, and they learn where to find it. */
  async function comeBack(
    db: Db,
    reference: Parameters<typeof payments.refresh>[1],
  ): Promise<{ number: string; token: string }> {
    const { orderId } = await payments.refresh(db, reference)
    await catchUp(db)
    return orders.keyOf(db, orderId as OrderId)
  }

  return {
    catalog,
    watch: createWatch({ invariants: invariantsAt, now }),
    goodsOf: createGoods({ catalog, now }),
    pricing,
    inventory,
    orders,
    payments,
    risk,
    shipping,
    crm,
    reviews,
    outbox,
    idempotency,
    subscriptions,
    deliver,
    checkout,
    pay,
    appeal,
    settle,
    comeBack,
    send,
    newId,
    now,
  }
}
