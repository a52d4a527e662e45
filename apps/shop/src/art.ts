import {
  type ArtView,
  brandMark,
  categoryArt,
  emptyArt,
  type EmptyKind,
  heroArt,
  productArt,
  products,
} from '@sangdo/api/demo'
import { Hono } from 'hono'

const views: readonly string[] = ['front', 'detail', 'room'] satisfies ArtView[]
const empties: readonly string[] = ['cart', 'search', 'orders', 'notfound'] satisfies EmptyKind[]
const specs = new Map(products.map((product) => [product.handle, product.art]))

/** The drawing at an address such as `product/high-foot-mug/front-7fa08c`, or nothing. */
function drawing(kind: string, name: string, view: string): string | undefined {
  const [shown = '', tint] = view.split('-')
  const spec = specs.get(name)
  if (kind === 'product' && spec && views.includes(shown) && (tint === undefined || /^[0-9a-f]{6}$/i.test(tint))) {
    return productArt(spec, { view: shown as ArtView, ...(tint === undefined ? {} : { tint: `#${tint}` as const }) })
  }
  if (kind === 'empty' && empties.includes(name)) return emptyArt(name as EmptyKind)
  if (kind === 'hero') return heroArt()
  if (kind === 'mark') return brandMark()
  return kind === 'category' ? categoryDrawing(name) : undefined
}

function categoryDrawing(handle: string): string | undefined {
  try {
    return categoryArt(handle)
  } catch {
    return undefined
  }
}

const headers = {
  'content-type': 'image/svg+xml',
  'cache-control': 'public, max-age=604800',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  'x-content-type-options': 'nosniff',
}

const answer = (svg: string | undefined) =>
  svg === undefined ? new Response('Not found', { status: 404 }) : new Response(svg, { headers })

/** The brand's drawings as files: drawn when asked for, kept by browsers. */
export const artRoutes = new Hono()
  .get('/art/product/:name/:view{.+\\.svg}', (c) =>
    answer(drawing('product', c.req.param('name'), c.req.param('view').replace('.svg', ''))),
  )
  .get('/art/:kind/:name{.+\\.svg}', (c) =>
    answer(drawing(c.req.param('kind'), c.req.param('name').replace('.svg', ''), '')),
  )
