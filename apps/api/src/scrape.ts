import { createHash, timingSafeEqual } from 'node:crypto'
import type { Db } from '@sangdo/core/server'
import type { Context, Handler } from 'hono'
import type { Health } from './health.ts'
import type { Env } from './http.ts'
import { backlogLines } from './backlog.ts'
import { lateWindows } from './lateness.ts'
import { report } from './log.ts'
import { metric } from './prometheus.ts'
import type { Running } from './running.ts'
import type { Shop } from './shop.ts'

/** What is told to whoever watches over a process. */
export interface ScrapeOptions {
  readonly shop: Pick<Shop, 'watch' | 'now'>
  readonly db: Db
  readonly health: Health
  readonly running: Running
}

const keptMs = 5000

/**
 * How this process and its shop are doing, in the text format of Prometheus, for this machine or whoever has the token; nobody
 * else learns that it is there. However often it is asked, the database is asked every five seconds.
 */
export function scrape({ shop, db, health, running }: ScrapeOptions): Handler<Env> {
  let asked = { at: -Infinity, answer: Promise.resolve<string[]>([]) }

  async function backlog(): Promise<string[]> {
    if (!(await health.answers())) return []
    return backlogLines(shop, db).catch((error: unknown) => (report('metrics', error), []))
  }

  return async (c) => {
    if (!mayRead(c, running.metricsToken)) return c.notFound()
    const at = performance.now()
    if (at - asked.at > keptMs) asked = { at, answer: backlog() }
    const ofDatabase = await asked.answer
    const up = metric('sangdo_database_up', 'Whether the database answers.', [{ value: Number(ofDatabase.length > 0) }])
    const text = [...running.metrics.lines(), ...processLines(running), ...up, ...ofDatabase, ''].join('\n')
    return c.text(text, 200, {
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      'cache-control': 'no-store',
    })
  }
}

const processLines = ({ gate, lateness }: Running) => [
  ...metric('sangdo_requests_under_way', 'Requests that are being served.', [{ value: gate.underWay() }]),
  ...metric('sangdo_event_loop_delay_seconds', 'How late the event loop was over the last half second.', [
    { value: lateness() / 1000 },
  ]),
  ...metric('sangdo_event_loop_late_total', 'Half seconds in which the event loop was more than 200 ms late.', [
    { value: lateWindows() },
  ]),
  ...metric('process_resident_memory_bytes', 'Memory of this process.', [{ value: process.memoryUsage.rss() }]),
  ...metric('process_start_time_seconds', 'When this process began.', [{ value: performance.timeOrigin / 1000 }]),
]

/** Whoever has the token, or is on this machine and not a proxy that speaks for someone else. */
function mayRead(c: Context<Env>, token: string | undefined): boolean {
  const given = c.req.header('authorization')
  if (given !== undefined) return token !== undefined && isSame(given, `Bearer ${token}`)
  const address = c.env?.clientIp ?? c.env?.incoming?.socket.remoteAddress ?? ''
  const passedOn = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((name) => c.req.header(name) !== undefined)
  return !passedOn && isLoopback(address) && isLocal(new URL(c.req.url).hostname)
}

const isLoopback = (address: string) => /^(::ffff:)?127\.\d+\.\d+\.\d+$|^::1$/.test(address)
// A page that has its own name point to this machine is not of this machine.
const isLocal = (hostname: string) => /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)

const digestOf = (text: string) => createHash('sha256').update(text).digest()
const isSame = (given: string, wanted: string) => timingSafeEqual(digestOf(given), digestOf(wanted))
