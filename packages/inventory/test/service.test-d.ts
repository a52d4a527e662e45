import type { Db, Tx } from '@sangdo/core/server'
import { createInventory } from '@sangdo/inventory/server'
import { describe, test } from 'vitest'

declare const db: Db
declare const tx: Tx
const inventory = createInventory()

describe('a command that must share its caller’s transaction', () => {
  test('takes a transaction', () => void inventory.reserve(tx, 'ord_1', [{ sku: 'MUG', quantity: 1 }]))

  test('does not take the root connection', () => {
    // @ts-expect-error -- outside of a transaction a refused order would keep its goods
    void inventory.reserve(db, 'ord_1', [{ sku: 'MUG', quantity: 1 }])
    // @ts-expect-error -- as above
    void inventory.convert(db, 'ord_1')
  })
})
