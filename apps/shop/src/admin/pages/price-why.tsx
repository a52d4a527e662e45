import { format, textIn } from '@sangdo/core'
import type { Desk, Entered } from '../desk.ts'
import { described, Field, Select } from '../parts/form.tsx'
import type { WhyPrice } from '../types.ts'

interface Shown {
  readonly desk: Desk
  readonly sku: string
  readonly asked: Entered
  readonly found: WhyPrice
}

/** Which price applies to whom, and why none of the others does. */
export const WhyPage = ({ desk, sku, asked, found }: Shown) => {
  const { text, locale } = desk
  const { prices: words, promotionForm } = text
  const name = textIn(found.name, [locale]) || sku
  const [wins, others] = [
    found.considered.filter(({ lost }) => lost === null),
    found.considered.filter(({ lost }) => lost !== null),
  ]
  return (
    <>
      <a class="back" href="/admin/prices">
        ← {words.title}
      </a>
      <h1>{words.whyTitle(name)}</h1>
      <form action="/admin/prices/why" class="search mt" role="search" aria-label={words.whyAsk}>
        <input type="hidden" name="sku" value={sku} />
        <div class="field slim">
          <label for="market">{words.market}</label>
          <Select attributes={described('market', 'market')} of={promotionForm.marketNames} chosen={asked['market']} />
        </div>
        <Field name="customerGroup" label={words.group} value={asked['customerGroup']} maxlength={100} />
        <Field name="quantity" label={words.quantity} value={asked['quantity']} inputmode="numeric" />
        <button class="button-quiet">{words.ask}</button>
      </form>
      <section class="panel stack">
        <h2>{words.whyWins}</h2>
        {found.price ? <p class="figure money">{format(found.price.amount, locale)}</p> : <p>{words.whyNone}</p>}
        {wins.map(({ sentence }) => (
          <p>{sentence[locale]}</p>
        ))}
      </section>
      {others.length > 0 && (
        <section class="panel mt">
          <h2>{words.whyOthers}</h2>
          <ul class="notes">
            {others.map(({ sentence }) => (
              <li>{sentence[locale]}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
