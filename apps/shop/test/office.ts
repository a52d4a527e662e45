import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openTestShop } from '../../api/test/shop.ts'
import { createShopApp } from '../src/app.tsx'

const origin = 'http://localhost:3000'
export const mug = 'SG-CUP-0101'
export const password = 'a long password'

/** A seeded shop with its pages, and all that its people do in them, in one process and over a database of its own. */
export async function openOffice(options: Parameters<typeof openTestShop>[0] = {}) {
  const publicFolder = mkdtempSync(join(tmpdir(), 'sangdo-public-'))
  writeFileSync(join(publicFolder, 'shop.css'), '')
  const api = await openTestShop(options)
  const faults: unknown[] = []
  let browsers = 0
  const shop = createShopApp({
    apiUrl: 'http://localhost:4000',
    apiFetch: async (request, clientIp) => api.app.fetch(request, { clientIp }),
    origin,
    publicFolder,
    payOrigins: [],
    report: (fault) => void faults.push(fault),
  })

  /** A browser without JavaScript: it keeps cookies, follows links and sends forms. */
  function browser(language = 'en') {
    const cookies = new Map<string, string>()
    // Sign-ins are counted by address, so that each browser has one of its own.
    const from = { incoming: { socket: { remoteAddress: `10.0.0.${++browsers}` } } }

    async function ask(
      path: string,
      init: RequestInit = {},
    ): Promise<{ status: number; html: string; path: string; headers: Headers }> {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const response = await shop.request(
        origin + path,
        {
          ...init,
          headers: { cookie, origin, 'accept-language': language, ...(init.headers as object) },
          redirect: 'manual',
        },
        from,
      )
      for (const set of response.headers.getSetCookie()) {
        const [name = '', value = ''] = (set.split(';')[0] ?? '').split(/=(.*)/s)
        if (/max-age=0/i.test(set)) cookies.delete(name)
        else cookies.set(name, value)
      }
      const location = response.headers.get('location')
      return location
        ? ask(location.replace(origin, ''))
        : { status: response.status, html: await response.text(), path, headers: response.headers }
    }

    const send = (path: string, fields: Record<string, string>) =>
      ask(path, { method: 'POST', body: new URLSearchParams(fields) })
    const signIn = (email: string) => send('/admin/sign-in', { email, password, next: '/admin/orders' })
    return { get: (path: string) => ask(path), ask, send, signIn, cookies }
  }

  /** Someone who works here, with a browser in which they have signed in. */
  async function staff(role: 'viewer' | 'operator' | 'owner' = 'operator', language?: string) {
    const email = `${role}-${crypto.randomUUID()}@example.com`
    await api.auth.addStaff({ email, name: `Kim the ${role}`, role, password })
    const office = browser(language)
    const { path } = await office.signIn(email)
    if (path !== '/admin/orders') throw new Error(`Signing in led to ${path}`)
    return office
  }

  /** An order that has been paid by card; the buyer is a member where they have a name. */
  async function paidOrder(pieces = 1, member?: string) {
    const visitor = api.visitor()
    if (member)
      await visitor.ask('POST', '/auth/sign-up/email', {
        email: `${crypto.randomUUID()}@example.com`,
        password,
        name: member,
      })
    const { body } = await visitor.ask(
      'POST',
      '/checkout',
      visitor.accepted(await visitor.filledCart([{ sku: mug, quantity: pieces }])),
    )
    await visitor.ask(
      'POST',
      `/payments/${await visitor.payIn(body.payment.redirectUrl, { practice: '4242424242424242' })}/order`,
    )
    return {
      ...visitor,
      order: body.order as { id: string; number: string; total: { minor: number }; lines: { id: string }[] },
    }
  }

  const viewOf = async (orderId: string) => {
    const order = await api.shop.orders.orderOf(api.db, orderId as `ord_${string}`)
    const [payment] = Object.values(await api.shop.payments.paymentsOf(api.db, [orderId]))
    return { status: order.status, payment }
  }

  const close = async () => {
    await api.close()
    rmSync(publicFolder, { recursive: true })
  }
  return { api, browser, staff, paidOrder, viewOf, faults, close }
}

export type Browser = ReturnType<Awaited<ReturnType<typeof openOffice>>['browser']>

/** The value of a hidden field, or of another with this name. */
export const valueOf = (html: string, name: string) =>
  new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(html)?.[1] ?? ''

/** A key that makes a request happen once. */
export const key = () => crypto.randomUUID()
