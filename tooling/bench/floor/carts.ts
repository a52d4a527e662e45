import { randomUUID } from 'node:crypto'
import type { Row, Value, Work } from './database.ts'

export const shown = (row: Row, ...json: string[]) => ({
  ...row,
  ...Object.fromEntries(
    json.map((field) => [field, row[field] == null ? null : (JSON.parse(String(row[field])) as unknown)]),
  ),
})
export const won = (minor: number) => ({ minor, currency: 'KRW' })
export const now = () => new Date().toISOString()

/** An empty cart. */
export function* createCart({ currency, market, locale }: Readonly<Record<string, string>>): Work<object> {
  const id = `crt_${randomUUID()}`
  yield [
    `insert into orders_cart (id, version, status, currency, market, locale, codes, created_at, updated_at) values (?, 0, 'open', ?, ?, ?, '[]', ?, ?)`,
    id,
    currency ?? '',
    market ?? '',
    locale ?? '',
    now(),
    now(),
  ]
  return { id, version: 0, status: 'open', currency, market, locale, lines: [] }
}

/** More of a sku in a cart. */
export function* addLine(cartId: string, { sku, quantity }: { sku: string; quantity: number }): Work<object> {
  const [cart = {}] = yield [
    `update orders_cart set version = version + 1, updated_at = ? where id = ? and status = 'open' returning *`,
    now(),
    cartId,
  ]
  const lines = yield [
    `insert into orders_cart_line (id, cart_id, sku, quantity) values (?, ?, ?, ?)
     on conflict (cart_id, sku) do update set quantity = orders_cart_line.quantity + excluded.quantity returning *`,
    `lin_${randomUUID()}`,
    cartId,
    sku,
    quantity,
  ]
  return { ...cart, lines }
}

/** Who buys, where it goes, how it gets there; what is left out stays. */
export function* setDelivery(
  cartId: string,
  wish: { email?: string; address?: object; shippingMethod?: string },
): Work<object> {
  const { email = null, address, shippingMethod = null } = wish
  const [cart = {}] = yield [
    `update orders_cart set version = version + 1, updated_at = ?, email = coalesce(?, email), address = coalesce(?, address),
       shipping_method = coalesce(?, shipping_method) where id = ? and status = 'open' returning *`,
    now(),
    email,
    address ? JSON.stringify(address) : null,
    shippingMethod,
    cartId,
  ]
  return shown(cart, 'address', 'codes')
}

interface Rate {
  readonly price: { readonly minor: number; readonly currency: string }
  readonly freeFromGoodsAfterDiscounts?: { readonly minor: number } | null
}

interface Shipping {
  readonly method: Value
  readonly name: Value
  readonly price: number
}

/** The ways to an address, and what each costs. */
function* shippingTo(address: Value | undefined, goods: number): Work<Shipping[]> {
  if (address == null) return []
  const { country } = JSON.parse(String(address)) as { country: string }
  const rows = yield [
    `select method.id, method.name, rates, areas from shipping_method method join shipping_zone zone on zone.id = zone_id where active = 1 order by position`,
  ]
  const serves = (row: Row) =>
    (JSON.parse(String(row['areas'])) as { country: string }[]).some((area) => area.country === country)
  return rows.filter(serves).flatMap((row) => {
    const rate = (JSON.parse(String(row['rates'])) as Rate[]).find((one) => one.price.currency === 'KRW')
    const isFree = rate?.freeFromGoodsAfterDiscounts && goods >= rate.freeFromGoodsAfterDiscounts.minor
    const price = isFree ? 0 : rate?.price.minor
    return price === undefined ? [] : [{ method: row['id'] ?? null, name: row['name'] ?? null, price }]
  })
}

export interface PricedCart {
  readonly cart: Row
  readonly lines: Row[]
  readonly methods: Shipping[]
  readonly shipping: number
  readonly tax: number
  readonly total: number
}

/** A cart with names, prices, ways to ship, tax and total. */
export function* pricedCart(cartId: string): Work<PricedCart> {
  const [cart = {}] = yield [
    `select cart.*, rates from orders_cart cart join pricing_market market on market.id = cart.market where cart.id = ?`,
    cartId,
  ]
  const lines = yield [
    `select line.id, line.sku, quantity, variant.product_id, product.name, variant.options, product.media, amount,
       (select sum(on_hand - reserved - safety) from inventory_stock stock where stock.sku = line.sku) as available
     from orders_cart_line line join catalog_variant variant on variant.sku = line.sku join catalog_product product on product.id = variant.product_id
     join pricing_price price on price.sku = line.sku and price.currency = 'KRW' and list_id = '' and min_quantity = 1
     where cart_id = ? and product.status = 'active'`,
    cartId,
  ]
  const goods = lines.reduce((sum, line) => sum + Number(line['amount']) * Number(line['quantity']), 0)
  const methods = yield* shippingTo(cart['address'], goods)
  const shipping = methods.find((one) => one.method === cart['shipping_method'])?.price ?? 0
  const percent = Number((JSON.parse(String(cart['rates'])) as Record<string, number | string>)['standard'] ?? 0)
  const total = goods + shipping
  return { cart, lines, methods, shipping, tax: Math.round((total * percent) / (100 + percent)), total }
}

/** As `pricedCart`, as it is answered. */
export function* cartPage(cartId: string): Work<object> {
  const { cart, lines, total, tax, methods, shipping } = yield* pricedCart(cartId)
  return {
    cart: shown(cart, 'address', 'codes'),
    facts: Object.fromEntries(lines.map((line) => [line['sku'], shown(line, 'name', 'options', 'media')])),
    quote: {
      lines: lines.map((line) => ({ sku: line['sku'], unitPrice: won(Number(line['amount'])) })),
      shipping: won(shipping),
      tax: won(tax),
      total: won(total),
    },
    shippingOptions: methods.map(({ method, name, price }) => ({
      method,
      name: JSON.parse(String(name)) as unknown,
      price: won(price),
    })),
    problems: lines
      .filter((line) => Number(line['available']) < Number(line['quantity']))
      .map((line) => ({ kind: 'out_of_stock', sku: line['sku'] })),
    quoteHash: `${cart['version']}-${total}`,
  }
}
