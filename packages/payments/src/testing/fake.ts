import type { Now } from '@sangdo/core'
import { paymentErrors } from '../contract.ts'
import type { PaymentProvider, RawWebhook } from '../ports.ts'
import { createBank, publicView } from '../sandbox/bank.ts'
import { isSigned, secondsOf, sign } from '../sandbox/signature.ts'

/** How a call goes wrong: it fails before or after it has its effect, has it and never answers, or is refused. */
export type FailureMode = 'before' | 'after' | 'timeout' | 'refused'

export type FakeProvider = ReturnType<typeof fakeProvider>

interface FakeOptions extends Partial<
  Pick<PaymentProvider, 'id' | 'methods' | 'limits' | 'authenticates' | 'substitute'>
> {
  readonly now?: Now
}

type Call = 'start' | 'confirm' | 'capture' | 'findCapture' | 'find' | 'cancel' | 'refund' | 'findRefund'

const secret = 'fake-secret'

/**
 * A provider in memory that does what it is told: `approve`, `decline`, `giveUp`, `issueAccount` and `deposit` play the buyer,
 * `failNext` a fault and `outage` one that lasts, `webhook` the message that the provider would send. `calls` says what it was asked, in order.
 */
export function fakeProvider({ id = 'fake', now = () => new Date(), ...offer }: FakeOptions = {}) {
  let lasting: FailureMode | null = null
  const bank = createBank({ now })
  const calls: string[] = []
  const failures: { mode: FailureMode; call: Call | undefined }[] = []

  async function run<Answer>(call: Call, reference: string, work: () => Answer): Promise<Answer> {
    calls.push(`${call} ${reference}`)
    const index = failures.findIndex((one) => one.call === undefined || one.call === call)
    const mode = (index < 0 ? undefined : failures.splice(index, 1)[0]?.mode) ?? lasting
    if (mode === 'before') throw new Error('The fake provider is down')
    if (mode === 'refused') throw paymentErrors.provider_refused({ provider: id, code: 'not_today' })
    const answer = work()
    if (mode === 'after') throw new Error('The fake provider lost its answer')
    return mode === 'timeout' ? new Promise<Answer>(() => {}) : answer
  }

  const provider: PaymentProvider = {
    id,
    methods: ['card', 'virtual_account', 'bank_transfer'],
    ...offer,
    start: (request) => run('start', request.reference, () => publicView(bank.start(request))),
    confirm: (reference, amount) => run('confirm', reference, () => publicView(bank.confirm(reference, amount))),
    capture: (request) => run('capture', request.reference, () => bank.capture(request)),
    findCapture: (reference, captureId) => run('findCapture', reference, () => bank.findCapture(reference, captureId)),
    find: (reference) =>
      run('find', reference, () => {
        const found = bank.get(reference)
        return found && publicView(found)
      }),
    cancel: (reference) => run('cancel', reference, () => publicView(bank.cancel(reference))),
    refund: (request) => run('refund', request.reference, () => bank.refund(request)),
    findRefund: (reference, refundId) => run('findRefund', reference, () => bank.findRefund(reference, refundId)),
    async verify({ headers, body }) {
      const { 'x-fake-timestamp': timestamp, 'x-fake-signature': signature } = headers
      return (await isSigned([secret], { timestamp, signature, content: body }, now)) ? JSON.parse(body) : null
    },
  }

  /** The message that the provider would send of a payment, signed now or at another time. */
  async function webhook(
    reference: string,
    { eventId = crypto.randomUUID(), at = now() }: { eventId?: string; at?: Date } = {},
  ): Promise<RawWebhook> {
    const body = JSON.stringify({ eventId, reference })
    const timestamp = secondsOf(() => at)
    return { headers: { 'x-fake-timestamp': timestamp, 'x-fake-signature': await sign(secret, timestamp, body) }, body }
  }

  const failNext = (mode: FailureMode, call?: Call): void => void failures.push({ mode, call })

  return Object.assign(provider, {
    calls,
    webhook,
    failNext,
    outage: (mode: FailureMode | null) => void (lasting = mode),
    approve: bank.approve,
    decline: bank.decline,
    giveUp: bank.cancel,
    deposit: bank.deposit,
    reverse: bank.reverse,
    dispute: bank.dispute,
    closeDispute: bank.closeDispute,
    issueAccount: (reference: string) => bank.issueAccount(reference, '누리은행'),
    captured: bank.captured,
    bankRefund: bank.refund,
  })
}
