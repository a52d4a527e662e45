import { coreErrors, issuesOf } from '@sangdo/core'
import type { z } from 'zod'

/**
 * The records of a file, one after the other, as a schema reads them: as many rows as you like pass through, and none is kept. What
 * reads the file is the caller's. Throws `core.invalid_input` at the first bad record, which is named: `12.amount` is of the twelfth.
 */
export async function* rowsOf<Schema extends z.ZodType>(
  schema: Schema,
  records: Iterable<unknown> | AsyncIterable<unknown>,
): AsyncGenerator<z.output<Schema>> {
  let number = 0
  for await (const record of records) {
    number++
    const result = schema.safeParse(record)
    if (!result.success) {
      const issues = issuesOf(result.error).map((issue) => ({ ...issue, field: `${number}.${issue.field}` }))
      throw coreErrors.invalid_input({ issues })
    }
    yield result.data
  }
}
