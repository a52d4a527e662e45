import { z } from '@hono/zod-openapi'
import { defused } from '@sangdo/catalog'
import { BatchId, PromotionId } from '@sangdo/pricing'
import { CodeBatch, StoredBatch } from '@sangdo/pricing/server'
import { stream } from 'hono/streaming'
import { body, createHttp, refused, reply, staffRoute } from '../../http.ts'

const tags = ['Back office: promotions']
const params = z.object({ batchId: BatchId })

const make = staffRoute('operator', {
  method: 'post',
  path: '/admin/code-batches',
  tags,
  summary: 'Ask for unique coupon codes, a million at most; they are made in the background',
  request: { body: body(CodeBatch) },
  responses: { 201: reply(StoredBatch), default: refused },
})

const read = staffRoute('viewer', {
  method: 'get',
  path: '/admin/code-batches/{batchId}',
  tags,
  summary: 'How many codes of a batch there are',
  request: { params },
  responses: { 200: reply(StoredBatch), default: refused },
})

const list = staffRoute('viewer', {
  method: 'get',
  path: '/admin/promotions/{promotionId}/batches',
  tags,
  summary: 'The batches of coupon codes of a promotion, newest first',
  request: { params: z.object({ promotionId: PromotionId }) },
  responses: { 200: reply(z.array(StoredBatch)), default: refused },
})

const download = staffRoute('viewer', {
  method: 'get',
  path: '/admin/code-batches/{batchId}/codes.csv',
  tags,
  summary: 'The codes of a batch and how often each has been used, as a CSV file that spreadsheets open as it is',
  request: { params },
  responses: { 200: { description: 'CSV', content: { 'text/csv': { schema: z.string() } } }, default: refused },
})

/** With it, Excel knows the file to be UTF-8. */
const byteOrderMark = '\uFEFF'
const linesAtOnce = 1000
const line = (...cells: string[]) => `${cells.map(defused).join(',')}\r\n`

export const codeRoutes = createHttp()
  .openapi(make, async (c) => c.json(await c.var.shop.pricing.addBatch(c.var.db, c.req.valid('json')), 201))
  .openapi(read, async (c) => c.json(await c.var.shop.pricing.batchOf(c.var.db, c.req.valid('param').batchId), 200))
  .openapi(list, async (c) => c.json(await c.var.shop.pricing.batches(c.var.db, c.req.valid('param').promotionId), 200))
  .openapi(download, async (c) => {
    const { shop, db } = c.var
    const { id } = await shop.pricing.batchOf(db, c.req.valid('param').batchId)
    c.header('content-type', 'text/csv; charset=utf-8')
    c.header('content-disposition', `attachment; filename="${id}.csv"`)
    return stream(c, async (out) => {
      const lines = [byteOrderMark, line('code', 'used')]
      for await (const { code, uses } of shop.pricing.codesOf(db, id)) {
        if (out.aborted) return
        lines.push(line(code, String(uses)))
        if (lines.length >= linesAtOnce) await out.write(lines.splice(0).join(''))
      }
      await out.write(lines.join(''))
    })
  })
