import { expect } from 'vitest'
import fc, { type AsyncCommand } from 'fast-check'
import { held } from './rules.ts'
import type { Attempt, Cart, Model, Order } from './state.ts'
import { agreeOnGoods, agreeOnOrders, type Life } from './world.ts'

export type Command = AsyncCommand<Model, Life>

/** What a command is about: which of the things there are, and how many. */
export interface Choice {
  readonly which: number
  readonly count: number
}

export const choice = fc.record({ which: fc.nat(11), count: fc.integer({ min: 1, max: 3 }) })

const one = <Thing>(things: readonly Thing[], { which }: Choice): Thing | undefined => things[which % things.length]
/** The order to look at afterwards; none, or all of them. */
type Touched = Order | 'all' | null | void

/** A command after which answer, shelves, uses of the code, and the orders it was about agree with the model. */
export const command = (
  name: string,
  check: (model: Readonly<Model>) => boolean,
  run: (model: Model, life: Life, choice: Choice) => Promise<Touched>,
) =>
  choice.map((chosen): Command => ({
    check,
    async run(model, life) {
      const touched = await run(model, life, chosen)
      await life.practice.flush()
      if (touched) await agreeOnOrders(model, life, touched === 'all' ? model.orders : [touched])
      await agreeOnGoods(model, life, (sku) => held(model, sku))
    },
    toString: () => `${name}(${chosen.which}, ${chosen.count})`,
  }))

/** A command about one of the carts. */
export const onCart = (
  name: string,
  run: (cart: Cart, model: Model, life: Life, choice: Choice) => Promise<Touched>,
  check: (model: Readonly<Model>) => boolean = () => true,
) =>
  command(
    name,
    (model) => model.carts.length > 0 && check(model),
    async (model, life, chosen) => {
      const cart = one(model.carts, chosen)
      return cart && run(cart, model, life, chosen)
    },
  )

/** A command about one of the orders. */
export const onOrder = (
  name: string,
  run: (order: Order, model: Model, life: Life, choice: Choice) => Promise<Touched>,
  which: (order: Order) => boolean = () => true,
) =>
  command(
    name,
    (model) => model.orders.some(which),
    async (model, life, chosen) => {
      const order = one(model.orders.filter(which), chosen)
      return order && (await run(order, model, life, chosen), order)
    },
  )

/** A command about the payment that an order began last, or, with a higher choice, one before it. */
export const onAttempt = (
  name: string,
  run: (attempt: Attempt, order: Order, model: Model, life: Life, choice: Choice) => Promise<void>,
  which: (attempt: Attempt) => boolean = () => true,
) =>
  onOrder(
    name,
    async (order, model, life, chosen) => {
      const attempt = one(order.attempts.filter(which).toReversed(), { ...chosen, which: Math.floor(chosen.which / 6) })
      if (attempt) await run(attempt, order, model, life, chosen)
    },
    (order) => order.attempts.some(which),
  )

/** The code of the refusal in an answer, or null; a fault is never right. */
export function refusalOf({ status, body }: { status: number; body: { code?: string } }): string | null {
  if (status >= 500) expect(body).toBe('no fault')
  return status < 400 ? null : (body.code ?? 'without a code')
}
