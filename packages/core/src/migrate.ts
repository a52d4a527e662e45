import { type Migration, Migrator } from 'kysely/migration'
import type { Db } from './db/index.ts'
import { coreErrors } from './errors.ts'
import { coreMigrations } from './migrations.ts'

/** The tables of a package as ordered, append-only steps. Step names sort in the order they run: `0001_stock`. */
export interface Migrations {
  readonly package: string
  readonly steps: Readonly<Record<string, Migration>>
}

/**
 * Brings the tables of the given packages, and those of core, up to date. Each package has a ledger of its own
 * (`orders_migration`); running it again changes nothing. Throws `core.migration_failed` with the step that failed.
 */
export async function migrate(db: Db, packages: readonly Migrations[]): Promise<void> {
  for (const migrations of [coreMigrations, ...packages]) await migrateOne(db, migrations)
}

async function migrateOne(db: Db, migrations: Migrations): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations.steps },
    migrationTableName: `${migrations.package}_migration`,
    migrationLockTableName: 'core_migration_lock',
  })
  const { error, results } = await migrator.migrateToLatest()
  if (!error) return
  const step = results?.find((result) => result.status === 'Error')?.migrationName
  throw coreErrors.migration_failed({ package: migrations.package, step }, error)
}
