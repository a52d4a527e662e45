import { markets } from '@sangdo/api'
import { type Context, Hono } from 'hono'
import { ApiRefusal, content, type Refusal } from '../../client.ts'
import { address, type Desk, type DeskEnv, type Entered, formOf, refusalOf } from '../desk.ts'
import { deskPage } from '../layout.tsx'
import { amountIn } from '../parts/amount.ts'
import { type Problems, problemsOf } from '../parts/form.tsx'
import type { Money, Product } from '../types.ts'
import { textIn } from '@sangdo/core'
import { onceKey } from './order-actions.tsx'
import { type Edited, ProductEditor, type TriedProduct } from './product.tsx'

/** One product, and what is changed of it. */
export const productRoutes = new Hono<DeskEnv>()
  .get('/products/:productId', (c) => showProduct(c, c.req.param('productId')))
  .post('/products/:productId/texts', async (c) => {
    const entered = await formOf(c)
    const { desk } = c.var
    const { product } = await editedOf(desk, c.req.param('productId'))
    if (!entered['name.ko'] && !entered['name.en'])
      return showProduct(c, product.id, { entered, problems: { 'name.ko': desk.text.product.nameNeeded } })
    const call = desk.api.admin.products[':productId'].$patch({
      param: { productId: product.id },
      json: textsIn(product, entered),
    })
    const refusal = await refusalOf(call)
    if (refusal) return showProduct(c, product.id, refusedTexts(desk, refusal, entered))
    return c.redirect(address(`/admin/products/${product.id}`, { done: 'texts' }), 303)
  })
  .post('/products/:productId/status', async (c) => {
    const { status } = await formOf(c)
    const { desk } = c.var
    const { product } = await editedOf(desk, c.req.param('productId'))
    const call = desk.api.admin.products[':productId'].status.$put({
      param: { productId: product.id },
      json: { status: status === 'active' ? 'active' : 'archived' },
    })
    const refusal = await refusalOf(call)
    if (refusal) return showProduct(c, product.id, { entered: {}, problems: problemsOf(desk, refusal) })
    return c.redirect(address(`/admin/products/${product.id}`, { done: 'status' }), 303)
  })
  .post('/products/:productId/prices', async (c) => {
    const entered = await formOf(c)
    const { desk } = c.var
    const edited = await editedOf(desk, c.req.param('productId'))
    const { prices, problems } = pricesIn(desk, edited, entered)
    const refusal =
      prices.length > 0 && Object.keys(problems).length === 0
        ? await refusalOf(desk.api.admin.prices.$put({ header: onceKey(entered), json: { prices } }))
        : null
    const wrong = { ...problems, ...problemsOf(desk, refusal) }
    if (Object.keys(wrong).length > 0) return showProduct(c, edited.product.id, { entered, problems: wrong })
    return c.redirect(
      address(`/admin/products/${edited.product.id}`, { done: prices.length > 0 ? 'prices' : 'same' }),
      303,
    )
  })
  .post('/products/:productId/stock', async (c) => {
    const entered = await formOf(c)
    const { desk } = c.var
    const edited = await editedOf(desk, c.req.param('productId'))
    const { counts, problems } = countsIn(desk, edited, entered)
    const wrong = Object.keys(problems).length > 0 ? problems : await saveCounts(desk, counts, entered)
    if (Object.keys(wrong).length > 0) return showProduct(c, edited.product.id, { entered, problems: wrong })
    return c.redirect(
      address(`/admin/products/${edited.product.id}`, { done: counts.length > 0 ? 'stock' : 'same' }),
      303,
    )
  })

/** The product with its prices in each currency and its stock. Throws the refusal of the API when there is none. */
async function editedOf({ api }: Desk, productId: string): Promise<Edited> {
  if (!/^prd_\w+$/.test(productId))
    throw new ApiRefusal({ status: 404, code: 'catalog.product_not_found', detail: productId })
  const param = { productId: productId as Product['id'] }
  const pages = await Promise.all(
    markets.map(({ id: market }) => content(api.admin.products[':productId'].$get({ param, query: { market } }))),
  )
  const stock = await content(api.admin.products[':productId'].stock.$get({ param }))
  const [first] = pages
  if (!first) throw new ApiRefusal({ status: 404, code: 'pricing.market_not_found', detail: productId })
  return {
    product: first.product,
    prices: Object.fromEntries(markets.map(({ currency }, index) => [currency, pages[index]?.prices ?? {}])),
    stock,
  }
}

async function showProduct(c: Context<DeskEnv>, productId: string, tried?: TriedProduct) {
  const { desk } = c.var
  const edited = await editedOf(desk, productId)
  const title = textIn(edited.product.name, [desk.locale])
  return deskPage(
    c,
    { title },
    <ProductEditor desk={desk} edited={edited} done={c.req.query('done')} tried={tried} />,
    tried?.outdated ? 409 : tried ? 422 : 200,
  )
}

