import { type Money, money } from '@sangdo/core'
import { describe, expect, test } from 'vitest'
import { Evidence } from '../contract.ts'
import type { PaymentProvider, RawWebhook } from '../ports.ts'
import { sampleRequest } from './samples.ts'

/** What a suite must be able to do in place of the buyer and of the provider. */
export interface ProviderControls {
  /**
   * The buyer's bank transfers are all that it takes: they wait for the money at once, nothing is approved, no messages are sent,
   * and a refund needs the buyer's account. `approve` then lets the money come in.
   */
  readonly transfersOnly?: boolean
  /** The buyer approves the payment. */
  readonly approve: (reference: string) => unknown
  /** The buyer's bank declines it. */
  readonly decline: (reference: string) => unknown
  /** A message as the provider sends it of a payment, signed at the given time. */
  readonly webhook: (reference: string, at: Date) => Promise<RawWebhook>
  /** The buyer is given an account and sends the money, where there are accounts. */
  readonly deposit?: (reference: string) => unknown
  /** The bank takes the deposit back. */
  readonly reverse?: (reference: string) => unknown
  /** The buyer's bank wants so much back. Answers with the provider's id of the dispute, where there are disputes. */
  readonly dispute?: (reference: string, amount: Money) => Promise<string> | string
  /** The dispute is over. */
  readonly closeDispute?: (reference: string, disputeId: string, outcome: 'won' | 'lost') => unknown
}

/** A test that is there only where it applies, so that none is ever skipped. */
const testIf =
  (applies: unknown) =>
  (name: string, run: () => Promise<void>): void =>
    void (applies && test(name, run))
const describeIf =
  (applies: unknown) =>
  (name: string, suite: () => void): void =>
    void (
      applies &&
      describe(name, () => {
        suite()
      })
    )

let count = 0
const newReference = () => `att_suite${Date.now().toString(36)}${count++}`

