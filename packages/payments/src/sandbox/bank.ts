import { createNewId, createSecret, instantAfter, type Money, money, type Now, zero } from '@sangdo/core'
import { paymentErrors } from '../contract.ts'
import type {
  ProviderCapture,
  ProviderCaptureRequest,
  ProviderDispute,
  ProviderPayment,
  ProviderRefund,
  ProviderRefundRequest,
  ProviderRequest,
} from '../ports.ts'

/** A payment as the practice bank keeps it. Of a card it knows the brand and the last four digits, nothing else. */
export interface BankPayment extends ProviderPayment {
  readonly request: ProviderRequest
  /** The part of the pay page's address that nobody can guess. */
  readonly token: string
  readonly refunds: readonly ProviderRefund[]
  /** What was taken in parts. */
  readonly captures?: readonly ProviderCapture[]
  readonly approvedUntil: string | null
  /** A card that waits for its code. */
  readonly challenge: ProviderPayment['card']
}

/** What happened at the bank, as its webhooks tell it. */
export type BankEvent =
  | 'approved'
  | 'captured'
  | 'deposited'
  | 'cancelled'
  | 'refunded'
  | 'failed'
  | 'reversed'
  | 'disputed'

export interface BankOptions {
  readonly now: Now
  /** Told of every change; `event` is null for one that no webhook tells of. */
  readonly changed?: (payment: BankPayment, event: BankEvent | null) => void
  /** The address of a pay page. */
  readonly pageOf?: (token: string) => string
  /** How long an account number waits for its deposit: 24 hours. */
  readonly depositHours?: number
}

export type Bank = ReturnType<typeof createBank>

const approvalMs = 30 * 60_000
const hourMs = 3_600_000
/** How long money that is to be taken later stays promised. */
const promiseMs = 7 * 24 * hourMs

