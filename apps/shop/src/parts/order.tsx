import { randomUUID } from 'node:crypto'
import { format, textIn } from '@sangdo/core'
import type { OrderView } from '../client.ts'
import { dateOf } from '../dates.ts'
import type { Visitor } from '../visitor.ts'
import { Field } from './form.tsx'
import { Icon } from './icon.tsx'
import { PaymentChoices } from './payment-form.tsx'
import { Items, Totals } from './summary.tsx'

interface Shown {
  readonly visitor: Visitor
  readonly view: OrderView
  readonly methods: readonly string[]
  /** `?token=…` for a guest, else nothing. */
  readonly query: string
  readonly wrong: string | undefined
  readonly mayReview: boolean
  /** The lines that the customer has reviewed. */
  readonly reviewed: readonly string[]
  /** Whether a review has just been sent. */
  readonly thanks: boolean
}

/** An order as its buyer follows it: how it stands, what there is to do, what is in it. */
export const OrderPage = (shown: Shown) => {
  const { visitor, view, query } = shown
  const { locale, text } = visitor
  const { order } = view
  const path = `/${locale}/order/${order.number}`
  const mayCancel = order.status === 'pending_payment' || order.status === 'paid'
  return (
    <div class="wrap pt-10 lg:pt-14">
      <Heading {...shown} />
      <div class="mt-10 grid gap-x-16 gap-y-12 lg:grid-cols-[3fr_2fr]">
        <div class="min-w-0 space-y-12">
          {view.refusal === 'open' && order.status === 'pending_payment' && (
            <Appeal visitor={visitor} action={`${path}/appeal${query}`} />
          )}
          {order.status === 'pending_payment' && !view.refusal && (
            <Unpaid visitor={visitor} view={view} methods={shown.methods} action={`${path}/pay${query}`} />
          )}
          {view.shipments.length > 0 && <Parcels visitor={visitor} view={view} />}
          <section>
            <h2 class="text-xl">{text.order.items}</h2>
            <div class="mt-2 border-y border-line">
              <Items
                lines={order.lines.map((line) => ({ ...line, total: line.subtotal }))}
                visitor={visitor}
                action={(line) => <ReviewLink shown={shown} line={line} />}
              />
            </div>
          </section>
          <Steps visitor={visitor} view={view} />
          {mayCancel && <Cancel visitor={visitor} action={`${path}/cancel${query}`} />}
        </div>
        <Facts visitor={visitor} view={view} />
      </div>
    </div>
  )
}

const good = new Set(['paid', 'partly_shipped', 'shipped', 'delivered'])

const Heading = ({ visitor: { text }, view: { order, refusal }, query, wrong, thanks }: Shown) => {
  const refused = order.status === 'pending_payment' && (refusal === 'open' || refusal === 'appealed') ? refusal : null
  return (
    <header>
      {wrong && (
        <p class="notice-bad mb-6" role="alert">
          {wrong}
        </p>
      )}
      {thanks && (
        <p class="notice mb-6" role="status">
          {text.review.thanks}
        </p>
      )}
      <p class="flex flex-wrap items-center gap-3">
        <span class="money text-muted">{text.order.title(order.number)}</span>
        <span
          class={`badge ${good.has(order.status) ? 'bg-celadon-tint text-celadon-ink' : 'bg-persimmon-tint text-ink'}`}
        >
          {refused ? text.order.appeal.status[refused] : text.order.statuses[order.status]}
        </span>
      </p>
      <h1 class="mt-2 text-3xl sm:text-4xl">
        {refused ? text.order.appeal.heading[refused] : text.order.headings[order.status]}
      </h1>
      <p class="mt-3 max-w-[38rem] text-lg text-muted">
        {refused ? text.order.appeal.text[refused] : text.order.texts[order.status]}
      </p>
      {query && <p class="mt-2 max-w-[38rem] text-sm text-muted">{text.order.saved}</p>}
    </header>
  )
}

