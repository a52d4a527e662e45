import { differs, good, type Story, tally, times, unexpected } from '../story.ts'

const [mug, bowl] = ['SG-CUP-0101', 'SG-BWL-0101'] as const
const buyers = 8

/** What many want and few can get: goods, and prices that are for some only. */
export const buying: readonly Story[] = [
  {
    name: 'of many who want the last piece one gets it, and the others hear so before they are asked for money',
    round: async ({ leave, cart, shop, db }) => {
      await leave(mug, 1)
      const carts = await Promise.all(times(buyers, () => cart([{ sku: mug, quantity: 1 }])))
      return {
        asks: carts.map(({ yes }) => yes),
        faults: async (answers) => [
          ...unexpected(answers, 'inventory.out_of_stock', 'orders.cart_not_ready'),
          ...differs('orders', good(answers).length, 1),
          ...differs('left', (await shop.inventory.stockOf(db, [mug]))[mug]?.available, 0),
        ],
      }
    },
  },
  {
    name: 'a coupon that can be used once more is used once',
    round: async ({ leave, cart, shop, db }, number) => {
      await leave(mug, 100)
      const { id } = await shop.pricing.savePromotion(db, promotion('percent_off', { needsCode: true }))
      const code = `RACE-${number}-${crypto.randomUUID().slice(0, 8)}`
      await shop.pricing.saveCoupon(db, { promotionId: id, code, limit: 1, limitPerBuyer: null })
      const how = (index: number) => ({ email: `buyer-${index}@example.com`, codes: [code] })
      const carts = await Promise.all(times(buyers, (index) => cart([{ sku: mug, quantity: 1 }], how(index))))
      return {
        asks: carts.map(({ yes }) => yes),
        faults: (answers) => [
          ...unexpected(answers, 'pricing.coupon_used_up', 'orders.price_changed'),
          ...differs('orders', good(answers).length, 1),
        ],
      }
    },
  },
  {
    name: 'a coupon that each buyer may use once is used once by a buyer with many carts',
    round: async ({ leave, cart, shop, db }, number) => {
      await leave(mug, 100)
      const { id } = await shop.pricing.savePromotion(db, promotion('percent_off', { needsCode: true }))
      const code = `OWN-${number}-${crypto.randomUUID().slice(0, 8)}`
      await shop.pricing.saveCoupon(db, { promotionId: id, code, limit: null, limitPerBuyer: 1 })
      const email = `${code.toLowerCase()}@example.com`
      const carts = await Promise.all(times(buyers, () => cart([{ sku: mug, quantity: 1 }], { email, codes: [code] })))
      return {
        asks: carts.map(({ yes }) => yes),
        faults: (answers) => [
          ...unexpected(answers, 'pricing.coupon_used_up', 'orders.price_changed'),
          ...differs('orders', good(answers).length, 1),
        ],
      }
    },
  },
  {
    name: 'a promotion without a code for the first three orders is for three',
    round: async ({ leave, cart, shop, db }) => {
      await leave(bowl, 100)
      const limits = { uses: 3, usesPerBuyer: null, budget: null, units: null }
      const saved = await shop.pricing.savePromotion(db, {
        ...promotion('percent_off', { needsCode: false }),
        rule: { kind: 'percent_off', percent: 10, skus: [bowl] },
        limits,
      })
      const carts = await Promise.all(times(buyers, () => cart([{ sku: bowl, quantity: 1 }])))
      return {
        asks: carts.map(({ yes }) => yes),
        faults: async (answers) => {
          await shop.pricing.savePromotion(db, { ...saved, active: false })
          return [
            ...unexpected(answers, 'pricing.promotion_used_up', 'orders.price_changed'),
            ...differs('orders', good(answers).length, 3),
          ]
        },
      }
    },
  },
  {
    name: 'one yes that is sent again and again with its key is one order and one answer',
    round: async ({ leave, cart, ask }) => {
      await leave(mug, 100)
      const { accepted } = await cart([{ sku: mug, quantity: 1 }])
      const key = crypto.randomUUID()
      return {
        asks: times(buyers, () => () => ask('POST', '/checkout', accepted, key)),
        faults: (answers) => [
          ...unexpected(answers, 'core.in_progress'),
          ...differs('numbers', new Set(good(answers).map(({ body }) => body.order.number)).size, 1),
          ...differs('payments', new Set(good(answers).map(({ body }) => body.payment.id)).size, 1),
        ],
      }
    },
  },
  {
    name: 'one cart that is ordered in many tabs is one order, and every tab gets its number',
    round: async ({ leave, cart }) => {
      await leave(mug, 100)
      const { yes } = await cart([{ sku: mug, quantity: 1 }])
      return {
        asks: times(buyers, () => yes),
        faults: (answers) => [
          ...unexpected(answers),
          ...differs('numbers', new Set(good(answers).map(({ body }) => body.order.number)).size, 1),
        ],
      }
    },
  },
  {
    name: 'a cart that is changed while it is ordered is ordered as it was accepted, or not',
    round: async ({ leave, cart, ask }) => {
      await leave(mug, 100)
      const { id, quote, accepted, yes } = await cart([{ sku: mug, quantity: 1 }])
      const edit = (quantity: number) => () => ask('PUT', `/carts/${id}/lines`, { sku: mug, quantity })
      return {
        asks: [edit(2), yes, edit(3), yes, edit(4), yes],
        faults: (answers) => [
          ...unexpected(answers, 'orders.cart_changed', 'orders.price_changed'),
          ...good(answers)
            .filter(({ body }) => body.order)
            .flatMap(({ body }) => differs('total', body.order.total.minor, quote.total.minor)),
          ...differs('version', accepted.version, 2),
        ],
      }
    },
  },
  {
    name: 'goods that are counted while they are bought are never below nothing',
    round: async ({ leave, cart, command, shop, db }) => {
      await leave(mug, 4)
      const carts = await Promise.all(times(buyers, () => cart([{ sku: mug, quantity: 1 }])))
      const { reserved = 0 } = (await shop.inventory.stockOf(db, [mug]))[mug] ?? {}
      const count = (free: number) => () => command('count', { sku: mug, onHand: reserved + free })
      return {
        asks: [...carts.map(({ yes }) => yes), count(6), count(2), count(3)],
        faults: async (answers) => {
          const { onHand = 0, reserved: held = 0 } = (await shop.inventory.stockOf(db, [mug]))[mug] ?? {}
          const ordered = good(answers).filter(({ body }) => body?.order).length
          return [
            ...unexpected(answers, 'inventory.out_of_stock', 'orders.cart_not_ready', 'inventory.below_reserved'),
            ...differs('held', held, reserved + ordered),
            ...(onHand < held ? [{ what: 'oversold', onHand, held }] : []),
          ]
        },
      }
    },
  },
  {
    name: 'buyers of two things in either order do not lock each other out',
    round: async ({ leave, cart }) => {
      await leave(mug, 4)
      await leave(bowl, 4)
      const lines = [mug, bowl].map((sku) => ({ sku, quantity: 1 }))
      const carts = await Promise.all(times(buyers, (index) => cart(index % 2 ? lines : lines.toReversed())))
      return {
        asks: carts.map(({ yes }) => yes),
        faults: (answers) => [
          ...unexpected(answers, 'inventory.out_of_stock', 'orders.cart_not_ready'),
          ...differs('orders', tally(answers)['201'], 4),
        ],
      }
    },
  },
]

/** Ten percent off. */
const promotion = (kind: 'percent_off', { needsCode }: { needsCode: boolean }) => ({
  name: { ko: '경주', en: 'Race' },
  rule: { kind, percent: 10 },
  needsCode,
  active: true,
})
