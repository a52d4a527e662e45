import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openTestShop } from '../../api/test/shop.ts'
import { createShopApp } from '../src/app.tsx'

export const origin = 'http://localhost:3000'
const apiUrl = 'http://localhost:4000'

/** The storefront over a seeded shop, asked by calls; its faults are collected, and its API can be made to fail. */
export async function openStore() {
  const publicFolder = mkdtempSync(join(tmpdir(), 'sangdo-store-'))
  writeFileSync(join(publicFolder, 'shop.css'), 'html{}')
  const api = await openTestShop()
  const faults: unknown[] = []
  const asked: string[] = []
  const state = { broken: false }
  const app = createShopApp({
    apiUrl,
    apiFetch: async (request, clientIp) => {
      asked.push(`${request.method} ${decodeURI(new URL(request.url).pathname)}`)
      return state.broken
        ? Response.json({ status: 500, code: 'http.fault', detail: 'broken' }, { status: 500 })
        : api.app.fetch(request, { clientIp })
    },
    origin,
    publicFolder,
    payOrigins: [],
    report: (fault) => void faults.push(fault),
  })
  const close = async () => {
    await api.close()
    rmSync(publicFolder, { recursive: true })
  }
  let browsers = 0
  // Sign-ins are counted by address, so that each browser has one of its own.
  const browser = () => {
    const from = { incoming: { socket: { remoteAddress: `10.1.0.${++browsers}` } } }
    return createBrowser((path, init) => app.request(path, init, from), api.practice.fetch)
  }
  return { api, browser, faults, asked, state, close }
}

export type Store = Awaited<ReturnType<typeof openStore>>

/** A page as a browser without JavaScript has it. */
export interface Shown {
  readonly status: number
  readonly url: string
  readonly html: string
  readonly headers: Headers
}

/** A browser without JavaScript: it keeps cookies, follows redirects, and sends forms as they stand in the page. */
function createBrowser(
  ask: (path: string, init: RequestInit) => Response | Promise<Response>,
  pay: (request: Request) => Response | Promise<Response>,
) {
  const cookies = new Map<string, string>()
  let shown: Shown = { status: 0, url: '', html: '', headers: new Headers() }

  async function open(address: string, init: RequestInit = {}): Promise<Shown> {
    const url = new URL(address, new URL(shown.url || '/', origin))
    const elsewhere = url.origin !== origin
    const headers = {
      cookie: [...cookies].map((pair) => pair.join('=')).join('; '),
      origin,
      ...(init.headers as object),
    }
    const response = elsewhere
      ? await pay(new Request(url, { ...init, redirect: 'manual' }))
      : await ask(url.href, { ...init, headers, redirect: 'manual' })
    if (!elsewhere) response.headers.getSetCookie().forEach(remember)
    const location = response.headers.get('location')
    if (location) return open(new URL(location, url).href)
    shown = {
      status: response.status,
      url: elsewhere ? url.href : decodeURI(url.pathname) + url.search,
      html: await response.text(),
      headers: response.headers,
    }
    return shown
  }

  function remember(set: string): void {
    const [name = '', value = ''] = (set.split(';')[0] ?? '').split(/=(.*)/s)
    if (/max-age=0/i.test(set)) cookies.delete(name)
    else cookies.set(name, value)
  }

  /** Sends the first form whose action ends so and that has the fields typed into; null leaves a field out. */
  async function send(action: string, typed: Record<string, string | null> = {}): Promise<Shown> {
    const known = Object.keys(typed)
    const form = formsOf(shown.html).find(
      (one) =>
        new URL(one.action, origin).pathname.endsWith(action) &&
        known.every((name) => one.html.includes(`name="${name}"`)),
    )
    if (!form) throw new Error(`${shown.url} has no form for ${action} with ${known.join(', ')}`)
    const fields = Object.entries({ ...form.fields, ...typed }).filter(
      (pair): pair is [string, string] => pair[1] !== null,
    )
    if (form.method === 'get') return open(`${form.action}?${new URLSearchParams(fields)}`)
    return open(form.action, { method: 'POST', body: new URLSearchParams(fields) })
  }

  return { open, send, cookies, page: () => shown }
}

export type Browser = ReturnType<typeof createBrowser>

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
const plain = (text: string) => text.replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name] ?? '')

/** An attribute of a tag; an empty one is `''`, a missing one undefined. */
export function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}(?:="([^"]*)")?(?=[\\s/>])`).exec(tag)
  return found ? plain(found[1] ?? '') : undefined
}

/** What a page says, without its tags. */
export const textOf = (html: string): string =>
  plain(html.replaceAll(/<(script|style)[\s\S]*?<\/\1>|<[^>]+>/g, ' ')).replaceAll(/\s+/g, ' ')

/** All start tags of one kind. */
export const tags = (html: string, name: string): string[] =>
  html.match(new RegExp(`<${name}(?=[\\s>])[^>]*>`, 'g')) ?? []

/** The forms of a page, with what their fields hold as the page was sent. */
function formsOf(html: string) {
  return [...html.matchAll(/<form[\s>][\s\S]*?<\/form>/g)].map(([form]) => {
    const [start = ''] = tags(form, 'form')
    return {
      html: form,
      action: attribute(start, 'action') ?? '',
      method: attribute(start, 'method') ?? 'get',
      fields: fieldsOf(form),
    }
  })
}

function fieldsOf(form: string): Record<string, string> {
  const inputs = tags(form, 'input').filter(
    (tag) => !/type="(radio|checkbox)"/.test(tag) || attribute(tag, 'checked') !== undefined,
  )
  const selects = [...form.matchAll(/<select[\s\S]*?<\/select>/g)].map(([select]) => {
    const options = tags(select, 'option')
    const chosen = options.find((option) => attribute(option, 'selected') !== undefined) ?? options[0] ?? ''
    return [attribute(tags(select, 'select')[0] ?? '', 'name') ?? '', attribute(chosen, 'value') ?? ''] as const
  })
  const areas = [...form.matchAll(/(<textarea[^>]*>)([\s\S]*?)<\/textarea>/g)].map(
    ([, tag = '', text = '']) => [attribute(tag, 'name') ?? '', plain(text)] as const,
  )
  const typed = inputs.map((tag) => [attribute(tag, 'name') ?? '', attribute(tag, 'value') ?? ''] as const)
  return Object.fromEntries([...typed, ...selects, ...areas].filter(([name]) => name !== ''))
}
