import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server that listens. */
export interface Listening {
  readonly url: string
  close(): Promise<void>
}

const maximumBytes = 64 * 1024

/** Serves a web-standard handler over HTTP, on the loopback interface unless told otherwise. Port 0 takes any free one. */
export async function listen(
  handle: (request: Request) => Promise<Response>,
  port: number,
  host = '127.0.0.1',
): Promise<Listening> {
  const server = createServer((message, response) => {
    answer(handle, message, response).catch(() => response.headersSent || response.writeHead(500).end())
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  const { port: taken } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`, close }
}

async function answer(
  handle: (request: Request) => Promise<Response>,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await bodyOf(message)
  if (body === null) return void response.writeHead(413, { connection: 'close' }).end()
  const url = new URL(message.url ?? '/', `http://${message.headers.host ?? '127.0.0.1'}`)
  const headers = Object.entries(message.headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as [string, string]] : [],
  )
  const hasBody = message.method !== 'GET' && message.method !== 'HEAD'
  const result = await handle(
    new Request(url, { method: message.method ?? 'GET', headers, ...(hasBody ? { body } : {}) }),
  )
  response.writeHead(result.status, Object.fromEntries(result.headers))
  response.end(message.method === 'HEAD' ? undefined : Buffer.from(await result.arrayBuffer()))
}

async function bodyOf(message: IncomingMessage): Promise<Buffer<ArrayBuffer> | null> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of message as AsyncIterable<Buffer>) {
    size += part.length
    if (size > maximumBytes) return null
    parts.push(part)
  }
  return Buffer.concat(parts)
}
