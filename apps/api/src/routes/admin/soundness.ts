import { z } from '@hono/zod-openapi'
import { createHttp, refused, reply, staffRoute } from '../../http.ts'

const tags = ['Back office']

const figures = z.union([z.string(), z.number(), z.null()])
const Broken = z.object({
  name: z.string(),
  says: z.string().openapi({ description: 'What does not hold' }),
  breaches: z.array(z.object({ subject: z.string() }).catchall(figures)).readonly(),
})
const Check = z.object({ at: z.string(), broken: z.array(Broken).readonly() }).openapi('Soundness')

const latest = staffRoute('viewer', {
  method: 'get',
  path: '/admin/soundness',
  tags,
  summary: 'Whether the shop keeps all its promises, as it was seen last; null before the first look',
  responses: { 200: reply(Check.nullable()), default: refused },
})

const look = staffRoute('operator', {
  method: 'post',
  path: '/admin/soundness',
  tags,
  summary: 'Look now whether the shop keeps all its promises',
  responses: { 200: reply(Check), default: refused },
})

/** What is on its way is given this long before it counts as broken. */
const settle = 1000

export const soundnessRoutes = createHttp()
  .openapi(latest, async (c) => c.json(await c.var.shop.watch.latest(c.var.db), 200))
  .openapi(look, async (c) => c.json(await c.var.shop.watch.check(c.var.db, { settle }), 200))
