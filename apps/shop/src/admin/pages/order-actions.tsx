import { type Context, Hono } from 'hono'
import { ApiRefusal, content, type Refusal } from '../../client.ts'
import { address, type Desk, type DeskEnv, type Entered, formOf, refusalOf } from '../desk.ts'
import { deskPage } from '../layout.tsx'
import { problemsOf } from '../parts/form.tsx'
import type { OrderView, Shipment } from '../types.ts'
import { OrderPage, type Tried } from './order.tsx'

type OrderId = OrderView['order']['id']

/** One order, and what is done to send it. */
export const orderRoutes = new Hono<DeskEnv>()
  .get('/orders/:orderId', (c) => showOrder(c, c.req.param('orderId')))
  .post('/orders/:orderId/ship', async (c) => {
    const entered = await formOf(c)
    const { desk } = c.var
    const [orderId, lines] = [c.req.param('orderId'), linesIn(entered)]
    if (lines.length === 0)
      return showOrder(c, orderId, { form: 'ship', entered, problems: { form: desk.text.order.nothingChosen } })
    const json = { carrier: carrierIn(desk, entered), trackingNumber: entered['trackingNumber'] ?? '', lines }
    const call = desk.api.admin.orders[':orderId'].shipments.$post({
      param: { orderId: orderId as OrderId },
      header: onceKey(entered),
      json,
    })
    const refusal = await refusalOf(call)
    if (refusal) return showOrder(c, orderId, { form: 'ship', entered, problems: shipProblems(desk, refusal, entered) })
    return c.redirect(address(`/admin/orders/${orderId}`, { done: 'shipped' }), 303)
  })
  .post('/orders/:orderId/parcels/:shipmentId/events', async (c) => {
    const entered = await formOf(c)
    const { desk } = c.var
    const { orderId, shipmentId } = c.req.param()
    const json = {
      status: (entered['status'] ?? '') as Exclude<Shipment['status'], 'shipped'>,
      place: entered['place'] || null,
      note: entered['note'] || null,
    }
    const call = desk.api.admin.shipments[':shipmentId'].events.$post({
      param: { shipmentId: shipmentId as Shipment['id'] },
      header: onceKey(entered),
      json,
    })
    const refusal = await refusalOf(call)
    const names = { status: `status-${shipmentId}`, place: `place-${shipmentId}`, note: `note-${shipmentId}` }
    if (refusal) return showOrder(c, orderId, { form: shipmentId, entered, problems: problemsOf(desk, refusal, names) })
    return c.redirect(address(`/admin/orders/${orderId}`, { done: 'tracked' }), 303)
  })

/** The header that makes the request of this form happen once. */
export const onceKey = ({ key }: Entered) => ({ 'idempotency-key': key || crypto.randomUUID() })

/** The order with this id. Throws the refusal of the API when there is none, or when the id is none. */
export async function orderOf({ api }: Desk, orderId: string): Promise<OrderView> {
  if (!/^ord_\w+$/.test(orderId)) throw new ApiRefusal({ status: 404, code: 'orders.order_not_found', detail: orderId })
  return content(api.admin.orders[':orderId'].$get({ param: { orderId: orderId as OrderId } }))
}

/** How the order was judged; an id that is none is refused with the order itself. */
const riskOf = ({ api }: Desk, orderId: string) =>
  /^ord_\w+$/.test(orderId)
    ? content(api.admin.orders[':orderId'].risk.$get({ param: { orderId: orderId as OrderId } }))
    : null

async function showOrder(c: Context<DeskEnv>, orderId: string, tried?: Tried) {
  const { desk } = c.var
  const [view, names, risk] = await Promise.all([orderOf(desk, orderId), namesOf(desk), riskOf(desk, orderId)])
  const title = desk.text.order.title(view.order.number)
  return deskPage(
    c,
    { title },
    <OrderPage desk={desk} view={view} names={names} risk={risk} done={c.req.query('done')} tried={tried} />,
    tried ? 422 : 200,
  )
}

/** The names of colleagues by their ids. */
export async function namesOf({ api }: Desk): Promise<Record<string, string>> {
  const staff = await content(api.admin.staff.$get())
  return Object.fromEntries(staff.map(({ id, name }) => [id, name]))
}

type Parcel = Parameters<Desk['api']['admin']['orders'][':orderId']['shipments']['$post']>[0]['json']

const linesIn = (entered: Entered): Parcel['lines'] =>
  Object.entries(entered).flatMap(([name, value]) => {
    const [, id] = /^pieces\.(lin_\w+)$/.exec(name) ?? []
    const quantity = Number(value)
    return id && quantity !== 0 ? [{ lineId: id as Parcel['lines'][number]['lineId'], quantity }] : []
  })

const carrierIn = ({ text }: Desk, { carrier = '' }: Entered) =>
  (carrier in text.order.carriers ? carrier : 'other') as Parcel['carrier']

function shipProblems(desk: Desk, refusal: Refusal, entered: Entered) {
  const { order } = desk.text
  const carrier = carrierIn(desk, entered)
  const names = Object.fromEntries(
    linesIn(entered).map(({ lineId }, index) => [`lines.${index}.quantity`, `pieces.${lineId}`]),
  )
  const problems = problemsOf(desk, refusal, { trackingNumber: 'trackingNumber', carrier: 'carrier', ...names })
  return problems['trackingNumber']
    ? { ...problems, trackingNumber: order.wrongTracking(order.carriers[carrier], order.digits[carrier]) }
    : problems
}
