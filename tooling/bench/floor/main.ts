import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { addLine, cartPage, checkOut, createCart, orderPage, setDelivery, settle } from './checkout.ts'
import { openDatabase } from './database.ts'
import { priceList } from './prices.ts'
import { productPage, searchPage, shelfPage } from './pages.ts'

/** What a shop of one file would be: the pages of the API with the best statements, and nothing around them. */
const database = openDatabase(process.env['DATABASE_URL'] ?? '')
const { run, atomic } = database
const prices = priceList()

const app = new Hono()
  .get('/health', (c) => c.json({ status: 'ok' }))
  .post('/empty', (c) => c.json({}))
  .put('/prices', async (c) => c.json(prices.keep(await c.req.json())))
  .post('/quotes', async (c) => c.json(prices.quote(await c.req.json())))
  .get('/products', async (c) => {
    const { q, category = '', locale = 'en' } = c.req.query()
    return c.json(await run(q === undefined ? shelfPage(category, locale) : searchPage(q, locale)))
  })
  .get('/products/:slug', async (c) => {
    const page = await run(productPage(database, c.req.param('slug'), c.req.query('locale') ?? 'en'))
    return page ? c.json(page) : c.notFound()
  })
  .post('/carts', async (c) => c.json(await atomic(createCart(await c.req.json())), 201))
  .get('/carts/:id', async (c) => c.json(await run(cartPage(c.req.param('id')))))
  .post('/carts/:id/lines', async (c) => c.json(await atomic(addLine(c.req.param('id'), await c.req.json()))))
  .put('/carts/:id/delivery', async (c) => c.json(await atomic(setDelivery(c.req.param('id'), await c.req.json()))))
  .post('/checkout', async (c) => c.json(await atomic(checkOut(await c.req.json())), 201))
  .get('/orders/:number', async (c) => c.json(await run(orderPage(c.req.param('number'), c.req.query('token') ?? ''))))
  .post('/payments/:reference/order', async (c) => c.json(await atomic(settle(c.req.param('reference')))))

const server = serve({ fetch: app.fetch, port: Number(process.env['API_PORT']), hostname: '127.0.0.1' })
process.once('SIGTERM', () => server.close(() => process.exit(0)))
