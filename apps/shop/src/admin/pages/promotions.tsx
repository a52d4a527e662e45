import { type Context, Hono } from 'hono'
import { ApiRefusal, content } from '../../client.ts'
import { address, type Desk, type DeskEnv, type Entered, formOf, refusalOf } from '../desk.ts'
import { deskPage } from '../layout.tsx'
import { type Problems, problemsOf } from '../parts/form.tsx'
import { PromotionForm, readPromotion } from './promotion-form.tsx'
import { Promotions, type TriedCoupon } from './promotion-list.tsx'
import type { Promotion } from '../types.ts'

/** Promotions and their coupon codes: what runs, and adding to it. */
export const promotionRoutes = new Hono<DeskEnv>()
  .get('/promotions', (c) => showPromotions(c, c.req.query()))
  .get('/promotions/new', (c) => showForm(c))
  .post('/promotions/new', async (c) => {
    const { desk } = c.var
    const entered: Entered = await promotionFormOf(c)
    const { problems, promotion } = readPromotion(desk, entered)
    if (!promotion || entered['preview'] !== undefined) return showForm(c, entered, problems, promotion)
    const refusal = await refusalOf(desk.api.admin.promotions.$post({ json: promotion }))
    if (refusal) return showForm(c, entered, problemsOf(desk, refusal, names), promotion)
    return c.redirect(address('/admin/promotions', { done: 'added' }), 303)
  })
  .post('/promotions/:promotionId/switch', async (c) => {
    const { desk } = c.var
    const entered = await formOf(c)
    const { coupons: _, ...promotion } = await promotionOn(desk, entered, c.req.param('promotionId'))
    const refusal = await refusalOf(
      desk.api.admin.promotions.$post({ json: { ...promotion, active: entered['to'] === 'on' } }),
    )
    if (refusal)
      return showPromotions(c, entered, { promotionId: promotion.id, entered, problems: problemsOf(desk, refusal) })
    return c.redirect(address('/admin/promotions', { after: entered['after'], done: 'switched' }), 303)
  })
  .post('/promotions/:promotionId/coupons', async (c) => {
    const { desk } = c.var
    const [entered, promotionId] = [await formOf(c), c.req.param('promotionId') as Promotion['id']]
    const problems = await saveCoupon(desk, promotionId, entered)
    if (Object.keys(problems).length > 0) return showPromotions(c, entered, { promotionId, entered, problems })
    return c.redirect(address('/admin/promotions', { after: entered['after'], done: 'coupon' }), 303)
  })

const names = {
  'rule.percent': 'percent',
  'rule.amount': 'amount',
  'rule.amount.minor': 'amount',
  'rule.minimum': 'minimum',
  'rule.minimum.minor': 'minimum',
  startsAt: 'startsAt',
  endsAt: 'endsAt',
  name: 'nameKo',
  'name.ko': 'nameKo',
  'name.en': 'nameEn',
}

/** The fields of the form; the categories that were ticked are one of them, their ids with blanks between. */
async function promotionFormOf(c: Context<DeskEnv>): Promise<Entered> {
  const { category = [], ...fields } = await c.req.parseBody({ all: true })
  const entered = Object.entries(fields).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value.trim()]] : [],
  )
  return {
    ...Object.fromEntries(entered),
    categories: [category]
      .flat()
      .filter((id) => typeof id === 'string')
      .join(' '),
  }
}

const pageAt = ({ api }: Desk, { after }: Entered) =>
  content(api.admin.promotions.$get({ query: after ? { after } : {} }))

/** The promotion on the page of the list whose form was sent. Throws the refusal of the API when it is not there. */
async function promotionOn(desk: Desk, entered: Entered, promotionId: string): Promise<Promotion> {
  const found = (await pageAt(desk, entered)).items.find((promotion) => promotion.id === promotionId)
  if (!found) throw new ApiRefusal({ status: 404, code: 'pricing.promotion_not_found', detail: promotionId })
  return found
}

/** Saves a coupon code; answers what is wrong with it. */
async function saveCoupon(desk: Desk, promotionId: Promotion['id'], entered: Entered): Promise<Problems> {
  const { promotions } = desk.text
  const wrong = (['limit', 'limitPerBuyer'] as const).filter(
    (name) => entered[name] && !/^[1-9]\d{0,8}$/.test(entered[name]),
  )
  if (wrong.length > 0)
    return Object.fromEntries(wrong.map((name) => [`${name}-${promotionId}`, promotions.wrongLimit]))
  const [limit, limitPerBuyer] = [numberIn(entered['limit']), numberIn(entered['limitPerBuyer'])]
  const refusal = await refusalOf(
    desk.api.admin.coupons.$post({ json: { code: entered['code'] ?? '', promotionId, limit, limitPerBuyer } }),
  )
  if (!refusal) return {}
  if (refusal.code === 'pricing.code_taken') return { [`code-${promotionId}`]: promotions.codeTaken }
  const isCode = refusal.errors?.some(({ field }) => field === 'code')
  return isCode ? { [`code-${promotionId}`]: promotions.wrongCode } : problemsOf(desk, refusal)
}

const numberIn = (text: string | undefined) => (text ? Number(text) : null)

async function showPromotions(c: Context<DeskEnv>, query: Entered, tried?: TriedCoupon) {
  const { desk } = c.var
  const { after } = query
  const [page, shelves] = await Promise.all([pageAt(desk, query), c.var.shelves()])
  const body = (
    <Promotions
      desk={desk}
      page={page}
      after={after}
      shelves={shelves}
      done={tried ? undefined : query['done']}
      tried={tried}
      now={new Date().toISOString()}
    />
  )
  return deskPage(c, { title: desk.text.promotions.title }, body, tried ? 422 : 200)
}

async function showForm(
  c: Context<DeskEnv>,
  entered: Entered = {},
  problems: Problems = {},
  promotion?: Parameters<typeof PromotionForm>[0]['promotion'],
) {
  const { desk } = c.var
  const body = (
    <PromotionForm
      desk={desk}
      shelves={await c.var.shelves()}
      entered={entered}
      problems={problems}
      promotion={promotion}
    />
  )
  return deskPage(c, { title: desk.text.promotions.form.title }, body, Object.keys(problems).length > 0 ? 422 : 200)
}
