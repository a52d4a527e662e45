import { format, textIn } from '@sangdo/core'
import type { ProductPage } from '../client.ts'
import type { Visitor } from '../visitor.ts'
import { Icon } from './icon.tsx'
import { Price } from './price.tsx'

type Variant = ProductPage['product']['variants'][number]
type Option = ProductPage['product']['options'][number]
type Choice = Readonly<Record<string, string>>

interface Shown {
  readonly visitor: Visitor
  readonly shown: ProductPage
  /** The address of the product. */
  readonly path: string
}

/** The values of one option as links to the same page with that value chosen, so that price, stock and picture follow. */
export const OptionLinks = ({ option, chosen, shown, visitor, path }: Shown & { option: Option; chosen: Choice }) => {
  const { locale } = visitor
  const now = option.values.find((value) => value.code === chosen[option.code])
  return (
    <section aria-label={textIn(option.name, [locale])}>
      <p class="text-sm">
        <span class="font-semibold">{textIn(option.name, [locale])}</span>
        {now && <span class="ml-2 text-muted">{textIn(now.name, [locale])}</span>}
      </p>
      <ul class="mt-2 flex flex-wrap gap-2">
        {option.values.map((value) => (
          <ValueLink
            value={value}
            wanted={{ ...chosen, [option.code]: value.code }}
            isChosen={value === now}
            shown={shown}
            visitor={visitor}
            path={path}
          />
        ))}
      </ul>
    </section>
  )
}

const ValueLink = ({
  value,
  wanted,
  isChosen,
  shown,
  visitor: { locale, text },
  path,
}: Shown & { value: Option['values'][number]; wanted: Choice; isChosen: boolean }) => {
  const variant = shown.product.variants.find((one) =>
    Object.entries(wanted).every(([code, at]) => one.options[code] === at),
  )
  const soldOut = !variant || (shown.available[variant.sku] ?? 0) <= 0
  return (
    <li>
      <a
        href={`${path}?${new URLSearchParams(wanted)}#choose`}
        aria-current={isChosen ? 'true' : undefined}
        class="flex min-h-11 items-center gap-2 rounded-sm border border-line-strong bg-surface px-3.5 text-ink no-underline hover:border-ink aria-[current]:border-ink aria-[current]:shadow-[inset_0_0_0_1px_var(--ink)]"
      >
        {value.swatch && (
          <span
            class="size-5 rounded-full border border-line-strong"
            style={`background:${value.swatch}`}
            aria-hidden="true"
          />
        )}
        <span class={soldOut ? 'text-muted line-through' : ''}>{textIn(value.name, [locale])}</span>
        {soldOut && <span class="text-xs text-muted">{text.product.soldOutValue}</span>}
      </a>
    </li>
  )
}

const lowAt = 5
const mostAtOnce = 20

/** The price, whether it can be had, and, if so, the form that puts it into the cart. */
export const Buy = ({ visitor, shown, variant, path }: Shown & { variant: Variant }) => {
  const { text, market } = visitor
  const price = shown.prices[variant.sku]
  const available = shown.available[variant.sku] ?? 0
  if (!price) return <p class="notice-bad">{text.product.noPrice}</p>
  return (
    <div class="space-y-5">
      <div>
        <div class="text-3xl">
          <Price now={price.amount} was={price.compareAt} visitor={visitor} />
        </div>
        {price.lowestBefore && (
          <p class="mt-1 text-sm text-muted">{text.product.lowestBefore(format(price.lowestBefore, visitor.locale))}</p>
        )}
        <p class="mt-1 text-sm text-muted">{market === 'kr' ? text.product.taxIncluded : text.product.taxExcluded}</p>
      </div>
      <Stock available={available} visitor={visitor} />
      {available > 0 && (
        <AddForm visitor={visitor} variant={variant} most={Math.min(mostAtOnce, available)} path={path} />
      )}
    </div>
  )
}

const AddForm = ({
  visitor: { locale, text },
  variant,
  most,
  path,
}: {
  visitor: Visitor
  variant: Variant
  most: number
  path: string
}) => (
  <form method="post" action={`/${locale}/cart/lines`} class="flex items-end gap-3">
    <input type="hidden" name="sku" value={variant.sku} />
    <input type="hidden" name="back" value={`${path}?${new URLSearchParams(variant.options)}`} />
    <div class="field w-24">
      <label for="quantity">{text.product.quantity}</label>
      <input
        id="quantity"
        name="quantity"
        type="number"
        min="1"
        max={String(most)}
        value="1"
        required
        inputmode="numeric"
      />
    </div>
    <button class="button flex-1">{text.product.add}</button>
  </form>
)

const Stock = ({ available, visitor: { text } }: { available: number; visitor: Visitor }) => {
  if (available <= 0) {
    return (
      <div class="border-l-4 border-line-strong bg-sunken px-4 py-3">
        <p class="font-semibold">{text.product.soldOut}</p>
        <p class="text-sm text-muted">{text.product.soldOutText}</p>
      </div>
    )
  }
  if (available <= lowAt) return <p class="font-medium text-accent">{text.product.low(available)}</p>
  return (
    <p class="flex items-center gap-1.5 text-celadon">
      <Icon name="check" class="size-5" />
      {text.product.inStock}
    </p>
  )
}
