import { Agent, type IncomingHttpHeaders, request } from 'node:http'

/** What came back. */
export interface Received {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** What is asked for. */
export interface Asked {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | undefined
}

const agent = new Agent({ keepAlive: true, maxSockets: 256 })

/** Sends a request with as little work as Node can do it with, so that who measures does not become what is measured. */
export function send(url: string, asked: Asked): Promise<Received> {
  const { method, headers, body } = asked
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const outgoing = request(url, { method, agent, headers: { ...headers, ...length } }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => (text += part))
      const { statusCode: status = 0, headers: told } = response
      // As everybody who reads text does, it leaves out the mark at its beginning that says how it is written.
      response.on('end', () => resolve({ status, headers: told, text: text.replace(/^\uFEFF/, '') }))
      response.on('error', reject)
    })
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      // Its connection was closed, being idle, while the request was on its way: nobody has seen it.
      if (outgoing.reusedSocket && error.code === 'ECONNRESET') resolve(send(url, asked))
      else reject(error)
    })
    outgoing.end(body)
  })
}
