import Sqlite from 'better-sqlite3'
import pg from 'pg'

export type Value = string | number | null
export type Row = Readonly<Record<string, Value>>

/** A statement with `?` for each of its values. */
export type Statement = readonly [sql: string, ...values: Value[]]

/** Work in the database, statement by statement: each is yielded, and its rows come back. */
export type Work<Result> = Generator<Statement, Result, Row[]>

/** The barest way to either engine: statements that stay prepared, and transactions. */
export interface Database {
  /** How the engine makes one JSON text of rows. */
  readonly json: { readonly array: string; readonly object: string }
  readonly run: <Result>(work: Work<Result>) => Promise<Result>
  readonly atomic: <Result>(work: Work<Result>) => Promise<Result>
}

/** Opens the database that the shop keeps, with the same care for what is stored. */
export const openDatabase = (url: string): Database =>
  url.startsWith('postgres') ? openPostgres(url) : openSqlite(url)

function openSqlite(path: string): Database {
  const db = new Sqlite(path)
  for (const setting of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'busy_timeout = 10000'])
    db.pragma(setting)
  const kept = new Map<string, Sqlite.Statement>()
  const rowsOf = ([sql, ...values]: Statement): Row[] => {
    // A bare `= ?` has SQLite prepare a join anew each time; whoever writes by hand for speed knows.
    const statement = kept.get(sql) ?? db.prepare(sql.replaceAll('= ?', '= +?'))
    kept.set(sql, statement)
    if (statement.reader) return statement.all(...values) as Row[]
    statement.run(...values)
    return []
  }
  // All of it at one go, so that no other request comes between two statements of a transaction.
  const run = <Result>(work: Work<Result>): Result => {
    let step = work.next()
    while (!step.done) step = work.next(rowsOf(step.value))
    return step.value
  }
  const [begin, commit] = [db.prepare('begin immediate'), db.prepare('commit')]
  const [enter, leave] = [db.prepare('savepoint one'), db.prepare('release one')]
  const undo = db.prepare('rollback to one')
  let waiting: (() => () => void)[] = []

  /** All that wait go together: a savepoint each, one sync for all, and only then are they answered. */
  function group(): void {
    const members = waiting
    waiting = []
    begin.run()
    const answers = members.map((member) => member())
    commit.run()
    for (const answer of answers) answer()
  }

  const atomic = <Result>(work: Work<Result>) =>
    new Promise<Result>((resolve, reject) => {
      if (waiting.length === 0) setImmediate(group)
      waiting.push(() => {
        enter.run()
        try {
          const result = run(work)
          leave.run()
          return () => resolve(result)
        } catch (error) {
          undo.run()
          leave.run()
          return () => reject(error)
        }
      })
    })
  return { json: { array: 'json_group_array', object: 'json_object' }, run: async (work) => run(work), atomic }
}

const int8 = 20

function openPostgres(url: string): Database {
  pg.types.setTypeParser(int8, Number)
  const pool = new pg.Pool({ connectionString: url, max: 10 })
  const names = new Map<string, { name: string; text: string }>()
  const prepared = (sql: string) => {
    let place = 0
    const known = names.get(sql) ?? { name: `floor_${names.size}`, text: sql.replaceAll('?', () => `$${++place}`) }
    names.set(sql, known)
    return known
  }
  const run = async <Result>(work: Work<Result>, client: pg.Pool | pg.PoolClient = pool): Promise<Result> => {
    let step = work.next()
    while (!step.done) {
      const [sql, ...values] = step.value
      step = work.next((await client.query<Row>({ ...prepared(sql), values })).rows)
    }
    return step.value
  }
  const atomic = async <Result>(work: Work<Result>): Promise<Result> => {
    const client = await pool.connect()
    try {
      await client.query('begin')
      const result = await run(work, client)
      await client.query('commit')
      return result
    } catch (error) {
      await client.query('rollback')
      throw error
    } finally {
      client.release()
    }
  }
  return { json: { array: 'json_agg', object: 'json_build_object' }, run: (work) => run(work), atomic }
}
