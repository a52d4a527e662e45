import { instant, instantAfter, type NewId, type Now, parse } from '@sangdo/core'
import { atomic, type Db, type Tx } from '@sangdo/core/server'
import { z } from 'zod'
import {
  type Cart,
  CartChange,
  type CartId,
  CouponCodes,
  type CustomerId,
  Delivery,
  NewCart,
  orderErrors,
} from '../contract.ts'
import * as store from '../store/carts.ts'

const mostLines = 200
const mostOfOne = 9_999
const Codes = z.strictObject({ codes: CouponCodes })

/** What a caller may say of the cart it means. */
export interface Expected {
  /** The change counts only if the cart is still at this version. */
  readonly version?: number | undefined
  /** Who asks: a customer, or null for a guest. A cart of somebody else is not found; without a buyer the caller is trusted. */
  readonly buyer?: CustomerId | null | undefined
}

/** What a change makes of a cart. */
type CartChanges = Partial<Pick<Cart, keyof store.CartHead | 'lines'>>

/** Carts of guests and members. The id of a guest's cart is its key: whoever knows it may change it. */
export function createCarts({ newId, now }: { newId: NewId; now: Now }) {
  /** Starts an empty cart. */
  async function create(db: Db, input: NewCart): Promise<Cart> {
    const head = parse(NewCart, input)
    const cart: Cart = {
      id: newId('crt'),
      version: 0,
      status: 'open',
      ...head,
      email: null,
      address: null,
      shippingMethod: null,
      codes: [],
      lines: [],
    }
    await store.addCart(db, cart, instant(now()))
    return cart
  }

  /** The cart. Throws `orders.cart_not_found`, also for a cart of another customer than the buyer. */
  async function cartOf(db: Db, id: CartId, { buyer }: Expected = {}): Promise<Cart> {
    return visible(id, await store.cartOf(db, id), buyer)
  }

  function visible(id: CartId, cart: Cart | undefined, buyer: Expected['buyer']): Cart {
    const foreign = buyer !== undefined && cart?.customerId && cart.customerId !== buyer
    if (!cart || foreign) throw orderErrors.cart_not_found({ cartId: id })
    return cart
  }

  /**
   * Runs one change on an open cart, makes its version one higher and writes what `work` answers of its head; the lines `work`
   * writes itself, and answers as they are then. Throws `orders.cart_changed` when the cart is not what was expected.
   */
  async function change(
    db: Db,
    id: CartId,
    { version, buyer }: Expected,
    work: (tx: Tx, cart: Cart) => Promise<CartChanges>,
  ): Promise<Cart> {
    return atomic(db, async (tx) => {
      const locked = await store.renewCart(tx, id, { version }, instant(now()))
      const cart = visible(id, locked ?? (await store.cartOf(tx, id)), buyer)
      if (!locked) throw orderErrors.cart_changed({ cartId: id, version: cart.version })
      const changes = await work(tx, cart)
      await store.writeHead(tx, id, changes)
      return { ...cart, ...changes }
    })
  }

  /** Marks a cart as ordered, as it was read. Throws `orders.cart_changed` when it is no longer so. */
  async function close(tx: Tx, { id, version }: Pick<Cart, 'id' | 'version'>): Promise<void> {
    if (await store.closeCart(tx, id, version, instant(now()))) return
    throw orderErrors.cart_changed({ cartId: id, version: (await cartOf(tx, id)).version })
  }

  /** As `change`, where what is written of the head does not depend on what it was; what is undefined stays. */
  async function rewrite(db: Db, id: CartId, expected: Expected, head: store.CartHead): Promise<Cart> {
    const changed = await store.renewCart(db, id, expected, instant(now()), head)
    if (changed) return changed
    const { version } = await cartOf(db, id, expected)
    throw orderErrors.cart_changed({ cartId: id, version })
  }

  /** Puts more of a sku into the cart. Throws `orders.cart_full` past 200 lines; a line stops at 9,999 pieces. */
  async function add(db: Db, id: CartId, input: CartChange, expected: Expected = {}): Promise<Cart> {
    const { sku, quantity } = parse(CartChange, input)
    return change(db, id, expected, (tx, cart) => put(tx, cart, sku, quantity + quantityOf(cart, sku)))
  }

  /** Makes the cart hold exactly so many of a sku; zero takes it out. Throws `orders.cart_full`. */
  async function set(db: Db, id: CartId, input: CartChange, expected: Expected = {}): Promise<Cart> {
    const { sku, quantity } = parse(CartChange, input)
    return change(db, id, expected, (tx, cart) => put(tx, cart, sku, quantity))
  }

  async function put(tx: Tx, cart: Cart, sku: string, quantity: number): Promise<Pick<Cart, 'lines'>> {
    const others = cart.lines.filter((line) => line.sku !== sku)
    if (quantity === 0) {
      await store.dropLine(tx, cart.id, sku)
      return { lines: others }
    }
    const known = cart.lines.find((line) => line.sku === sku)
    if (!known && others.length >= mostLines) throw orderErrors.cart_full({ cartId: cart.id })
    const line = { id: known?.id ?? newId('lin'), sku, quantity: Math.min(quantity, mostOfOne) }
    await store.putLine(tx, cart.id, line)
    return { lines: known ? cart.lines.map((one) => (one === known ? line : one)) : [...cart.lines, line] }
  }

  /** Sets the coupon codes that the buyer wants to use; whether they count is for the price to say. */
  async function setCodes(db: Db, id: CartId, input: readonly string[], expected: Expected = {}): Promise<Cart> {
    const { codes } = parse(Codes, { codes: input })
    return rewrite(db, id, expected, { codes: [...new Set(codes)] })
  }

  /** Sets who buys, where it goes and how it gets there; what is left out stays. */
  async function setDelivery(db: Db, id: CartId, input: Delivery, expected: Expected = {}): Promise<Cart> {
    const { email, address, shippingMethod } = parse(Delivery, input)
    return rewrite(db, id, expected, { email, address, shippingMethod })
  }

  /**
   * Gives a guest's cart to the customer who has signed in: their own open cart takes its lines, the larger quantity of
   * each, or, when they have none, it becomes theirs. Doing it again changes nothing. A cart of another customer is not touched.
   */
  async function claim(db: Db, guestCartId: CartId, customerId: CustomerId): Promise<Cart> {
    return atomic(db, async (tx) => {
      const guest = await cartOf(tx, guestCartId)
      if (guest.customerId === customerId) return guest
      if (guest.customerId !== null || guest.status !== 'open')
        throw orderErrors.cart_not_found({ cartId: guestCartId })
      const own = await store.openCartOf(tx, customerId)
      if (!own) return change(tx, guest.id, { buyer: customerId }, async () => ({ customerId }))
      await change(tx, guest.id, {}, async () => {
        for (const { sku } of guest.lines) await store.dropLine(tx, guest.id, sku)
        return { lines: [] }
      })
      return change(tx, own, {}, async (_tx, cart) => {
        let merged = cart
        for (const { sku, quantity } of guest.lines)
          merged = { ...merged, ...(await put(tx, merged, sku, Math.max(quantity, quantityOf(cart, sku)))) }
        return { lines: merged.lines }
      })
    })
  }

  /** The open cart that a customer used last, if any. */
  async function cartOfCustomer(db: Db, customerId: CustomerId): Promise<Cart | undefined> {
    const id = await store.openCartOf(db, customerId)
    return id && cartOf(db, id)
  }

  /** Forgets open carts that nobody has touched for so many days. Answers how many. */
  const forget = (db: Db, days = 60): Promise<number> => store.dropCarts(db, instantAfter(now(), -days * 86_400_000))

  return { create, cartOf, cartOfCustomer, add, set, setCodes, setDelivery, claim, forget, close }
}

export type Carts = ReturnType<typeof createCarts>

const quantityOf = (cart: Cart, sku: string) => cart.lines.find((line) => line.sku === sku)?.quantity ?? 0
