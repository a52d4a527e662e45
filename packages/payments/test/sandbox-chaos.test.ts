import { describe, expect, test } from 'vitest'
import { money } from '@sangdo/core'
import { stillClock } from '@sangdo/core/testing'
import { type ChaosRates, createSandbox, type MischiefKind, sandbox } from '@sangdo/payments/sandbox'
import { sampleRequest } from '@sangdo/payments/testing'

const url = 'http://127.0.0.1:4000'
const secret = 'practice'
const kinds: readonly MischiefKind[] = [
  'slow_request',
  'slow_answer',
  'request_lost',
  'answer_lost',
  'broken_answer',
  'webhook_lost',
  'webhook_late',
  'webhook_repeated',
  'webhook_forged',
  'wrong_amount',
  'deposit_late',
  'deposit_doubled',
  'deposit_reversed',
]
const all = (chance: number): ChaosRates =>
  Object.fromEntries(kinds.map((kind) => [kind, chance])) as Record<MischiefKind, number>

/** A provider that does only what it is told to, always, and never waits; what it sent and how long it would have waited is kept. */
function misbehaving(rates: Partial<ChaosRates>, seed = 7) {
  const clock = stillClock()
  const [waits, sent]: [number[], Request[]] = [[], []]
  const bank = createSandbox({
    secret,
    now: clock.now,
    chaos: { seed, rates: { ...all(0), ...rates } },
    sleep: async (milliseconds) => void waits.push(milliseconds),
    send: async (request) => (sent.push(request), new Response(null, { status: 202 })),
  })
  const provider = sandbox({ url, secret, fetch: bank.fetch, now: clock.now })
  const start = (reference = 'att_1', webhookUrl: string | null = 'http://127.0.0.1:3000/hook') =>
    provider.start(sampleRequest(reference, { expiresAt: '2026-01-02T03:19:05.678Z', webhookUrl }))
  const kindsOf = () => bank.mischief().map(({ kind }) => kind)
  const settled = () => new Promise((resolve) => setTimeout(resolve, 5))
  return { bank, provider, start, waits, sent, kindsOf, settled }
}

describe('a practice provider that misbehaves', () => {
  test('does nothing wrong unless it is asked to', async () => {
    const { bank, start } = misbehaving({})
    await start()
    expect([bank.mischief(), createSandbox({ secret }).mischief()]).toEqual([[], []])
  })

  test('loses a request before it is heard, and an answer after all is done', async () => {
    const lost = misbehaving({ request_lost: 1 })
    await expect(lost.start()).rejects.toThrow('lost')
    expect(lost.waits).toContain(90_000)
    expect(() => lost.bank.approve('att_1')).toThrow('not_found')
    const silent = misbehaving({ answer_lost: 1 })
    await expect(silent.start()).rejects.toThrow('lost')
    expect(silent.bank.approve('att_1').status).toBe('approved')
  })

  test('answers with an error though the money was taken, once however often it is asked', async () => {
    const { bank, provider, start } = misbehaving({ broken_answer: 1 })
    await expect(start()).rejects.toThrow()
    bank.approve('att_1')
    for (let tries = 0; tries < 3; tries++)
      await expect(provider.confirm('att_1', money(27_000, 'KRW'))).rejects.toThrow()
    expect(bank.captured()).toMatchObject([{ captured: money(27_000, 'KRW') }])
  })

  test('is slow by up to ninety seconds, on the way there or back', async () => {
    const { start, waits, kindsOf } = misbehaving({ slow_request: 1, slow_answer: 1 })
    for (let count = 0; count < 50; count++) await start(`att_${count}`)
    expect(new Set(kindsOf())).toEqual(new Set(['slow_request', 'slow_answer']))
    expect([Math.min(...waits) > 0, Math.max(...waits) <= 90_000]).toEqual([true, true])
    expect(Math.max(...waits)).toBeGreaterThan(60_000)
  })

  test('repeats a webhook up to five times, each the same event', async () => {
    const { bank, start, sent, settled } = misbehaving({ webhook_repeated: 1 })
    await start()
    bank.approve('att_1')
    await settled()
    const [told] = bank.mischief()
    expect(told?.kind).toBe('webhook_repeated')
    expect(sent).toHaveLength(1 + (told?.extent ?? 0))
    expect(new Set(sent.map((one) => one.headers.get('x-sandbox-event-id'))).size).toBe(1)
  })

  test('loses webhooks, and forges some that no shop believes', async () => {
    const { bank, provider, start, sent, settled } = misbehaving({ webhook_lost: 1, webhook_forged: 1 })
    await start()
    bank.approve('att_1')
    await settled()
    expect(sent).toHaveLength(1)
    const [forged = new Request(url)] = sent
    const message = { headers: Object.fromEntries(forged.headers), body: await forged.text() }
    expect([JSON.parse(message.body).reference, await provider.verify(message)]).toEqual(['att_1', null])
  })

  test('gets an amount wrong, and says so in its log', async () => {
    const { bank, start } = misbehaving({ wrong_amount: 1 })
    const { amount } = await start()
    expect(amount.minor - 27_000).toBe(bank.mischief()[0]?.extent)
    expect((await start()).amount).toEqual(amount)
  })

  test.each([
    ['deposit_late', [27_000, 0]],
    ['deposit_doubled', [54_000, 0]],
    ['deposit_reversed', []],
  ] as const)('a %s is in its books', async (kind, expected) => {
    const { bank, start, settled, kindsOf } = misbehaving({ [kind]: 1 })
    await start()
    bank.issueAccount('att_1', '국민은행')
    const before = bank.deposit('att_1')
    expect(before.captured.minor).toBe(kind === 'deposit_late' ? 0 : 27_000)
    await settled()
    expect(kindsOf()).toEqual([kind])
    expect(bank.captured().flatMap(({ captured, refunded }) => [captured.minor, refunded.minor])).toEqual(expected)
  })

  test('the same seed with the same calls does the same, another seed something else', async () => {
    const told = async (seed: number) => {
      const { bank, start } = misbehaving(all(0.3), seed)
      for (let count = 0; count < 30; count++) await start(`att_${count}`, null).catch(() => {})
      return bank.mischief()
    }
    expect(await told(1)).toEqual(await told(1))
    expect(await told(1)).not.toEqual(await told(2))
  })
})
