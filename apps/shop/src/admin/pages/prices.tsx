import { markets } from '@sangdo/api'
import { type Context, Hono } from 'hono'
import { content } from '../../client.ts'
import { address, type Desk, type DeskEnv, type Entered, formOf, refusalOf } from '../desk.ts'
import { deskPage } from '../layout.tsx'
import { type Problems, problemsOf } from '../parts/form.tsx'
import { createReader } from '../parts/reader.ts'
import type { PriceList } from '../types.ts'
import { onceKey } from './order-actions.tsx'
import { sheetIn } from './price-cells.ts'
import { type GridPage, PriceGrid } from './price-grid.tsx'
import { WhyPage } from './price-why.tsx'

/** Prices of many goods at once, price lists, and why a price is what it is. */
export const priceRoutes = new Hono<DeskEnv>()
  .get('/prices', (c) => showGrid(c, askedIn(c.req.queries())))
  .post('/prices', async (c) => {
    const { desk } = c.var
    const entered = await formOf(c)
    const asked = { ...entered, lists: entered['lists'] ?? '' }
    const grid = await gridOf(desk, asked)
    const { sheet, cells, problems } = sheetIn(desk, grid, entered)
    if (Object.keys(problems).length > 0) return showGrid(c, asked, { entered, problems })
    const back = (done: string) => c.redirect(address('/admin/prices', { ...placeOf(grid), done }), 303)
    if (cells.length === 0) return back('same')
    const refusal = await refusalOf(desk.api.admin.prices.$put({ header: onceKey(entered), json: sheet }))
    if (!refusal) return back('saved')
    const names = Object.fromEntries(
      (refusal.errors ?? []).flatMap(({ field }) => {
        const cell = cells.find((one) => field.startsWith(`${one.row}.`))
        return cell ? [[field, cell.id]] : []
      }),
    )
    return showGrid(c, asked, { entered, problems: problemsOf(desk, refusal, names) })
  })
  .post('/prices/lists', async (c) => {
    const { desk } = c.var
    const entered = await formOf(c)
    const { list, problems } = await addList(desk, entered)
    if (!list) return showGrid(c, { currency: entered['currency'], lists: entered['lists'] }, { entered, problems })
    const lists = [entered['lists'], list.id].filter(Boolean).join(',')
    return c.redirect(address('/admin/prices', { currency: list.currency, lists, done: 'list' }), 303)
  })
  .get('/prices/why', async (c) => {
    const { desk } = c.var
    const asked = c.req.query()
    const reader = createReader(desk, asked, 'KRW')
    const market = markets.find(({ id }) => id === asked['market'])?.id ?? 'kr'
    const quantity = reader.whole('quantity', 1, 9_999) ?? 1
    const customerGroup = reader.word('customerGroup')
    const query = { market, quantity: String(quantity), ...(customerGroup ? { customerGroup } : {}) }
    const sku = asked['sku'] ?? ''
    const found = await content(desk.api.admin.prices[':sku'].why.$get({ param: { sku }, query }))
    const body = <WhyPage desk={desk} sku={sku} asked={query} found={found} />
    return deskPage(c, { title: desk.text.prices.why }, body)
  })

/** What the address asks for; lists that were ticked are one of it, with commas between. */
function askedIn(queries: Readonly<Record<string, readonly string[]>>): Entered {
  const one = Object.fromEntries(Object.entries(queries).map(([name, values]) => [name, values[0]]))
  const lists = [...(queries['list'] ?? []), ...(queries['lists'] ?? [])].join(',')
  return { ...one, lists }
}

async function gridOf({ api, locale }: Desk, asked: Entered): Promise<GridPage> {
  const { q, after } = asked
  const currency = markets.find((one) => one.currency === asked['currency'])?.currency ?? 'KRW'
  const all = (await content(api.admin['price-lists'].$get())).filter((list) => list.currency === currency)
  const wanted = new Set((asked['lists'] ?? '').split(','))
  const chosen = all.filter((list) => wanted.has(list.id))
  const query = {
    currency,
    locale,
    ...(chosen.length > 0 ? { lists: chosen.map((list) => list.id).join(',') } : {}),
    ...(q ? { q } : {}),
    ...(after ? { after } : {}),
  }
  const { items, next } = await content(api.admin.prices.$get({ query }))
  return { rows: items, next, currency, all, chosen, q, after }
}

/** What of a grid its address says. */
const placeOf = ({ currency, chosen, q, after }: GridPage): Entered => ({
  currency: currency === 'KRW' ? undefined : currency,
  lists: chosen.map((list) => list.id).join(','),
  q,
  after,
})

/** Makes a price list of what was entered, or says what is wrong with it. */
async function addList(desk: Desk, entered: Entered): Promise<{ list?: PriceList; problems: Problems }> {
  const currency = entered['listCurrency'] ?? 'KRW'
  const reader = createReader(desk, entered, currency)
  const name = reader.required('name', reader.word('name'))
  const [startsAt, endsAt] = [reader.instant('startsAt') ?? null, reader.instant('endsAt') ?? null]
  if (startsAt && endsAt && endsAt <= startsAt) reader.refuse('endsAt', desk.text.promotionForm.endsBefore)
  if (!name || Object.keys(reader.problems).length > 0) return { problems: reader.problems }
  const market = reader.word('market') ?? null
  const json = { name, currency, market, customerGroup: reader.word('customerGroup') ?? null, startsAt, endsAt }
  return { list: await content(desk.api.admin['price-lists'].$post({ json })), problems: {} }
}

async function showGrid(
  c: Context<DeskEnv>,
  asked: Entered,
  tried?: { readonly entered: Entered; readonly problems: Problems },
) {
  const { desk } = c.var
  const grid = await gridOf(desk, asked)
  const done = tried ? undefined : asked['done']
  const body = <PriceGrid desk={desk} grid={grid} place={placeOf(grid)} done={done} tried={tried} />
  const isWritten = desk.mayAct && grid.rows.length > 0
  const head = { title: desk.text.prices.title, ...(isWritten ? { script: 'grid' as const } : {}) }
  return deskPage(c, head, body, tried ? 422 : 200)
}
