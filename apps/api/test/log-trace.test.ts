import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { fakeProvider } from '@sangdo/payments/testing'
import { createHttp, problem } from '../src/http.ts'
import { runOnce } from '../src/jobs.ts'
import { report } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { observed } from '../src/observed.ts'
import { createRunning } from '../src/running.ts'
import { traced, traceIdOf, type Tracer } from '../src/trace.ts'

const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
const traceparent = `00-${trace}-00f067aa0ba902b7-01`

/** Remembers what it has seen begin, end and fail, and names a trace of its own where it is told to. */
function fakeTracer(own?: string) {
  const seen: string[] = []
  const tracer: Tracer = async ({ kind, name, ...work }, run) => {
    seen.push(['start', kind, name, ...(work.traceparent ? [work.traceparent] : [])].join(' '))
    try {
      return await run({
        note: (facts) => void seen.push(`note ${JSON.stringify(facts)}`),
        ...(own ? { trace: own } : {}),
      })
    } catch (error) {
      seen.push(`fail ${(error as Error).message}`)
      throw error
    } finally {
      seen.push(`end ${name}`)
    }
  }
  return { tracer, seen }
}

let lines: Record<string, unknown>[] = []
beforeEach(() => {
  lines = []
  vi.spyOn(process.stderr, 'write').mockImplementation((line) => (lines.push(JSON.parse(String(line))), true))
})
afterEach(() => vi.restoreAllMocks())

function tracedApp(tracer: Tracer) {
  const app = createHttp()
  app.onError((error, c) => problem(c, error))
  app.use(observed(createRunning({ lateness: () => 0, tracer })))
  app.get('/orders/:number', () => {
    throw new Error('a fault')
  })
  return app
}

describe('a traceparent', () => {
  test('names the trace that a request belongs to', () => {
    expect(traceIdOf(traceparent)).toBe(trace)
    expect(traceIdOf(`cc-${trace}-00f067aa0ba902b7-01-what-comes-later`)).toBe(trace)
  })

  test('that is not well-formed names none', () => {
    const wrong = [
      undefined,
      '',
      trace,
      `ff-${trace}-00f067aa0ba902b7-01`,
      `00-${trace}-00f067aa0ba902b7-01-more`,
      `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
      `00-${trace}-${'0'.repeat(16)}-01`,
      `00-${trace.toUpperCase()}-00f067aa0ba902b7-01`,
      `${traceparent}\n`,
    ]
    expect(wrong.filter((given) => traceIdOf(given) !== undefined)).toEqual([])
  })
})

describe('a tracer', () => {
  test('sees a request start under the trace it came with, and end with its status', async () => {
    const { tracer, seen } = fakeTracer()
    await tracedApp(tracer).request('/orders/A1?x=1', { headers: { traceparent } })
    expect(seen).toEqual([
      `start request GET /orders/:number ${traceparent}`,
      'note {"http.response.status_code":500}',
      'end GET /orders/:number',
    ])
    expect(lines).toMatchObject([{ where: 'GET /orders/:number', trace }])
  })

  test('that knows better says which trace is logged', async () => {
    const { tracer, seen } = fakeTracer('its own')
    await tracedApp(tracer).request('/orders/A1', { headers: { traceparent: 'nonsense' } })
    expect(seen[0]).toBe('start request GET /orders/:number')
    expect(lines).toMatchObject([{ trace: 'its own' }])
  })

  test('sees a job start, fail and end, and what it logs bears its name', async () => {
    const { tracer, seen } = fakeTracer('its own')
    const run = async () => {
      report('inside', new Error('x'))
      throw new Error('no luck')
    }
    await runOnce({ name: 'prices', pause: 1, run }, { metrics: createMetrics(), tracer }, new AbortController().signal)
    expect(seen).toEqual(['start job prices', 'fail no luck', 'end prices'])
    expect(lines).toMatchObject([
      { where: 'inside', job: 'prices', trace: 'its own' },
      { where: 'job: prices', job: 'prices', trace: 'its own' },
    ])
  })

  test('sees each call of a provider, whose answers and refusals stay what they are', async () => {
    const { tracer, seen } = fakeTracer()
    const fake = fakeProvider()
    const provider = traced(fake, tracer)
    expect(await provider.find('att_none')).toBeNull()
    await expect(provider.cancel('att_none')).rejects.toThrow()
    expect(seen.filter((line) => !line.startsWith('fail'))).toEqual([
      'start provider fake.find',
      'end fake.find',
      'start provider fake.cancel',
      'end fake.cancel',
    ])
    expect([provider.id, provider.methods]).toEqual([fake.id, fake.methods])
    expect(traced(fake, undefined)).toBe(fake)
  })
})
