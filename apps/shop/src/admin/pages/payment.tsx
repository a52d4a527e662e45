import { format, subtract, sum, zero } from '@sangdo/core'
import type { Desk } from '../desk.ts'
import { Badge, Facts, Time, type Tone } from '../parts/list.tsx'
import type { Money, Payment } from '../types.ts'

/** What of a payment can still go back: what came in, less what went back, is on its way or in dispute. */
export function refundableOf(payment: Payment | null): Money {
  if (!payment) return zero('KRW')
  const { currency } = payment.captured
  const going = payment.refunds
    .filter((refund) => refund.forOrder && refund.status !== 'failed')
    .map(({ amount }) => amount)
  return subtract(payment.captured, sum([...going, payment.disputed], currency))
}

/** Whether the money of this payment can go back only to a bank account. */
export const needsAccount = (payment: Payment | null): boolean =>
  payment?.method === 'virtual_account' || payment?.provider === 'bank_transfer'

const attemptTones = {
  captured: 'go',
  failed: 'bad',
  mismatched: 'bad',
  awaiting_deposit: 'wait',
  unknown: 'wait',
  partially_refunded: 'wait',
} as Readonly<Record<string, Tone>>
const refundTones = {
  succeeded: 'go',
  failed: 'bad',
  pending: 'wait',
  requested: 'wait',
  unknown: 'wait',
} as const satisfies Record<Payment['refunds'][number]['status'], Tone>

/** The money of an order: what came in, how, what went back. */
export const PaymentPanel = ({ desk, payment }: { desk: Desk; payment: Payment | null }) => {
  const { order } = desk.text
  return (
    <section class="panel">
      <div class="head">
        <h2>{order.payment}</h2>
        {payment && (
          <Badge tone={attemptTones[payment.status] ?? 'quiet'}>{order.paymentStatuses[payment.status]}</Badge>
        )}
      </div>
      {payment ? <Money desk={desk} payment={payment} /> : <p class="hint">{order.noPayment}</p>}
    </section>
  )
}

const Money = ({ desk, payment }: { desk: Desk; payment: Payment }) => {
  const { text, locale } = desk
  const { order } = text
  const facts = [
    [order.captured, format(payment.captured, locale)],
    [order.refunded, format(payment.refunded, locale)],
    ...(payment.disputed.minor > 0 ? [[text.disputes.held, format(payment.disputed, locale)] as const] : []),
    ...(payment.captured.minor > 0 ? [[order.refundable, format(refundableOf(payment), locale)] as const] : []),
  ] as const
  return (
    <>
      <Facts facts={facts} />
      <h3 class="mt">{order.attempts}</h3>
      <ul>
        {payment.attempts.toReversed().map((attempt) => (
          <li class="mt">
            <p>
              <span class="strong">{order.methods[attempt.method]}</span>{' '}
              <span class="money">{format(attempt.amount, locale)}</span>{' '}
              <Badge tone={attemptTones[attempt.status] ?? 'quiet'}>{order.paymentStatuses[attempt.status]}</Badge>
            </p>
            <p class="hint">
              <Time at={attempt.createdAt} desk={desk} />
              {attempt.card && ` · ${cardName(attempt.card)}`}
              {attempt.failure && ` · ${attempt.failure.message}`}
            </p>
            {attempt.reversed.minor > 0 && (
              <p class="hint">
                {text.disputes.reversed} <span class="money strong">{format(attempt.reversed, locale)}</span>
              </p>
            )}
            {attempt.deposit && <Deposit desk={desk} deposit={attempt.deposit} />}
          </li>
        ))}
      </ul>
      {payment.disputes.length > 0 && <Disputes desk={desk} payment={payment} />}
      {payment.refunds.length > 0 && <Refunds desk={desk} payment={payment} />}
    </>
  )
}

/** A card as far as it is known: brand and last four digits. */
export const cardName = ({ brand, last4 }: { brand: string; last4: string }) =>
  `${brand.replace(/^./, (letter) => letter.toUpperCase())} ···· ${last4}`

const Deposit = ({ desk, deposit }: { desk: Desk; deposit: NonNullable<Payment['deposit']> }) => {
  const { order } = desk.text
  return (
    <Facts
      facts={[
        [order.bank, deposit.bank],
        [order.account, <span class="figures">{deposit.account}</span>],
        [order.holder, deposit.holder],
        [order.due, <Time at={deposit.dueAt} desk={desk} />],
      ]}
    />
  )
}

const disputeTones = { open: 'wait', won: 'go', lost: 'bad' } as const satisfies Record<
  Payment['disputes'][number]['status'],
  Tone
>

const Disputes = ({ desk, payment }: { desk: Desk; payment: Payment }) => {
  const { text, locale } = desk
  const { disputes, money } = text
  return (
    <>
      <h3 class="mt">{disputes.title}</h3>
      <ul>
        {payment.disputes.toReversed().map(({ amount, status, reason, openedAt, closedAt, dueAt }) => (
          <li class="mt">
            <p>
              <span class="money strong">{format(amount, locale)}</span>{' '}
              <Badge tone={disputeTones[status]}>{disputes.statuses[status]}</Badge>
            </p>
            <p class="hint">
              {money.reasons[reason] ?? reason} · {disputes.opened} <Time at={openedAt} desk={desk} />
              {closedAt && (
                <>
                  {' '}
                  · {disputes.closed} <Time at={closedAt} desk={desk} />
                </>
              )}
              {status === 'open' && dueAt && (
                <>
                  {' '}
                  · {money.dueAt} <Time at={dueAt} desk={desk} />
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
    </>
  )
}

const Refunds = ({ desk, payment }: { desk: Desk; payment: Payment }) => {
  const { text, locale } = desk
  return (
    <>
      <h3 class="mt">{text.order.refunds}</h3>
      <ul>
        {payment.refunds.toReversed().map((refund) => (
          <li class="mt">
            <p>
              <span class="money strong">{format(refund.amount, locale)}</span>{' '}
              <Badge tone={refundTones[refund.status]}>{text.order.refundStatuses[refund.status]}</Badge>
            </p>
            <p class="hint">
              <Time at={refund.createdAt} desk={desk} /> · {text.order.refundReasons[refund.reason] ?? refund.reason}
              {refund.failure && ` · ${refund.failure.message}`}
            </p>
          </li>
        ))}
      </ul>
    </>
  )
}

/** What can still go back after a refund of this amount. */
export const leftAfter = (payment: Payment, amount: Money): Money => subtract(refundableOf(payment), amount)
