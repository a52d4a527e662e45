import type { Answer, Race } from '../bed.ts'
import { differs, good, type Story, times, unexpected } from '../story.ts'

const mug = 'SG-CUP-0101'
const one = [{ sku: mug, quantity: 1 }]
const won = (minor: number) => ({ minor, currency: 'KRW' })
const anHour = 3_600_000

/** What the provider holds of an order, and what the order says of itself. */
async function books({ practice, shop, db }: Race, { id, reference }: { id: `ord_${string}`; reference: string }) {
  const { status, total } = await shop.orders.orderOf(db, id)
  const held = practice.captured().filter((payment) => payment.reference === reference)
  const net = held.reduce((sum, { captured, refunded }) => sum + captured.minor - refunded.minor, 0)
  const ours = (await shop.payments.paymentsOf(db, [id]))[id]
  return { status, total: total.minor, net, ours: (ours?.captured.minor ?? 0) - (ours?.refunded.minor ?? 0) }
}

const paidOnce = async (race: Race, order: Parameters<typeof books>[1]) => {
  const { total, ...found } = await books(race, order)
  const steps = await race.shop.orders.stepsOf(race.db, order.id)
  return [
    ...differs('books', found, { status: 'paid', net: total, ours: total }),
    ...differs('times paid', steps.filter(({ to }) => to === 'paid').length, 1),
  ]
}

