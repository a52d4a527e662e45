import { format, textIn } from '@sangdo/core'
import { brand } from '@sangdo/api/demo'
import { address, type Desk } from '../desk.ts'
import { type Problems, ProblemSummary } from '../parts/form.tsx'
import { Done, Facts, Time } from '../parts/list.tsx'
import { OrderBadge } from '../parts/status.tsx'
import type { Order, OrderView, Risk } from '../types.ts'
import { PaymentPanel, refundableOf } from './payment.tsx'
import { RiskPanel } from './risk-view.tsx'
import { Parcels, ShipForm } from './shipping.tsx'

/** What was tried on an order and did not work: which form, what was entered, and why. */
export interface Tried {
  /** `ship`, or the id of the parcel whose news were written. */
  readonly form: string
  readonly entered: Readonly<Record<string, string | undefined>>
  readonly problems: Problems
}

/** An order: what was bought, the money, where it goes, and what may be done with it now. */
export const OrderPage = ({
  desk,
  view,
  names,
  risk,
  done,
  tried,
}: {
  desk: Desk
  view: OrderView
  names: Readonly<Record<string, string>>
  risk: Risk | null
  done?: string | undefined
  tried?: Tried | undefined
}) => {
  const { text } = desk
  const { order, payment } = view
  const shippable = order.status === 'paid' || order.status === 'partly_shipped'
  const path = `/admin/orders/${order.id}`
  return (
    <>
      <a class="back" href={address('/admin/orders')}>
        ← {text.orders.title}
      </a>
      <div class="head">
        <div>
          <h1 class="figures">{text.order.title(order.number)}</h1>
          <OrderBadge status={order.status} desk={desk} />
        </div>
        {desk.mayAct && (
          <div>
            {refundableOf(payment).minor > 0 && (
              <a class="button-quiet" href={`${path}/refund`}>
                {text.order.refund}…
              </a>
            )}
            {cancellable(order) && (
              <a class="button-quiet" href={`${path}/cancel`}>
                {text.order.cancel}…
              </a>
            )}
          </div>
        )}
      </div>
      <Done said={done && text.order.done[done]} />
      <ProblemSummary desk={desk} problems={tried?.problems ?? {}} />
      <div class="panels">
        <div>
          {desk.mayAct && shippable && (
            <ShipForm desk={desk} order={order} tried={tried?.form === 'ship' ? tried : undefined} />
          )}
          <Lines desk={desk} order={order} />
          <Parcels desk={desk} view={view} tried={tried} />
        </div>
        <div>
          <Buyer desk={desk} order={order} />
          <PaymentPanel desk={desk} payment={payment} />
          <RiskPanel desk={desk} one={risk} names={names} />
          <Timeline desk={desk} view={view} names={names} />
        </div>
      </div>
    </>
  )
}

/** Whether an order may still be called off; the API decides it again. */
export const cancellable = ({ status }: Pick<Order, 'status'>): boolean =>
  status === 'pending_payment' || status === 'payment_review' || status === 'paid'

