import { giveBack, sync } from './bank.ts'
import { command } from './command.ts'
import { deliver, expire } from './rules.ts'
import type { Model, Order } from './state.ts'
import type { Life } from './world.ts'

const orderOf = ({ orders }: Model, reference: string): Order | undefined =>
  orders.find((order) => order.attempts.some((attempt) => attempt.reference === reference))

function syncAll(model: Model, references: readonly { readonly reference: string }[]): void {
  for (const { reference } of references) {
    const order = orderOf(model, reference)
    const attempt = order?.attempts.find((one) => one.reference === reference)
    if (order && attempt) sync(model, order, attempt)
  }
}

const work = {
  deliver: async (model: Model, life: Life) => {
    await life.shop().deliver(life.db())
    deliver(model)
  },
  readMessages: async (model: Model, life: Life) => {
    const { messages } = await life.due()
    await life.shop().payments.processInbox(life.db())
    syncAll(model, messages)
  },
  sweep: async (model: Model, life: Life) => {
    const { attempts, refunds } = await life.due()
    const before = model.orders.flatMap((order) => order.refunds)
    await life.shop().payments.sweep(life.db())
    syncAll(model, attempts)
    // What it learns is to go back goes back in the same round, as refunds come last in it.
    for (const refund of model.orders.flatMap((order) => order.refunds)) if (!before.includes(refund)) giveBack(refund)
    for (const { reference, amount } of refunds) {
      const known = orderOf(model, reference)?.refunds.find(
        (one) => !one.done && one.attempt.reference === reference && one.amount === Number(amount),
      )
      if (known) giveBack(known)
    }
  },
  expireOverdue: async (model: Model, life: Life) => {
    await life.shop().orders.expireOverdue(life.db())
    expire(model)
  },
  // Goods are held a little longer than orders, whose work comes round more often.
  releaseExpired: async (model: Model, life: Life) => {
    await work.expireOverdue(model, life)
    await life.shop().inventory.releaseExpired(life.db())
  },
}

/** All that a shop does in the background, once. */
async function workAll(model: Model, life: Life): Promise<void> {
  for (const name of ['deliver', 'readMessages', 'sweep', 'releaseExpired', 'deliver'] as const)
    await work[name](model, life)
}

/** Everything that was begun comes to its end: accounts run out, and what is to go back goes back. */
export async function settleAll(model: Model, life: Life): Promise<void> {
  for (const minutes of [0, 1, 20, 360, 24 * 60, 6 * 60, 6 * 60]) {
    life.pass(minutes)
    model.time += minutes
    await workAll(model, life)
    await life.practice.flush()
  }
}

const after = (name: string, minutesOf: (count: number) => number) =>
  command(
    name,
    () => true,
    async (model, life, { count }) => {
      life.pass(minutesOf(count))
      model.time += minutesOf(count)
    },
  )

const job = (name: keyof typeof work) =>
  command(
    name,
    ({ orders }) => orders.length > 0,
    async (model, life) => {
      await work[name](model, life)
      return 'all'
    },
  )

/** Time that passes, and what the shop does by itself in it. */
export const working = [
  after('minutesPass', (count) => count * 4),
  after('anHourPasses', () => 60),
  after('daysPass', (count) => count * 24 * 60),
  job('deliver'),
  job('readMessages'),
  job('sweep'),
  job('expireOverdue'),
  job('releaseExpired'),
  command(
    'workAll',
    ({ orders }) => orders.length > 0,
    async (model, life) => {
      await workAll(model, life)
      return 'all'
    },
  ),
  command(
    'restart',
    () => true,
    async (model, life) => {
      life.pass(1)
      model.time += 1
      await life.restart()
      return 'all'
    },
  ),
]
