import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openRace, type Race } from './bed.ts'
import { buying } from './stories/buying.ts'
import { paying } from './stories/paying.ts'
import { people } from './stories/people.ts'
import type { Answer } from './bed.ts'

/** How often each story is run on each database: a few times in an ordinary run. */
const rounds = Number(process.env['ROUNDS'] ?? 3)
const between = 100

describe.each(['sqlite', 'postgres'] as const)('four processes on one %s database', (engine) => {
  const isMissing = engine === 'postgres' && !process.env['TEST_DATABASE_URL']
  let race: Race
  beforeAll(async () => {
    if (!isMissing) race = await openRace(engine)
  }, 120_000)
  afterAll(() => race?.end())

  test.skipIf(isMissing).each([...buying, ...paying, ...people])(
    '$name',
    async ({ round }) => {
      for (let number = 1; number <= rounds; number++) {
        const { asks, faults } = await round(race, number)
        const answers: Answer[] = await Promise.all(asks.map((ask) => ask()))
        const found = [...answers.filter(({ status }) => status >= 500 && status !== 503), ...(await faults(answers))]
        expect({ number, found }).toEqual({ number, found: [] })
        if (number % between === 0) expect(await race.broken()).toEqual([])
      }
      expect(await race.broken()).toEqual([])
    },
    120_000 + rounds * 5_000,
  )
})
