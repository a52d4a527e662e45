import type { Context } from 'hono'
import type { Refusal } from './client.ts'
import type { FieldErrors } from './parts/form.tsx'
import type { ShopEnv, Visitor } from './visitor.ts'

/** What was typed into a form, by the name of its field, without spaces around it. Files are no text, and left out. */
export async function formOf(c: Context<ShopEnv>): Promise<Record<string, string>> {
  const body = await c.req.parseBody()
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value.trim()]] : [])),
  )
}

/** What is wrong with which field, in the visitor's words; the API names the field, `address.phone` as `phone`. */
export function fieldErrors({ text }: Visitor, refusal: Refusal | undefined): FieldErrors {
  const known: FieldErrors = text.fields
  const wrong = (refusal?.errors ?? []).map(({ field, message }) => [field.split('.').pop() ?? field, message] as const)
  return Object.fromEntries(wrong.map(([field, message]) => [field, known[field] ?? message]))
}

/** An address of this shop that a form asked to be sent back to; any other is not followed. */
export function backTo(back: string | undefined, otherwise: string): string {
  return back !== undefined && /^\/(ko|en)(?:[/?#][^\\\p{Cc}]*)?$/u.test(back) ? encodeURI(decoded(back)) : otherwise
}

function decoded(address: string): string {
  try {
    return decodeURI(address)
  } catch {
    return address
  }
}
