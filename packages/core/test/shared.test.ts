import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  createNewId,
  decodeCursor,
  defineErrors,
  encodeCursor,
  idSchema,
  pageOf,
  parse,
  ShopError,
  textIn,
} from '@sangdo/core'
import { stillClock } from '@sangdo/core/testing'
import { z } from 'zod'

describe('ids', () => {
  test('sort by age, also within one millisecond and when the clock jumps back', () => {
    const clock = stillClock()
    const newId = createNewId(clock.now)
    const ids = Array.from({ length: 1000 }, (_, index) => {
      if (index % 100 === 0) clock.advance(index % 200 === 0 ? 5 : -3)
      return newId('ord')
    })
    expect(ids.toSorted()).toEqual(ids)
    expect(new Set(ids).size).toBe(1000)
  })

  test('fit their own schema and no other', () => {
    const id = createNewId(() => new Date())('ord')
    expect(idSchema('ord').parse(id)).toBe(id)
    expect(idSchema('pay').safeParse(id).success).toBe(false)
  })
})

describe('pages', () => {
  test('a cursor comes back as it was, in any language', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer(), (text, number) => {
        expect(decodeCursor(encodeCursor([text, number]), 'sn')).toEqual([text, number])
      }),
    )
  })

  test.each(['', 'nonsense!', btoa('{}'), btoa('[1]'), btoa('["a",null]')])('the cursor %j is refused', (cursor) => {
    expect(() => decodeCursor(cursor, 'sn')).toThrow(expect.objectContaining({ code: 'core.invalid_cursor' }))
  })

  test('the last page has no next', () => {
    expect(pageOf([1, 2], 2, (row) => [row])).toEqual({ items: [1, 2], next: null })
    expect(pageOf([1, 2, 3], 2, (row) => [row])).toEqual({ items: [1, 2], next: encodeCursor([2]) })
  })
})

describe('text', () => {
  test('falls back from region to language to the next locale to anything', () => {
    const text = { ko: '찻잔', en: 'Tea cup' }
    expect(textIn(text, ['ko-KR'])).toBe('찻잔')
    expect(textIn(text, ['ja', 'en'])).toBe('Tea cup')
    expect(textIn({ de: 'Tasse' }, ['ja'])).toBe('Tasse')
    expect(textIn({}, ['ko'])).toBe('')
  })
})

describe('errors', () => {
  const errors = defineErrors('tea', { cold: ['conflict', (d: { cup: string }) => `The ${d.cup} is cold`] })

  test('carry code, kind, message and details', () => {
    const error = errors.cold({ cup: 'green one' })
    expect(error).toBeInstanceOf(ShopError)
    expect(error).toMatchObject({
      code: 'tea.cold',
      kind: 'conflict',
      message: 'The green one is cold',
      details: { cup: 'green one' },
    })
    expect(errors.cold.match(error)).toBe(true)
    expect(errors.cold.match(new Error('other'))).toBe(false)
  })

  test('a refused input names every field, unknown ones too', () => {
    const schema = z.strictObject({ lines: z.array(z.strictObject({ quantity: z.int().positive() })) })
    expect(() => parse(schema, { lines: [{ quantity: 0, price: 5 }], total: 1 })).toThrow(
      expect.objectContaining({
        code: 'core.invalid_input',
        details: {
          issues: expect.arrayContaining(
            ['lines.0.quantity', 'lines.0.price', 'total'].map((field) => expect.objectContaining({ field })),
          ),
        },
      }),
    )
  })
})

test('an id tells nothing of the next one, also within one millisecond', () => {
  const clock = stillClock()
  const newId = createNewId(clock.now)
  const tails = Array.from({ length: 200 }, () => BigInt(`0x${Buffer.from(newId('crt').slice(-16)).toString('hex')}`))
  const steps = tails.slice(1).map((tail, index) => tail - (tails[index] ?? 0n))
  expect(new Set(steps).size).toBe(199)
})
