import type { Visitor } from '../visitor.ts'

const sorts = ['relevance', 'newest', 'popular', 'price_asc', 'price_desc', 'rating'] as const
type Sort = (typeof sorts)[number]

/** What an address says of the list that is wanted. */
export interface Wish {
  readonly q?: string
  readonly sort?: Sort
  readonly inStock?: 'true'
  /** Whole won or dollars. */
  readonly priceMin?: string
  readonly priceMax?: string
  readonly after?: string
}

/** Reads an address; anything odd in it is as if it were not there. */
export function wishOf({ q, sort, inStock, priceMin, priceMax, after }: Readonly<Record<string, string>>): Wish {
  const whole = (text: string | undefined) => (text && /^\d{1,9}$/.test(text) ? text : undefined)
  const wish = {
    q: q?.trim().slice(0, 200),
    sort: sorts.find((one) => one === sort),
    inStock: inStock ? 'true' : undefined,
    priceMin: whole(priceMin),
    priceMax: whole(priceMax),
    after,
  }
  return Object.fromEntries(Object.entries(wish).filter(([, value]) => value))
}

/** Whether a list leaves something out. */
export const limits = (wish: Wish): boolean => Boolean(wish.inStock ?? wish.priceMin ?? wish.priceMax)

/** The order and limits of a list: folded away until wanted, open while they limit something. */
export const Filters = ({ visitor, wish, path }: { visitor: Visitor; wish: Wish; path: string }) => {
  const { text } = visitor
  const limited = limits(wish)
  const sort = wish.sort ?? (wish.q ? 'relevance' : 'newest')
  return (
    <details class="group mt-8 mb-8 border-y border-line" open={limited}>
      <summary class="flex min-h-13 cursor-pointer list-none items-center justify-between gap-4 [&::-webkit-details-marker]:hidden">
        <span class="flex items-center gap-2 font-medium">
          <span class="w-4 text-xl leading-none text-muted group-open:hidden" aria-hidden="true">
            +
          </span>
          <span class="hidden w-4 text-xl leading-none text-muted group-open:inline" aria-hidden="true">
            −
          </span>
          {text.list.filter}
        </span>
        <span class="text-sm text-muted">{text.list.sorts[sort]}</span>
      </summary>
      <form action={path} class="flex flex-wrap items-end gap-x-4 gap-y-4 pt-2 pb-6">
        {wish.q && <input type="hidden" name="q" value={wish.q} />}
        <div class="field w-full sm:w-52">
          <label for="sort">{text.list.sort}</label>
          <select id="sort" name="sort">
            {sorts
              .filter((one) => one !== 'relevance' || wish.q)
              .map((one) => (
                <option value={one} selected={one === sort}>
                  {text.list.sorts[one]}
                </option>
              ))}
          </select>
        </div>
        <Bound name="priceMin" visitor={visitor} wish={wish} />
        <Bound name="priceMax" visitor={visitor} wish={wish} />
        <label class="flex min-h-12 items-center gap-2.5 max-sm:w-full">
          <input
            type="checkbox"
            name="inStock"
            value="true"
            checked={wish.inStock === 'true'}
            class="size-5 accent-action"
          />
          {text.list.inStock}
        </label>
        <div class="flex items-center gap-4 max-sm:w-full">
          <button class="button max-sm:flex-1">{text.list.apply}</button>
          {limited && (
            <a
              class="link inline-block py-2 text-sm"
              href={wish.q ? `${path}?${new URLSearchParams({ q: wish.q })}` : path}
            >
              {text.list.clear}
            </a>
          )}
        </div>
      </form>
    </details>
  )
}

const Bound = ({
  name,
  visitor: { text, currency },
  wish,
}: {
  name: 'priceMin' | 'priceMax'
  visitor: Visitor
  wish: Wish
}) => (
  <div class="field min-w-0 flex-1 sm:w-36 sm:flex-none">
    <label for={name}>
      {text.list[name]} ({currency === 'KRW' ? '₩' : '$'})
    </label>
    <input id={name} name={name} inputmode="numeric" pattern="[0-9]*" maxlength={9} value={wish[name] ?? ''} />
  </div>
)
