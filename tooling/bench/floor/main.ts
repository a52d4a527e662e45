import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { sandbox } from '@sangdo/payments/sandbox'
import { addLine, cartPage, createCart, setDelivery } from './carts.ts'
import { checkOut, orderPage } from './checkout.ts'
import { openDatabase } from './database.ts'
import { delivering } from './events.ts'
import { hear, settle } from './paying.ts'
import { priceList } from './prices.ts'
import { productPage, searchPage, shelfPage } from './pages.ts'

/** What a shop of one file would be: the pages of the API with the best statements, and nothing around them. */
const database = openDatabase(process.env['DATABASE_URL'] ?? '')
const { run, atomic } = database
const prices = priceList()
const { PAY_URL: payUrl = '', SANDBOX_SECRET: secret = '', API_PORT: port = '' } = process.env
const provider = sandbox({ url: payUrl, secret })
const webhookUrl = `http://127.0.0.1:${port}/webhooks/sandbox`

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
  .post('/checkout', async (c) => {
    const key = c.req.header('idempotency-key') ?? ''
    return c.json(await checkOut(database, provider, { key, webhookUrl, accepted: await c.req.json() }), 201)
  })
  .post('/webhooks/sandbox', async (c) => {
    const known = await hear(database, provider, { headers: c.req.header(), body: await c.req.text() })
    return c.body(null, known ? 204 : 401)
  })
  .get('/orders/:number', async (c) => c.json(await run(orderPage(c.req.param('number'), c.req.query('token') ?? ''))))
  .post('/payments/:reference/order', async (c) => c.json(await settle(database, provider, c.req.param('reference'))))

const server = serve({ fetch: app.fetch, port: Number(port), hostname: '127.0.0.1' })
void delivering(database)
process.once('SIGTERM', () => server.close(() => process.exit(0)))