/** The words of a form as a change of a product. Other languages stay; a picture gets a name in a language that is new. */
function textsIn(product: Product, entered: Entered) {
  const written = (field: 'name' | 'summary' | 'description') => {
    const all = { ...product[field], ko: entered[`${field}.ko`] ?? '', en: entered[`${field}.en`] ?? '' }
    return Object.fromEntries(Object.entries(all).filter(([, text]) => text !== ''))
  }
  const name = written('name')
  const media = product.media.map(({ id: _, ...picture }) => ({
    ...picture,
    alt: { ...name, ...nonEmpty(picture.alt) },
  }))
  const isMissing = product.media.some((picture) => Object.keys(name).some((language) => !picture.alt[language]))
  return {
    version: Number(entered['version']),
    name,
    summary: written('summary'),
    description: written('description'),
    ...(isMissing ? { media } : {}),
  }
}

const nonEmpty = (texts: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''))

function refusedTexts(desk: Desk, refusal: Refusal, entered: Entered): TriedProduct {
  const fields = ['name', 'summary', 'description'].flatMap((field) =>
    ['ko', 'en'].map((language) => [`${field}.${language}`, `${field}.${language}`]),
  )
  return {
    entered,
    problems: problemsOf(desk, refusal, Object.fromEntries(fields)),
    outdated: refusal.code === 'catalog.version_conflict',
  }
}

interface NewPrice {
  readonly sku: string
  readonly amount: Money
  readonly compareAt: Money | null
}

/** The prices of a form that differ from those there are, and what is wrong with the others. */
function pricesIn(
  desk: Desk,
  { product, prices }: Edited,
  entered: Entered,
): { prices: NewPrice[]; problems: Problems } {
  const { text } = desk
  const found: NewPrice[] = []
  const problems: Record<string, string> = {}
  for (const { sku } of product.variants) {
    for (const { currency } of markets) {
      const [name, compareName] = [`price.${currency}.${sku}`, `compareAt.${currency}.${sku}`]
      const [typed, compareTyped, known] = [entered[name] ?? '', entered[compareName] ?? '', prices[currency]?.[sku]]
      const [amount, compareAt] = [
        typed ? amountIn(typed, currency) : null,
        compareTyped ? amountIn(compareTyped, currency) : null,
      ]
      if (typed && !isPrice(amount)) problems[name] = text.error.amount
      else if (compareTyped && !isPrice(compareAt)) problems[compareName] = text.error.amount
      else if (!typed && known) problems[name] = text.product.priceEmptied
      else if (!typed && compareTyped) problems[name] = text.product.compareAlone
      else if (amount && (amount.minor !== known?.amount.minor || compareAt?.minor !== known.compareAt?.minor))
        found.push({ sku, amount, compareAt })
    }
  }
  return { prices: found, problems }
}

const isPrice = (amount: Money | null): amount is Money => amount !== null && amount.minor >= 0

interface Counted {
  readonly sku: string
  readonly onHand: number
}

/** The counts of a form that differ from those there are, and what is wrong with the others. */
function countsIn(
  { text }: Desk,
  { product, stock }: Edited,
  entered: Entered,
): { counts: Counted[]; problems: Problems } {
  const typed = product.variants.map(({ sku }) => ({
    sku,
    text: entered[`stock.${sku}`] ?? '',
    known: stock[sku]?.onHand ?? 0,
  }))
  const wrong = typed.filter((one) => !/^\d{1,7}$/.test(one.text) || Number(one.text) > 1_000_000)
  const problems = Object.fromEntries(wrong.map(({ sku }) => [`stock.${sku}`, text.product.wrongCount]))
  return {
    counts: typed
      .filter((one) => Number(one.text) !== one.known)
      .map(({ sku, text: count }) => ({ sku, onHand: Number(count) })),
    problems,
  }
}

/** Saves each count by itself, so that one that is refused does not hold up the others; answers what was refused. */
async function saveCounts(desk: Desk, counts: readonly Counted[], entered: Entered): Promise<Problems> {
  const problems: Record<string, string> = {}
  for (const json of counts) {
    const header = { 'idempotency-key': `${onceKey(entered)['idempotency-key']}:${json.sku}`.slice(0, 255) }
    const refusal = await refusalOf(desk.api.admin.stock.$put({ header, json }))
    if (refusal) Object.assign(problems, { [`stock.${json.sku}`]: countProblem(desk, refusal) })
  }
  return problems
}

function countProblem({ text }: Desk, { code, detail, details }: Refusal): string {
  const { sku, reserved } = (details ?? {}) as { sku?: string; reserved?: number }
  return code === 'inventory.below_reserved' && sku !== undefined && reserved !== undefined
    ? text.shortOf(sku, reserved)
    : (text.refusals[code] ?? text.refusalOther(detail))
}
