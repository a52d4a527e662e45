import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openDb } from '@sangdo/core/server'
import { describeDatabases, recorder } from '@sangdo/core/testing'
import { createReviews, reviewMigrations } from '@sangdo/reviews/server'
import { fakePurchases, sampleReview, sampleVerified } from '@sangdo/reviews/testing'

const moderator = { actor: 'usr_moderator' }

describe('counters', () => {
  describeDatabases([reviewMigrations], (database) => {
    test('a counter that went wrong is found, and counted anew', async () => {
      const { db } = database()
      const outbox = recorder()
      const reviews = createReviews({ purchases: fakePurchases(), outbox })
      await reviews.addVerified(db, { ...sampleVerified, stars: 5 })
      await db.updateTable('reviews_rating').set({ stars_1: 7 }).execute()
      expect(await reviews.drift(db)).toEqual([{ subject: 'prd_mug', kept: [7, 0, 0, 0, 1], counted: [0, 0, 0, 0, 1] }])
      expect(await reviews.rebuild(db, 'prd_mug')).toBe(true)
      expect(await reviews.rebuild(db, 'prd_mug')).toBe(false)
      expect([await reviews.drift(db), (await reviews.ratingsOf(db, ['prd_mug']))['prd_mug']?.average]).toEqual([
        [],
        500,
      ])
      expect(outbox.events.filter((event) => event.name === 'reviews.rating_changed')).toHaveLength(2)
    })

    test('whatever happens, counters agree with what they count', async () => {
      const { db } = database()
      const action = fc.record({
        kind: fc.constantFrom('submit', 'edit', 'approve', 'reject', 'vote', 'unvote', 'add'),
        line: fc.constantFrom('lin_1', 'lin_2', 'lin_3'),
        stars: fc.integer({ min: 1, max: 5 }),
        voter: fc.constantFrom('cus_1', 'cus_2', 'cus_3'),
      })
      let round = 0
      await fc.assert(
        fc.asyncProperty(fc.array(action, { maxLength: 25 }), fc.boolean(), async (actions, autoApprove) => {
          const productId = `prd_${round++}`
          const bought = (line: string) => `${line}r${round}`
          const lines = ['lin_1', 'lin_2', 'lin_3'].map((line) => [bought(line), { productId, customerId: 'cus_1' }])
          const reviews = createReviews({ purchases: fakePurchases(Object.fromEntries(lines)), autoApprove })
          for (const { kind, line, stars, voter } of actions) {
            const lineId = bought(line)
            const id = (await reviews.reviewedLines(db, [lineId]))[lineId] ?? 'rev_none'
            const doing: Record<typeof kind, () => Promise<unknown>> = {
              submit: () => reviews.submit(db, { ...sampleReview, lineId, stars }),
              edit: () => reviews.edit(db, id, 'cus_1', { stars, text: sampleReview.text }),
              approve: () => reviews.approve(db, id, moderator),
              reject: () => reviews.reject(db, id, { ...moderator, reason: 'off_topic' }),
              vote: () => reviews.voteHelpful(db, id, voter),
              unvote: () => reviews.withdrawVote(db, id, voter),
              add: () => reviews.addVerified(db, { ...sampleVerified, productId, lineId, stars }),
            }
            await doing[kind]().catch((error: { code?: string }) => {
              if (!error.code?.startsWith('reviews.')) throw error
            })
          }
          expect(await reviews.drift(db)).toEqual([])
        }),
        { numRuns: 15 },
      )
    }, 60_000)
  })

  describeDatabases(
    [reviewMigrations],
    (database) => {
      test('however many decide and vote at once on two connections, all counts are right', async () => {
        const { db, url = '' } = database()
        const other = await openDb(url)
        const purchases = fakePurchases(
          Object.fromEntries(
            Array.from({ length: 20 }, (_, index) => [
              `lin_${index}`,
              { productId: 'prd_mug', customerId: `cus_${index}` },
            ]),
          ),
        )
        const reviews = createReviews({ purchases })
        const written = await Promise.all(
          Array.from({ length: 20 }, (_, index) =>
            reviews.submit(db, {
              ...sampleReview,
              lineId: `lin_${index}`,
              customerId: `cus_${index}`,
              stars: (index % 5) + 1,
            }),
          ),
        )
        const twice = written.flatMap(({ id }) => [
          reviews.approve(db, id, moderator),
          reviews.approve(other, id, moderator),
        ])
        const results = await Promise.allSettled([...twice, reviews.rebuild(db, 'prd_mug')])
        const { id = 'rev_0' as const } = written[0] ?? {}
        await Promise.all(
          Array.from({ length: 20 }, (_, index) =>
            reviews.voteHelpful(index % 2 ? db : other, id, `voter_${index % 7}`),
          ),
        )
        await other.destroy()
        const refused = results.flatMap((result) =>
          result.status === 'rejected' ? [(result.reason as { code: string }).code] : [],
        )
        expect(refused).toEqual(Array(20).fill('reviews.wrong_status'))
        expect((await reviews.ratingsOf(db, ['prd_mug']))['prd_mug']?.histogram).toEqual([4, 4, 4, 4, 4])
        expect((await reviews.reviewOf(db, id)).helpful).toBe(7)
        expect(await reviews.drift(db)).toEqual([])
      }, 30_000)
    },
    ['sqlite', 'postgres'],
  )
})
