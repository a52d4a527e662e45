import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import fc from 'fast-check'
import { defineErrors } from '@sangdo/core'
import { createHttp, problem } from '../src/http.ts'
import { lineOf, onBehalfOf, report } from '../src/log.ts'
import { observed, requestIdOf } from '../src/observed.ts'
import { optionsFrom } from '../src/process.ts'
import { redacted, redactedText } from '../src/redact.ts'
import { createRunning } from '../src/running.ts'

let [faults, requests] = [[] as string[], [] as string[]]
const kept = (lines: string[]) => (chunk: unknown) => (lines.push(...String(chunk).split('\n').slice(0, -1)), true)

beforeEach(() => {
  ;[faults, requests] = [[], []]
  vi.spyOn(process.stderr, 'write').mockImplementation(kept(faults))
  vi.spyOn(process.stdout, 'write').mockImplementation(kept(requests))
})
afterEach(() => vi.restoreAllMocks())

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve))
const { refused } = defineErrors('test', { refused: ['unavailable', (_: object) => 'No answer for sky@example.com'] })

/** An app that logs its requests. */
function loggedApp() {
  const app = createHttp()
  app.onError((error, c) => problem(c, error))
  app.use(observed(createRunning({ lateness: () => 0, logRequests: true })))
  app.get('/orders/:number', (c) => c.json({ number: c.req.param('number') }))
  app.get('/faults/:email', (c) => {
    throw new TypeError(`No customer ${c.req.param('email')}`)
  })
  return app
}

describe('what is personal or secret is not logged', () => {
  test.each([
    ['to sky+shop@example.co.kr, now', 'to [email], now'],
    ['하늘@한국.한국 님', '[email] 님'],
    ['call 010-1234-5678', 'call [phone]'],
    ['call 01012345678입니다', 'call [phone]입니다'],
    ['call +82 10-1234-5678 or (02) 123-4567', 'call [phone] or [phone]'],
    ['call +1 (555) 000-0000 or 555-000-0000', 'call [phone] or [phone]'],
    ['card 4242 4242 4242 4242 declined', 'card [number] declined'],
    ['card 4242-4242-4242-4241 mistyped', 'card [number] mistyped'],
    ['card 4242424242424242', 'card [number]'],
    ['amex 3782 822463 10005', 'amex [number]'],
    ['person 900101-1234567', 'person [number]'],
    ['Authorization: Bearer abc.def-123', 'Authorization: Bearer [token]'],
    ['jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', 'jwt [token]'],
    ['GET http://localhost/orders?token=abc&x=1 failed', 'GET http://localhost/orders?[query] failed'],
    ['postgres://shop:geheim@db.internal/shop', 'postgres://[credentials]@db.internal/shop'],
  ])('%s', (text, said) => expect(redactedText(text)).toBe(said))

  test('what helps to mend a fault stays', () => {
    const texts = [
      'at file:///srv/node_modules/.pnpm/hono@4.13.19/node_modules/hono/dist/compose.js:22:17',
      '2026-11-21T03:00:00.000Z ord_01jd8zq6t9w3k5x7 is paid: 27000 KRW of 100000000',
      'UNIQUE constraint failed: orders_order.number',
      'Is it there? No.',
    ]
    expect(texts.map(redactedText)).toEqual(texts)
  })

  test('nothing under a key that names something of somebody, however the key is written', () => {
    const value = {
      buyerName: 'Ada',
      phone: null,
      sku: 'CUP',
      lines: [{ setCookie: 'a', SET_COOKIE: 'b', quantity: 2 }],
    }
    expect(redacted({ ...value, 'X-Api-Key': 'k', to: { line1: 'Main St 1' } })).toEqual({
      buyerName: '[redacted]',
      phone: null,
      sku: 'CUP',
      lines: [{ setCookie: '[redacted]', SET_COOKIE: '[redacted]', quantity: 2 }],
      'X-Api-Key': '[redacted]',
      to: { line1: '[redacted]' },
    })
  })

  test('a value that goes round in circles, or without end, ends', () => {
    const circle: Record<string, unknown> = { many: Array.from({ length: 1000 }, (_, at) => at) }
    circle['again'] = circle
    expect(JSON.stringify(redacted(circle)).length).toBeLessThan(10_000)
    expect(redactedText('x'.repeat(100_000))).toHaveLength(8192)
  })
})

