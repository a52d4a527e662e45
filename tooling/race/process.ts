import { parseArgs } from 'node:util'
import { close, exitOnFault, exitOnSignal, listen, openShop, type OpenShop } from '@sangdo/api'

/**
 * One of the processes that race: the API as it runs in production with its jobs, and under `/race/…` what only staff, jobs and
 * other packages ask of the shop, so that all of it can be asked for at the same moment.
 */
const { values } = parseArgs({ options: { database: { type: 'string' }, folder: { type: 'string' } } })
const { API_PORT: port = '', PAY_URL: payUrl = '' } = process.env

type Shop = OpenShop['shop']
type Db = OpenShop['db']
type Command = (shop: Shop, db: Db, body: never) => Promise<unknown>

const commands: Readonly<Record<string, Command>> = {
  sync: ({ payments }, db, { reference }: { reference: Parameters<Shop['payments']['sync']>[1] }) =>
    payments.sync(db, reference),
  inbox: ({ payments }, db) => payments.processInbox(db),
  expire: ({ orders }, db) => orders.expireOverdue(db),
  release: ({ inventory }, db) => inventory.releaseExpired(db),
  deliver: async (shop, db) => shop.deliver(db),
  capture: ({ payments }, db, wish: Parameters<Shop['payments']['capture']>[1]) => payments.capture(db, wish),
  refund: ({ payments }, db, wish: Parameters<Shop['payments']['refund']>[1]) => payments.refund(db, wish),
  count: ({ inventory }, db, wish: Parameters<Shop['inventory']['count']>[1]) => inventory.count(db, wish),
  ship: async (shop, db, parcel: Parameters<Shop['send']>[1]) => shop.send(db, parcel),
  cancel: ({ orders }, db, { id }: { id: Parameters<Shop['orders']['cancel']>[1] }) =>
    orders.cancel(db, id, { reason: 'A race', actor: 'race' }),
  claim: ({ orders }, db, wish: { cart: Parameters<Shop['orders']['carts']['claim']>[1]; customer: `cus_${string}` }) =>
    orders.carts.claim(db, wish.cart, wish.customer),
  vote: ({ reviews }, db, wish: { review: Parameters<Shop['reviews']['voteHelpful']>[1]; voter: string }) =>
    reviews.voteHelpful(db, wish.review, wish.voter),
}

/** Which status a refusal is answered with; anything else that is thrown is a fault. */
const statuses: Readonly<Record<string, number>> = { not_found: 404, conflict: 409, invalid: 422, unavailable: 503 }

async function obey({ shop, db }: OpenShop, name: string, request: Request): Promise<Response> {
  try {
    const result = await commands[name]?.(shop, db, (await request.json()) as never)
    return Response.json(result ?? null)
  } catch (error) {
    const { kind = '', code, message } = error as { kind?: string; code?: string; message?: string }
    return Response.json({ code, message }, { status: statuses[kind] ?? 500 })
  }
}

exitOnFault()
const open = await openShop({
  databaseUrl: values.database ?? '',
  folder: values.folder ?? '',
  apiPort: Number(port),
  payUrl,
  // A race is a crowd by intention, on a machine that has other things to do.
  running: { maxRequests: 1000, latest: Infinity },
})
const race = '/race/'
const server = await listen((request, bindings) => {
  const { pathname } = new URL(request.url)
  if (pathname.startsWith(race)) return obey(open, pathname.slice(race.length), request)
  // Sign-ups are counted by address, so everybody has one of their own.
  return open.app.fetch(request, { ...bindings, clientIp: request.headers.get('x-race-address') ?? '127.0.0.1' })
}, Number(port))
const stopJobs = open.startJobs()
exitOnSignal(async () => {
  await Promise.all([close(server), stopJobs()])
  await open.db.destroy()
})
