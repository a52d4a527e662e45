/** A part of a form as a browser sends it: a field, or a file whose bytes come in pieces. */
export interface Part {
  readonly name: string
  /** Null for a field. */
  readonly fileName: string | null
  readonly body: AsyncIterable<Buffer>
}

const headerEnd = Buffer.from('\r\n\r\n')
const mostHeaderBytes = 16 * 1024

/** The boundary between the parts of a form, from its content type; null when it has none. */
export const boundaryOf = (contentType = ''): string | null =>
  /^multipart\/form-data;.*boundary="?([^";]+)/i.exec(contentType)?.[1] ?? null

/**
 * Reads a form part by part as it comes in, holding no more of a file than its latest piece. The body of a part has to be
 * read to its end before the next is asked for. Throws `Error` for a form that ends too early.
 */
export async function* partsOf(form: AsyncIterable<Uint8Array>, boundary: string): AsyncGenerator<Part> {
  const pieces = form[Symbol.asyncIterator]()
  // The first boundary has no line end before it; with one added, all are found alike.
  let held = Buffer.from('\r\n')

  async function more(): Promise<void> {
    const { value, done } = await pieces.next()
    if (done) throw new Error('The form has no end')
    held = Buffer.concat([held, value])
  }

  /** All up to a mark, in pieces; what may be the start of the mark is held back. */
  async function* until(mark: Buffer): AsyncGenerator<Buffer> {
    for (;;) {
      const end = held.indexOf(mark)
      const sure = end === -1 ? held.length - mark.length : end
      if (sure > 0) yield held.subarray(0, sure)
      held = held.subarray(end === -1 ? Math.max(sure, 0) : end + mark.length)
      if (end !== -1) return
      await more()
    }
  }

  async function headers(): Promise<string> {
    while (held.indexOf(headerEnd) === -1 && held.length < mostHeaderBytes) await more()
    const end = held.indexOf(headerEnd)
    if (end === -1) throw new Error('The form has a part without an end of its headers')
    const text = held.toString('utf8', 0, end)
    held = held.subarray(end + headerEnd.length)
    return text
  }

  const mark = Buffer.from(`\r\n--${boundary}`)
  for await (const _ of until(mark));
  for (;;) {
    while (held.length < 2) await more()
    if (held.toString('latin1', 0, 2) === '--') return
    const text = await headers()
    yield { name: quoted('name', text) ?? '', fileName: quoted('filename', text), body: until(mark) }
  }
}

const quoted = (field: string, headers: string): string | null =>
  new RegExp(`^content-disposition:.*[; ]${field}="([^"]*)"`, 'im').exec(headers)?.[1]?.replaceAll('%22', '"') ?? null
