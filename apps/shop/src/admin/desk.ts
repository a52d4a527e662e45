import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { type Answer, ApiRefusal, attempt, type Client, content, type Refusal } from '../client.ts'
import type { Locale, ShopEnv } from '../visitor.ts'
import type { Waiting } from './types.ts'
import { type DeskText, deskTexts } from './text/index.ts'

/** Someone who works here. */
export interface Staff {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: 'viewer' | 'operator' | 'owner'
}

/** What every page of the back office needs to know: who looks at it, in which language, and how the API is asked for them. */
export interface Desk {
  readonly locale: Locale
  readonly text: DeskText
  readonly api: Client
  readonly staff: Staff | null
  /** Whether buttons that change something are shown. Whether they work is decided by the API alone. */
  readonly mayAct: boolean
  /** How much waits for a person, by where it is looked after. */
  readonly waiting: Waiting
  /** The address of this page, with what it asks for. */
  readonly here: string
}

export interface DeskEnv {
  Variables: ShopEnv['Variables'] & { desk: Desk }
  Bindings: ShopEnv['Bindings']
}

export const languageCookie = 'sangdo-admin-language'

/** The desk before anybody has signed in. */
export function openDesk(c: Context<DeskEnv>): Desk {
  const locale = languageOf(getCookie(c, languageCookie), c.req.header('accept-language'))
  return {
    locale,
    text: deskTexts[locale],
    api: c.var.api.client(),
    staff: null,
    mayAct: false,
    waiting: { money: 0, risk: 0 },
    here: hereOf(c),
  }
}

/** The address to come back to: that of the page itself, or of the page whose form was sent. */
function hereOf(c: Context<DeskEnv>): string {
  const from = c.req.method === 'GET' ? c.req.url : c.req.header('referer')
  const { pathname, search } = URL.canParse(from ?? '') ? new URL(from ?? '') : { pathname: '/admin', search: '' }
  return insideOf(pathname + search)
}

/** The address, if it is one of the back office; nobody is ever sent elsewhere by what an address or a form says. */
export const insideOf = (path = ''): string => (/^\/admin(?=$|[/?])[^\\\n\r]*$/.test(path) ? path : '/admin')

/** The language that was chosen, else the one that the browser prefers. */
const languageOf = (chosen: string | undefined, accepted = ''): Locale =>
  chosen === 'ko' || chosen === 'en' ? chosen : accepted.toLowerCase().startsWith('ko') ? 'ko' : 'en'

/** The desk of who has signed in. Throws the refusal of the API when nobody has. */
export async function staffedDesk(desk: Desk): Promise<Desk> {
  const { me, waiting: waits } = desk.api.admin
  const [staff, waiting] = await Promise.all([content(me.$get()), content(waits.$get())])
  return { ...desk, staff, waiting, mayAct: staff.role !== 'viewer' }
}

/** The fields of a form that was sent, without blanks around them. */
export async function formOf(c: Context<DeskEnv>): Promise<Entered> {
  const fields = Object.entries(await c.req.parseBody())
  return Object.fromEntries(
    fields.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value.trim()]] : [])),
  )
}

/** What was entered into a form, by field. */
export type Entered = Readonly<Record<string, string | undefined>>

/** Does what was asked. Answers why not, or null; that somebody may not do it, or has to sign in, is thrown. */
export async function refusalOf(call: Parameters<typeof attempt>[0]): Promise<Refusal | null> {
  return (await answerOf(call)).refusal ?? null
}

/** The answer to what was asked for, or why not; that somebody may not do it, or has to sign in, is thrown. */
export async function answerOf<Reply extends Answer>(call: Promise<Reply>): ReturnType<typeof attempt<Reply>> {
  const answer = await attempt(call)
  if (answer.refusal && [401, 403, 404].includes(answer.refusal.status)) throw new ApiRefusal(answer.refusal)
  return answer
}

/** An address with what is asked for; what is empty is left out. */
export function address(path: string, query: Entered = {}): string {
  const asked = new URLSearchParams(Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : [])))
  return asked.size > 0 ? `${path}?${asked}` : path
}
