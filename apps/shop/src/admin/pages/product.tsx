import { textIn } from '@sangdo/core'
import { address, type Desk, type Entered } from '../desk.ts'
import { described, Field, OnceKey, type Problems, ProblemSummary } from '../parts/form.tsx'
import { Done } from '../parts/list.tsx'
import { amountText } from '../parts/amount.ts'
import { ProductBadge } from '../parts/status.tsx'
import type { Product, ProductPage, Stock } from '../types.ts'

/** A product as it is edited: its prices in every currency, and the stock of each sku. */
export interface Edited {
  readonly product: Product
  readonly prices: Readonly<Record<string, ProductPage['prices']>>
  readonly stock: Stock
}

/** What was tried on a product and did not work. */
export interface TriedProduct {
  readonly entered: Entered
  readonly problems: Problems
  /** Somebody else was quicker: only reloading helps. */
  readonly outdated?: boolean
}

/** A product: its words, whether it is on sale, what it costs, how many there are. */
export const ProductEditor = ({
  desk,
  edited,
  done,
  tried,
}: {
  desk: Desk
  edited: Edited
  done?: string | undefined
  tried?: TriedProduct | undefined
}) => {
  const { text, locale } = desk
  const { product } = edited
  const path = `/admin/products/${product.id}`
  return (
    <>
      <a class="back" href={address('/admin/products')}>
        ← {text.products.title}
      </a>
      <div class="head">
        <div>
          <h1>{textIn(product.name, [locale])}</h1>
          <ProductBadge status={product.status} desk={desk} />
        </div>
        {product.status === 'active' && (
          <a href={`/${locale}/product/${encodeURIComponent(textIn(product.slugs, [locale]))}`}>{text.product.view}</a>
        )}
      </div>
      <Done said={done && text.product.done[done]} />
      <ProblemSummary desk={desk} problems={tried?.problems ?? {}} />
      {tried?.outdated && (
        <p class="actions mt">
          <a class="button" href={path}>
            {text.product.reload}
          </a>
        </p>
      )}
      <div class="panels">
        <div>
          <Texts desk={desk} product={product} tried={tried} path={path} />
          {product.variants.length > 0 ? (
            <>
              <Prices desk={desk} edited={edited} tried={tried} path={path} />
              <Counts desk={desk} edited={edited} tried={tried} path={path} />
            </>
          ) : (
            <p class="hint">{text.product.noVariants}</p>
          )}
        </div>
        <div>
          <StatusPanel desk={desk} product={product} path={path} />
        </div>
      </div>
    </>
  )
}

interface Part {
  readonly desk: Desk
  readonly edited: Edited
  readonly tried: TriedProduct | undefined
  readonly path: string
}

const languages = ['ko', 'en'] as const

const Texts = ({
  desk,
  product,
  tried,
  path,
}: {
  desk: Desk
  product: Product
  tried: TriedProduct | undefined
  path: string
}) => {
  const { product: words } = desk.text
  const named = { ko: words.korean, en: words.english }
  const value = (field: 'name' | 'summary' | 'description', language: 'ko' | 'en') =>
    tried?.entered[`${field}.${language}`] ?? product[field][language] ?? ''
  const problems = tried?.problems
  return (
    <form method="post" action={`${path}/texts`} class="panel stack">
      <h2>{words.texts}</h2>
      <input type="hidden" name="version" value={tried?.entered['version'] ?? String(product.version)} />
      <div class="pair">
        {languages.map((language) => (
          <fieldset class="stack" disabled={!desk.mayAct}>
            <legend>{named[language]}</legend>
            <Field
              name={`name.${language}`}
              label={words.name}
              value={value('name', language)}
              lang={language}
              problems={problems}
              maxlength={200}
            />
            <Field name={`summary.${language}`} label={words.summary} problems={problems}>
              {(attributes) => (
                <textarea {...attributes} lang={language} class="short" rows={2} maxlength={1000}>
                  {value('summary', language)}
                </textarea>
              )}
            </Field>
            <Field name={`description.${language}`} label={words.description} problems={problems}>
              {(attributes) => (
                <textarea {...attributes} lang={language} rows={5} maxlength={20_000}>
                  {value('description', language)}
                </textarea>
              )}
            </Field>
          </fieldset>
        ))}
      </div>
      {desk.mayAct && <button class="button">{words.save}</button>}
    </form>
  )
}

const StatusPanel = ({ desk, product, path }: { desk: Desk; product: Product; path: string }) => {
  const { product: words } = desk.text
  const onSale = product.status === 'active'
  return (
    <section class="panel">
      <h2>{words.status}</h2>
      <p>{words.statusText[product.status]}</p>
      {desk.mayAct && (
        <form method="post" action={`${path}/status`} class="mt">
          <button class="button-quiet" name="status" value={onSale ? 'archived' : 'active'}>
            {onSale ? words.archive : words.publish}
          </button>
        </form>
      )}
    </section>
  )
}

