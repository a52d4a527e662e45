import { instant, type Page, PageQuery, parse } from '@sangdo/core'
import type { Db } from '@sangdo/core/server'
import { type Reorder, ReorderPoint, type Sku } from '../contract/index.ts'
import { toOrder } from '../rules/index.ts'
import * as store from '../store/index.ts'
import type { Dependencies } from './dependencies.ts'

/** When to order what again, and how much of it. */
export function createReorder({ now }: Pick<Dependencies, 'now'>) {
  /**
   * Says at how many pieces a sku is to be ordered again and up to how many, in place of what was said before; and at how many it is
   * said to run low.
   */
  async function setReorderPoint(db: Db, input: ReorderPoint): Promise<void> {
    const { lowAt, ...point } = parse(ReorderPoint, input)
    await store.setReorderPoint(db, { ...point, lowAt: lowAt ?? point.point })
  }

  /** What is to be ordered now, by sku: nothing twice, as what is on its way is counted in. */
  async function reorder(db: Db, page: Partial<PageQuery> = {}): Promise<Page<Reorder>> {
    const { items, next } = await store.belowPoint(db, instant(now()), parse(PageQuery, page))
    return { items: items.map((below) => ({ ...below, quantity: toOrder(below) })), next }
  }

  /** Forgets when a sku is to be ordered; it is said to run low as any other then. */
  const removeReorderPoint = (db: Db, sku: Sku): Promise<void> => store.removeReorderPoint(db, sku)

  return { setReorderPoint, removeReorderPoint, reorderPointsOf: store.reorderPointsOf, reorder }
}