const Lines = ({ desk, order }: { desk: Desk; order: Order }) => {
  const { text, locale } = desk
  return (
    <section class="panel">
      <h2>{text.order.lines}</h2>
      <table class="cards">
        <thead>
          <tr>
            <th scope="col">{text.products.product}</th>
            <th scope="col" class="end">
              {text.order.unit}
            </th>
            <th scope="col" class="end">
              {text.orders.pieces}
            </th>
            <th scope="col" class="end">
              {text.order.lineTotal}
            </th>
          </tr>
        </thead>
        <tbody>
          {order.lines.map((line) => (
            <tr>
              <td class="row-wide">
                <div class="thing">
                  {line.image ? (
                    <img src={line.image.url} alt="" width="44" height="44" loading="lazy" />
                  ) : (
                    <span class="no-picture" />
                  )}
                  <div>
                    <a href={`/admin/products/${line.productId}`}>{textIn(line.name, [locale])}</a>
                    <span class="sub">{[textIn(line.options, [locale]), line.sku].filter(Boolean).join(' · ')}</span>
                  </div>
                </div>
              </td>
              <td class="end money phone-hidden">{format(line.unitPrice, locale)}</td>
              <td class="end left-small fixed">
                {text.order.piecesOf(line.quantity)}
                {line.shipped > 0 && line.shipped < line.quantity && (
                  <span class="sub">{text.order.shippedOf(line.shipped, line.quantity)}</span>
                )}
              </td>
              <td class="end money">{format(line.subtotal, locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Sums desk={desk} order={order} />
    </section>
  )
}

const Sums = ({ desk: { text, locale }, order: { quote } }: { desk: Desk; order: Order }) => {
  const { shipping } = quote
  const rows = [
    [text.order.subtotal, format(quote.subtotal, locale)],
    ...quote.adjustments.map(({ name, code, amount }) => [
      `${textIn(name, [locale]) || text.order.discount}${code ? ` (${code})` : ''}`,
      `−${format(amount, locale)}`,
    ]),
    [text.order.shipping, shipping.total.minor === 0 ? text.order.free : format(shipping.total, locale)],
    ...(quote.taxAdded.minor > 0 ? [[text.order.taxAdded, format(quote.taxAdded, locale)]] : []),
  ]
  return (
    <dl class="sums">
      {rows.map(([label, amount]) => (
        <div>
          <dt>{label}</dt>
          <dd class="money">{amount}</dd>
        </div>
      ))}
      <div class="sum">
        <dt>{text.order.total}</dt>
        <dd class="money">
          {format(quote.total, locale)}
          {quote.taxIncluded.minor > 0 && (
            <span class="sub">{text.order.taxIncluded(format(quote.taxIncluded, locale))}</span>
          )}
        </dd>
      </div>
    </dl>
  )
}

const Buyer = ({ desk, order }: { desk: Desk; order: Order }) => {
  const { text, locale } = desk
  const { address } = order
  const place = [
    [address.postcode, address.region, address.city].filter(Boolean).join(' '),
    [address.line1, address.line2].filter(Boolean).join(', '),
    address.country === 'KR' ? '' : address.country,
  ]
    .filter(Boolean)
    .join('\n')
  const facts = [
    [text.order.address, `${address.name}\n${place}`],
    [
      text.order.phone,
      <a class="figures" href={`tel:${address.phone.replaceAll(/[^+\d]/g, '')}`}>
        {address.phone}
      </a>,
    ],
    [
      text.order.email,
      <a href={`mailto:${order.email}?subject=${encodeURIComponent(`${brand.name[locale]} ${order.number}`)}`}>
        {order.email}
      </a>,
    ],
    ...(address.memo ? [[text.order.memo, address.memo] as const] : []),
    [text.order.method, textIn(order.shippingName, [locale])],
    [text.order.placed, <Time at={order.placedAt} desk={desk} />],
    ...(order.paidAt ? [[text.order.paid, <Time at={order.paidAt} desk={desk} />] as const] : []),
    ...(order.expiresAt && order.status === 'pending_payment'
      ? [[text.order.expires, <Time at={order.expiresAt} desk={desk} />] as const]
      : []),
    ...(order.cancelReason ? [[text.order.cancelReason, order.cancelReason] as const] : []),
  ] as const
  return (
    <section class="panel">
      <h2>{order.customerId ? text.order.member : text.order.guest}</h2>
      <Facts facts={facts} />
    </section>
  )
}

const Timeline = ({
  desk,
  view: { steps },
  names,
}: {
  desk: Desk
  view: OrderView
  names: Readonly<Record<string, string>>
}) => {
  const { order } = desk.text
  const who = (actor: string) =>
    names[actor] ?? order.actors[actor] ?? (actor.startsWith('stf_') ? order.formerStaff : order.actors['buyer'])
  return (
    <section class="panel">
      <h2>{order.timeline}</h2>
      <ol class="timeline">
        {steps.toReversed().map((step) => (
          <li>
            <span class="strong">{order.steps[step.to]}</span>
            <span class="hint">
              <Time at={step.at} desk={desk} /> · {who(step.actor)}
            </span>
            {step.note && <span>{step.note}</span>}
          </li>
        ))}
      </ol>
    </section>
  )
}
