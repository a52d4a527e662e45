import { format } from '@sangdo/core'
import { type Context, Hono } from 'hono'
import { address, type Desk, type DeskEnv, type Entered, formOf, refusalOf } from '../desk.ts'
import { deskPage } from '../layout.tsx'
import { amountIn, amountText } from '../parts/amount.ts'
import { Field, OnceKey, type Problems, problemsOf, ProblemSummary } from '../parts/form.tsx'
import type { Money, OrderView, Payment } from '../types.ts'
import { onceKey, orderOf } from './order-actions.tsx'
import { cancellable } from './order.tsx'
import { cardName, leftAfter, needsAccount, refundableOf } from './payment.tsx'
import { type Calculated, calculated, Returns } from './returns.tsx'

/** What gives money back: calling an order off, and refunds. What it comes to is shown before anything is done. */
export const orderMoneyRoutes = new Hono<DeskEnv>()
  .get('/orders/:orderId/cancel', (c) => showCancel(c, c.req.param('orderId')))
  .post('/orders/:orderId/cancel', async (c) => {
    const entered = await formOf(c)
    const { desk } = c.var
    const { order } = await orderOf(desk, c.req.param('orderId'))
    const json = { reason: entered['reason'] ?? '' }
    const call = desk.api.admin.orders[':orderId'].cancel.$post({
      param: { orderId: order.id },
      header: onceKey(entered),
      json,
    })
    const problems = json.reason
      ? problemsOf(desk, await refusalOf(call), { reason: 'reason' })
      : { reason: desk.text.error.required }
    if (Object.keys(problems).length > 0) return showCancel(c, order.id, entered, problems)
    return c.redirect(address(`/admin/orders/${order.id}`, { done: 'cancelled' }), 303)
  })
  .get('/orders/:orderId/refund', (c) => showRefund(c, c.req.param('orderId')))
  .post('/orders/:orderId/refund', async (c) => {
    const entered = await formOf(c)
    const { desk } = c.var
    const view = await orderOf(desk, c.req.param('orderId'))
    if (entered['calculate'] !== undefined) return showRefund(c, view.order.id, await calculated(desk, view, entered))
    const { problems, json } = readRefund(desk, view, entered)
    if (!json) return showRefund(c, view.order.id, { entered, problems })
    if (!entered['confirmed']) return showRefund(c, view.order.id, { entered, amount: json.amount })
    const refusal = await refusalOf(
      desk.api.admin.orders[':orderId'].refunds.$post({
        param: { orderId: view.order.id },
        header: onceKey(entered),
        json,
      }),
    )
    if (refusal) return showRefund(c, view.order.id, { entered, problems: problemsOf(desk, refusal, accountNames) })
    return c.redirect(address(`/admin/orders/${view.order.id}`, { done: 'refunded' }), 303)
  })

async function showCancel(c: Context<DeskEnv>, orderId: string, entered: Entered = {}, problems: Problems = {}) {
  const { desk } = c.var
  const view = await orderOf(desk, orderId)
  if (!cancellable(view.order) && Object.keys(problems).length === 0) return c.redirect(`/admin/orders/${orderId}`, 303)
  return deskPage(
    c,
    { title: desk.text.order.cancelTitle(view.order.number) },
    <Cancel desk={desk} view={view} entered={entered} problems={problems} />,
    Object.keys(problems).length > 0 ? 422 : 200,
  )
}

/** What calling an order off means for its money, in a sentence each. */
function consequences({ text, locale }: Desk, { payment }: OrderView): string[] {
  const { order } = text
  if (!payment || refundableOf(payment).minor === 0) return [order.cancelNothing]
  const refunded =
    payment.refunded.minor > 0
      ? [order.cancelRefundDone(format(payment.refunded, locale))]
      : [order.cancelRefund(format(payment.captured, locale))]
  return needsAccount(payment) ? [order.cancelDeposit] : refunded
}

const Cancel = ({
  desk,
  view,
  entered,
  problems,
}: {
  desk: Desk
  view: OrderView
  entered: Entered
  problems: Problems
}) => {
  const { order } = desk.text
  const path = `/admin/orders/${view.order.id}`
  return (
    <>
      <a class="back" href={path}>
        ← {order.title(view.order.number)}
      </a>
      <h1>{order.cancelTitle(view.order.number)}</h1>
      <form method="post" action={`${path}/cancel`} class="panel stack mt">
        <ProblemSummary desk={desk} problems={problems} />
        {consequences(desk, view).map((sentence) => (
          <p class="strong">{sentence}</p>
        ))}
        <p>{order.cancelText}</p>
        <OnceKey />
        <Field
          name="reason"
          label={order.reason}
          hint={order.reasonHint}
          problems={problems}
          value={entered['reason']}
          maxlength={500}
          required
        />
        <p class="actions">
          <button class="button button-danger">{order.confirmCancel}</button>
          <a class="button-quiet" href={path}>
            {order.back}
          </a>
        </p>
      </form>
    </>
  )
}

const accountFields = ['bank', 'account', 'holder'] as const
const accountNames = {
  reason: 'reason',
  amount: 'amount',
  ...Object.fromEntries(accountFields.map((name) => [`account.${name}`, name])),
}

