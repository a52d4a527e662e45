import { textIn } from '@sangdo/core'
import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import { content } from './client.ts'
import { Layout, type PageHead } from './parts/layout.tsx'
import type { ShopEnv, Visitor } from './visitor.ts'

/** Where the shop is, and where its stylesheet lies; set once when the shop is made. */
export interface ShopPlace {
  readonly origin: string
  readonly css: string
}

/** Answers with a page in the frame of the shop. */
export async function page(c: Context<ShopEnv>, head: PageHead, children: Child, status: 200 | 404 | 409 | 422 | 500 | 503 = 200) {
  const { visitor, place } = c.var
  const [shelves, cartPieces] = [await shelvesOf(visitor), await piecesOf(visitor)]
  return c.html(
    <Layout head={head} visitor={visitor} origin={place.origin} css={place.css} cartPieces={cartPieces} shelves={shelves}>
      {children}
    </Layout>,
    status,
  )
}

async function shelvesOf({ api, locale }: Visitor) {
  const tree = await content(api.categories.$get())
  return tree.map((category) => ({ name: textIn(category.name, [locale]), slug: category.slugs[locale] ?? '' }))
}

async function piecesOf({ api, cartId }: Visitor): Promise<number> {
  if (!cartId) return 0
  const response = await api.carts[':cartId'].$get({ param: { cartId } })
  if (!response.ok) return 0
  const priced = await response.json()
  return 'cart' in priced ? priced.cart.lines.reduce((pieces, line) => pieces + line.quantity, 0) : 0
}
