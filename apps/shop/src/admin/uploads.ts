import { createReadStream, createWriteStream, rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { boundaryOf, partsOf } from './multipart.ts'

/** A file that an operator has sent, on disk, and the fields beside it. */
export interface Upload {
  readonly folder: string
  readonly fileName: string
  readonly bytes: number
  readonly fields: Readonly<Record<string, string>>
}

export const mostBytes = 100 * 1024 * 1024
const mostFieldBytes = 1000
const keptUploads = 10
const hour = 3_600_000

/** A file is larger than it may be. */
export class TooLarge extends Error {}

/** Writes the file of a form to disk as it comes in. Throws `TooLarge`, or `Error` for a form that cannot be read. */
export async function receive(request: Request): Promise<Upload> {
  const boundary = boundaryOf(request.headers.get('content-type') ?? '')
  if (!request.body || !boundary) throw new Error('This is no form with a file')
  const folder = await mkdtemp(join(tmpdir(), 'sangdo-upload-'))
  try {
    return { folder, ...(await read(request.body, boundary, pathIn(folder))) }
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

async function read(form: ReadableStream<Uint8Array>, boundary: string, path: string) {
  const fields: Record<string, string> = {}
  let [fileName, bytes] = ['', 0]
  for await (const part of partsOf(form, boundary)) {
    if (part.fileName === null) fields[part.name] = (await textOf(part.body)).trim()
    else {
      fileName = part.fileName
      await pipeline(part.body, limited, createWriteStream(path))
    }
  }
  return { fields, fileName, bytes }

  async function* limited(pieces: AsyncIterable<Buffer>) {
    for await (const piece of pieces) {
      bytes += piece.length
      if (bytes > mostBytes) throw new TooLarge()
      yield piece
    }
  }
}

async function textOf(pieces: AsyncIterable<Buffer>): Promise<string> {
  let text = ''
  for await (const piece of pieces) if (text.length < mostFieldBytes) text += piece.toString('utf8')
  return text
}

const pathIn = (folder: string) => join(folder, 'file')

/** The bytes of an upload, read as they are asked for. */
export const contentOf = ({ folder }: Upload): ReadableStream =>
  Readable.toWeb(createReadStream(pathIn(folder))) as ReadableStream

export type Uploads = ReturnType<typeof createUploads>

/** Keeps the files of previews for the import that follows, for an hour and at most ten, each for whoever sent it. */
export function createUploads() {
  const kept = new Map<string, Upload & { readonly staffId: string }>()
  process.once('exit', () => kept.forEach(({ folder }) => rmSync(folder, { recursive: true, force: true })))

  function keep(importId: string, staffId: string, upload: Upload): void {
    kept.set(importId, { ...upload, staffId })
    setTimeout(() => void drop(importId), hour).unref()
    const [oldest] = kept.keys()
    if (kept.size > keptUploads && oldest !== undefined) void drop(oldest)
  }

  const find = (importId: string, staffId: string): Upload | null => {
    const upload = kept.get(importId)
    return upload?.staffId === staffId ? upload : null
  }

  async function drop(importId: string): Promise<void> {
    const upload = kept.get(importId)
    kept.delete(importId)
    if (upload) await forget(upload)
  }

  return { keep, find, drop }
}

/** Deletes the file of an upload. */
export const forget = ({ folder }: Upload): Promise<void> => rm(folder, { recursive: true, force: true })
