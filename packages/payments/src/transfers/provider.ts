import { createNewId, instant, instantAfter, type NewId, type Now } from '@sangdo/core'
import { atomic, type Db, type Tx } from '@sangdo/core/server'
import type { AttemptId, RefundId } from '../contract.ts'
import type {
  PaymentProvider,
  ProviderPayment,
  ProviderRefund,
  ProviderRefundRequest,
  ProviderRequest,
} from '../ports.ts'
import { createTasks } from '../service/tasks.ts'
import { attemptOf } from '../store/attempts.ts'
import { payerOf, transferReference } from './rules.ts'
import * as store from './store.ts'

/** Where buyers send their money, and the database in which the shop keeps what came in there. */
export interface BankTransferOptions {
  readonly db: Db
  readonly bank: string
  readonly account: string
  readonly holder: string
  /** How long a buyer may take: three days unless given. */
  readonly days?: number
  /** Its name among the providers: `bank_transfer`. */
  readonly id?: string
  readonly now?: Now
  readonly newId?: NewId
}

const dayMs = 86_400_000
const tries = 5

/**
 * Transfers to the shop's own bank account. No company stands behind it: the buyer is given the account and a reference to write,
 * `matchDeposits` says from the bank's statement what came in, and a person sends back what goes back.
 */
export function bankTransfer(options: BankTransferOptions): PaymentProvider {
  const { db, bank, account, holder, days = 3, id = 'bank_transfer', now = () => new Date() } = options
  const newId = options.newId ?? createNewId(now)
  const tasks = createTasks({ newId, now })

  async function start({ reference, amount, payer }: ProviderRequest): Promise<ProviderPayment> {
    const dueAt = instantAfter(now(), days * dayMs)
    const transfer = { attemptId: reference as AttemptId, provider: id, amount, dueAt }
    for (let turn = 0; turn < tries; turn++) {
      const code = transferReference([...crypto.getRandomValues(new Uint8Array(6))])
      const added = await store.addTransfer(
        db,
        { ...transfer, reference: code, payer: payer ? payerOf(payer) : null },
        instant(now()),
      )
      if (added || (await store.transferOf(db, reference))) return existing(reference)
    }
    throw new Error('No free reference was found')
  }

  async function existing(reference: string): Promise<ProviderPayment> {
    const payment = await find(reference)
    if (!payment) throw new Error(`There is no transfer ${reference}`)
    return payment
  }

  async function find(reference: string): Promise<ProviderPayment | null> {
    const transfer = await store.transferOf(db, reference)
    return transfer?.provider === id ? viewOf(transfer) : null
  }

  function viewOf(transfer: store.StoredTransfer): ProviderPayment {
    const { attemptId, amount, received, refunded, dueAt } = transfer
    return {
      reference: attemptId,
      status: statusOf(transfer),
      method: 'bank_transfer',
      amount,
      captured: received,
      refunded,
      redirectUrl: null,
      deposit: { bank, account, holder, dueAt, reference: transfer.reference },
      card: null,
      failure: null,
    }
  }

  function statusOf({ received, cancelled, dueAt }: store.StoredTransfer): ProviderPayment['status'] {
    if (received.minor > 0) return 'captured'
    if (cancelled) return 'cancelled'
    return dueAt < instant(now()) ? 'expired' : 'awaiting_deposit'
  }

  async function cancel(reference: string): Promise<ProviderPayment> {
    await store.cancelTransfer(db, reference)
    return existing(reference)
  }

  /** Nothing is approved beforehand: what is there is there. */
  async function confirm(reference: string): Promise<ProviderPayment> {
    const payment = await existing(reference)
    if (payment.status !== 'captured') throw new Error(`No money has come in for ${reference}`)
    return payment
  }

  async function refund(request: ProviderRefundRequest): Promise<ProviderRefund> {
    const { reference, amount, reason } = request
    const [attemptId, refundId] = [reference as AttemptId, request.refundId as RefundId]
    await atomic(db, async (tx) => {
      const asked = { refundId, attemptId, amount, reason, account: request.account ?? null }
      if (!(await store.addPayOut(tx, { ...asked, status: 'pending', code: null }))) return
      const refused = await refusalOf(tx, request)
      if (refused) await store.endPayOut(tx, refundId, refused)
      else await tasks.open(tx, 'pay_out', refundId, (await attemptOf(tx, attemptId)) ?? null, amount)
    })
    const answer = await findRefund(reference, refundId)
    if (!answer) throw new Error(`${refundId} was not stored`)
    return answer
  }

  const refusalOf = async (tx: Tx, { reference, amount, account }: ProviderRefundRequest) => {
    if (!account) return 'account_needed'
    return (await store.reservePayOut(tx, reference, amount)) ? null : 'refund_exceeds'
  }

  async function findRefund(reference: string, refundId: string): Promise<ProviderRefund | null> {
    const payOut = await store.payOutOf(db, refundId)
    if (payOut?.attemptId !== reference) return null
    const { status, amount, code } = payOut
    return { refundId, status, amount, failure: code === null ? null : { code, message: messages[code] ?? code } }
  }

  return { id, methods: ['bank_transfer'], start, confirm, find, cancel, refund, findRefund, verify: async () => null }
}

const messages: Readonly<Record<string, string>> = {
  account_needed: "The buyer's account is needed",
  refund_exceeds: 'So much has not come in',
  account_refused: "The buyer's account does not take the money",
}