/** What a form asks to give back, or what is wrong with it. */
function readRefund(desk: Desk, { payment }: OrderView, entered: Entered) {
  const { error, refusals } = desk.text
  const most = refundableOf(payment)
  const amount = amountIn(entered['amount'], most.currency)
  const required = ['reason', ...(needsAccount(payment) ? accountFields : [])].filter((name) => !entered[name])
  const problems: Problems = {
    ...(amount === null || amount.minor <= 0
      ? { amount: error.amount }
      : amount.minor > most.minor
        ? { amount: refusals['payments.refund_exceeds'] ?? error.amount }
        : {}),
    ...Object.fromEntries(required.map((name) => [name, error.required])),
  }
  if (amount === null || Object.keys(problems).length > 0) return { problems, json: null }
  const [bank = '', account = '', holder = ''] = accountFields.map((name) => entered[name])
  return {
    problems,
    json: {
      amount,
      reason: entered['reason'] ?? '',
      ...(needsAccount(payment) ? { account: { bank, account, holder } } : {}),
    },
  }
}

interface Asked extends Partial<Calculated> {
  /** The amount to be confirmed. */
  readonly amount?: Money
}

async function showRefund(c: Context<DeskEnv>, orderId: string, asked: Asked = {}) {
  const { desk } = c.var
  const view = await orderOf(desk, orderId)
  return deskPage(
    c,
    { title: desk.text.order.refundTitle(view.order.number) },
    <Refund desk={desk} view={view} asked={asked} />,
    asked.problems ? 422 : 200,
  )
}

const Refund = ({ desk, view, asked }: { desk: Desk; view: OrderView; asked: Asked }) => {
  const { order } = desk.text
  const path = `/admin/orders/${view.order.id}`
  const { payment } = view
  return (
    <>
      <a class="back" href={path}>
        ← {order.title(view.order.number)}
      </a>
      <h1>{order.refundTitle(view.order.number)}</h1>
      {asked.amount === undefined && payment && refundableOf(payment).minor > 0 && (
        <Returns desk={desk} view={view} found={{ entered: {}, ...asked }} />
      )}
      <form method="post" action={`${path}/refund`} class="panel stack mt">
        <ProblemSummary desk={desk} problems={asked.problems ?? {}} />
        {!payment || refundableOf(payment).minor === 0 ? (
          <p>{order.refundNothing}</p>
        ) : asked.amount ? (
          <Confirm desk={desk} payment={payment} amount={asked.amount} entered={asked.entered ?? {}} path={path} />
        ) : (
          <RefundFields desk={desk} payment={payment} asked={asked} path={path} />
        )}
      </form>
    </>
  )
}

const RefundFields = ({
  desk,
  payment,
  asked: { entered = {}, problems },
  path,
}: {
  desk: Desk
  payment: Payment
  asked: Asked
  path: string
}) => {
  const { text, locale } = desk
  const { order } = text
  const most = refundableOf(payment)
  return (
    <>
      <OnceKey />
      <div class="pair">
        <Field
          name="amount"
          label={`${order.amount} (${most.currency})`}
          hint={order.amountHint(format(most, locale))}
          problems={problems}
          value={entered['amount'] ?? amountText(most)}
          inputmode="decimal"
          autocomplete="off"
          required
        />
        <Field
          name="reason"
          label={order.reason}
          hint={order.refundReasonHint}
          problems={problems}
          value={entered['reason']}
          maxlength={500}
          required
        />
      </div>
      {needsAccount(payment) && (
        <fieldset class="stack">
          <legend>{order.accountTitle}</legend>
          <p class="hint">{order.accountText}</p>
          <div class="pair third">
            {accountFields.map((name) => (
              <Field
                name={name}
                label={order[name]}
                problems={problems}
                value={entered[name]}
                autocomplete="off"
                required
              />
            ))}
          </div>
        </fieldset>
      )}
      <p class="actions">
        <button class="button">{order.review}</button>
        <a class="button-quiet" href={path}>
          {order.back}
        </a>
      </p>
    </>
  )
}

/** The refund in words, once more, before it is done. */
const Confirm = ({
  desk,
  payment,
  amount,
  entered,
  path,
}: {
  desk: Desk
  payment: Payment
  amount: Money
  entered: Entered
  path: string
}) => {
  const { text, locale } = desk
  const { order } = text
  const to = needsAccount(payment)
    ? accountFields.map((name) => entered[name]).join(' ')
    : payment.card
      ? order.toCard(cardName(payment.card))
      : order.toMethod
  return (
    <>
      {Object.entries(entered).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <p class="strong big">{order.refundSays(format(amount, locale), to)}</p>
      <p>{order.refundLeaves(format(leftAfter(payment, amount), locale))}</p>
      <p class="hint">
        {order.reason}: {entered['reason']}
      </p>
      <p class="actions">
        <button class="button button-danger" name="confirmed" value="yes">
          {order.confirmRefund(format(amount, locale))}
        </button>
        <a class="button-quiet" href={`${path}/refund`}>
          {order.change}
        </a>
      </p>
    </>
  )
}
