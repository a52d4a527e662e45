import { expect } from 'vitest'
import { refundable } from './bank.ts'
import { type Choice, command, onOrder, refusalOf } from './command.ts'
import { arrive, cancel, deliver, recount, refund, ship } from './rules.ts'
import { items, type Line, type Model, type Order, type Parcel } from './state.ts'
import type { Life } from './world.ts'

const itemOf = ({ which }: Choice) => items[which % items.length] ?? items[0]
const left = ({ quantity, shipped }: Line) => quantity - shipped

/** Sends a parcel; answers whether it left. */
async function send(order: Order, model: Model, life: Life, parts: Parcel['pieces']): Promise<boolean> {
  const lines = parts.map(({ line, quantity }) => ({ lineId: line.id, quantity }))
  const parcel = { carrier: 'cj', trackingNumber: life.label(), lines }
  const answer = await life.staff('POST', `/admin/orders/${order.id}/shipments`, parcel)
  const refusal = ship(model, order, parts)
  expect(refusalOf(answer)).toBe(refusal)
  const sent = order.parcels.at(-1)
  if (refusal !== null || !sent) return false
  sent.id = answer.body.shipments.find((one: typeof parcel) => one.trackingNumber === parcel.trackingNumber).id
  return true
}

async function giveBack(order: Order, life: Life, minor: number): Promise<void> {
  const asked = { amount: { minor, currency: 'KRW' }, reason: '포장이 구겨져서' }
  const answer = await life.staff('POST', `/admin/orders/${order.id}/refunds`, asked)
  expect(refusalOf(answer)).toBe(refund(order, minor))
}

/** What the shop's people do. */
export const staff = [
  onOrder('shipPart', async (order, model, life, { which, count }) => {
    const line = order.lines[which % order.lines.length]
    if (line && (await send(order, model, life, [{ line, quantity: count }]))) deliver(model)
  }),
  onOrder('shipAll', async (order, model, life) => {
    const parts = order.lines.filter((line) => left(line) > 0).map((line) => ({ line, quantity: left(line) }))
    if (parts.length > 0 && (await send(order, model, life, parts))) deliver(model)
  }),
  onOrder(
    'parcelArrives',
    async (order, model, life, { which }) => {
      const index = which % order.parcels.length
      const path = `/admin/shipments/${order.parcels[index]?.id}/events`
      expect(refusalOf(await life.staff('POST', path, { status: 'delivered' }))).toBe(arrive(order, index))
      deliver(model)
    },
    ({ parcels }) => parcels.length > 0,
  ),
  onOrder('callOff', async (order, model, life) => {
    const answer = await life.staff('POST', `/admin/orders/${order.id}/cancel`, { reason: '재고가 상해서' })
    expect(refusalOf(answer)).toBe(cancel(model, order))
  }),
  onOrder('refundPart', (order, _model, life, { count }) => giveBack(order, life, 1_000 * count)),
  onOrder('refundAll', (order, _model, life) => giveBack(order, life, Math.max(1, refundable(order)))),
  onOrder('refundTooMuch', (order, _model, life, { count }) => giveBack(order, life, refundable(order) + count)),
  command(
    'changePrice',
    () => true,
    async (model, life, chosen) => {
      const minor = 20_000 + 1_000 * chosen.which
      expect((await life.setPrice(itemOf(chosen), minor)).status).toBe(204)
      model.prices[itemOf(chosen)] = minor
      deliver(model)
    },
  ),
  command(
    'endPromotion',
    ({ promoted }) => promoted,
    async (model, life) => {
      expect((await life.setPromotion(life.clock.now().toISOString())).status).toBe(201)
      model.promoted = false
    },
  ),
  command(
    'resumePromotion',
    ({ promoted }) => !promoted,
    async (model, life) => {
      expect((await life.setPromotion(null)).status).toBe(201)
      model.promoted = true
    },
  ),
  command(
    'countStock',
    () => true,
    async (model, life, chosen) => {
      const refusal = recount(model, itemOf(chosen), chosen.which)
      expect(refusalOf(await life.count(itemOf(chosen), chosen.which))).toBe(refusal)
      if (refusal === null) deliver(model)
    },
  ),
]
