import { z } from '@hono/zod-openapi'
import { PageQuery, pageSchema } from '@sangdo/core'
import { Refund, TaskId, TaskRefund, TaskResolution } from '@sangdo/payments'
import { body, createHttp, done, idempotent, IdempotencyHeader, refused, reply, staffRoute } from '../../http.ts'
import { MoneyTask, taskViews } from '../../views/money-task.ts'

const tags = ['Back office: money']
const params = z.object({ taskId: TaskId })

const list = staffRoute('viewer', {
  method: 'get',
  path: '/admin/money-tasks',
  tags,
  summary: 'What someone has to look at about money, newest first: what is open, or what was resolved',
  request: { query: PageQuery.extend({ resolved: z.enum(['true', 'false']).default('false') }) },
  responses: { 200: reply(pageSchema(MoneyTask)), default: refused },
})

const giveBack = staffRoute('operator', {
  method: 'post',
  path: '/admin/money-tasks/{taskId}/refund',
  tags,
  summary: 'Give money in suspense back, to an account where the provider needs one',
  middleware: [idempotent],
  request: { params, headers: IdempotencyHeader, body: body(TaskRefund.omit({ taskId: true })) },
  responses: { 201: reply(Refund), default: refused },
})

const resolve = staffRoute('operator', {
  method: 'post',
  path: '/admin/money-tasks/{taskId}/resolve',
  tags,
  summary: 'Note what was done about a task that holds no money',
  request: { params, body: body(TaskResolution.omit({ taskId: true })) },
  responses: { 204: done, default: refused },
})

const waiting = staffRoute('viewer', {
  method: 'get',
  path: '/admin/waiting',
  tags: ['Back office'],
  summary: 'How much waits for a person, up to a hundred of each',
  responses: { 200: reply(z.object({ money: z.int(), risk: z.int() })), default: refused },
})

/** So many are counted; who has more does not need to know how many. */
const most = 100

export const moneyTaskRoutes = createHttp()
  .openapi(list, async (c) => {
    const { resolved, ...page } = c.req.valid('query')
    const { shop, db } = c.var
    const { items, next } = await shop.payments.tasks(db, { ...page, resolved: resolved === 'true' })
    return c.json({ items: await taskViews(shop, db, items), next }, 200)
  })
  .openapi(giveBack, async (c) => {
    const { shop, db } = c.var
    const refund = await shop.payments.refundTask(db, { ...c.req.valid('param'), ...c.req.valid('json') })
    await shop.deliver(db)
    return c.json(refund, 201)
  })
  .openapi(resolve, async (c) => {
    await c.var.shop.payments.resolveTask(c.var.db, { ...c.req.valid('param'), ...c.req.valid('json') })
    return c.body(null, 204)
  })
  .openapi(waiting, async (c) => {
    const { shop, db } = c.var
    const [money, risk] = [await shop.payments.tasks(db, { limit: most }), await shop.risk.queue(db, { limit: most })]
    return c.json({ money: money.items.length, risk: risk.items.length }, 200)
  })
