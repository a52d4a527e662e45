import type pg from 'pg'

// What a statement costs the server to parse and plan it, it costs again each time it is not prepared; and what is prepared takes
// memory in every connection, so that only what comes again is, and not without end.
const usesBefore = 2
const mostPrepared = 500
const mostSeen = 5000

/** Whether a table has changed under a statement that was prepared, as when a newer version of the shop has brought it up to date. */
export const isOutdated = (error: unknown): boolean => {
  const { code, message } = error as { code?: unknown; message?: unknown }
  return code === '0A000' && String(message).startsWith('cached plan')
}

/** The client of a pool whose statements stay prepared on the server, by names that all connections of the pool share. */
export function preparing(Client: typeof pg.Client): typeof pg.Client {
  const uses = new Map<string, number>()
  const names = new Map<string, string>()
  let [epoch, count] = [0, 0]

  function nameOf(text: string): string | undefined {
    const known = names.get(text)
    if (known !== undefined || names.size >= mostPrepared) return known
    const used = (uses.get(text) ?? 0) + 1
    if (used <= usesBefore) {
      if (uses.size >= mostSeen) uses.clear()
      uses.set(text, used)
      return undefined
    }
    uses.delete(text)
    const name = `sangdo_${epoch}_${count++}`
    names.set(text, name)
    return name
  }

  /** Everything is prepared anew under other names: nobody can tell what else has changed. */
  function forget(): void {
    names.clear()
    epoch++
  }

  class PreparingClient extends Client {
    // @ts-expect-error -- of its many forms, only the one that Kysely uses is another here
    override query(text: unknown, values?: unknown, callback?: unknown): unknown {
      const isPlain = typeof text === 'string' && Array.isArray(values) && values.length > 0 && callback === undefined
      const name = isPlain ? nameOf(text) : undefined
      if (!isPlain || name === undefined)
        return super.query(text as string, values as unknown[], callback as () => void)
      return super.query({ name, text, values }).catch((error: unknown) => {
        if (isOutdated(error)) forget()
        throw error
      })
    }
  }
  return PreparingClient as typeof pg.Client
}
