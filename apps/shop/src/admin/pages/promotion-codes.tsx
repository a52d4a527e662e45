import { textIn } from '@sangdo/core'
import { type Context, Hono } from 'hono'
import { ApiRefusal, content } from '../../client.ts'
import { address, type Desk, type DeskEnv, type Entered, formOf, refusalOf } from '../desk.ts'
import { deskPage } from '../layout.tsx'
import { type Problems, problemsOf } from '../parts/form.tsx'
import { createReader } from '../parts/reader.ts'
import type { Promotion } from '../types.ts'
import { Codes } from './promotion-codes-view.tsx'
import { idOf, promotionOf } from './promotions.tsx'

/** The coupon codes of a promotion: one for many people, and many for one each. */
export const promotionCodeRoutes = new Hono<DeskEnv>()
  .get('/promotions/:promotionId/codes', (c) => showCodes(c, c.req.param('promotionId')))
  .post('/promotions/:promotionId/coupons', async (c) => {
    const [entered, promotionId] = [await formOf(c), idOf(c.req.param('promotionId'))]
    const problems = await saveCoupon(c.var.desk, promotionId, entered)
    if (Object.keys(problems).length > 0) return showCodes(c, promotionId, { entered, problems })
    return c.redirect(address(`/admin/promotions/${promotionId}/codes`, { done: 'coupon' }), 303)
  })
  .post('/promotions/:promotionId/batches', async (c) => {
    const [entered, promotionId] = [await formOf(c), idOf(c.req.param('promotionId'))]
    const problems = await makeCodes(c.var.desk, promotionId, entered)
    if (Object.keys(problems).length > 0) return showCodes(c, promotionId, { entered, problems })
    return c.redirect(address(`/admin/promotions/${promotionId}/codes`, { done: 'batch' }), 303)
  })
  .get('/promotions/:promotionId/batches/:batchId/codes.csv', async (c) => {
    const param = { batchId: c.req.param('batchId') as `bat_${string}` }
    const response = await c.var.desk.api.admin['code-batches'][':batchId']['codes.csv'].$get({ param })
    if (response.status !== 200)
      throw new ApiRefusal({ status: 404, code: 'pricing.batch_not_found', detail: param.batchId })
    const headers = {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${param.batchId}.csv"`,
      'cache-control': 'no-store',
    }
    return new Response(response.body, { headers })
  })

/** Saves a coupon code; answers what is wrong with it. */
async function saveCoupon(desk: Desk, promotionId: Promotion['id'], entered: Entered): Promise<Problems> {
  const { promotions } = desk.text
  const wrong = (['limit', 'limitPerBuyer'] as const).filter(
    (name) => entered[name] && !/^[1-9]\d{0,8}$/.test(entered[name]),
  )
  if (wrong.length > 0) return Object.fromEntries(wrong.map((name) => [name, promotions.wrongLimit]))
  const [limit, limitPerBuyer] = [numberIn(entered['limit']), numberIn(entered['limitPerBuyer'])]
  const refusal = await refusalOf(
    desk.api.admin.coupons.$post({ json: { code: entered['code'] ?? '', promotionId, limit, limitPerBuyer } }),
  )
  if (!refusal) return {}
  if (refusal.code === 'pricing.code_taken') return { code: promotions.codeTaken }
  const isCode = refusal.errors?.some(({ field }) => field === 'code')
  return isCode ? { code: promotions.wrongCode } : problemsOf(desk, refusal)
}

const numberIn = (text: string | undefined) => (text ? Number(text) : null)
const mostCodes = 1_000_000

/** Asks for a batch of codes; answers what is wrong with it. */
async function makeCodes(desk: Desk, promotionId: Promotion['id'], entered: Entered): Promise<Problems> {
  const { promotions } = desk.text
  const reader = createReader(desk, entered, 'KRW')
  const count = reader.whole('count', 1, mostCodes) ?? 0
  const prefix = (entered['prefix'] ?? '').toUpperCase()
  const problems = {
    ...(count === 0 ? { count: promotions.wrongCount } : {}),
    ...(/^[A-Z0-9]{0,10}$/.test(prefix) ? {} : { prefix: promotions.wrongPrefix }),
  }
  if (Object.keys(problems).length > 0) return problems
  const json = { promotionId, count, prefix }
  return problemsOf(desk, await refusalOf(desk.api.admin['code-batches'].$post({ json })), { count: 'count' })
}

async function showCodes(
  c: Context<DeskEnv>,
  promotionId: string,
  tried?: { readonly entered: Entered; readonly problems: Problems },
) {
  const { desk } = c.var
  const param = { promotionId: idOf(promotionId) }
  const [promotion, batches] = await Promise.all([
    promotionOf(desk, promotionId),
    content(desk.api.admin.promotions[':promotionId'].batches.$get({ param })),
  ])
  const title = desk.text.promotions.codesOf(textIn(promotion.name, [desk.locale]))
  const done = tried ? undefined : c.req.query('done')
  const body = <Codes desk={desk} promotion={promotion} batches={batches} done={done} {...tried} />
  return deskPage(c, { title, script: 'live' }, body, tried ? 422 : 200)
}
