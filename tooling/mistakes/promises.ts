import type { Mistake } from './all.ts'

const [core, inventory, orders, payments, api] = [
  'packages/core',
  'packages/inventory',
  'packages/orders',
  'packages/payments',
  'apps/api',
] as const
const outbox = `${core}/src/outbox.ts`
const idempotency = `${core}/src/idempotency.ts`
const stock = `${inventory}/src/store/stock.ts`
const reservations = `${inventory}/src/store/reservations.ts`
const orderService = `${orders}/src/service/orders.ts`
const attempts = `${payments}/src/store/attempts.ts`
const paymentRules = `${payments}/src/rules.ts`

/** The mistakes that make shops lose orders, money or goods, and what must notice each. */
export const mistakes: readonly Mistake[] = [
  {
    name: 'transactions of SQLite begin without the right to write',
    file: `${core}/src/db/writer.ts`,
    from: "CompiledQuery.raw('begin immediate')",
    to: "CompiledQuery.raw('begin')",
    tests: [`${core}/test/sqlite`, `${core}/test/group`],
  },
  {
    name: 'SQLite answers before the disk has what was written',
    file: `${core}/src/db/handle.ts`,
    from: "db.pragma('synchronous = FULL')",
    to: "db.pragma('synchronous = NORMAL')",
    tests: [`${core}/test/sqlite`, `${core}/test/group`],
  },
  {
    name: 'a member of a group is told of success before the group is stored',
    file: `${core}/src/db/group.ts`,
    from: '        this.#end([commands.leave], leave)\n        await this.stored()',
    to: '        this.#end([commands.leave], leave)',
    tests: [`${core}/test/group`, `${core}/test/crash`],
  },
  {
    name: 'an event is heard again by who has heard it',
    file: outbox,
    from: 'if (attempts === undefined) continue',
    to: 'if (attempts === null) continue',
    tests: [`${core}/test/outbox`],
  },
  {
    name: 'what a handler wrote before it failed stays',
    file: `${core}/src/atomic.ts`,
    from: '.raw(savepoint.undo)',
    to: ".raw('savepoint another')",
    tests: [`${core}/test/outbox`],
  },
  {
    name: 'a key that was used for something else answers with that',
    file: idempotency,
    from: 'if (row && row.fingerprint !== fingerprint)',
    to: 'if (row && row.fingerprint === null)',
    tests: [`${core}/test/idempotency`],
  },
  {
    name: 'a request that is still running runs a second time',
    file: idempotency,
    from: "eb('core_idempotency.lease_until', '<', at)",
    to: "eb('core_idempotency.lease_until', '>', '')",
    tests: [`${core}/test/idempotency`],
  },
  {
    name: 'goods are taken without a look at how many there are',
    file: stock,
    from: `    .where((eb) => eb(eb(eb('on_hand', '-', eb.ref('reserved')), '-', eb.ref('safety')), '>=', quantity))\n`,
    to: '',
    tests: [`${inventory}/test/service`, `${inventory}/test/reservations`],
  },
  {
    name: 'what is reserved is read first and written afterwards',
    file: stock,
    from: `  const result = await tables(tx)
    .updateTable('inventory_stock')
    .set((eb) => ({ reserved: eb('reserved', '+', quantity) }))`,
    to: `  const seen = await tables(tx)
    .selectFrom('inventory_stock')
    .select('reserved')
    .where('sku', '=', sku)
    .where('location_id', '=', locationId)
    .executeTakeFirst()
  const result = await tables(tx)
    .updateTable('inventory_stock')
    .set({ reserved: (seen?.reserved ?? 0) + quantity })`,
    tests: [`${inventory}/test/service`, `${inventory}/test/reservations`],
  },
  {
    name: 'a reservation that has ended ends again',
    file: reservations,
    from: 'return (await closed.executeTakeFirst())?.id',
    to: 'return ((await closed.executeTakeFirst()) ?? (await reservationOf(tx, reference)))?.id',
    tests: [`${inventory}/test/service`, `${inventory}/test/reservations`],
  },
  {
    name: 'a reservation is let go before its time is over',
    file: reservations,
    from: ".set({ status: 'expired', closed_at: at })\n    .where('expires_at', '<=', at)",
    to: ".set({ status: 'expired', closed_at: at })",
    tests: [`${inventory}/test/service`, `${inventory}/test/reservations`],
  },
  {
    name: 'the buyer pays another total than the one they accepted',
    file: orderService,
    from: 'if (priced.quoteHash !== quoteHash || !addsUp(priced.quote))',
    to: 'if (!addsUp(priced.quote))',
    tests: [`${orders}/test/service`, `${orders}/test/offers`],
  },
  {
    name: 'any amount pays for any order',
    file: orderService,
    from: 'if (amount.minor !== order.total.minor || amount.currency !== order.currency)',
    to: 'if (amount.minor < 0)',
    tests: [`${orders}/test/service`],
  },
  {
    name: 'money that comes when the order is over sells goods that are gone',
    file: orderService,
    from: "order.status === 'expired' ? await holdAgain(tx, order) : order.stockReference",
    to: "order.status === 'expired' ? order.stockReference : order.stockReference",
    tests: [`${orders}/test/service`],
  },
  {
    name: 'a paid order that is called off keeps the money',
    file: orderService,
    from: 'if (wasPaid) await outbox.append(tx, refundDue,',
    to: 'if (!wasPaid) await outbox.append(tx, refundDue,',
    tests: [`${orders}/test/service`],
  },
  {
    name: 'two who change an order at once both succeed',
    file: `${orders}/src/store/orders.ts`,
    from: "    .where('status', '=', order.status)\n    .where('version', '=', order.version)\n",
    to: '',
    tests: [`${orders}/test/service`, 'tooling/race/races'],
  },
  {
    name: 'more pieces leave than were ordered',
    file: `${orders}/src/store/orders.ts`,
    from: "    .where((eb) => eb(eb('quantity', '-', eb.ref('shipped')), '>=', quantity))\n",
    to: '',
    tests: [`${orders}/test/service`],
  },
  {
    name: 'one cart becomes an order in every tab',
    file: `${orders}/src/migrations.ts`,
    from: "addColumn('cart_id', 'text', (column) => column.notNull().unique())",
    to: "addColumn('cart_id', 'text', (column) => column.notNull())",
    tests: [`${orders}/test/service`, 'tooling/race/races'],
  },
  {
    name: 'a request that is still on its way has failed, and the buyer is charged again',
    file: paymentRules,
    from: '>= arrivalMilliseconds',
    to: '>= 0',
    tests: [`${payments}/test/rules`, `${payments}/test/faults`, `${payments}/test/service`],
  },
  {
    name: 'a provider may have taken another amount than was asked for',
    file: paymentRules,
    from: "if (found.amount.minor !== asked.amount.minor) return 'amount'",
    to: "if (found.amount.minor < 0) return 'amount'",
    tests: [`${payments}/test/rules`, `${payments}/test/faults`, `${payments}/test/service`],
  },
  {
    name: 'late news is applied backwards',
    file: paymentRules,
    from: '  (nextStatus[from] as readonly AttemptStatus[]).includes(to)',
    to: '  (nextStatus[from] as readonly AttemptStatus[]).includes(to) || from !== to',
    tests: [`${payments}/test/rules`, `${payments}/test/order`],
  },
  {
    name: 'more goes back than came in',
    file: attempts,
    from: `    .where(sql<boolean>\`refunded + reversed + disputed + suspended + \${minor} <= captured\`)\n`,
    to: '',
    tests: [`${payments}/test/refunds`],
  },
  {
    name: 'a second payment of an order is the order’s as well',
    file: attempts,
    from: "    .where('captured_attempt_id', 'is', null)\n",
    to: '',
    tests: [`${payments}/test/deposits`, `${payments}/test/faults`, `${payments}/test/order`],
  },
  {
    name: 'money is written down on one side only',
    file: paymentRules,
    from: '  { account: from, debit: zero(amount.currency), credit: amount },\n',
    to: '',
    tests: [`${payments}/test/service`, `${payments}/test/invariants`],
  },
  {
    name: 'anybody may say that a payment has come in',
    file: `${payments}/src/sandbox/client.ts`,
    from: 'if (!(await isSigned(secrets, signed, now))) return null',
    to: 'if (!signed) return null',
    tests: [`${payments}/test/sandbox.test`, `${payments}/test/service`],
  },
  {
    name: 'a message that was overheard long ago is taken again',
    file: `${payments}/src/sandbox/signature.ts`,
    from: 'age > windowSeconds ||',
    to: 'age > windowSeconds * 1e6 ||',
    tests: [`${payments}/test/sandbox.test`],
  },
  {
    name: 'whoever knows the number of an order sees it',
    file: `${orders}/src/service/reading.ts`,
    from: 'if (!order || tokenOf(order) !== token)',
    to: 'if (!order || token === null)',
    tests: [`${api}/test/api`],
  },
]
