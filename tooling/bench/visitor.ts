import { send } from './send.ts'

/** What a server said. */
export interface Answer<Body> {
  readonly status: number
  readonly body: Body
}

export type Visitor = ReturnType<typeof createVisitor>

/** Someone who asks a server: with cookies, and with a new idempotency key for every request. */
export function createVisitor(url: string, origin = url) {
  const cookies = new Map<string, string>()

  /** Asks, with a JSON body or with text such as a file, and reads the answer as JSON where it is. */
  async function ask<Body>(method: string, path: string, content?: object | string): Promise<Answer<Body>> {
    const headers = {
      origin,
      'content-type': typeof content === 'string' ? 'text/csv' : 'application/json',
      'idempotency-key': crypto.randomUUID(),
      cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    }
    const body = typeof content === 'object' ? JSON.stringify(content) : content
    const { status, headers: told, text } = await send(url + path, { method, headers, body })
    for (const cookie of told['set-cookie'] ?? []) remember(cookie)
    return { status, body: (told['content-type']?.includes('json') ? JSON.parse(text) : text) as Body }
  }

  function remember(cookie: string): void {
    const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split(/=(.*)/s)
    cookies.set(name, value)
  }

  /** As `ask`, for an answer that must be good. */
  async function get<Body>(method: string, path: string, content?: object | string): Promise<Body> {
    const { status, body } = await ask<Body>(method, path, content)
    if (status >= 400) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(body)}`)
    return body
  }

  return { ask, get }
}
