import { afterAll, beforeAll, describe } from 'vitest'
import { openTestDb, type TestDatabase } from '@sangdo/core/testing'
import { openTestShop, type TestShop } from './shop.ts'

const engines = process.env['TEST_DATABASE_URL'] ? (['sqlite', 'postgres'] as const) : (['sqlite'] as const)

/** Says sentences about a seeded shop on each engine; the shop is there once the first of them runs. */
export function describeShop(
  sentences: (shop: () => TestShop, engine: (typeof engines)[number]) => void,
  options: Pick<Parameters<typeof openTestShop>[0] & object, 'env' | 'riskPolicy'> = {},
): void {
  describe.each(engines)('on %s', (engine) => {
    let database: TestDatabase
    let shop: TestShop

    beforeAll(async () => {
      database = await openTestDb(engine)
      shop = await openTestShop({ databaseUrl: database.url ?? '', ...options })
    }, 60_000)

    afterAll(async () => {
      await shop.close()
      await database.close()
    })

    sentences(() => shop, engine)
  })
}
