import type { z } from 'zod'
import { coreErrors } from './errors.ts'

/** Checks an input against its schema. Throws `core.invalid_input`, which names every refused field. */
export function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  throw coreErrors.invalid_input({ issues: issuesOf(result.error) })
}

/** Turns zod's issues into field and message; an unknown field is named itself, not by the object that holds it. */
export function issuesOf(error: z.ZodError): { field: string; message: string }[] {
  return error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ field: [...issue.path, key].join('.'), message: 'Unknown field' }))
      : [{ field: issue.path.join('.') || '(input)', message: issue.message }],
  )
}
