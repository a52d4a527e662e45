import { z } from '@hono/zod-openapi'
import { OrderStatus } from '@sangdo/orders'
import { roles } from '../../auth.ts'
import { createHttp, refused, reply, staffRoute } from '../../http.ts'

const tags = ['Back office']

const me = staffRoute('viewer', {
  method: 'get',
  path: '/admin/me',
  tags,
  summary: 'Who has signed in to the back office',
  responses: {
    200: reply(z.object({ id: z.string(), name: z.string(), email: z.string(), role: z.enum(roles) })),
    default: refused,
  },
})

const overview = staffRoute('viewer', {
  method: 'get',
  path: '/admin/overview',
  tags,
  summary: 'What waits to be done',
  responses: {
    200: reply(z.object({ orders: z.partialRecord(OrderStatus, z.int()), reviews: z.int() })),
    default: refused,
  },
})

const colleagues = staffRoute('viewer', {
  method: 'get',
  path: '/admin/staff',
  tags,
  summary: 'The names of everybody who works here',
  responses: { 200: reply(z.array(z.object({ id: z.string(), name: z.string() }))), default: refused },
})

export const staffRoutes = createHttp()
  .openapi(me, (c) => c.json(c.var.access.requireStaff('viewer'), 200))
  .openapi(overview, async (c) => {
    const { shop, db } = c.var
    const [orders, reviews] = [await shop.orders.countByStatus(db), await shop.reviews.pending(db, { limit: 100 })]
    return c.json({ orders, reviews: reviews.items.length }, 200)
  })
  .openapi(colleagues, async (c) =>
    c.json(await c.var.db.selectFrom('auth_staff').select(['id', 'name']).orderBy('name').execute(), 200),
  )
