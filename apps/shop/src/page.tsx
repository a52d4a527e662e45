import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import { Layout, type PageHead } from './parts/layout.tsx'
import type { ShopEnv } from './visitor.ts'

/** Answers with a page in the frame of the shop. The frame stands even when the API does not answer. */
export async function page(
  c: Context<ShopEnv>,
  head: PageHead,
  children: Child,
  status: 200 | 404 | 409 | 422 | 429 | 500 = 200,
) {
  const { visitor, place, shelves } = c.var
  const known = await shelves().catch(() => [])
  // A page that has no address of its own is somebody's: their cart, their order, their account.
  if (!head.addresses) c.header('cache-control', 'private, no-store')
  return c.html(
    <Layout head={head} visitor={visitor} place={place} shelves={known}>
      {children}
    </Layout>,
    status,
  )
}
