import type { Db, Tx } from '@sangdo/core/server'
import { tables } from '../tables.ts'

/** Up to when starts and ends have been announced; with `target` set it is being done, and `after` is the last sku done. */
export interface Announced {
  readonly until: string
  readonly target: string
  readonly after: string
}

/** How far the announcements are; from the beginning of time where there were none. */
export async function announced(db: Db): Promise<Announced> {
  const row = await tables(db)
    .selectFrom('pricing_announcement')
    .select(['until', 'target', 'after_sku as after'])
    .executeTakeFirst()
  return row ?? { until: '', target: '', after: '' }
}

/** Moves the announcements on from where the caller saw them; false when somebody else has. */
export async function moveAnnounced(tx: Tx, from: Announced, to: Announced): Promise<boolean> {
  const values = { until: to.until, target: to.target, after_sku: to.after }
  const row = await tables(tx)
    .insertInto('pricing_announcement')
    .values({ one: 1, ...values })
    .onConflict((conflict) =>
      conflict
        .column('one')
        .doUpdateSet(values)
        .where('pricing_announcement.until', '=', from.until)
        .where('pricing_announcement.target', '=', from.target)
        .where('pricing_announcement.after_sku', '=', from.after),
    )
    .returning('one')
    .executeTakeFirst()
  return row !== undefined
}

/** Some of the skus with a price or a price list that started or ended after `until`, at `target` at the latest; in order. */
export async function turnedSkus(db: Db, { until, target, after }: Announced, limit: number): Promise<string[]> {
  const started = tables(db)
    .selectFrom('pricing_price')
    .select('sku')
    .where('starts_at', '<>', '')
    .where('starts_at', '>', until)
    .where('starts_at', '<=', target)
    .where('sku', '>', after)
  const listed = tables(db)
    .selectFrom('pricing_price')
    .select('sku')
    .where('list_id', '<>', '')
    .where('sku', '>', after)
    .where('list_id', 'in', (eb) =>
      eb
        .selectFrom('pricing_list')
        .select('id')
        .where((or) =>
          or.or([
            or.and([or('starts_at', '>', until), or('starts_at', '<=', target)]),
            or.and([or('ends_at', '>', until), or('ends_at', '<=', target)]),
          ]),
        ),
    )
  const rows = await started.union(listed).orderBy('sku').limit(limit).execute()
  return rows.map((row) => row.sku)
}
