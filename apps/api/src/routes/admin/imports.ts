import { z } from '@hono/zod-openapi'
import { errorFile } from '@sangdo/catalog'
import { Currency, Locale } from '@sangdo/core'
import { stream } from 'hono/streaming'
import { createHttp, refused, reply, staffRoute } from '../../http.ts'
import { formats } from '../../imports.ts'

const tags = ['Back office: import']
const params = z.object({ importId: z.string().max(60) })

const Import = z
  .object({
    id: z.string(),
    status: z.enum(['running', 'finished', 'failed']),
    dryRun: z.boolean(),
    rows: z.int(),
    created: z.int(),
    updated: z.int(),
    unchanged: z.int(),
    failed: z.int(),
    problem: z.string().nullable(),
    errors: z.array(z.object({ row: z.int(), column: z.string().nullable(), reason: z.string() })),
  })
  .openapi('Import')

const start = staffRoute('operator', {
  method: 'post',
  path: '/admin/imports',
  tags,
  summary: 'Import a product file; the body is the file itself, up to 100 MB',
  request: {
    query: z.object({
      format: z.enum(formats),
      locale: Locale,
      currency: Currency,
      dryRun: z.stringbool().default(false),
    }),
  },
  responses: { 202: reply(Import), default: refused },
})

const read = staffRoute('viewer', {
  method: 'get',
  path: '/admin/imports/{importId}',
  tags,
  summary: 'How far an import is',
  request: { params },
  responses: { 200: reply(Import), default: refused },
})

const errors = staffRoute('viewer', {
  method: 'get',
  path: '/admin/imports/{importId}/errors',
  tags,
  summary: 'The refused rows as a CSV file, with line, column and reason',
  request: { params },
  responses: { 200: { content: { 'text/csv': { schema: z.string() } }, description: 'CSV' }, default: refused },
})

export const importRoutes = createHttp()
  .openapi(start, async (c) => c.json(await c.var.imports.start(c.req.raw.body, c.req.valid('query')), 202))
  .openapi(read, (c) => c.json(c.var.imports.importOf(c.req.valid('param').importId), 200))
  .openapi(errors, (c) => {
    const report = c.var.imports.refusedIn(c.req.valid('param').importId)
    c.header('content-type', 'text/csv; charset=utf-8')
    c.header('content-disposition', 'attachment; filename="refused-rows.csv"')
    return stream(c, async (out) => {
      for (const line of errorFile(report)) await out.write(line)
    })
  })
