import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { money } from '@sangdo/core'
import {
  afterAnswer,
  afterSilence,
  type Circuit,
  circuitState,
  closedCircuit,
  inTurn,
  type ProviderLimits,
  takes,
  usualCircuit,
} from '@sangdo/payments'
import { won } from './shop.ts'

const cards = { id: 'cards', methods: ['card' as const, 'virtual_account' as const] }

describe('what a provider takes', () => {
  const limits: ProviderLimits = {
    currencies: ['KRW', 'USD'],
    countries: ['KR'],
    minimum: [won(100)],
    maximum: [won(1_000_000), money(50_000, 'USD')],
  }

  test.each([
    [true, {}],
    [true, { amount: won(100), country: 'KR' }],
    [false, { amount: won(99) }],
    [true, { amount: won(1_000_000) }],
    [false, { amount: won(1_000_001) }],
    [true, { amount: money(1, 'USD') }],
    [false, { amount: money(50_001, 'USD') }],
    [false, { currency: 'JPY' }],
    [false, { country: 'US' }],
  ])('is %s by its limits for %j, and by those of the shop', (expected, query) => {
    expect(takes({ ...cards, limits }, { method: 'card', ...query })).toBe(expected)
    expect(takes(cards, { method: 'card', ...query }, limits)).toBe(expected)
  })

  test('no method that it does not have, and nothing for later without captures', () => {
    expect(takes(cards, { method: 'bank_transfer' })).toBe(false)
    expect(takes(cards, { method: 'card', later: true })).toBe(false)
  })

  test.each([
    ['allow', [true, true, true]],
    ['challenge', [false, true, true]],
    ['review', [false, true, true]],
    ['deny', [false, false, false]],
  ] as const)('at the risk %s a card only where its buyer is authenticated', (risk, expected) => {
    const asked = (provider: Parameters<typeof takes>[0], method: 'card' | 'virtual_account') =>
      takes(provider, { method, risk })
    expect([
      asked(cards, 'card'),
      asked({ ...cards, authenticates: true }, 'card'),
      asked(cards, 'virtual_account'),
    ]).toEqual(expected)
  })

  test('those that have failed an order are asked last, and a stand-in that may not be one never', () => {
    const [first, second] = [{ id: 'first' }, { id: 'second' }]
    const practice = { id: 'practice', substitute: false }
    expect(inTurn([first, second, practice], []).map(({ id }) => id)).toEqual(['first', 'second'])
    expect(inTurn([first, second, practice], ['first']).map(({ id }) => id)).toEqual(['second', 'first'])
    expect(inTurn([practice, first], []).map(({ id }) => id)).toEqual(['practice', 'first'])
  })
})

describe('the circuit of a provider', () => {
  const silent = (times: readonly number[]) =>
    times.reduce((circuit, at) => afterSilence(circuit, at, usualCircuit), closedCircuit)
  const state = (circuit: Circuit, now: number) => circuitState(circuit, now, usualCircuit)

  test('opens at the fifth silence within a minute, and not for five in a longer time', () => {
    expect(state(silent([0, 1, 2, 3]), 4)).toBe('closed')
    expect(state(silent([0, 1, 2, 3, 59_999]), 59_999)).toBe('open')
    expect(state(silent([0, 1, 2, 3, 60_000]), 60_000)).toBe('closed')
  })

  test('is half open after a minute: an answer closes it, silence opens it for another minute', () => {
    const open = silent([0, 0, 0, 0, 0])
    expect([state(open, 59_999), state(open, 60_000)]).toEqual(['open', 'half_open'])
    expect(state(afterAnswer(open, 60_000, usualCircuit, false), 60_000)).toBe('closed')
    expect(state(afterSilence(open, 60_000, usualCircuit), 119_999)).toBe('open')
  })

  test('forgets silence once a payment could be begun, but not for any other answer', () => {
    const four = silent([0, 0, 0, 0])
    expect(state(afterSilence(afterAnswer(four, 1, usualCircuit, true), 2, usualCircuit), 2)).toBe('closed')
    expect(state(afterSilence(afterAnswer(four, 1, usualCircuit, false), 2, usualCircuit), 2)).toBe('open')
  })

  test('is never open without five silences of one minute before, whatever happens', () => {
    const happening = fc.record({ wait: fc.nat(40_000), silent: fc.boolean(), begun: fc.boolean() })
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 40 }), (story) => {
        let [now, circuit] = [0, closedCircuit]
        const silences: number[] = []
        for (const { wait, silent: fails, begun } of story) {
          now += wait
          if (fails) silences.push(now)
          const [before, at] = [state(circuit, now), now]
          circuit = fails ? afterSilence(circuit, now, usualCircuit) : afterAnswer(circuit, now, usualCircuit, begun)
          const recent = silences.filter((one) => at - one < usualCircuit.withinMs).length
          if (before === 'closed' && state(circuit, now) === 'open') expect(recent).toBeGreaterThanOrEqual(5)
        }
      }),
    )
  })
})
