import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Db, openDb, type Tx } from '@sangdo/core/server'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

type Leaf =
  | { kind: 'pour' }
  | { kind: 'refused'; caught: boolean }
  | { kind: 'undone_by_sqlite'; caught: boolean }
  | { kind: 'look' }
type Step = Leaf | { kind: 'nested'; steps: Leaf[]; keep: boolean }
interface Program {
  readonly after: number
  readonly single: boolean
  readonly steps: Step[]
  readonly commits: boolean
}

const runs = Number(process.env['RUNS'] ?? 20) * 10
let folder: string
let db: Db

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sangdo-'))
  db = await openDb(join(folder, 'shop.db'))
  await sql`create table cup (id text primary key, owner integer not null) strict`.execute(db)
})

afterAll(async () => {
  await db.destroy()
  await rm(folder, { recursive: true, force: true })
})

const leaf: fc.Arbitrary<Leaf> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Leaf>({ kind: 'pour' }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('refused' as const), caught: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant<Leaf>({ kind: 'look' }) },
)
const disaster: fc.Arbitrary<Leaf> = fc.record({ kind: fc.constant('undone_by_sqlite' as const), caught: fc.boolean() })
const steps = (step: fc.Arbitrary<Leaf>) =>
  fc.array(
    fc.oneof(
      { weight: 4, arbitrary: step },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant('nested' as const),
          steps: fc.array(step, { maxLength: 3 }),
          keep: fc.boolean(),
        }),
      },
    ),
    { maxLength: 5 },
  )
const programs = (step: fc.Arbitrary<Leaf>): fc.Arbitrary<Program[]> =>
  fc.array(
    fc.record({
      after: fc.nat({ max: 4 }),
      single: fc.boolean(),
      steps: steps(step),
      commits: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    }),
    { minLength: 2, maxLength: 45 },
  )

/** What a program stores if it is acknowledged: how many cups, or `null` if it calls itself off. */
function promised({ single, steps: all, commits }: Program): number | null {
  if (single) return 1
  const fails = (list: Step[]): boolean =>
    list.some((step) => (step.kind === 'nested' ? fails(step.steps) : 'caught' in step && !step.caught))
  const poured = (list: Step[]): number =>
    list.reduce(
      (n, step) => n + (step.kind === 'nested' ? (step.keep ? poured(step.steps) : 0) : Number(step.kind === 'pour')),
      0,
    )
  return !commits || fails(all) ? null : poured(all)
}

type Opened = Awaited<ReturnType<ReturnType<Db['startTransaction']>['execute']>>
type Look = Map<number, number>
const look = async (): Promise<Look> => {
  const rows = await db
    .selectFrom('cup')
    .select(['owner', db.fn.countAll<number>().as('n')])
    .groupBy('owner')
    .execute()
  return new Map(rows.map((row) => [row['owner'] as number, row['n']]))
}

/** Runs a program as owner `owner`, noting what the world outside can see meanwhile. */
function runner(owner: number, looks: Look[]) {
  let poured = 0
  const pour = (on: Db | Tx) =>
    on
      .insertInto('cup')
      .values({ id: `${owner} ${poured++}`, owner })
      .execute()
  const attempt = async (work: Promise<unknown>, caught: boolean) => {
    try {
      await work
    } catch (error) {
      if (!caught) throw error
    }
  }
  async function run(tx: Tx, step: Leaf): Promise<unknown> {
    switch (step.kind) {
      case 'pour':
        return pour(tx)
      case 'refused':
        return attempt(sql`insert into cup values ('taken', -1)`.execute(tx), step.caught)
      case 'undone_by_sqlite':
        return attempt(sql`insert or rollback into cup values ('taken', -1)`.execute(tx), step.caught)
      case 'look':
        return looks.push(await look())
    }
  }
  async function runNested(tx: Opened, { steps: all, keep }: Extract<Step, { kind: 'nested' }>): Promise<void> {
    // The name that the driver gives to the savepoint that the transaction itself is: the two must not meet.
    const inner = await tx.savepoint('member').execute()
    for (const step of all) await run(inner, step)
    await (keep ? inner.releaseSavepoint('member') : inner.rollbackToSavepoint('member')).execute()
  }
  async function runAll(tx: Opened, all: Step[]): Promise<void> {
    for (const step of all) await (step.kind === 'nested' ? runNested(tx, step) : run(tx, step))
  }
  return { pour, runAll }
}

async function perform(program: Program, owner: number, looks: Look[]): Promise<void> {
  for (let turn = 0; turn < program.after; turn++) await new Promise((resolve) => setImmediate(resolve))
  const { pour, runAll } = runner(owner, looks)
  if (program.single) return void (await pour(db))
  const tx = await db.startTransaction().execute()
  try {
    await runAll(tx, program.steps)
    if (!program.commits) throw new Error('called off')
    await tx.commit().execute()
  } catch (error) {
    await tx.rollback().execute()
    throw error
  }
}

async function check(all: Program[], calm: boolean): Promise<void> {
  await db.deleteFrom('cup').execute()
  await sql`insert into cup values ('taken', -1)`.execute(db)
  const looks: Look[] = []
  const results = await Promise.allSettled(all.map((program, owner) => perform(program, owner, looks)))
  const stored = await look()
  for (const [owner, program] of all.entries()) {
    const expected = promised(program)
    const acknowledged = results[owner]?.status === 'fulfilled'
    if (expected === null) expect(acknowledged).toBe(false)
    else if (calm) expect(acknowledged).toBe(true)
    expect(stored.get(owner) ?? 0).toBe(acknowledged ? expected : 0)
    for (const seen of looks) expect([0, acknowledged ? expected : 0]).toContain(seen.get(owner) ?? 0)
  }
}

test('whoever is acknowledged is stored in full and whoever is not is not at all, however transactions meet', async () => {
  await fc.assert(
    fc.asyncProperty(programs(leaf), (all) => check(all, true)),
    { numRuns: runs },
  )
}, 120_000)

test('also when SQLite undoes a whole group by itself', async () => {
  const step = fc.oneof({ weight: 15, arbitrary: leaf }, { weight: 1, arbitrary: disaster })
  await fc.assert(
    fc.asyncProperty(programs(step), (all) => check(all, false)),
    { numRuns: runs },
  )
}, 120_000)
