import { markets } from '@sangdo/api'
import { format } from '@sangdo/core'
import { Hono } from 'hono'
import { content } from '../../client.ts'
import { address, type Desk, type DeskEnv, type Entered } from '../desk.ts'
import { deskPage } from '../layout.tsx'
import { described, Select } from '../parts/form.tsx'
import { Empty, Pager, Search, Tabs } from '../parts/list.tsx'
import { ProductBadge } from '../parts/status.tsx'
import type { ProductCard, ProductStatus } from '../types.ts'

const path = '/admin/products'
const statuses = ['active', 'draft', 'archived'] as const satisfies ProductStatus[]
const sorts = ['newest', 'name', 'price_asc', 'price_desc', 'popular'] as const
const currencies = markets.map(({ currency }) => currency)

/** All products: by status, by a search, in an order, in pages. */
export const productsRoutes = new Hono<DeskEnv>().get('/products', async (c) => {
  const { desk } = c.var
  const { q, after } = c.req.query()
  const status = statuses.find((one) => one === c.req.query('status'))
  const sort = sorts.find((one) => one === c.req.query('sort'))
  const currency = currencies.find((one) => one === c.req.query('currency')) ?? 'KRW'
  const order = sort ? { sort } : q ? {} : { sort: sorts[0] }
  const query = {
    locale: desk.locale,
    currency,
    limit: '20',
    ...order,
    ...(q ? { q: q.slice(0, 200) } : {}),
    ...(status ? { status } : {}),
    ...(after ? { after } : {}),
  }
  const page = await content(desk.api.admin.products.$get({ query }))
  const asked = { status, q, sort, currency: currency === 'KRW' ? undefined : currency, after }
  return deskPage(c, { title: desk.text.products.title }, <Products desk={desk} page={page} query={asked} />)
})

const Products = ({
  desk,
  page,
  query,
}: {
  desk: Desk
  page: { items: readonly ProductCard[]; next: string | null }
  query: Entered
}) => {
  const { text } = desk
  const { after: _, ...kept } = query
  const tabs = [undefined, ...statuses].map((status) => ({
    href: address(path, { ...kept, status }),
    label: status ? text.products.statuses[status] : text.list.all,
    current: status === query['status'],
  }))
  const orders = Object.fromEntries(sorts.map((sort) => [sort, text.products.sorts[sort]]))
  const choices = query['q'] ? { '': text.products.sorts.relevance, ...orders } : orders
  return (
    <>
      <div class="head">
        <h1>{text.products.title}</h1>
        {desk.mayAct && (
          <a class="button-quiet" href="/admin/import">
            {text.products.import}
          </a>
        )}
      </div>
      <Tabs label={text.products.status} tabs={tabs} />
      <Search
        path={path}
        label={text.products.searchLabel}
        value={query['q']}
        keep={{ status: query['status'] }}
        desk={desk}
      >
        <div class="field slim">
          <label for="sort">{text.list.sort}</label>
          <Select attributes={described('sort', 'sort')} of={choices} chosen={query['sort']} />
        </div>
        <div class="field slim">
          <label for="currency">{text.promotionForm.currency}</label>
          <Select
            attributes={described('currency', 'currency')}
            of={Object.fromEntries(currencies.map((one) => [one, one]))}
            chosen={query['currency']}
          />
        </div>
      </Search>
      {page.items.length > 0 ? (
        <ProductTable desk={desk} products={page.items} />
      ) : (
        <Nothing desk={desk} asked={Boolean(query['q'] || query['status'])} />
      )}
      <Pager path={path} query={query} next={page.next} desk={desk} />
    </>
  )
}

const Nothing = ({ desk: { text }, asked }: { desk: Desk; asked: boolean }) => (
  <Empty title={text.products.none} text={text.products.noneText}>
    {asked && (
      <a class="button-quiet" href={path}>
        {text.list.clear}
      </a>
    )}
  </Empty>
)

const ProductTable = ({ desk, products }: { desk: Desk; products: readonly ProductCard[] }) => {
  const { text } = desk
  return (
    <table class="cards three">
      <thead>
        <tr>
          <th scope="col">{text.products.product}</th>
          <th scope="col">{text.products.status}</th>
          <th scope="col">{text.products.stock}</th>
          <th scope="col" class="end">
            {text.products.price}
          </th>
        </tr>
      </thead>
      <tbody>
        {products.map((product) => (
          <tr>
            <td class="row-wide">
              <div class="thing">
                {product.image ? (
                  <img src={product.image.url} alt="" width="44" height="44" loading="lazy" />
                ) : (
                  <span class="no-picture" />
                )}
                <div>
                  <a class="strong" href={`${path}/${product.id}`}>
                    {product.name}
                  </a>
                  <span class="sub">{product.sku ?? text.products.variants(product.variantCount)}</span>
                </div>
              </div>
            </td>
            <td class="fixed">
              <ProductBadge status={product.status} desk={desk} />
            </td>
            <td class="fixed">
              {product.inStock ? text.products.inStock : <span class="strong">{text.products.soldOut}</span>}
            </td>
            <td class="end money">
              <CardPrice desk={desk} product={product} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const CardPrice = ({
  desk: { text, locale },
  product: { fromPrice, priceVaries },
}: {
  desk: Desk
  product: ProductCard
}) => {
  if (!fromPrice) return <span class="hint">{text.products.noPrice}</span>
  const shown = format(fromPrice, locale)
  return <>{priceVaries ? text.products.from(shown) : shown}</>
}