/** A bank in memory, in which no money moves: the rules that the practice provider and the fake one share. */
export function createBank({
  now,
  changed = () => {},
  pageOf = (token) => `http://127.0.0.1/pay/${token}`,
  depositHours = 24,
}: BankOptions) {
  const payments = new Map<string, BankPayment>()
  const newId = createNewId(now)

  function put(payment: BankPayment, event: BankEvent | null): BankPayment {
    payments.set(payment.reference, payment)
    changed(payment, event)
    return payment
  }

  /** The payment as it is now: what nobody finished in time has expired. */
  function get(reference: string): BankPayment | null {
    const payment = payments.get(reference)
    if (!payment) return null
    const until = {
      requires_action: payment.request.expiresAt,
      approved: payment.approvedUntil,
      awaiting_deposit: payment.deposit?.dueAt,
    }
    const end = payment.status in until ? until[payment.status as keyof typeof until] : null
    if (!end || Date.parse(end) >= now().getTime()) return payment
    // What was taken in time stays taken.
    return put({ ...payment, status: payment.captured.minor > 0 ? 'captured' : 'expired' }, null)
  }

  function existing(reference: string): BankPayment {
    const payment = get(reference)
    if (!payment) throw refused('not_found')
    return payment
  }

  /** Begins a payment; the same reference is the same payment. */
  function start(request: ProviderRequest): BankPayment {
    const known = get(request.reference)
    if (known) return known
    const token = createSecret()
    const { reference, method, amount } = request
    const none = zero(amount.currency)
    return put(
      {
        request,
        token,
        reference,
        method,
        amount,
        status: 'requires_action',
        captured: none,
        refunded: none,
        refunds: [],
        redirectUrl: pageOf(token),
        deposit: null,
        card: null,
        failure: null,
        approvedUntil: null,
        challenge: null,
      },
      null,
    )
  }

  /** The buyer says yes: by card or by transfer it waits to be confirmed. */
  function approve(reference: string, card: BankPayment['card'] = { brand: 'visa', last4: '4242' }): BankPayment {
    const payment = inAction(reference)
    const approvedUntil = instantAfter(now(), payment.request.capture === 'later' ? promiseMs : approvalMs)
    return put(
      { ...payment, status: 'approved', card: payment.method === 'card' ? card : null, approvedUntil, challenge: null },
      'approved',
    )
  }

  /** The buyer's bank says no. */
  function decline(reference: string, code = 'card_declined', message = 'The card was declined'): BankPayment {
    return put({ ...inAction(reference), status: 'failed', failure: { code, message }, challenge: null }, 'failed')
  }

  /** The card wants a code first. */
  function ask(reference: string, card: NonNullable<BankPayment['card']>): BankPayment {
    return put({ ...inAction(reference), challenge: card }, null)
  }

  /** The buyer gets an account number of their own. */
  function issueAccount(reference: string, bank: string, holder = 'Sangdo'): BankPayment {
    const payment = inAction(reference)
    const account = [3, 4, 6]
      .map((digits) => [...crypto.getRandomValues(new Uint8Array(digits))].map((byte) => byte % 10).join(''))
      .join('-')
    return put(
      {
        ...payment,
        status: 'awaiting_deposit',
        deposit: { bank, account, holder, dueAt: instantAfter(now(), depositHours * hourMs) },
      },
      'approved',
    )
  }

  /** Money arrives at the account, of whatever amount and however late: it is there, whether it was due or not. */
  function deposit(reference: string, amount?: Money): BankPayment {
    const payment = existing(reference)
    if (!payment.deposit) throw refused('no_account')
    const captured = money(payment.captured.minor + (amount ?? payment.amount).minor, payment.amount.currency)
    return put({ ...payment, status: 'captured', captured }, 'deposited')
  }

  /** The bank takes a deposit back, as it does with one that was sent by mistake: the account waits for it again. */
  function reverse(reference: string): BankPayment {
    const payment = existing(reference)
    if (!payment.deposit || payment.status !== 'captured') throw refused(payment.status)
    return put({ ...payment, status: 'awaiting_deposit', captured: zero(payment.amount.currency) }, 'reversed')
  }

  /** The buyer's bank wants money back: all of it unless told otherwise. */
  function dispute(reference: string, amount?: Money, reason = 'fraudulent'): ProviderDispute {
    const payment = existing(reference)
    if (payment.status !== 'captured') throw refused(payment.status)
    const dueAt = instantAfter(now(), 7 * 24 * hourMs)
    const opened = {
      disputeId: newId('dsp'),
      status: 'open',
      amount: amount ?? payment.captured,
      reason,
      dueAt,
    } as const
    put({ ...payment, disputes: [...(payment.disputes ?? []), opened] }, 'disputed')
    return opened
  }

  /** The dispute ends: `won` by the shop, or `lost`. */
  function closeDispute(reference: string, disputeId: string, status: 'won' | 'lost'): BankPayment {
    const payment = existing(reference)
    const disputes = (payment.disputes ?? []).map((one) => (one.disputeId === disputeId ? { ...one, status } : one))
    return put({ ...payment, disputes }, 'disputed')
  }

  function inAction(reference: string): BankPayment {
    const payment = existing(reference)
    if (payment.status !== 'requires_action') throw refused(payment.status)
    return payment
  }

  /** Takes approved money, exactly the amount that was approved. */
  function confirm(reference: string, amount: Money): BankPayment {
    const payment = existing(reference)
    if (amount.minor !== payment.amount.minor || amount.currency !== payment.amount.currency)
      throw refused('wrong_amount')
    if (payment.status === 'captured') return payment
    if (payment.status !== 'approved') throw refused(payment.status)
    return put({ ...payment, status: 'captured', captured: payment.amount, approvedUntil: null }, 'captured')
  }

  /** Takes a part of money that was promised for later, once for each capture id, never more than was promised. */
  function capture({ reference, captureId, amount }: ProviderCaptureRequest): ProviderCapture {
    const payment = existing(reference)
    const captures = payment.captures ?? []
    const known = captures.find((one) => one.captureId === captureId)
    if (known) return known
    const total = payment.captured.minor + amount.minor
    const later = payment.status === 'approved' && payment.request.capture === 'later'
    const fits = later && amount.currency === payment.amount.currency && total <= payment.amount.minor
    const failure = { code: 'exceeds_approved', message: 'More than was approved cannot be taken' }
    const made = { captureId, amount, status: fits ? 'succeeded' : 'failed', failure: fits ? null : failure } as const
    const status = total === payment.amount.minor ? 'captured' : 'approved'
    const taken = fits ? ({ captured: money(total, amount.currency), status } as const) : {}
    put({ ...payment, ...taken, captures: [...captures, made] }, fits ? 'captured' : null)
    return made
  }

  const findCapture = (reference: string, captureId: string): ProviderCapture | null =>
    get(reference)?.captures?.find((one) => one.captureId === captureId) ?? null

  /** Ends what is unpaid or only approved, or lets go what was not taken of it; a payment that is over stays as it is. */
  function cancel(reference: string): BankPayment {
    const payment = existing(reference)
    const open =
      payment.status === 'requires_action' || payment.status === 'approved' || payment.status === 'awaiting_deposit'
    const status = payment.captured.minor > 0 ? 'captured' : 'cancelled'
    return open ? put({ ...payment, status, challenge: null }, 'cancelled') : payment
  }

  /** Gives money back, once for each refund id, never more than was taken. */
  function refund({ reference, refundId, amount }: ProviderRefundRequest): ProviderRefund {
    const payment = existing(reference)
    const known = payment.refunds.find((one) => one.refundId === refundId)
    if (known) return known
    const wanted = (payment.disputes ?? []).filter((one) => one.status !== 'won')
    const withheld = wanted.reduce((total, one) => total + one.amount.minor, payment.refunded.minor)
    const fits = amount.currency === payment.captured.currency && withheld + amount.minor <= payment.captured.minor
    const failure = { code: 'exceeds_captured', message: 'More than was paid cannot be given back' }
    const made: ProviderRefund = {
      refundId,
      amount,
      status: fits ? 'succeeded' : 'failed',
      failure: fits ? null : failure,
    }
    const refunded = fits ? money(payment.refunded.minor + amount.minor, payment.captured.currency) : payment.refunded
    put({ ...payment, refunded, refunds: [...payment.refunds, made] }, fits ? 'refunded' : null)
    return made
  }

  const findRefund = (reference: string, refundId: string): ProviderRefund | null =>
    get(reference)?.refunds.find((one) => one.refundId === refundId) ?? null

  /** The payment of a pay page. */
  function byToken(token: string): BankPayment | null {
    const found = [...payments.values()].find((payment) => payment.token === token)
    return found ? get(found.reference) : null
  }

  /** What the bank has taken and given back, payment by payment: the other side of a reconciliation. */
  const captured = () =>
    [...payments.values()]
      .filter((payment) => payment.captured.minor > 0)
      .map(({ reference, captured, refunded }) => ({ reference, captured, refunded }))

  const dump = () => JSON.stringify([...payments.values()])
  const restore = (json: string) =>
    (JSON.parse(json) as BankPayment[]).forEach((payment) => payments.set(payment.reference, payment))

  return {
    start,
    approve,
    decline,
    ask,
    issueAccount,
    deposit,
    reverse,
    dispute,
    closeDispute,
    confirm,
    capture,
    findCapture,
    cancel,
    refund,
    get,
    findRefund,
    byToken,
    captured,
    newEventId: () => newId('evt'),
    dump,
    restore,
  }
}

/** What the shop may know of a payment. */
export const publicView = ({
  reference,
  status,
  method,
  amount,
  captured,
  refunded,
  redirectUrl,
  deposit,
  card,
  failure,
  disputes,
}: BankPayment): ProviderPayment => ({
  reference,
  status,
  method,
  amount,
  captured,
  refunded,
  redirectUrl,
  deposit,
  card,
  failure,
  ...(disputes ? { disputes } : {}),
})

/** What the bank refuses with. */
export const refused = (code: string) => paymentErrors.provider_refused({ provider: 'sandbox', code })