describe('a line', () => {
  test('is one line, whatever somebody writes into it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, more) => {
        const line = lineOf('info', { text: `${text}\r\n\u2028\u0085\u001b[2K\u202e${more}` })
        // eslint-disable-next-line no-control-regex -- these are what must not be there
        expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202e]/)
        expect(JSON.parse(line)).toMatchObject({ level: 'info' })
      }),
    )
  })

  test('of a fault tells its causes, without what they say of somebody', () => {
    report('job: payments', new AggregateError([refused({ email: 'a@b.kr' }, new Error('call 010-1234-5678'))], 'one'))
    expect(faults).toHaveLength(1)
    expect(JSON.parse(faults[0] ?? '')).toMatchObject({
      level: 'error',
      where: 'job: payments',
      message: 'one',
      causes: [
        {
          code: 'test.refused',
          message: 'No answer for [email]',
          details: { email: '[redacted]' },
          causes: [{ message: 'call [phone]' }],
        },
      ],
    })
  })

  test('of something that is no error is a line as well', () => {
    for (const thrown of [undefined, null, 'call 010-1234-5678', Object.create(null)]) report('here', thrown)
    expect(faults.map((line) => JSON.parse(line).message)).toEqual(['undefined', 'null', 'call [phone]', 'undefined'])
  })

  test('bears on whose behalf it was written, and those of others do not', async () => {
    await Promise.all(
      ['one', 'two'].map((request) =>
        onBehalfOf({ request }, async () => {
          await nextTurn()
          report(request, new Error('x'))
        }),
      ),
    )
    report('nobody', new Error('x'))
    const lines = faults.map((line) => JSON.parse(line))
    expect(lines.map(({ where, request }) => [where, request])).toEqual([
      ['one', 'one'],
      ['two', 'two'],
      ['nobody', undefined],
    ])
  })
})

describe('a request', () => {
  test('keeps the id it came with, in its answer and in its lines', async () => {
    const answer = await loggedApp().request('/orders/A1?token=geheim', {
      headers: { 'x-request-id': 'edge-0000-0001', cookie: 'session=geheim' },
    })
    await nextTurn()
    expect(answer.headers.get('x-request-id')).toBe('edge-0000-0001')
    expect(requests.map((line) => JSON.parse(line))).toEqual([
      {
        at: expect.any(String),
        level: 'info',
        request: 'edge-0000-0001',
        method: 'GET',
        route: '/orders/:number',
        status: 200,
        ms: expect.any(Number),
      },
    ])
    expect(requests.join('')).not.toMatch(/geheim|A1/)
  })

  test('is given a new id for one that is no id, or somebody’s number', () => {
    for (const given of [undefined, '', 'short', 'a b c d e f', '010-1234-5678', '4242424242424242', 'x'.repeat(65)])
      expect(requestIdOf(given)).toMatch(/^[\da-f-]{36}$/)
    expect(requestIdOf('a_well-formed-ID-1')).toBe('a_well-formed-ID-1')
  })

  test('that ends in a fault is one line that names it, and another that bears the same id', async () => {
    const answer = await loggedApp().request('/faults/sky@example.com', { method: 'GET' })
    await nextTurn()
    const [fault, request] = [JSON.parse(faults[0] ?? '{}'), JSON.parse(requests[0] ?? '{}')]
    expect([answer.status, request.status, request.route]).toEqual([500, 500, '/faults/:email'])
    expect(fault).toMatchObject({ where: 'GET /faults/:email', message: 'No customer [email]' })
    expect([fault.request, request.request]).toEqual([answer.headers.get('x-request-id'), fault.request])
    expect(faults.join('')).not.toContain('example.com')
  })

  test('to nowhere, or in a way that nobody knows, is named so', async () => {
    const app = loggedApp()
    await app.request('/somebody@example.com')
    await app.request('/orders/A1', { method: 'BREW' })
    await nextTurn()
    expect(
      requests.map((line) => JSON.parse(line)).map(({ method, route, status }) => [method, route, status]),
    ).toEqual([
      ['GET', 'none', 404],
      ['other', 'none', 404],
    ])
  })

  test('is logged only where that is asked for', () => {
    expect(optionsFrom({ LOG: 'requests' }).running).toEqual({ logRequests: true })
    expect(createRunning(optionsFrom({}).running).logRequests).toBe(false)
  })
})
