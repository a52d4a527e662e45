import { afterEach, describe, expect, test } from 'vitest'
import { checkInvariants } from '@sangdo/core/server'
import { openTestDb } from '@sangdo/core/testing'
import { invariants } from '../src/invariants.ts'
import { buying, ordering } from './model/buying.ts'
import type { Command } from './model/command.ts'
import fc from 'fast-check'
import { paying } from './model/paying.ts'
import { held } from './model/rules.ts'
import { staff } from './model/staff.ts'
import { createModel } from './model/state.ts'
import { settleAll, working } from './model/working.ts'
import { agreeOnGoods, agreeOnMoney, agreeOnOrders, type Life, openWorld } from './model/world.ts'
import { openTestShop } from './shop.ts'

const engines = process.env['TEST_DATABASE_URL'] ? (['sqlite', 'postgres'] as const) : (['sqlite'] as const)
/** Lives on SQLite: `RUNS` says how many. On PostgreSQL a tenth of many, a quarter of a few. */
const runs = Number(process.env['RUNS'] ?? 60)
const runsOn = { sqlite: runs, postgres: Math.ceil(runs / (runs > 1_000 ? 10 : 4)) }
/** `SEED` says which lives; with the path and the replay path that a failure prints, it is that one: `SEED='7 3:1:0 AB:C'`. */
const [seed = String(Math.floor(Math.random() * 2 ** 31)), path, replayPath] = (process.env['SEED'] ?? '')
  .split(' ')
  .filter(Boolean)
/** One shop lives through so many, so that neither the database nor the bank grows without end. */
const chunk = 100

const often = Array.from({ length: 8 }, () => ordering)
const lives = fc.commands([...often, ...buying, ...paying, ...paying, ...staff, ...working], {
  maxCommands: 40,
  size: 'max',
  ...(replayPath ? { replayPath } : {}),
})

describe.each(engines)('on %s', (engine) => {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close()
  })

  async function opened() {
    const database = await openTestDb(engine)
    closing.push(database.close)
    const shop = await openTestShop({ databaseUrl: database.url ?? '' })
    closing.push(() => shop.close())
    const world = await openWorld(shop)
    closing.push(world.close)
    return world
  }

  /** A whole life, and all that follows from it. */
  async function live(life: Life, commands: Iterable<Command>): Promise<void> {
    const model = createModel()
    await fc.asyncModelRun(() => ({ model, real: life }), commands)
    await settleAll(model, life)
    await agreeOnOrders(model, life)
    await agreeOnGoods(model, life, (sku) => held(model, sku))
    agreeOnMoney(model, life)
    expect(await checkInvariants(life.db(), invariants)).toEqual([])
  }

  test(
    'a shop does what a plain model of it does, whatever buyers, bank, staff and time do in whatever order',
    async () => {
      for (let done = 0; done < runsOn[engine]; done += chunk) {
        let world = await opened()
        const property = fc.asyncProperty(lives, async (commands) => {
          const life = await world.begin()
          await live(life, commands).catch(async (error: unknown) => {
            // What went wrong there is no place for the next life to begin in.
            world = await opened()
            throw error
          })
        })
        await fc.assert(property, {
          numRuns: Math.min(chunk, runsOn[engine] - done),
          seed: Number(seed) + done,
          ...(path ? { path } : {}),
        })
      }
    },
    Math.max(600_000, runs * 2_000),
  )
})
