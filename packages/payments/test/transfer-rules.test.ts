import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { matchOf, payerOf, referencesIn, transferReference } from '@sangdo/payments'

describe('a reference', () => {
  const random = fc.uint8Array({ minLength: 6, maxLength: 6 }).map((bytes) => [...bytes])
  const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

  test('is found again in whatever way it is written', () => {
    expect(transferReference([19, 7, 20, 2, 22, 9])).toBe('K7M2P9Z')
    for (const text of ['K7M2P9Z', 'k7m2p9z', '김하늘 K7M-2P9-Z', '주문 k7m 2p9 z 찻잔', 'Ｋ７Ｍ２Ｐ９Ｚ'])
      expect(referencesIn(text)).toContain('K7M2P9Z')
  })

  test('written with an O for the zero, or an I or L for the one, is still found', () => {
    fc.assert(
      fc.property(random, fc.constantFrom('I', 'l'), (bytes, one) => {
        const reference = transferReference(bytes)
        const written = reference.replaceAll('0', 'o').replaceAll('1', one)
        expect(referencesIn(`김하늘 ${written}`)).toContain(reference)
      }),
    )
  })

  test('with one wrong letter is no reference', () => {
    fc.assert(
      fc.property(random, fc.nat(6), fc.nat(30), (bytes, place, step) => {
        const reference = transferReference(bytes)
        const right = letters.indexOf(reference[place] ?? '')
        const wrong = letters[(right + step + 1) % 32] ?? ''
        const text = reference.slice(0, place) + wrong + reference.slice(place + 1)
        expect(referencesIn(text)).toEqual([])
      }),
    )
  })

  test('a name without one has none', () => {
    expect(['김하늘', 'KIM HANEUL', ''].map(referencesIn)).toEqual([[], [], []])
  })
})

describe('what a deposit is for', () => {
  test.each([
    [[], null],
    [[{ id: 'a', by: 'payer' }], 'a'],
    [
      [
        { id: 'a', by: 'payer' },
        { id: 'b', by: 'payer' },
      ],
      null,
    ],
    [
      [
        { id: 'a', by: 'payer' },
        { id: 'b', by: 'reference' },
      ],
      'b',
    ],
    [
      [
        { id: 'a', by: 'reference' },
        { id: 'b', by: 'reference' },
      ],
      null,
    ],
  ] as const)('of %j it is %s', (candidates, expected) => {
    expect(matchOf<string>(candidates)?.id ?? null).toBe(expected)
  })

  test('a name is the same with and without spaces', () => {
    expect(payerOf('김 하늘')).toBe(payerOf('김하늘 '))
  })
})