/** The way to a person for the buyer of an order that the rules do not take. */
const Appeal = ({ visitor: { text }, action }: { visitor: Visitor; action: string }) => {
  const { appeal } = text.order
  return (
    <section>
      <h2 class="text-xl">{appeal.title}</h2>
      <form method="post" action={action} class="mt-4 space-y-4">
        <Field name="note" label={appeal.note} hint={appeal.hint} rows={5} maxlength={2000} required />
        <button class="button">{appeal.send}</button>
      </form>
    </section>
  )
}

const ReviewLink = ({
  shown: { visitor, view, mayReview, reviewed },
  line,
}: {
  shown: Shown
  line: OrderView['order']['lines'][number]
}) => {
  const { text, locale } = visitor
  if (!mayReview || line.delivered === 0) return null
  if (reviewed.includes(line.id)) return <p class="mt-1 text-sm text-celadon">{text.order.reviewed}</p>
  return (
    <a class="link mt-1 inline-block py-1 text-sm" href={`/${locale}/review/${line.id}?order=${view.order.number}`}>
      {text.order.review}
    </a>
  )
}

const Facts = ({ visitor, view: { order, payment } }: Pick<Shown, 'visitor' | 'view'>) => {
  const { text, locale } = visitor
  const { address } = order
  return (
    <aside class="min-w-0 space-y-7 bg-sunken p-5 max-sm:-mx-4 sm:p-7 lg:self-start" aria-label={text.checkout.summary}>
      <div>
        <Totals quote={order.quote} shippingKnown visitor={visitor} />
        {payment && payment.refunded.minor > 0 && (
          <p class="mt-2 text-right font-medium text-accent">{text.order.refunded(format(payment.refunded, locale))}</p>
        )}
      </div>
      {payment && (
        <section>
          <h2 class="font-sans text-sm font-semibold">{text.order.payment}</h2>
          <p class="mt-1">
            {text.checkout.methods[payment.method]}
            {payment.card && (
              <span class="money text-muted">
                {' '}
                <span class="uppercase">{payment.card.brand}</span> ···· {payment.card.last4}
              </span>
            )}
          </p>
        </section>
      )}
      <section>
        <h2 class="font-sans text-sm font-semibold">{text.order.address}</h2>
        <address class="mt-1 wrap-anywhere not-italic">
          {address.name}
          <br />
          {[address.postcode, address.region, address.city].filter(Boolean).join(' ')}
          <br />
          {[address.line1, address.line2].filter(Boolean).join(', ')}
          {address.memo && <span class="mt-1 block text-sm text-muted">{address.memo}</span>}
        </address>
      </section>
      <section>
        <h2 class="font-sans text-sm font-semibold">{text.order.contact}</h2>
        <p class="mt-1 wrap-anywhere">
          {address.phone}
          <br />
          {order.email}
        </p>
      </section>
    </aside>
  )
}

/** What an order that waits for its money needs: the account to send it to, or another try. */
const Unpaid = ({
  visitor,
  view: { order, payment },
  methods,
  action,
}: Pick<Shown, 'visitor' | 'view' | 'methods'> & { action: string }) => {
  const { text, locale } = visitor
  const deposit = payment?.status === 'awaiting_deposit' ? payment.deposit : null
  if (payment?.status === 'unknown' || payment?.status === 'authorized') {
    return (
      <p class="notice" role="status">
        {text.order.confirming}
      </p>
    )
  }
  const again = (
    <form method="post" action={action} class="space-y-5">
      <input type="hidden" name="key" value={randomUUID()} />
      <PaymentChoices visitor={visitor} methods={methods} chosen={payment?.method} />
      <button class={`w-full ${deposit ? 'button-quiet' : 'button'}`}>{text.checkout.again}</button>
    </form>
  )
  if (!deposit) {
    return (
      <section class="space-y-6">
        <p class="notice-bad" role="alert">
          {text.checkout.failed}
        </p>
        {again}
      </section>
    )
  }
  const facts = [
    [text.order.bank, deposit.bank],
    [text.order.account, deposit.account],
    [text.order.holder, deposit.holder],
    ...(deposit.reference ? [[text.order.reference, deposit.reference]] : []),
    [text.order.amount, format(order.total, locale)],
    [text.order.due, dateOf(deposit.dueAt, 'deadline', locale)],
  ]
  return (
    <section class="space-y-4">
      <div class="notice p-5 sm:p-6">
        <h2 class="text-xl">{text.order.deposit}</h2>
        <dl class="mt-4 grid grid-cols-[auto_1fr] gap-x-6 gap-y-2.5">
          {facts.map(([label, value]) => (
            <>
              <dt class="text-muted">{label}</dt>
              <dd class="font-semibold tabular-nums select-all">{value}</dd>
            </>
          ))}
        </dl>
      </div>
      <details>
        <summary class="link w-fit py-2">{text.order.otherWay}</summary>
        <div class="mt-3">{again}</div>
      </details>
    </section>
  )
}

