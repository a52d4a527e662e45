import { describe, expect, test, vi } from 'vitest'
import { coreErrors, ShopError } from '@sangdo/core'
import { createApp } from '../src/app.ts'
import type { Bindings } from '../src/http.ts'
import { runOnce } from '../src/jobs.ts'
import { loadErrors } from '../src/load.ts'
import { createMetrics } from '../src/metrics.ts'
import { optionsFrom } from '../src/process.ts'
import { histogram, metric } from '../src/prometheus.ts'
import { createRunning } from '../src/running.ts'
import { untraced } from '../src/trace.ts'
import { describeShop } from './engines.ts'
import type { TestShop } from './shop.ts'

/** Each value that a text names, by name and labels; throws for a line that Prometheus could not read. */
function valuesIn(text: string): Record<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !/^# (HELP|TYPE) [a-z_]+ \S/.test(line))
  return Object.fromEntries(
    lines.map((line) => {
      const found = /^([a-z_]+(?:\{(?:[a-z_]+="(?:[^"\\]|\\.)*",?)+\})?) (-?[\d.e+-]+)$/.exec(line)
      if (!found) throw new Error(`not a line of Prometheus: ${line}`)
      return [String(found[1]), Number(found[2])]
    }),
  )
}

describe('what a process counts of itself', () => {
  const valuesOf = ({ lines }: ReturnType<typeof createMetrics>) => valuesIn(lines().join('\n'))

  test('requests by route and status, and how long they took', () => {
    const metrics = createMetrics()
    for (const [status, ms] of [
      [200, 5],
      [200, 30],
      [404, 20_000],
    ] as const)
      metrics.request('GET', '/products/:slug', status, ms)
    const route = 'method="GET",route="/products/:slug"'
    expect(valuesOf(metrics)).toMatchObject({
      [`sangdo_requests_total{${route},status="200"}`]: 2,
      [`sangdo_requests_total{${route},status="404"}`]: 1,
      [`sangdo_request_duration_seconds_bucket{${route},le="0.005"}`]: 1,
      [`sangdo_request_duration_seconds_bucket{${route},le="0.025"}`]: 1,
      [`sangdo_request_duration_seconds_bucket{${route},le="0.05"}`]: 2,
      [`sangdo_request_duration_seconds_bucket{${route},le="10"}`]: 2,
      [`sangdo_request_duration_seconds_bucket{${route},le="+Inf"}`]: 3,
      [`sangdo_request_duration_seconds_count{${route}}`]: 3,
      [`sangdo_request_duration_seconds_sum{${route}}`]: 20.035,
    })
  })

  test('what could not be done for load, or for the database, whoever met it and however it is wrapped', () => {
    const metrics = createMetrics()
    const busy = coreErrors.database_busy({ waitedMs: 2000 })
    const wrapped = new ShopError({ code: 'x.y', kind: 'unavailable', message: '', details: {}, cause: busy })
    metrics.request('GET', '/', 503, 1, loadErrors.too_many_requests({}))
    metrics.request('GET', '/', 503, 1, wrapped)
    metrics.request('GET', '/', 500, 1, new Error('a fault'))
    metrics.job('payments', 1, {
      error: new AggregateError([busy, coreErrors.database_unavailable({ reason: 'full' })]),
    })
    expect(valuesOf(metrics)).toMatchObject({
      'sangdo_requests_refused_total{reason="too_many_requests"}': 1,
      'sangdo_requests_refused_total{reason="too_late"}': 0,
      sangdo_database_busy_total: 2,
      sangdo_database_unavailable_total: 1,
    })
  })

  test('when a job last ended well, how long it took, and how often it failed', async () => {
    let at = 1000
    const metrics = createMetrics({ clock: () => at })
    metrics.expectJob('outbox')
    const labels = '{job="outbox"}'
    expect(valuesOf(metrics)).not.toHaveProperty([`sangdo_job_last_success_timestamp_seconds${labels}`])
    expect(valuesOf(metrics)).toMatchObject({ [`sangdo_job_failures_total${labels}`]: 0 })
    metrics.job('outbox', 250)
    at = 9000
    metrics.job('outbox', 500, { error: undefined })
    expect(valuesOf(metrics)).toMatchObject({
      [`sangdo_job_last_success_timestamp_seconds${labels}`]: 1,
      [`sangdo_job_duration_seconds${labels}`]: 0.5,
      [`sangdo_job_failures_total${labels}`]: 1,
    })
  })

  test('a job that fails is counted and does not end the others', async () => {
    const metrics = createMetrics()
    const run = () => Promise.reject(coreErrors.database_busy({ waitedMs: 1 }))
    const quiet = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    await runOnce({ name: 'bad', pause: 1, run }, { metrics, tracer: untraced }, new AbortController().signal)
    quiet.mockRestore()
    expect(valuesOf(metrics)).toMatchObject({
      'sangdo_job_failures_total{job="bad"}': 1,
      sangdo_database_busy_total: 1,
    })
  })

  test('whatever a label holds, it is one line', () => {
    const text = metric('x_total', 'X.', [{ labels: { of: 'a"b\\c\nd' }, value: 1 }])
    expect(text).toEqual(['# HELP x_total X.', '# TYPE x_total counter', 'x_total{of="a\\"b\\\\c\\nd"} 1'])
    expect(histogram('y', 'Y.', [1], [])).toEqual(['# HELP y Y.', '# TYPE y histogram'])
  })
})

describeShop((shop) => {
  const processOf = (metricsToken?: string, of: TestShop = shop()) =>
    createApp({
      ...of,
      trustedOrigins: [],
      running: createRunning({ lateness: () => 120, ...(metricsToken ? { metricsToken } : {}) }),
    })
  type Process = ReturnType<typeof processOf>
  const here: Bindings = { clientIp: '127.0.0.1' }
  const ask = async (app: Process, from: Bindings | undefined = here, headers = {}, url = 'http://localhost/metrics') =>
    app.request(url, { headers }, from)
  const statusOf = async (...asked: Parameters<typeof ask>) => (await ask(...asked)).status

  test('is told to this machine', async () => {
    const app = processOf()
    for (const clientIp of ['127.0.0.1', '127.8.0.1', '::1', '::ffff:127.0.0.1'])
      expect(await statusOf(app, { clientIp })).toBe(200)
    expect(await statusOf(app, { incoming: { socket: { remoteAddress: '::1' } } })).toBe(200)
    expect((await ask(app)).headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  })

  test('nobody else learns that it is there', async () => {
    const app = processOf()
    const [refusal, nothing] = [
      await ask(app, { clientIp: '10.0.0.7' }),
      await app.request('http://localhost/metrix', {}, here),
    ]
    expect((await refusal.text()).replaceAll('metrics', 'metrix')).toBe(await nothing.text())
    expect([refusal.status, nothing.status]).toEqual([404, 404])
    for (const from of [{}, { clientIp: '1270.0.0.1' }, { clientIp: '127.0.0.1.example.com' }])
      expect(await statusOf(app, from)).toBe(404)
    // A proxy on this machine speaks for someone else, and so does a page whose name points here.
    for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'])
      expect(await statusOf(app, here, { [name]: '10.0.0.7' })).toBe(404)
    expect(await statusOf(app, here, {}, 'http://shop.example.com/metrics')).toBe(404)
    expect(await statusOf(app, here, { authorization: 'Bearer undefined' })).toBe(404)
  })

  test('is told to whoever has the token, from wherever they ask', async () => {
    const app = processOf(optionsFrom({ METRICS_TOKEN: 'a-long-token' }).running.metricsToken)
    const from = { clientIp: '10.0.0.7' }
    const url = 'https://api.example.com/metrics'
    expect(await statusOf(app, from, { authorization: 'Bearer a-long-token' }, url)).toBe(200)
    for (const wrong of ['Bearer a-long-toke', 'Bearer ', 'a-long-token', 'Bearer a-long-token2'])
      expect(await statusOf(app, from, { authorization: wrong }, url)).toBe(404)
    expect(await statusOf(app, from, {}, url)).toBe(404)
    expect(await statusOf(app)).toBe(200)
  })

  test('names routes and never what somebody asked for', async () => {
    const app = processOf()
    await app.request('http://localhost/products/celadon-cup?locale=ko&currency=KRW&secret=1')
    await app.request('http://localhost/sky@example.com')
    await app.request('http://localhost/admin/orders')
    const text = await (await ask(app)).text()
    const values = valuesIn(text)
    expect(Object.keys(values).filter((name) => name.startsWith('sangdo_requests_total'))).toEqual([
      expect.stringMatching(/\{method="GET",route="\/products\/:slug",status="\d+"\}$/),
      'sangdo_requests_total{method="GET",route="none",status="404"}',
      'sangdo_requests_total{method="GET",route="/admin/orders",status="401"}',
    ])
    expect(text).not.toMatch(/celadon|example\.com|secret/)
    expect(values).toMatchObject({ sangdo_event_loop_delay_seconds: 0.12, sangdo_requests_under_way: 0 })
  })

  test('tells what waits in the database, since when, and which promises are broken', async () => {
    const { db, shop: services, clock } = shop()
    await services.deliver(db)
    const before = valuesIn(await (await ask(processOf())).text())
    expect(before).toMatchObject({
      sangdo_database_up: 1,
      sangdo_outbox_waiting: 0,
      sangdo_outbox_age_seconds: 0,
      sangdo_money_tasks_open: 0,
      sangdo_promises_broken: 0,
    })
    expect(before).not.toHaveProperty('sangdo_promises_checked_timestamp_seconds')
    const at = services.now().toISOString()
    const rows = ['a', 'b'].map((id) => ({ id: `evt_${id}`, name: 'x.y', payload: '{}', occurred_at: at, due_at: at }))
    await db.insertInto('core_outbox').values(rows).execute()
    const task = { id: 'tsk_1', kind: 'unmatched_webhook', subject: 'x', since: at }
    await db.insertInto('payments_task').values(task).execute()
    const breach = [{ name: 'shop.goods', says: '', breaches: [{ subject: 'a' }, { subject: 'b' }] }]
    await db
      .insertInto('core_check')
      .values({ one: 1, checked_at: at, broken: JSON.stringify(breach) })
      .execute()
    clock.advance(90_000)
    const after = valuesIn(await (await ask(processOf())).text())
    await db.deleteFrom('payments_task').where('id', '=', 'tsk_1').execute()
    await db.deleteFrom('core_check').execute()
    await services.deliver(db)
    expect(after).toMatchObject({
      sangdo_outbox_waiting: 2,
      sangdo_outbox_age_seconds: 90,
      sangdo_money_tasks_open: 1,
      sangdo_money_task_age_seconds: 90,
      sangdo_promises_broken: 1,
      'sangdo_promise_breaches{promise="shop.goods"}': 2,
      sangdo_promises_checked_timestamp_seconds: Date.parse(at) / 1000,
    })
  })

  test('asks the database once, however often it is asked itself, and says when it does not answer', async () => {
    const [{ db }, app] = [shop(), processOf()]
    await Promise.all(Array.from({ length: 20 }, async () => ask(app)))
    await db.schema.alterTable('payments_task').renameTo('payments_task_away').execute()
    const kept = valuesIn(await (await ask(app)).text())
    const quiet = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const lost = valuesIn(await (await ask(processOf())).text())
    quiet.mockRestore()
    await db.schema.alterTable('payments_task_away').renameTo('payments_task').execute()
    expect([kept['sangdo_database_up'], lost['sangdo_database_up']]).toEqual([1, 0])
    expect(lost).not.toHaveProperty('sangdo_outbox_waiting')
  })
})
