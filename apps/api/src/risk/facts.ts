import { BlockList, isIP } from 'node:net'
import { defineErrors } from '@sangdo/core'
import type { Db } from '@sangdo/core/server'
import type { Crm } from '@sangdo/crm/server'
import type { CustomerId, Order } from '@sangdo/orders'
import type { Orders } from '@sangdo/orders/server'
import type { RiskFacts, RiskStanding } from '@sangdo/payments'

export const shopErrors = defineErrors('shop', {
  order_refused: [
    'conflict',
    (d: { number: string; token: string }) => `${d.number} is not taken: its buyer may ask the shop to look at it`,
  ],
})

/** What a request says of the one who makes it. */
export interface From {
  readonly ip?: string | undefined
}

const inside = new BlockList()
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  inside.addSubnet(net, prefix)
for (const [net, prefix] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  inside.addSubnet(net, prefix, 'ipv6')

/**
 * The address, if it is one of the internet; undefined for one within a network. Behind a proxy that does not say who asks, all
 * buyers would have the same one, and be taken for one who orders without end.
 */
export function publicIp(ip: string | undefined): string | undefined {
  const address = ip?.replace(/^::ffff:(?=\d+\.)/i, '') ?? ''
  const family = isIP(address)
  if (family === 0) return undefined
  return inside.check(address, family === 4 ? 'ipv4' : 'ipv6') ? undefined : address
}

/** What the shop knows of a customer's earlier orders; of a guest it knows nothing. */
export async function historyOf(
  { crm, orders }: { readonly crm: Crm; readonly orders: Orders },
  db: Db,
  customerId: CustomerId | null,
): Promise<RiskFacts['history']> {
  if (customerId === null) return undefined
  const [customers, totals] = [await crm.customersOf(db, [customerId]), await crm.totalsOf(db, [customerId])]
  const { items } = await orders.list(db, { customerId, status: 'delivered' }, { limit: 100 })
  const since = customers[customerId]?.createdAt ?? null
  return { orders: totals[customerId]?.orders ?? 0, delivered: items.length, since }
}

/** What of an order is judged. */
export type Judged = Pick<Order, 'address' | 'total' | 'placedAt' | 'customerId' | 'email'> & {
  readonly lines: readonly Pick<Order['lines'][number], 'sku' | 'quantity' | 'unitPrice'>[]
}

/** Everything about an order by which its risk is judged. */
export function factsOf(order: Judged, { ip }: From, history: RiskFacts['history']): RiskFacts {
  const { address, total, lines, placedAt, customerId, email } = order
  const known = publicIp(ip)
  const place = [address.country, address.postcode, address.city, address.line1, address.line2]
  return {
    at: placedAt,
    amount: total,
    countries: { shipping: address.country },
    ...(address.postcode ? { postcode: address.postcode.slice(0, 20) } : {}),
    lines: lines.map(({ sku, quantity, unitPrice }) => ({ sku, quantity, unitPrice })),
    ...(history ? { history } : {}),
    who: {
      email,
      phone: address.phone.slice(0, 40),
      address: place.filter(Boolean).join(' ').slice(0, 500),
      ...(customerId ? { buyer: customerId } : {}),
      ...(known ? { ip: known } : {}),
    },
  }
}

/** Whether the rules have refused an order, and nobody has found for its buyer. */
export const isRefused = (standing: RiskStanding | undefined): boolean =>
  standing?.decision === 'deny' && standing.decided?.verdict !== 'accept'
