import { createNewId, defineErrors, type ErrorCode, type Id, money } from '@sangdo/core'
import { describe, expectTypeOf, test } from 'vitest'

describe('types that keep mistakes out', () => {
  test('an id of one kind is not an id of another', () => {
    const newId = createNewId(() => new Date())
    expectTypeOf(newId('ord')).toEqualTypeOf<Id<'ord'>>()
    expectTypeOf(newId('ord')).not.toExtend<Id<'pay'>>()
  })

  test('the codes of a package are a union', () => {
    const errors = defineErrors('tea', {
      cold: ['conflict', (d: { cup: string }) => d.cup],
      gone: ['not_found', (_: object) => 'gone'],
    })
    expectTypeOf<ErrorCode<typeof errors>>().toEqualTypeOf<'tea.cold' | 'tea.gone'>()
    expectTypeOf(errors.cold).parameter(0).toEqualTypeOf<{ cup: string }>()
  })

  test('an amount has a currency', () => {
    // @ts-expect-error -- there is no amount without a currency
    money(100)
    expectTypeOf(money(100, 'KRW')).toExtend<{ readonly minor: number; readonly currency: string }>()
  })
})
