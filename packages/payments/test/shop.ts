import { expect } from 'vitest'
import { money } from '@sangdo/core'
import { checkInvariants, type Db } from '@sangdo/core/server'
import { recorder, stillClock } from '@sangdo/core/testing'
import type { StartPayment } from '@sangdo/payments'
import { createPayments, type MayCapture, type PaymentProvider, paymentInvariants } from '@sangdo/payments/server'
import { type FakeProvider, fakeProvider, samplePayment } from '@sangdo/payments/testing'

export const won = (minor: number) => money(minor, 'KRW')

interface ShopOptions {
  readonly mayCapture?: MayCapture
  /** Stands between the shop and its provider, and may answer something else. */
  readonly altered?: (provider: FakeProvider) => Partial<PaymentProvider>
}

/** A shop with one fake provider, a clock that stands still, and what its tests do and ask again and again. */
export function openShop(db: Db, { altered = () => ({}), ...options }: ShopOptions = {}) {
  const clock = stillClock()
  const outbox = recorder()
  const provider = fakeProvider({ now: clock.now })
  const providers = [{ ...provider, ...altered(provider) }]
  /** The payments of one more process of the shop. */
  const another = () => createPayments({ providers, outbox, now: clock.now, timeoutMs: 50, ...options })
  const payments = another()
  const viewOf = async (orderId = 'ord_1') => {
    const payment = (await payments.paymentsOf(db, [orderId]))[orderId]
    if (!payment) throw new Error(`no payment of ${orderId}`)
    return payment
  }
  const start = async (request: Partial<StartPayment> = {}) => {
    const started = await payments.start(db, { ...samplePayment, ...request })
    return { ...started, reference: (await viewOf(request.orderId)).attempts.at(-1)?.id ?? 'att_none' }
  }
  const paid = async () => {
    const { id, reference } = await start()
    provider.approve(reference)
    await payments.sync(db, id)
    return reference
  }
  const refund = (minor: number, refundKey: string) =>
    payments.refund(db, { orderId: 'ord_1', amount: won(minor), reason: 'broken', refundKey })
  const hears = async (reference: string, eventId: string = crypto.randomUUID()) =>
    payments.receiveWebhook(db, 'fake', await provider.webhook(reference, { eventId }))
  const sweepAfter = async (seconds: number) => {
    clock.advance(seconds * 1000)
    return payments.sweep(db)
  }
  const says = () => outbox.events.map((event) => event.name)
  const said = (name: string) => outbox.events.filter((event) => event.name === name).map((event) => event.payload)
  /** What the provider holds: taken less given back. */
  const charges = () => provider.captured().reduce((total, one) => total + one.captured.minor - one.refunded.minor, 0)
  const asked = (call: string) => provider.calls.filter((one) => one.startsWith(`${call} `)).length
  /** What someone has to look at, in brief. */
  const tasks = async (resolved = false) => (await payments.tasks(db, { resolved })).items
  const sound = async () => expect(await checkInvariants(db, paymentInvariants)).toEqual([])
  return {
    db,
    clock,
    outbox,
    provider,
    payments,
    another,
    viewOf,
    start,
    paid,
    refund,
    hears,
    sweepAfter,
    says,
    said,
    charges,
    asked,
    tasks,
    sound,
  }
}
