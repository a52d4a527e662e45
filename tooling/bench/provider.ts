import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ProviderPayment } from '@sangdo/payments/server'
import { send } from './send.ts'

interface Asked {
  readonly reference: string
  readonly amount: ProviderPayment['amount']
  readonly webhookUrl: string
}

/** A provider that answers at once: what the practice provider says of a card that is good, without a check or a delay. */
export async function listenAsProvider(secret: string) {
  const telling = new Set<Promise<void>>()
  const payments = new Map<string, { readonly asked: Asked; status: ProviderPayment['status'] }>()

  /** The message that something has happened, signed as the practice provider signs. */
  async function tell(reference: string, type: string, webhookUrl: string): Promise<void> {
    const id = `evt_${crypto.randomUUID()}`
    const timestamp = String(Math.floor(Date.now() / 1000))
    const body = JSON.stringify({ id, type, reference, at: new Date().toISOString() })
    const headers = {
      'content-type': 'application/json',
      'x-sandbox-event-id': id,
      'x-sandbox-timestamp': timestamp,
      'x-sandbox-signature': createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex'),
    }
    const { status } = await send(webhookUrl, { method: 'POST', headers, body })
    if (status >= 300) throw new Error(`A message of the provider was refused: ${status}`)
  }

  function view(reference: string): ProviderPayment | null {
    const known = payments.get(reference)
    if (!known) return null
    const { amount } = known.asked
    const none = { ...amount, minor: 0 }
    return {
      reference,
      status: known.status,
      method: 'card',
      amount,
      captured: known.status === 'captured' ? amount : none,
      refunded: none,
      redirectUrl: `http://127.0.0.1/pay/${reference}`,
      deposit: null,
      card: { brand: 'visa', last4: '4242' },
      failure: null,
    }
  }

  function move(reference: string, status: 'approved' | 'captured'): void {
    const known = payments.get(reference)
    if (!known || known.status === status) return
    known.status = status
    const told = tell(reference, `payment.${status}`, known.asked.webhookUrl)
    telling.add(told)
    void told.then(() => telling.delete(told))
  }

  function start(asked: Asked): string {
    if (!payments.has(asked.reference)) payments.set(asked.reference, { asked, status: 'requires_action' })
    return asked.reference
  }

  function answer(method: string, path: string, body: string): ProviderPayment | null {
    const [, , reference = '', action] = path.split('/')
    if (method === 'POST' && reference === '') return view(start(JSON.parse(body) as Asked))
    if (action === 'confirm') move(reference, 'captured')
    return view(reference)
  }

  const server = createServer((request, response) => {
    void textOf(request).then((body) => {
      const found = answer(request.method ?? '', request.url ?? '', body)
      response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(found))
    })
  })
  // A shop that was idle for a while would otherwise ask on a connection that is being closed just then.
  server.keepAliveTimeout = 600_000
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  /** Resolves once whoever is told of something has heard it. */
  const heard = async () => {
    while (telling.size > 0) await Promise.all(telling)
  }
  const close = async () => {
    server.close()
    server.closeAllConnections()
  }
  /** What a buyer does in the window. */
  const approve = (reference: string) => move(reference, 'approved')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, approve, heard, close }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const part of request.setEncoding('utf8')) text += part
  return text
}
