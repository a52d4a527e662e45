import type { Db, Tx } from '@sangdo/core/server'
import { sql } from 'kysely'
import type { Slugs } from '../contract/index.ts'
import { tables } from '../tables.ts'
import { batches, slices } from './rows.ts'

export type SlugKind = 'product' | 'category'

/** Whose slugs these are to be. */
export interface Owner {
  readonly id: string
  readonly slugs: Slugs
}

/** A slug that belongs to another. */
export interface TakenSlug {
  readonly locale: string
  readonly slug: string
}

/**
 * Makes these the slugs of their owners; those of before keep leading to them, until someone else needs one. Answers with
 * the slugs that someone else has now.
 */
export async function putSlugs(tx: Tx, kind: SlugKind, owners: readonly Owner[]): Promise<TakenSlug[]> {
  await tables(tx)
    .updateTable('catalog_slug')
    .set({ current: 0 })
    .where(
      'owner_id',
      'in',
      owners.map(({ id }) => id),
    )
    .where('current', '=', sql.lit(1))
    .execute()
  const rows = owners.flatMap(({ id, slugs }) =>
    Object.entries(slugs).map(([locale, slug]) => ({ kind, locale, slug, owner_id: id, current: 1 })),
  )
  const taken: TakenSlug[] = []
  for (const some of batches(rows)) {
    const stored = await tables(tx)
      .insertInto('catalog_slug')
      .values(some)
      .onConflict((conflict) =>
        conflict
          .columns(['kind', 'slug', 'locale'])
          .doUpdateSet((eb) => ({ owner_id: eb.ref('excluded.owner_id'), current: 1 }))
          .where((eb) =>
            eb.or([eb('catalog_slug.current', '=', 0), eb('catalog_slug.owner_id', '=', eb.ref('excluded.owner_id'))]),
          ),
      )
      .returning(['locale', 'slug'])
      .execute()
    const keys = new Set(stored.map(keyOf))
    taken.push(...some.filter((row) => !keys.has(keyOf(row))))
  }
  return taken
}

const keyOf = ({ locale, slug }: TakenSlug) => `${locale} ${slug}`

/** The slugs of a kind in one language that start like `base` and are in use by others than `ownerId`. */
export async function slugsLike(
  db: Db,
  kind: SlugKind,
  locale: string,
  base: string,
  ownerId: string,
): Promise<Set<string>> {
  const rows = await tables(db)
    .selectFrom('catalog_slug')
    .select('slug')
    .where('kind', '=', kind)
    .where('slug', '>=', base)
    .where('slug', '<', `${base}\u{10ffff}`)
    .where('locale', '=', locale)
    .where('current', '=', sql.lit(1))
    .where('owner_id', '!=', ownerId)
    .execute()
  return new Set(rows.map((row) => row.slug))
}

/** Who a slug leads to: the one who has it in this language now, else had it, else has it in another language. */
export async function ownerOfSlug(db: Db, kind: SlugKind, locale: string, slug: string): Promise<string | undefined> {
  const rows = await tables(db)
    .selectFrom('catalog_slug')
    .select(['locale', 'owner_id', 'current'])
    .where('kind', '=', kind)
    .where('slug', '=', slug)
    .execute()
  const score = (row: { locale: string; current: number }) => 2 * Number(row.locale === locale) + row.current
  return rows.toSorted((a, b) => score(b) - score(a) || (a.owner_id < b.owner_id ? -1 : 1))[0]?.owner_id
}

/** Who has each of the slugs in one language, now or before. */
export async function ownersOfSlugs(
  db: Db,
  kind: SlugKind,
  locale: string,
  slugs: readonly string[],
): Promise<Map<string, string>> {
  const owners = new Map<string, string>()
  for (const some of slices(slugs, 1000)) {
    const rows = await tables(db)
      .selectFrom('catalog_slug')
      .select(['slug', 'owner_id'])
      .where('kind', '=', kind)
      .where('slug', 'in', some)
      .where('locale', '=', locale)
      .execute()
    for (const row of rows) owners.set(row.slug, row.owner_id)
  }
  return owners
}

/** Forgets every slug of an owner. */
export async function removeSlugs(tx: Tx, ownerId: string): Promise<void> {
  await tables(tx).deleteFrom('catalog_slug').where('owner_id', '=', ownerId).execute()
}