/** What the choices of a variant are called, or its sku where there is nothing to choose. */
export const variantName = ({ options }: Product, variant: Product['variants'][number], locale: string): string =>
  options
    .map((option) =>
      textIn(option.values.find((value) => value.code === variant.options[option.code])?.name ?? {}, [locale]),
    )
    .filter(Boolean)
    .join(' / ') || variant.sku

const columns = ['KRW', 'USD'] as const

const Prices = ({ desk, edited: { product, prices }, tried, path }: Part) => {
  const { product: words } = desk.text
  const headings = columns.flatMap((currency) => [`${words.price} ${currency}`, `${words.compareAt} ${currency}`])
  const listed = columns.some((currency) =>
    Object.values(prices[currency] ?? {}).some((price) => price.priceListId !== null),
  )
  return (
    <form method="post" action={`${path}/prices`} class="panel stack">
      <h2>{words.prices}</h2>
      <p class="hint">
        {words.pricesHint} {listed && words.listPrice}
      </p>
      <OnceKey />
      <table class="cards inputs">
        <thead>
          <tr>
            <th scope="col">{words.variant}</th>
            {headings.map((heading) => (
              <th scope="col">{heading}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {product.variants.map((variant) => (
            <tr>
              <VariantCell desk={desk} product={product} variant={variant} />
              {columns.flatMap((currency) => {
                const price = prices[currency]?.[variant.sku]
                return [
                  <PriceCell
                    desk={desk}
                    name={`price.${currency}.${variant.sku}`}
                    label={`${words.price} ${currency}`}
                    of={variantName(product, variant, desk.locale)}
                    value={price ? amountText(price.amount) : ''}
                    tried={tried}
                  />,
                  <PriceCell
                    desk={desk}
                    name={`compareAt.${currency}.${variant.sku}`}
                    label={`${words.compareAt} ${currency}`}
                    of={variantName(product, variant, desk.locale)}
                    value={price?.compareAt ? amountText(price.compareAt) : ''}
                    tried={tried}
                  />,
                ]
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {desk.mayAct && <button class="button">{words.savePrices}</button>}
    </form>
  )
}

const VariantCell = ({
  desk,
  product,
  variant,
}: {
  desk: Desk
  product: Product
  variant: Product['variants'][number]
}) => {
  const name = variantName(product, variant, desk.locale)
  return (
    <th scope="row" class="row-wide">
      {name}
      {name !== variant.sku && <span class="sub">{variant.sku}</span>}
    </th>
  )
}

const PriceCell = ({
  desk,
  name,
  label,
  of,
  value,
  tried,
}: {
  desk: Desk
  name: string
  label: string
  of: string
  value: string
  tried: TriedProduct | undefined
}) => {
  const error = tried?.problems[name]
  return (
    <td>
      <label>
        <span class="sr-label" aria-hidden="true">
          {label}
        </span>
        <input
          {...described(name, name, error)}
          class="money"
          inputmode="decimal"
          autocomplete="off"
          value={tried?.entered[name] ?? value}
          aria-label={`${of}, ${label}`}
          disabled={!desk.mayAct}
        />
      </label>
      {error && (
        <p id={`${name}-error`} class="error">
          {error}
        </p>
      )}
    </td>
  )
}

const Counts = ({ desk, edited: { product, stock }, tried, path }: Part) => {
  const { product: words } = desk.text
  return (
    <form method="post" action={`${path}/stock`} class="panel stack" id="stock">
      <h2>{words.stock}</h2>
      <p class="hint">{words.stockHint}</p>
      <OnceKey />
      <table class="cards inputs">
        <thead>
          <tr>
            <th scope="col">{words.variant}</th>
            <th scope="col">{words.onHand}</th>
            <th scope="col" class="end">
              {words.reserved}
            </th>
            <th scope="col" class="end">
              {words.available}
            </th>
          </tr>
        </thead>
        <tbody>
          {product.variants.map((variant) => {
            const { onHand, reserved, available } = stock[variant.sku] ?? { onHand: 0, reserved: 0, available: 0 }
            return (
              <tr>
                <VariantCell desk={desk} product={product} variant={variant} />
                <PriceCell
                  desk={desk}
                  name={`stock.${variant.sku}`}
                  label={words.onHand}
                  of={variantName(product, variant, desk.locale)}
                  value={String(onHand)}
                  tried={tried}
                />
                <td class="end figures phone-hidden">{reserved}</td>
                <td class="end figures">
                  <span class="sr-label">{words.available}</span>
                  {available}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {desk.mayAct && <button class="button">{words.saveStock}</button>}
    </form>
  )
}
