import type { Db } from '@sangdo/core/server'
import type { QuoteRequest } from '@sangdo/pricing/server'
import { explain, traceOf } from '@sangdo/pricing/why'
import { believedFor } from '../pricing/goods.ts'
import type { Shop } from '../shop.ts'

interface Asked extends Omit<QuoteRequest, 'lines'> {
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[]
}

/** What of a quote is wanted: how it came about, in a language, and what each line has of each promotion. */
interface Wanted {
  readonly locale: 'ko' | 'en' | undefined
  readonly parts: boolean
}

/** What a cart that nobody keeps costs here, now or a second ago, and which skus it leaves out. */
export async function quoteView(shop: Shop, db: Db, { lines, ...asked }: Asked, { locale, parts }: Wanted) {
  const goods = await shop.goodsOf(
    db,
    lines.map(({ sku }) => sku),
  )
  const quote = await shop.pricing.quote(db, { ...asked, lines: named(lines, goods) }, { maxAge: believedFor })
  const without = new Set(quote.unpriced.map(({ sku }) => sku))
  const leftOut = lines.flatMap(({ sku }) => (goods.get(sku) && !without.has(sku) ? [] : [sku]))
  const adjustments = parts ? quote.adjustments : quote.adjustments.map((whole) => ({ ...whole, lines: undefined }))
  const trace = locale && traceOf(quote).map((step) => ({ ...step, sentence: explain(step, locale) }))
  return { ...quote, unpriced: undefined, adjustments, leftOut, trace }
}

type Goods = ReadonlyMap<string, { taxClass: string; categoryIds: readonly string[] } | null>

/** The lines of what is on sale. A line is known by its sku; of two with one sku the second is `SKU#2`. */
function named(lines: readonly { sku: string; quantity: number }[], goods: Goods) {
  const seen = new Map<string, number>()
  return lines.flatMap(({ sku, quantity }) => {
    const known = goods.get(sku)
    if (!known) return []
    const count = (seen.get(sku) ?? 0) + 1
    seen.set(sku, count)
    return { id: count === 1 ? sku : `${sku}#${count}`, sku, quantity, ...known }
  })
}