/** The suite that every provider must pass: what payments rely on so that nothing is lost and nothing counts twice. */
export function describeProvider(create: () => PaymentProvider, controls: ProviderControls): void {
  const { approve, decline, webhook, deposit, reverse, dispute, closeDispute, transfersOnly = false } = controls
  const asks = transfersOnly ? ({ method: 'bank_transfer' } as const) : {}
  const account = transfersOnly ? { account: { bank: '누리은행', account: '123-456-789', holder: '김하늘' } } : {}
  describe('as a payment provider', () => {
    const started = async () => {
      const provider = create()
      const reference = newReference()
      const payment = await provider.start(sampleRequest(reference, asks))
      return { provider, reference, payment, amount: payment.amount }
    }
    const taken = async () => {
      const { provider, reference, amount } = await started()
      await approve(reference)
      await provider.confirm(reference, amount)
      return {
        provider,
        reference,
        amount,
        back: (refundId: string, minor: number) =>
          provider.refund({ reference, refundId, amount: money(minor, 'KRW'), reason: 'suite', ...account }),
      }
    }

    testIf(!transfersOnly)('a payment that was started waits for the buyer, for exactly what was asked', async () => {
      const { payment, reference } = await started()
      expect(payment).toMatchObject({
        reference,
        status: 'requires_action',
        amount: money(27_000, 'KRW'),
        captured: money(0, 'KRW'),
      })
      expect(payment.redirectUrl).toMatch(/^https?:/)
    })

    testIf(transfersOnly)('a transfer that was started waits for exactly what was asked, at an account', async () => {
      const { payment, reference } = await started()
      expect(payment).toMatchObject({
        reference,
        status: 'awaiting_deposit',
        amount: money(27_000, 'KRW'),
        captured: money(0, 'KRW'),
      })
      expect(payment.deposit?.account).toBeTruthy()
    })

    test('started twice with one reference it is one payment', async () => {
      const { provider, reference, payment } = await started()
      expect(await provider.start(sampleRequest(reference, asks))).toEqual(payment)
      expect(await provider.find(reference)).toEqual(payment)
    })

    test('a reference that was never heard of is found nowhere', async () => {
      const provider = create()
      expect([await provider.find('att_nobody'), await provider.findRefund('att_nobody', 'rfd_nobody')]).toEqual([
        null,
        null,
      ])
    })

    test('nothing is taken before the buyer has approved', async () => {
      const { provider, reference, amount } = await started()
      await expect(provider.confirm(reference, amount)).rejects.toThrow()
      expect((await provider.find(reference))?.captured.minor).toBe(0)
    })

    testIf(!transfersOnly)('approved money is taken once, however often it is confirmed', async () => {
      const { provider, reference, amount } = await started()
      await approve(reference)
      expect((await provider.find(reference))?.status).toBe('approved')
      const first = await provider.confirm(reference, amount)
      expect(first).toMatchObject({ status: 'captured', captured: amount })
      expect(await provider.confirm(reference, amount)).toEqual(first)
    })

    testIf(!transfersOnly)(
      'what it tells of how the buyer was authenticated can be kept, and stays as it is',
      async () => {
        const { provider, reference } = await taken()
        const [first, second] = [await provider.find(reference), await provider.find(reference)]
        expect(Evidence.nullish().safeParse(first?.evidence).error).toBeUndefined()
        expect(second?.evidence).toEqual(first?.evidence)
      },
    )

    testIf(!transfersOnly)('another amount than was approved is refused, and nothing is taken', async () => {
      const { provider, reference } = await started()
      await approve(reference)
      await expect(provider.confirm(reference, money(26_999, 'KRW'))).rejects.toThrow()
      await expect(provider.confirm(reference, money(27_000, 'JPY'))).rejects.toThrow()
      expect(await provider.find(reference)).toMatchObject({ status: 'approved', captured: money(0, 'KRW') })
    })

    testIf(!transfersOnly)('a declined payment says why and takes nothing', async () => {
      const { provider, reference } = await started()
      await decline(reference)
      const found = await provider.find(reference)
      expect(found).toMatchObject({ status: 'failed', captured: money(0, 'KRW') })
      expect(found?.failure?.code).toBeTruthy()
    })

    test.each([['unpaid', false] as const, ...(transfersOnly ? [] : [['approved', true] as const])])(
      'a payment that is %s can be cancelled, and is not taken any more',
      async (_, approved) => {
        const { provider, reference, amount } = await started()
        if (approved) await approve(reference)
        expect((await provider.cancel(reference)).status).toBe('cancelled')
        expect((await provider.cancel(reference)).status).toBe('cancelled')
        await expect(provider.confirm(reference, amount)).rejects.toThrow()
      },
    )

    test('cancelling does not touch money that was taken', async () => {
      const { provider, reference, amount } = await taken()
      expect(await provider.cancel(reference)).toMatchObject({
        status: 'captured',
        captured: amount,
        refunded: money(0, 'KRW'),
      })
    })

    test('a refund is given once for each refund id', async () => {
      const { provider, reference, back } = await taken()
      const first = await back('rfd_one', 7_000)
      expect(first).toMatchObject({ refundId: 'rfd_one', amount: money(7_000, 'KRW') })
      expect(await back('rfd_one', 7_000)).toEqual(first)
      expect(await provider.findRefund(reference, 'rfd_one')).toEqual(first)
      expect((await provider.find(reference))?.refunded).toEqual(money(7_000, 'KRW'))
    })

    test('no more goes back than was taken: the refusal is an answer', async () => {
      const { provider, reference, back } = await taken()
      await back('rfd_one', 20_000)
      const refusal = await back('rfd_two', 7_001)
      expect(refusal.status).toBe('failed')
      expect(refusal.failure?.code).toBeTruthy()
      expect((await provider.find(reference))?.refunded).toEqual(money(20_000, 'KRW'))
    })

    describeIf('capture' in create())('taking promised money later', () => {
      const promised = async () => {
        const provider = create()
        const reference = newReference()
        await provider.start(sampleRequest(reference, { capture: 'later' }))
        await approve(reference)
        const take = (captureId: string, minor: number) =>
          provider.capture?.({ reference, captureId, amount: money(minor, 'KRW') })
        return { provider, reference, take }
      }

      test('each part is taken once, and the rest stays promised until all is taken', async () => {
        const { provider, reference, take } = await promised()
        const first = await take('cap_one', 7_000)
        expect(first).toMatchObject({ captureId: 'cap_one', status: 'succeeded', amount: money(7_000, 'KRW') })
        expect([await take('cap_one', 7_000), await provider.findCapture?.(reference, 'cap_one')]).toEqual([
          first,
          first,
        ])
        expect(await provider.find(reference)).toMatchObject({ status: 'approved', captured: money(7_000, 'KRW') })
        await take('cap_two', 20_000)
        expect(await provider.find(reference)).toMatchObject({ status: 'captured', captured: money(27_000, 'KRW') })
      })

      test('no more is taken than was approved: the refusal is an answer', async () => {
        const { provider, reference, take } = await promised()
        await take('cap_one', 20_000)
        const refusal = await take('cap_two', 7_001)
        expect([refusal?.status, (await provider.find(reference))?.captured]).toEqual(['failed', money(20_000, 'KRW')])
        expect(await provider.findCapture?.(reference, 'cap_nobody')).toBeNull()
      })

      test('what is let go cannot be taken any more, and what was taken stays', async () => {
        const { provider, reference, take } = await promised()
        await take('cap_one', 7_000)
        expect(await provider.cancel(reference)).toMatchObject({ status: 'captured', captured: money(7_000, 'KRW') })
        expect((await take('cap_two', 1_000))?.status).toBe('failed')
      })
    })

    testIf(deposit && reverse)('a deposit that the bank takes back is not captured any more', async () => {
      const provider = create()
      const reference = newReference()
      await provider.start(sampleRequest(reference, { method: 'virtual_account' }))
      await deposit?.(reference)
      expect(await provider.find(reference)).toMatchObject({ status: 'captured', captured: money(27_000, 'KRW') })
      await reverse?.(reference)
      const found = await provider.find(reference)
      expect(found?.captured).toEqual(money(0, 'KRW'))
      expect(['awaiting_deposit', 'cancelled', 'reversed']).toContain(found?.status)
    })

    testIf(dispute && closeDispute)(
      'a dispute is told of until it is over, and its money is not refunded',
      async () => {
        const { provider, reference, back } = await taken()
        const disputeId = (await dispute?.(reference, money(20_000, 'KRW'))) ?? ''
        const open = { disputeId, status: 'open', amount: money(20_000, 'KRW') }
        expect((await provider.find(reference))?.disputes).toMatchObject([open])
        expect((await back('rfd_one', 7_001)).status).toBe('failed')
        await closeDispute?.(reference, disputeId, 'won')
        expect((await provider.find(reference))?.disputes).toMatchObject([{ ...open, status: 'won' }])
        expect((await back('rfd_two', 27_000)).status).not.toBe('failed')
      },
    )

    testIf(!transfersOnly)('a genuine webhook names its event and its payment', async () => {
      const { provider, reference } = await started()
      const hint = await provider.verify(await webhook(reference, new Date()))
      expect(hint?.reference).toBe(reference)
      expect(hint?.eventId).toBeTruthy()
    })

    test("a forged, altered, unsigned or old webhook is nobody's", async () => {
      const { provider, reference } = await started()
      const genuine = await webhook(reference, new Date())
      const forged = Object.fromEntries(
        Object.entries(genuine.headers).map(([name, value]) => [
          name,
          value?.replaceAll(/[0-9a-f]{16,}/g, (digits) => '0'.repeat(digits.length)),
        ]),
      )
      const bad = [
        { ...genuine, headers: forged },
        { ...genuine, headers: {} },
        { ...genuine, body: genuine.body.replace(reference, 'att_other') },
        { ...genuine, body: '{' },
        await webhook(reference, new Date(Date.now() - 302_000)),
      ]
      for (const one of bad) expect(await provider.verify(one)).toBeNull()
    })
  })
}
