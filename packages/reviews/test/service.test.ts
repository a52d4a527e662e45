import { describe, expect, test } from 'vitest'
import { atomic } from '@sangdo/core/server'
import { describeDatabases, recorder, stillClock } from '@sangdo/core/testing'
import type { RejectionReason, ReviewId, ReviewSort } from '@sangdo/reviews'
import { createReviews, reviewMigrations } from '@sangdo/reviews/server'
import { fakePurchases, sampleReview, sampleVerified } from '@sangdo/reviews/testing'

const day = 86_400_000
const moderator = { actor: 'usr_moderator' }

describe('reviews', () => {
  describeDatabases([reviewMigrations], (database) => {
    const shop = ({ autoApprove = false } = {}) => {
      const { db } = database()
      const clock = stillClock()
      const outbox = recorder()
      const reviews = createReviews({ purchases: fakePurchases(), outbox, now: clock.now, autoApprove })
      const says = () => outbox.events.map((event) => event.name)
      const rating = async () => (await reviews.ratingsOf(db, ['prd_mug']))['prd_mug']
      let count = 0
      const add = (stars: number, createdAt = sampleVerified.createdAt) =>
        reviews.addVerified(db, { ...sampleVerified, lineId: `lin_old${count++}`, stars, createdAt })
      return { db, clock, outbox, reviews, says, rating, add }
    }

    describe('writing', () => {
      test('who bought may write, and it waits for a decision', async () => {
        const { db, reviews, says, rating } = shop()
        const review = await reviews.submit(db, sampleReview)
        expect(review).toMatchObject({
          productId: 'prd_mug',
          orderId: 'ord_1',
          status: 'pending',
          stars: 5,
          helpful: 0,
        })
        expect(await reviews.reviewOf(db, review.id)).toEqual(review)
        expect((await reviews.list(db, 'prd_mug')).items).toEqual([])
        expect((await rating())?.count).toBe(0)
        expect(says()).toEqual(['reviews.submitted'])
      })

      test('who did not buy may not', async () => {
        const { db, reviews, says } = shop()
        const refused = { code: 'reviews.not_purchased' }
        await expect(reviews.submit(db, { ...sampleReview, customerId: 'cus_2' })).rejects.toMatchObject(refused)
        await expect(reviews.submit(db, { ...sampleReview, lineId: 'lin_9' })).rejects.toMatchObject(refused)
        expect(says()).toEqual([])
      })

      test('what was bought once is reviewed once', async () => {
        const { db, reviews } = shop()
        const { id } = await reviews.submit(db, sampleReview)
        await expect(reviews.submit(db, sampleReview)).rejects.toMatchObject({ code: 'reviews.already_reviewed' })
        expect(await reviews.reviewedLines(db, ['lin_1', 'lin_2'])).toEqual({ lin_1: id })
      })

      test('a shop may let reviews be read at once', async () => {
        const { db, reviews, says, rating } = shop({ autoApprove: true })
        const { id } = await reviews.submit(db, sampleReview)
        expect((await reviews.list(db, 'prd_mug')).items.map((review) => review.id)).toEqual([id])
        expect(await rating()).toEqual({ count: 1, average: 500, histogram: [0, 0, 0, 0, 1] })
        expect(says()).toEqual(['reviews.submitted', 'reviews.rating_changed', 'reviews.approved'])
        expect((await reviews.decisionsOf(db, [id]))[id]?.at(-1)).toMatchObject({ to: 'approved', actor: 'auto' })
      })

      test('an edit within thirty days waits for a decision again, and takes its stars back meanwhile', async () => {
        const { db, reviews, clock, rating } = shop()
        const { id } = await reviews.submit(db, sampleReview)
        await reviews.approve(db, id, moderator)
        clock.advance(30 * day)
        const change = { stars: 1, text: '한 달 만에 손잡이가 떨어졌습니다.' }
        expect(await reviews.edit(db, id, 'cus_1', change)).toMatchObject({ ...change, title: null, status: 'pending' })
        expect((await rating())?.count).toBe(0)
        await reviews.approve(db, id, moderator)
        expect(await rating()).toMatchObject({ count: 1, average: 100 })
        clock.advance(1)
        await expect(reviews.edit(db, id, 'cus_1', change)).rejects.toMatchObject({ code: 'reviews.edit_closed' })
      })

      test('where reviews are read at once, so is an edit, and the stars count once', async () => {
        const { db, reviews, rating } = shop({ autoApprove: true })
        const { id } = await reviews.submit(db, sampleReview)
        expect(await reviews.edit(db, id, 'cus_1', { stars: 2, text: '손잡이가 떨어졌습니다.' })).toMatchObject({
          status: 'approved',
        })
        expect(await rating()).toEqual({ count: 1, average: 200, histogram: [0, 1, 0, 0, 0] })
      })

      test('nobody edits what somebody else wrote', async () => {
        const { db, reviews } = shop()
        const { id } = await reviews.submit(db, sampleReview)
        const edit = reviews.edit(db, id, 'cus_2', { stars: 1, text: 'not mine at all' })
        await expect(edit).rejects.toMatchObject({ code: 'reviews.not_author' })
      })

      test('a customer finds what they wrote, until they leave: then nothing tells who it was', async () => {
        const { db, reviews } = shop({ autoApprove: true })
        const { id } = await reviews.submit(db, sampleReview)
        expect((await reviews.reviewsBy(db, 'cus_1')).items.map((review) => review.id)).toEqual([id])
        await atomic(db, (tx) => reviews.forgetAuthor(tx, 'cus_1'))
        expect((await reviews.reviewsBy(db, 'cus_1')).items).toEqual([])
        expect(await reviews.reviewOf(db, id)).toMatchObject({ customerId: null, author: '*', stars: 5 })
        expect(JSON.stringify(await reviews.decisionsOf(db, [id]))).not.toContain('cus_1')
      })

      test.each([
        ['stars', { stars: 0 }],
        ['stars', { stars: 6 }],
        ['stars', { stars: 4.5 }],
        ['text', { text: 'too short' }],
        ['text', { text: 'a'.repeat(4001) }],
        ['author', { author: ' ' }],
        ['verified', { verified: true }],
      ])('a wrong %s is refused by name', async (field, changes) => {
        const { db, reviews } = shop()
        await expect(reviews.submit(db, { ...sampleReview, ...changes })).rejects.toMatchObject({
          code: 'core.invalid_input',
          details: { issues: [expect.objectContaining({ field })] },
        })
      })
    })

    describe('deciding', () => {
      test('what waits longest is decided first, and then waits no more', async () => {
        const { db, reviews } = shop()
        const { id } = await reviews.submit(db, sampleReview)
        expect((await reviews.pending(db)).items.map((review) => review.id)).toEqual([id])
        await reviews.approve(db, id, moderator)
        expect((await reviews.pending(db)).items).toEqual([])
        expect((await reviews.byStatus(db, 'approved')).items).toHaveLength(1)
      })

      test('a refusal has a reason that the author is told, and every decision is kept', async () => {
        const { db, reviews, outbox } = shop()
        const { id } = await reviews.submit(db, sampleReview)
        await reviews.reject(db, id, { ...moderator, reason: 'personal_data', note: 'a phone number' })
        await reviews.approve(db, id, { actor: 'usr_chief', note: 'it is the number of the shop' })
        expect(outbox.events.find((event) => event.name === 'reviews.rejected')?.payload).toEqual({
          reviewId: id,
          productId: 'prd_mug',
          customerId: 'cus_1',
          reason: 'personal_data',
        })
        const decisions = (await reviews.decisionsOf(db, [id]))[id] ?? []
        expect(decisions.map(({ from, to, actor, reason }) => [from, to, actor, reason])).toEqual([
          [null, 'pending', 'author', null],
          ['pending', 'rejected', 'usr_moderator', 'personal_data'],
          ['rejected', 'approved', 'usr_chief', null],
        ])
      })

      test('few stars are no reason to refuse', async () => {
        const { db, reviews } = shop()
        const { id } = await reviews.submit(db, { ...sampleReview, stars: 1 })
        for (const reason of ['low_rating', 'negative', ''])
          await expect(
            reviews.reject(db, id, { ...moderator, reason: reason as RejectionReason }),
          ).rejects.toMatchObject({ code: 'core.invalid_input' })
        expect((await reviews.reviewOf(db, id)).status).toBe('pending')
      })

      test('a review that is refused later leaves the list and the rating', async () => {
        const { db, reviews, rating, outbox } = shop({ autoApprove: true })
        const { id } = await reviews.submit(db, sampleReview)
        await reviews.reject(db, id, { ...moderator, reason: 'advertising' })
        expect((await reviews.list(db, 'prd_mug')).items).toEqual([])
        expect(await rating()).toEqual({ count: 0, average: 0, histogram: [0, 0, 0, 0, 0] })
        const changes = outbox.events.filter((event) => event.name === 'reviews.rating_changed')
        expect(changes.map((event) => event.payload)).toEqual([
          { productId: 'prd_mug', average: 500, count: 1 },
          { productId: 'prd_mug', average: 0, count: 0 },
        ])
      })

      test('the same decision twice is refused, so that the log stays true', async () => {
        const { db, reviews } = shop()
        const { id } = await reviews.submit(db, sampleReview)
        await reviews.approve(db, id, moderator)
        await expect(reviews.approve(db, id, moderator)).rejects.toMatchObject({
          code: 'reviews.wrong_status',
          details: { status: 'approved', wanted: 'approved' },
        })
      })

      test('the shop answers, answers better, and takes its answer back', async () => {
        const { db, reviews, add } = shop()
        const { id } = await add(2)
        await reviews.reply(db, id, { text: 'We are sorry.' })
        await reviews.reply(db, id, { text: 'We have sent a new one.' })
        expect((await reviews.list(db, 'prd_mug')).items[0]?.reply).toEqual({
          text: 'We have sent a new one.',
          at: '2026-01-02T03:04:05.678Z',
        })
        expect(await reviews.reply(db, id, null)).toMatchObject({ reply: null })
      })

      test('a review that does not exist is named', async () => {
        const { db, reviews } = shop()
        const missing = { code: 'reviews.review_not_found', details: { reviewId: 'rev_9' } }
        await expect(reviews.approve(db, 'rev_9', moderator)).rejects.toMatchObject(missing)
        await expect(reviews.reply(db, 'rev_9', null)).rejects.toMatchObject(missing)
        await expect(reviews.voteHelpful(db, 'rev_9', 'cus_2')).rejects.toMatchObject(missing)
      })
    })

    describe('reading', () => {
      test('everybody reads the review, and nobody which order it is of', async () => {
        const { db, reviews } = shop({ autoApprove: true })
        await reviews.submit(db, { ...sampleReview, rewarded: true })
        const [review] = (await reviews.list(db, 'prd_mug')).items
        expect(review).toMatchObject({ author: '김*늘', title: '손에 꼭 맞아요', rewarded: true })
        expect(Object.keys(review ?? {})).not.toEqual(expect.arrayContaining(['orderId']))
        expect(JSON.stringify(review)).not.toMatch(/cus_1|lin_1|ord_1/)
      })

      const five = async (add: (stars: number, createdAt: string) => Promise<{ id: ReviewId }>) => {
        const ids: ReviewId[] = []
        for (const [index, stars] of [3, 5, 1, 5, 1].entries())
          ids.push((await add(stars, `2025-11-0${index + 1}T00:00:00.000Z`)).id)
        return ids
      }

      test.each<[ReviewSort | undefined, number[]]>([
        [undefined, [4, 3, 2, 1, 0]],
        ['newest', [4, 3, 2, 1, 0]],
        ['highest', [3, 1, 0, 4, 2]],
        ['lowest', [4, 2, 0, 3, 1]],
        ['helpful', [2, 0, 4, 3, 1]],
      ])('sorted by %s all of them are there, page by page', async (sort, expected) => {
        const { db, reviews, add } = shop()
        const ids = await five(add)
        for (const voter of ['a', 'b']) await reviews.voteHelpful(db, ids[2] ?? 'rev_0', voter)
        await reviews.voteHelpful(db, ids[0] ?? 'rev_0', 'a')
        const found: ReviewId[] = []
        let after: string | null = null
        do {
          const page: Awaited<ReturnType<typeof reviews.list>> = await reviews.list(db, 'prd_mug', {
            limit: 2,
            ...(sort ? { sort } : {}),
            ...(after ? { after } : {}),
          })
          found.push(...page.items.map(({ id }) => id))
          after = page.next
        } while (after)
        expect(found.map((id) => ids.indexOf(id))).toEqual(expected)
      })

      test('those of so many stars can be read alone', async () => {
        const { db, reviews, add } = shop()
        const ids = await five(add)
        const first = await reviews.list(db, 'prd_mug', { stars: 1, limit: 1 })
        const second = await reviews.list(db, 'prd_mug', { stars: 1, limit: 1, after: first.next ?? '' })
        expect([...first.items, ...second.items].map(({ id }) => ids.indexOf(id))).toEqual([4, 2])
      })

      test('the ratings of several products come at once', async () => {
        const { db, reviews, add } = shop()
        for (const stars of [5, 4, 5]) await add(stars)
        expect(await reviews.ratingsOf(db, ['prd_mug', 'prd_plate'])).toEqual({
          prd_mug: { count: 3, average: 467, histogram: [0, 0, 0, 1, 2] },
          prd_plate: { count: 0, average: 0, histogram: [0, 0, 0, 0, 0] },
        })
      })

      test('a cursor of one order is refused in another', async () => {
        const { db, reviews, add } = shop()
        await add(5)
        await add(4)
        const { next } = await reviews.list(db, 'prd_mug', { limit: 1 })
        const asked = reviews.list(db, 'prd_mug', { limit: 1, sort: 'lowest', after: next ?? '' })
        await expect(asked).rejects.toMatchObject({ code: 'core.invalid_cursor' })
      })

      test('a review taken over keeps its day, and is taken over once', async () => {
        const { db, reviews } = shop()
        const review = await reviews.addVerified(db, sampleVerified)
        expect(review).toMatchObject({ status: 'approved', createdAt: sampleVerified.createdAt, orderId: 'ord_old' })
        await expect(reviews.addVerified(db, sampleVerified)).rejects.toMatchObject({
          code: 'reviews.already_reviewed',
        })
      })
    })

    describe('votes', () => {
      test('one voter has one vote, and may take it back', async () => {
        const { db, reviews, add } = shop()
        const { id } = await add(5)
        expect(await reviews.voteHelpful(db, id, 'cus_2')).toBe(1)
        expect(await reviews.voteHelpful(db, id, 'cus_2')).toBe(1)
        expect(await reviews.voteHelpful(db, id, 'cus_3')).toBe(2)
        expect(await reviews.withdrawVote(db, id, 'cus_2')).toBe(1)
        expect(await reviews.withdrawVote(db, id, 'cus_2')).toBe(1)
      })

      test('nobody votes for a review of their own, or for one that is not to be read', async () => {
        const { db, reviews } = shop()
        const { id } = await reviews.submit(db, sampleReview)
        await expect(reviews.voteHelpful(db, id, 'cus_2')).rejects.toMatchObject({ code: 'reviews.review_not_found' })
        await reviews.approve(db, id, moderator)
        await expect(reviews.voteHelpful(db, id, 'cus_1')).rejects.toMatchObject({ code: 'reviews.own_review' })
      })
    })
  })
})