const Parcels = ({ visitor: { text, locale }, view }: Pick<Shown, 'visitor' | 'view'>) => (
  <section>
    <h2 class="text-xl">{text.order.parcels}</h2>
    <ul class="mt-3 space-y-3">
      {view.shipments.map((parcel) => (
        <li class="border-l-4 border-celadon bg-celadon-tint px-4 py-3">
          <p class="font-semibold">{text.order.parcel[parcel.status]}</p>
          <p class="text-sm">
            {textIn(parcel.carrierName, [locale])} · {text.order.tracking}{' '}
            <span class="money select-all">{parcel.trackingNumber}</span>
          </p>
          {parcel.trackingUrl && (
            <a class="link inline-block py-1 text-sm" href={parcel.trackingUrl} rel="noreferrer">
              {text.order.follow}
            </a>
          )}
        </li>
      ))}
    </ul>
  </section>
)

const Steps = ({ visitor: { text, locale }, view }: Pick<Shown, 'visitor' | 'view'>) => (
  <section>
    <h2 class="text-xl">{text.order.timeline}</h2>
    <ol class="mt-4">
      {view.steps.map((step, index) => (
        <li class="relative grid grid-cols-[1.25rem_1fr] gap-3 pb-5 last:pb-0">
          {index < view.steps.length - 1 && (
            <span class="absolute top-4 bottom-0 left-[0.56rem] w-px bg-line-strong" aria-hidden="true" />
          )}
          <span
            class={`mt-1.5 size-3 justify-self-center rounded-full ${index === view.steps.length - 1 ? 'bg-celadon' : 'bg-line-strong'}`}
            aria-hidden="true"
          />
          <span class="flex justify-between gap-x-4 max-sm:flex-col">
            <span class={index === view.steps.length - 1 ? 'font-semibold' : ''}>{text.order.statuses[step.to]}</span>
            <time class="text-sm text-muted tabular-nums" datetime={step.at}>
              {dateOf(step.at, 'moment', locale)}
            </time>
          </span>
        </li>
      ))}
    </ol>
  </section>
)

const Cancel = ({ visitor: { text }, action }: { visitor: Visitor; action: string }) => (
  <details class="group border-y border-line">
    <summary class="flex min-h-13 cursor-pointer list-none items-center justify-between font-medium [&::-webkit-details-marker]:hidden">
      {text.order.cancel}
      <Icon name="next" class="size-4 rotate-90 text-muted group-open:-rotate-90" />
    </summary>
    <form method="post" action={action} class="space-y-5 pt-1 pb-6">
      <p class="text-muted">{text.order.cancelText}</p>
      <input type="hidden" name="key" value={randomUUID()} />
      <Field name="reason" label={text.order.cancelReason}>
        <select id="reason" name="reason">
          {text.order.cancelReasons.map((reason) => (
            <option>{reason}</option>
          ))}
        </select>
      </Field>
      <button class="button-quiet">{text.order.cancel}</button>
    </form>
  </details>
)
