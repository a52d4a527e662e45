import type { Cart, CartProblem, Order, OrderLine, OrderStatus, PricedCart, Quote } from './contract.ts'

/** The published graph: which status an order can move to from each. */
export const nextStatus = {
  pending_payment: ['paid', 'payment_review', 'cancelled', 'expired'],
  payment_review: ['paid', 'cancelled'],
  // A bank may take a deposit back, or an order may be doubtful; then somebody has to look.
  paid: ['partly_shipped', 'shipped', 'cancelled', 'payment_review'],
  partly_shipped: ['shipped'],
  shipped: ['delivered'],
  delivered: [],
  cancelled: [],
  // A deposit may arrive after its time; when the goods are still there, the order lives again.
  expired: ['paid'],
} as const satisfies Record<OrderStatus, readonly OrderStatus[]>

/** Whether an order may move from one status to another. */
export const canMove = (from: OrderStatus, to: OrderStatus): boolean =>
  (nextStatus[from] as readonly OrderStatus[]).includes(to)

/** Whether an order can be paid: it waits for its money, or its money was taken back. One that is held with its money is paid. */
export const isUnpaid = ({ status, paidAt }: Pick<Order, 'status' | 'paidAt'>): boolean =>
  paidAt === null && (status === 'pending_payment' || status === 'payment_review')

/** Whether an order is held though its money is there: nothing ships until somebody has decided about it. */
export const isHeld = ({ status, paidAt }: Pick<Order, 'status' | 'paidAt'>): boolean =>
  status === 'payment_review' && paidAt !== null

/** Whether the goods and the coupon of an order in this status are still held or sold for it. */
export const isLive = (status: OrderStatus): boolean => status !== 'cancelled' && status !== 'expired'

/** What a status becomes when so many pieces have shipped and arrived. */
export function statusOfPieces(lines: readonly Pick<OrderLine, 'quantity' | 'shipped' | 'delivered'>[]): OrderStatus {
  const every = (count: (line: Pick<OrderLine, 'shipped' | 'delivered'>) => number) =>
    lines.every((line) => count(line) >= line.quantity)
  if (every((line) => line.delivered)) return 'delivered'
  if (every((line) => line.shipped)) return 'shipped'
  return lines.some((line) => line.shipped > 0) ? 'partly_shipped' : 'paid'
}

/** What stands between a cart and its order, given what is known of its lines. */
export function problemsOf(
  cart: Cart,
  known: {
    sellable: ReadonlySet<string>
    priced: ReadonlySet<string>
    available: ReadonlyMap<string, number>
    options: PricedCart['shippingOptions']
  },
): CartProblem[] {
  const problem = (kind: CartProblem['kind'], sku: string | null = null, available: number | null = null) => ({
    kind,
    sku,
    available,
  })
  const lines = cart.lines.flatMap((line) => {
    if (!known.sellable.has(line.sku)) return [problem('line_unavailable', line.sku)]
    if (!known.priced.has(line.sku)) return [problem('no_price', line.sku)]
    const available = known.available.get(line.sku) ?? 0
    return available < line.quantity ? [problem('out_of_stock', line.sku, available)] : []
  })
  return [
    ...(cart.lines.length === 0 ? [problem('empty')] : []),
    ...lines,
    ...deliveryProblems(cart, known.options).map((kind) => problem(kind)),
  ]
}

function deliveryProblems(cart: Cart, options: PricedCart['shippingOptions']): CartProblem['kind'][] {
  if (!cart.email) return ['no_email']
  if (!cart.address) return ['no_address']
  if (options.length === 0) return ['not_deliverable']
  return options.some((option) => option.method === cart.shippingMethod) ? [] : ['no_shipping_method']
}

/** Everything a buyer agrees to, in one line of text whose hash travels with the yes. */
export function agreement(cart: Cart, quote: Quote): string {
  const lines = quote.lines.map((line) => [line.sku, line.quantity, line.total.minor])
  return JSON.stringify([
    cart.id,
    cart.currency,
    cart.address,
    cart.shippingMethod,
    lines,
    quote.shipping.total.minor,
    quote.taxAdded.minor,
    quote.total.minor,
    ...quote.gifts.map(({ sku, quantity }) => [sku, quantity]),
  ])
}

/** Whether a quote adds up: its lines and shipping make its total, and no amount is negative. */
export function addsUp(quote: Quote): boolean {
  const lines = quote.lines.reduce((total, line) => total + line.total.minor, 0)
  const parts = [
    quote.subtotal,
    quote.discount,
    quote.shipping.total,
    quote.taxAdded,
    quote.total,
    ...quote.lines.map((line) => line.total),
  ]
  return (
    lines + quote.shipping.total.minor + quote.taxAdded.minor === quote.total.minor &&
    parts.every((part) => part.minor >= 0)
  )
}
