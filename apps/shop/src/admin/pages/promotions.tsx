import { type Context, Hono } from 'hono'
import { ApiRefusal, attempt, content } from '../../client.ts'
import { address, type Desk, type DeskEnv, type Entered, formOf, refusalOf } from '../desk.ts'
import { deskPage } from '../layout.tsx'
import { type Problems, problemsOf } from '../parts/form.tsx'
import type { Promotion, PromotionDraft } from '../types.ts'
import type { Tried } from './promotion-aside.tsx'
import { entriesOf } from './promotion-entries.ts'
import { PromotionForm } from './promotion-form.tsx'
import { KindChoice } from './promotion-kinds.tsx'
import { Promotions } from './promotion-list.tsx'
import { fieldNames, kindIn, readPromotion } from './promotion-read.ts'

/** Promotions: what runs, writing them with a look at what they do, switching them on and off. */
export const promotionRoutes = new Hono<DeskEnv>()
  .get('/promotions', (c) => showPromotions(c, c.req.query()))
  .get('/promotions/new', async (c) => {
    const { from, ...entered } = c.req.query()
    if (from !== undefined) return showForm(c, copyOf(c.var.desk, await promotionOf(c.var.desk, from)))
    if (kindIn(entered)) return showForm(c, { kind: entered['kind'] })
    return deskPage(c, { title: c.var.desk.text.promotionForm.newTitle }, <KindChoice desk={c.var.desk} />)
  })
  .post('/promotions/new', (c) => write(c))
  .get('/promotions/:promotionId', async (c) => {
    const known = await promotionOf(c.var.desk, c.req.param('promotionId'))
    return showForm(c, entriesOf(known), { known })
  })
  .post('/promotions/:promotionId', async (c) => write(c, await promotionOf(c.var.desk, c.req.param('promotionId'))))
  .post('/promotions/:promotionId/switch', async (c) => {
    const { desk } = c.var
    const entered = await formOf(c)
    const { coupons: _, spent: __, sentence: ___, ...promotion } = await promotionOf(desk, c.req.param('promotionId'))
    const json = { ...promotion, active: entered['to'] === 'on' }
    const refusal = await refusalOf(desk.api.admin.promotions.$post({ json }))
    if (refusal) return showPromotions(c, entered, problemsOf(desk, refusal))
    return c.redirect(address('/admin/promotions', { after: entered['after'], done: 'switched' }), 303)
  })

/** The id of a promotion, as an address has it. Throws the refusal of the API for what is none. */
export function idOf(promotionId: string): Promotion['id'] {
  if (!/^prm_\w+$/.test(promotionId))
    throw new ApiRefusal({ status: 404, code: 'pricing.promotion_not_found', detail: promotionId })
  return promotionId as Promotion['id']
}

/** The promotion. Throws the refusal of the API when it is not there. */
export const promotionOf = (desk: Desk, promotionId: string): Promise<Promotion> =>
  content(desk.api.admin.promotions[':promotionId'].$get({ param: { promotionId: idOf(promotionId) } }))

/** The fields of the form; what is ticked several times is one of them, with blanks between. */
async function enteredIn(c: Context<DeskEnv>): Promise<Entered> {
  const fields = Object.entries(await c.req.parseBody({ all: true }))
  return Object.fromEntries(
    fields.map(([name, value]) => [
      name,
      [value]
        .flat()
        .filter((one) => typeof one === 'string')
        .map((one) => one.trim())
        .join(' '),
    ]),
  )
}

/** A promotion like another, under a name of its own, that is not on yet. */
function copyOf({ text }: Desk, promotion: Promotion): Entered {
  const { nameKo, nameEn, ...entered } = entriesOf(promotion)
  const named = (name: string | undefined) => name && text.promotionForm.copyOf(name)
  return { ...entered, nameKo: named(nameKo), nameEn: named(nameEn), active: 'yes' }
}

/** Reads the form; shows what it means, tries it on the past or saves it, as its button says. */
async function write(c: Context<DeskEnv>, known?: Promotion) {
  const { desk } = c.var
  const entered = await enteredIn(c)
  const isLook = entered['preview'] !== undefined || entered['simulate'] !== undefined
  const { problems, promotion } = readPromotion(desk, entered, kindIn(entered) ?? 'percent_off')
  if (isLook || !promotion) return showForm(c, entered, { known, problems })
  const json = known ? { ...promotion, id: known.id } : promotion
  const refusal = await refusalOf(desk.api.admin.promotions.$post({ json }))
  if (refusal) return showForm(c, entered, { known, problems: problemsOf(desk, refusal, fieldNames) })
  return c.redirect(address('/admin/promotions', { done: 'added' }), 303)
}

interface Asked {
  readonly known?: Promotion | undefined
  readonly problems?: Problems
}

async function showForm(c: Context<DeskEnv>, entered: Entered, { known, problems = {} }: Asked = {}) {
  const { desk } = c.var
  const kind = kindIn(entered) ?? 'percent_off'
  const { promotion } = readPromotion(desk, entered, kind)
  const { tried, refused } = desk.mayAct
    ? await tryOut(desk, entered, promotion && { ...promotion, ...(known ? { id: known.id } : {}) })
    : { tried: { problem: null, needsCode: false }, refused: {} }
  const all = { ...refused, ...problems }
  const form = { desk, shelves: await c.var.shelves(), kind, entered, problems: all, known, tried }
  const title = known ? desk.text.promotions.title : desk.text.promotionForm.newTitle
  return deskPage(c, { title, script: 'live' }, <PromotionForm {...form} />, Object.keys(all).length > 0 ? 422 : 200)
}

/** What a promotion means and does, as far as it is written; nothing is stored. */
async function tryOut(
  desk: Desk,
  entered: Entered,
  promotion: PromotionDraft | undefined,
): Promise<{ tried: Tried; refused: Problems }> {
  const needsCode = entered['needsCode'] === 'yes'
  const isBegun = Object.keys(entered).length > 1
  if (!promotion)
    return { tried: { problem: isBegun ? desk.text.promotionForm.previewWaits : null, needsCode }, refused: {} }
  const { content: preview, refusal } = await attempt(desk.api.admin.promotions.preview.$post({ json: { promotion } }))
  if (refusal) {
    const names = Object.fromEntries(Object.entries(fieldNames).map(([field, name]) => [`promotion.${field}`, name]))
    const refused = problemsOf(desk, refusal, names)
    return { tried: { problem: Object.values(refused).join(' '), needsCode }, refused }
  }
  const trial =
    entered['simulate'] === undefined
      ? undefined
      : await content(desk.api.admin.promotions.simulate.$post({ json: { promotion } }))
  return { tried: { preview, trial, problem: null, needsCode }, refused: {} }
}

async function showPromotions(c: Context<DeskEnv>, query: Entered, problems: Problems = {}) {
  const { desk } = c.var
  const { after } = query
  const page = await content(desk.api.admin.promotions.$get({ query: after ? { after } : {} }))
  const isWrong = Object.keys(problems).length > 0
  const body = (
    <Promotions
      desk={desk}
      page={page}
      after={after}
      done={isWrong ? undefined : query['done']}
      problems={problems}
      now={new Date().toISOString()}
    />
  )
  return deskPage(c, { title: desk.text.promotions.title }, body, isWrong ? 422 : 200)
}
