import { encodeCursor, instantAfter } from '@sangdo/core'
import { atomic, checkInvariants } from '@sangdo/core/server'
import { describeDatabases, type StillClock, stillClock } from '@sangdo/core/testing'
import { createInventory, type Inventory, inventoryInvariants, inventoryMigrations } from '@sangdo/inventory/server'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createModel, type Step } from './model.ts'

/** Random lives of a shop on each database: `RUNS` says how many. */
const runs = Number(process.env['RUNS'] ?? 150)
const limits = { MUG: 0, PLATE: 6 }
const points = { point: 3, target: 8, multiple: 4 }

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(
    'receive',
    'perishable',
    'perishable',
    'tidy',
    'count',
    'short',
    'reserve',
    'reserve',
    'release',
    'convert',
    'convert',
    'restock',
    'extend',
    'expire',
    'wait',
    'heat',
    'cool',
    'rebalance',
  ),
  sku: fc.constantFrom('MUG', 'PLATE'),
  quantity: fc.integer({ min: 1, max: 6 }),
  order: fc.constantFrom('ord_1', 'ord_2', 'ord_3', 'ord_4', 'ord_5'),
})

describe('the service', () => {
  describeDatabases(
    [inventoryMigrations],
    (database) => {
      test('does what a plain model of a shop does, whatever happens in whatever order', async () => {
        const { db } = database()
        let life = 0

        /** A shop of its own, with skus and orders that no other life knows. */
        async function opened() {
          const prefix = `life${life++}-`
          const clock = stillClock()
          const inventory = createInventory({ now: clock.now })
          for (const [sku, limit] of Object.entries(limits)) {
            await inventory.allowBackorders(db, { sku: `${prefix}${sku}`, limit })
            await inventory.setReorderPoint(db, { sku: `${prefix}${sku}`, ...points })
          }
          return {
            inventory,
            clock,
            prefix,
            named: (one: Step) => ({ ...one, sku: prefix + one.sku, order: prefix + one.order }),
          }
        }

        const doing = (
          { inventory, clock }: { inventory: Inventory; clock: StillClock },
          { sku, quantity, order }: Step,
        ): Record<Exclude<Step['kind'], 'wait'>, () => Promise<unknown>> => ({
          perishable: () => {
            const expiresAt = instantAfter(clock.now(), quantity * 300_000)
            return inventory.receive(db, { sku, quantity, lot: expiresAt, expiresAt })
          },
          tidy: () => inventory.expireLots(db, 1000),
          receive: () => inventory.receive(db, { sku, quantity }),
          count: () => inventory.count(db, { sku, onHand: quantity }),
          short: () => inventory.count(db, { sku, onHand: quantity, shortfall: 'record' }),
          reserve: () => atomic(db, (tx) => inventory.reserve(tx, order, [{ sku, quantity }], { seconds: 900 })),
          release: () => atomic(db, (tx) => inventory.release(tx, order)),
          convert: () => atomic(db, (tx) => inventory.convert(tx, order)),
          restock: () => atomic(db, (tx) => inventory.restock(tx, order)),
          extend: () => atomic(db, (tx) => inventory.extend(tx, order, quantity * 400)),
          heat: () => inventory.setHot(db, { sku, hot: true, buckets: 1 + quantity }),
          cool: () => inventory.setHot(db, { sku, hot: false }),
          rebalance: () => inventory.rebalance(db),
          expire: async () => {
            while ((await inventory.releaseExpired(db)) > 0);
          },
        })
        const refusalOf = (work: () => Promise<unknown>): Promise<string | null> =>
          work().then(
            () => null,
            (error: { code?: string }) => {
              if (!error.code?.startsWith('inventory.')) throw error
              return error.code
            },
          )
        const stockOf = async (inventory: Inventory, sku: string) => {
          const [stock, promisable] = [await inventory.stockOf(db, [sku]), await inventory.promisableOf(db, [sku])]
          return { ...stock[sku], beyond: promisable[sku]?.beyond }
        }

        const toOrder = async (inventory: Inventory, prefix: string) => {
          const { items } = await inventory.reorder(db, { limit: 2, after: encodeCursor([prefix]) })
          const own = items.filter(({ sku }) => sku.startsWith(prefix))
          return own.map(({ sku, quantity }) => [sku.slice(prefix.length), quantity])
        }

        await fc.assert(
          fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40, size: 'max' }), async (steps) => {
            const model = createModel(limits)
            const { inventory, clock, prefix, named } = await opened()
            for (const one of steps) {
              const expected = model.step(one)
              if (one.kind === 'wait') clock.advance(one.quantity * 200_000)
              else expect(await refusalOf(doing({ inventory, clock }, named(one))[one.kind])).toBe(expected)
              const { onHand, available } = model.stock(one.sku)
              expect(await stockOf(inventory, named(one).sku)).toMatchObject({ onHand, available })
            }
            expect(await toOrder(inventory, prefix)).toEqual(model.toOrder(points))
            await inventory.expireLots(db, 1000)
            for (const sku of Object.keys(limits))
              expect(await stockOf(inventory, prefix + sku)).toEqual(model.stock(sku))
          }),
          { numRuns: runs },
        )
        expect(await checkInvariants(db, inventoryInvariants)).toEqual([])
      }, 600_000)
    },
    ['sqlite', 'postgres'],
  )
})
