import type { Desk } from '../desk.ts'

const mostBytes = 200_000

/** The text of a CSV file that a form has sent, or why there is none. */
export type SentCsv =
  | { readonly csv: string; readonly problem?: undefined }
  | { readonly csv?: undefined; readonly problem: string }

/** Reads the small CSV file of a form. */
export async function csvIn({ text: { bank } }: Desk, file: unknown): Promise<SentCsv> {
  if (!(file instanceof File) || file.size === 0) return { problem: bank.noFile }
  if (file.size > mostBytes) return { problem: bank.tooLarge }
  try {
    return { csv: new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer()) }
  } catch {
    return { problem: bank.unreadable }
  }
}
