import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  averageOf,
  bayesianAverage,
  canMove,
  cleanText,
  editableUntil,
  type Histogram,
  maskName,
  ratingFrom,
  RejectionReason,
  rejectionReasons,
  ReviewText,
  wilsonLowerBound,
} from '@sangdo/reviews'

const histograms: fc.Arbitrary<Histogram> = fc.tuple(fc.nat(500), fc.nat(500), fc.nat(500), fc.nat(500), fc.nat(500))

describe('the average', () => {
  test.each<[Histogram, number]>([
    [[0, 0, 0, 0, 0], 0],
    [[0, 0, 0, 0, 1], 500],
    [[0, 0, 0, 1, 2], 467], // 4.666…
    [[0, 0, 0, 2, 1], 433], // 4.333…
    [[1, 0, 0, 0, 199], 498], // 4.98
    [[0, 0, 0, 1, 199], 500], // 4.995, a half rounded up
  ])('of %j is %d hundredths', (histogram, average) => {
    expect(averageOf(histogram)).toBe(average)
  })

  test('lies between the fewest and the most stars given', () => {
    fc.assert(
      fc.property(histograms, (histogram) => {
        const given = histogram.flatMap((count, index) => (count > 0 ? [(index + 1) * 100] : []))
        const { average, count } = ratingFrom(histogram)
        if (count === 0) expect(average).toBe(0)
        else expect(average >= Math.min(...given) && average <= Math.max(...given)).toBe(true)
      }),
    )
  })
})

describe('a score to sort products by', () => {
  test('few reviews say little, many say what they say', () => {
    expect(bayesianAverage([0, 0, 0, 0, 0])).toBe(350)
    expect(bayesianAverage([0, 0, 0, 0, 1])).toBe(364)
    expect(bayesianAverage([0, 0, 0, 0, 990])).toBe(499)
  })

  test('one good review of one is not better than 95 of 100', () => {
    expect(wilsonLowerBound(1, 1)).toBeCloseTo(0.2065, 4)
    expect(wilsonLowerBound(95, 100)).toBeCloseTo(0.8882, 4)
    expect(wilsonLowerBound(0, 0)).toBe(0)
  })

  test('is never above the share that it bounds', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), (positive, negative) => {
        const total = positive + negative
        const bound = wilsonLowerBound(positive, total)
        expect(bound).toBeGreaterThanOrEqual(0)
        expect(bound).toBeLessThanOrEqual(total === 0 ? 0 : positive / total)
      }),
    )
  })
})

describe('a name that gives nobody away', () => {
  test.each([
    ['김하늘', '김*늘'],
    ['김별', '김*'],
    ['남궁하늘', '남**늘'],
    ['김', '*'],
    ['山田太郎', '山**郎'],
    ['Ada Lovelace', 'Ada L.'],
    ['Ada King Lovelace', 'Ada L.'],
    ['sky', 's**'],
    ['A', '*'],
    [' ', '*'],
  ])('%s is %s', (name, masked) => {
    expect(maskName(name)).toBe(masked)
  })

  test('never shows the whole name', () => {
    const letter = fc.constantFrom('김', '하', '늘', 'a', 'Z', 'é', ' ')
    fc.assert(
      fc.property(fc.string({ unit: letter, minLength: 1 }), (name) => {
        expect(maskName(name)).not.toBe(name.trim())
      }),
    )
  })
})

describe('what is written', () => {
  test('is kept without control characters and marks that turn writing round', () => {
    expect(cleanText(' 좋아요\u0000\u202E!\r\n둘째\t줄\u2066 ')).toBe('좋아요!\n둘째 줄')
  })

  test('letters come composed, and emoji whole', () => {
    expect(cleanText('\u1112\u1161\u11AB\u1100\u1173\u11AF 👩‍🍳')).toBe('한글 👩‍🍳')
  })

  test('has ten characters at least, and those that are taken away do not count', () => {
    expect(ReviewText.safeParse('a'.repeat(9) + '\u200E\u0007').success).toBe(false)
    expect(ReviewText.safeParse('a'.repeat(10)).success).toBe(true)
    expect(ReviewText.safeParse('a'.repeat(4001)).success).toBe(false)
  })
})

describe('moderation', () => {
  test('few stars are no reason, and every reason is told in Korean and English', () => {
    expect(RejectionReason.options.filter((reason) => /star|rating|negative|low/.test(reason))).toEqual([])
    for (const reason of RejectionReason.options) expect(Object.keys(rejectionReasons[reason])).toEqual(['ko', 'en'])
  })

  test('a review moves along the published graph', () => {
    expect(canMove('pending', 'rejected')).toBe(true)
    expect(canMove('rejected', 'approved')).toBe(true)
    expect(canMove('approved', 'approved')).toBe(false)
  })

  test('an author has thirty days', () => {
    expect(editableUntil('2026-01-02T03:04:05.678Z')).toBe('2026-02-01T03:04:05.678Z')
  })
})
