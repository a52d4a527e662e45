import { textIn } from '@sangdo/core'
import type { Desk } from '../desk.ts'
import { Field, OnceKey, Select } from '../parts/form.tsx'
import { Badge, Time, type Tone } from '../parts/list.tsx'
import type { Order, OrderView, Shipment } from '../types.ts'
import type { Tried } from './order.tsx'

/** The form with which a parcel leaves: all that is left of the order, or part of it. */
export const ShipForm = ({ desk, order, tried }: { desk: Desk; order: Order; tried?: Tried | undefined }) => {
  const { text, locale } = desk
  const { entered = {}, problems } = tried ?? {}
  const left = order.lines.filter((line) => line.shipped < line.quantity)
  return (
    <section class="panel" id="ship">
      <h2>{text.order.ship}</h2>
      <form method="post" action={`/admin/orders/${order.id}/ship`} class="stack">
        <OnceKey />
        <div class="pair">
          <Field name="carrier" label={text.order.carrier} problems={problems}>
            {(attributes) => (
              <Select attributes={attributes} of={text.order.carriers} chosen={entered['carrier'] ?? 'cj'} />
            )}
          </Field>
          <Field
            name="trackingNumber"
            label={text.order.tracking}
            problems={problems}
            value={entered['trackingNumber']}
            inputmode="numeric"
            autocomplete="off"
            maxlength={60}
            required
          />
        </div>
        <div class="pieces">
          {left.map((line) => (
            <Field
              name={`pieces.${line.id}`}
              label={`${textIn(line.name, [locale])} ${textIn(line.options, [locale])}`}
              hint={text.order.remaining(line.quantity - line.shipped)}
              problems={problems}
              type="number"
              inputmode="numeric"
              min={0}
              max={line.quantity - line.shipped}
              value={entered[`pieces.${line.id}`] ?? String(line.quantity - line.shipped)}
            />
          ))}
        </div>
        <button class="button">{text.order.shipAll}</button>
      </form>
    </section>
  )
}

const tones = {
  shipped: 'go',
  picked_up: 'go',
  in_transit: 'go',
  out_for_delivery: 'go',
  delivered: 'go',
  exception: 'bad',
} as const satisfies Record<Shipment['status'], Tone>

/** The parcels of an order, with what their carriers have said. */
export const Parcels = ({
  desk,
  view: { order, shipments },
  tried,
}: {
  desk: Desk
  view: OrderView
  tried?: Tried | undefined
}) => {
  const { text } = desk
  if (shipments.length === 0 && order.status !== 'paid') return null
  return (
    <section class="panel">
      <h2>{text.order.parcels}</h2>
      {shipments.length === 0 && <p class="hint">{text.order.noParcels}</p>}
      {shipments.map((parcel) => (
        <Parcel desk={desk} order={order} parcel={parcel} tried={tried?.form === parcel.id ? tried : undefined} />
      ))}
    </section>
  )
}

const Parcel = ({
  desk,
  order,
  parcel,
  tried,
}: {
  desk: Desk
  order: Order
  parcel: Shipment
  tried?: Tried | undefined
}) => {
  const { text, locale } = desk
  const nameOf = (lineId: string) => textIn(order.lines.find((line) => line.id === lineId)?.name ?? {}, [locale])
  return (
    <div class="parcel" id={parcel.id}>
      <p>
        <span class="strong">{text.order.carriers[parcel.carrier]}</span>{' '}
        <span class="figures">{parcel.trackingNumber}</span>{' '}
        <Badge tone={tones[parcel.status]}>{text.order.parcel[parcel.status]}</Badge>
      </p>
      <p class="hint">
        {parcel.lines.map((line) => `${nameOf(line.lineId)} ${text.order.piecesOf(line.quantity)}`).join(', ')}
      </p>
      <ol class="timeline mt">
        {parcel.events.toReversed().map((event) => (
          <li>
            <span>{[text.order.parcel[event.status], event.place].filter(Boolean).join(' · ')}</span>
            <span class="hint">
              <Time at={event.at} desk={desk} />
            </span>
            {event.note && <span>{event.note}</span>}
          </li>
        ))}
        <li>
          <span>{text.order.parcel.shipped}</span>
          <span class="hint">
            <Time at={parcel.shippedAt} desk={desk} />
          </span>
        </li>
      </ol>
      {desk.mayAct && parcel.status !== 'delivered' && (
        <TrackingForm desk={desk} orderId={order.id} parcel={parcel} tried={tried} />
      )}
    </div>
  )
}

const TrackingForm = ({
  desk: { text },
  orderId,
  parcel,
  tried,
}: {
  desk: Desk
  orderId: string
  parcel: Shipment
  tried?: Tried | undefined
}) => {
  const { shipped: _, ...choices } = text.order.parcel
  const { entered = {}, problems } = tried ?? {}
  const field = (name: string) => ({ name, id: `${name}-${parcel.id}`, problems })
  return (
    <details open={tried !== undefined}>
      <summary>{text.order.event}</summary>
      <form method="post" action={`/admin/orders/${orderId}/parcels/${parcel.id}/events`} class="stack">
        <OnceKey />
        <Field {...field('status')} label={text.order.eventStatus}>
          {(attributes) => <Select attributes={attributes} of={choices} chosen={entered['status'] ?? 'delivered'} />}
        </Field>
        <div class="pair">
          <Field
            {...field('place')}
            label={text.order.place}
            optional={text.order.optional}
            value={entered['place']}
            maxlength={200}
          />
          <Field
            {...field('note')}
            label={text.order.note}
            optional={text.order.optional}
            value={entered['note']}
            maxlength={500}
          />
        </div>
        <button class="button-quiet">{text.order.eventSave}</button>
      </form>
    </details>
  )
}