/** Money that many move at once: it comes in once, and never more goes back than came. */
export const paying: readonly Story[] = [
  {
    name: 'the buyer who comes back and the provider who tells complete one order, whoever is first',
    round: async (race) => {
      await race.leave(mug, 100)
      const order = await race.order(one)
      race.practice.approve(order.reference)
      const sync = () => race.command('sync', { reference: order.reference })
      const jobs = ['inbox', 'deliver'].map((name) => () => race.command(name))
      return {
        asks: [order.back, sync, ...jobs, order.back, sync, ...jobs, order.back, order.back],
        faults: async (answers) => [...unexpected(answers), ...(await paidOnce(race, order))],
      }
    },
  },
  {
    name: 'a message of the provider that comes ten times has one effect',
    round: async (race) => {
      await race.leave(mug, 100)
      const order = await race.order(one)
      race.practice.approve(order.reference)
      const { headers, body } = await race.practice.webhookOf(order.reference)
      const tell = () => race.tell(headers, body)
      return {
        asks: [...times(10, () => tell), ...times(4, () => () => race.command('inbox'))],
        faults: async (answers) => {
          await order.view()
          return [...unexpected(answers), ...(await paidOnce(race, order))]
        },
      }
    },
  },
  {
    name: 'an order that is paid for in many tabs has one payment under way',
    round: async (race) => {
      await race.leave(mug, 100)
      const order = await race.order(one)
      const how = (method: string) => ({ method, returnUrl: 'http://127.0.0.1/back' })
      const pay = (method: string) => () => race.ask('POST', `${order.path}/payments?token=${order.token}`, how(method))
      return {
        asks: ['card', 'virtual_account', 'card', 'bank_transfer', 'card', 'virtual_account'].map(pay),
        faults: async (answers) => {
          const payment = (await race.shop.payments.paymentsOf(race.db, [order.id]))[order.id]
          const open = payment?.attempts.filter(({ status }) => status === 'requires_action') ?? []
          return [
            ...unexpected(answers, 'payments.provider_unavailable', 'payments.provider_refused'),
            ...(open.length > 1 ? [{ what: 'more than one payment under way', open }] : []),
          ]
        },
      }
    },
  },
  {
    name: 'two colleagues who give money back at once give back no more than came in',
    round: async (race) => {
      await race.leave(mug, 100)
      const order = await race.paid(one)
      const amount = won(Math.floor(order.total.minor * 0.6))
      const refund = (key: string) => () =>
        race.command('refund', { orderId: order.id, amount, reason: 'A race', refundKey: key })
      return {
        asks: times(6, (index) => refund(`${order.id}:${index}`)),
        faults: async (answers) => {
          const { net, ours, total } = await books(race, order)
          return [
            ...unexpected(answers, 'payments.refund_exceeds'),
            ...differs('refunds', good(answers).length, 1),
            ...differs('books', [net, ours], [total - amount.minor, total - amount.minor]),
          ]
        },
      }
    },
  },
  {
    name: 'a refund that is asked for again and again with its key is one refund',
    round: async (race) => {
      await race.leave(mug, 100)
      const order = await race.paid(one)
      const wish = { orderId: order.id, amount: won(1_000), reason: 'A race', refundKey: order.id }
      return {
        asks: times(6, () => () => race.command('refund', wish)),
        faults: async (answers) => {
          const { net, ours, total } = await books(race, order)
          return [
            ...unexpected(answers),
            ...differs('refunds', new Set(good(answers).map(({ body }) => body.id)).size, 1),
            ...differs('books', [net, ours], [total - 1_000, total - 1_000]),
          ]
        },
      }
    },
  },
  {
    name: 'money that was promised is taken once, however many take it',
    round: async (race) => {
      await race.leave(mug, 100)
      const order = await race.promised(one)
      const most = order.total.minor
      const amount = won(Math.floor(most * 0.6))
      const take = (captureKey: string, taken = amount) =>
        race.command('capture', { orderId: order.id, amount: taken, captureKey })
      return {
        asks: times(6, (index) => () => take(`${order.id}:${index}`)),
        faults: async (answers) => {
          const taken = good(answers).length
          const rest = await take(`${order.id}:rest`, won(most - amount.minor))
          await order.view()
          return [
            ...unexpected(answers, 'payments.capture_exceeds'),
            ...differs('captures', taken, 1),
            ...unexpected([rest]),
            ...(await paidOnce(race, order)),
          ]
        },
      }
    },
  },
  {
    name: 'money that the bank wants back does not go back twice',
    round: async (race) => {
      await race.leave(mug, 100)
      const order = await race.paid(one)
      race.practice.dispute(order.reference)
      const amount = order.total
      const refund = (key: string) => () =>
        race.command('refund', { orderId: order.id, amount, reason: 'A race', refundKey: key })
      const sync = () => race.command('sync', { reference: order.reference })
      return {
        asks: times(6, (index) => (index % 2 ? sync : refund(`${order.id}:${index}`))),
        faults: async (answers) => {
          await order.view()
          const payment = (await race.shop.payments.paymentsOf(race.db, [order.id]))[order.id]
          const disputed = payment?.disputes.reduce((sum, { amount: { minor } }) => sum + minor, 0) ?? 0
          const back = (payment?.refunded.minor ?? 0) + disputed
          return [
            ...unexpected(answers, 'payments.refund_exceeds', 'payments.refund_disputed'),
            ...(back > amount.minor ? [{ what: 'back twice', back }] : []),
          ]
        },
      }
    },
  },
  {
    name: 'an order whose time is over while it is paid is paid, or its money goes back',
    round: async (race) => {
      await race.leave(mug, 100)
      const order = await race.order(one)
      race.practice.approve(order.reference)
      const past = new Date(Date.now() - anHour).toISOString()
      await race.db.updateTable('orders_order').set({ expires_at: past }).where('id', '=', order.id).execute()
      const expire = () => race.command('expire')
      return {
        asks: [order.back, expire, order.back, expire, order.back, expire, order.back, expire],
        faults: async (answers) => [...unexpected(answers, 'orders.wrong_status'), ...(await ended(race, order))],
      }
    },
  },
  {
    name: 'an order that is called off while it is paid is paid, or its money goes back',
    round: async (race) => {
      await race.leave(mug, 100)
      const order = await race.order(one)
      race.practice.approve(order.reference)
      const cancel = () => race.ask('POST', `${order.path}/cancel?token=${order.token}`, { reason: '마음이 바뀜' })
      return {
        asks: [order.back, cancel, order.back, cancel, order.back, cancel],
        faults: async (answers) => [...unexpected(answers, 'orders.wrong_status'), ...(await ended(race, order))],
      }
    },
  },
  {
    name: 'an order is sent or called off, never both',
    round: async (race) => {
      await race.leave(mug, 100)
      const order = await race.paid(one)
      const cancel = () => race.command('cancel', { id: order.id })
      const lines = [{ lineId: order.lines[0].id, quantity: 1 }]
      const ship = (index: number) => () => {
        const trackingNumber = String(Math.floor(1e11 + Math.random() * 8e11) + index)
        return race.command('ship', { orderId: order.id, carrier: 'cj', trackingNumber, lines })
      }
      return {
        asks: [ship(0), cancel, ship(1), cancel, ship(2), cancel],
        faults: async (answers) => [
          ...unexpected(answers, 'orders.wrong_status', 'orders.over_shipped'),
          ...happened(answers),
          ...(await ended(race, order)),
        ],
      }
    },
  },
]

/** Of those who send, with even numbers, one may; or else those who call off, with odd ones, who are told the same again. */
function happened(answers: readonly Answer[]): unknown[] {
  const sent = good(answers.filter((_, index) => index % 2 === 0)).length
  const off = good(answers.filter((_, index) => index % 2 === 1)).length
  return sent + Math.sign(off) === 1 ? [] : [{ what: 'sent and called off', sent, off }]
}

/** An order that is paid for, or is off and has given everything back, when all that is under way has come to its end. */
const ended = (race: Race, order: Parameters<typeof books>[1] & { view: () => Promise<unknown> }) =>
  race.patiently(async () => {
    await order.view()
    const { status, total, net, ours } = await books(race, order)
    const wanted = ['paid', 'shipped'].includes(status) ? total : 0
    const over = ['paid', 'shipped', 'cancelled', 'expired'].includes(status)
    return over ? differs('books', [net, ours], [wanted, wanted]) : [{ what: 'not over', status }]
  })
