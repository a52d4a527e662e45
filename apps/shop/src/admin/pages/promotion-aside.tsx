import { format, textIn } from '@sangdo/core'
import type { Desk } from '../desk.ts'
import type { Preview, Trial } from '../types.ts'

/** What came of trying a promotion out: on a cart, on the orders of the past, or why it could not be tried. */
export interface Tried {
  readonly preview?: Preview | undefined
  readonly trial?: Trial | undefined
  /** Why there is no preview; null while nobody has asked for one. */
  readonly problem: string | null
  readonly needsCode: boolean
}

interface Shown {
  readonly desk: Desk
  readonly tried: Tried
}

/** What the promotion means, what it does to a cart, and what it would have cost; and the buttons of the form. */
export const Beside = ({ desk, tried }: Shown) => {
  const { promotionForm: words } = desk.text
  return (
    <div class="beside">
      <section class="panel stack stick" aria-label={words.preview}>
        <h2>{words.meaning}</h2>
        <div id="meaning" data-part role="status">
          <Meaning desk={desk} tried={tried} />
        </div>
        <div id="sample" data-part>
          {tried.preview && <Sample desk={desk} preview={tried.preview} />}
        </div>
        <div id="trial" data-part class="stack">
          <Past desk={desk} tried={tried} />
        </div>
        <p class="actions last">
          <button class="button">{words.save}</button>
          <button class="button-quiet" name="preview" value="yes">
            {words.preview}
          </button>
        </p>
      </section>
    </div>
  )
}

const Meaning = ({ desk: { text, locale }, tried: { preview, problem } }: Shown) => {
  if (!preview) return <p class="hint">{problem ?? text.promotionForm.previewHint}</p>
  const other = locale === 'ko' ? 'en' : 'ko'
  return (
    <div class="meaning">
      <p class="big">{preview.sentence[locale]}</p>
      <p lang={other} class="hint">
        {preview.sentence[other]}
      </p>
    </div>
  )
}

const Sample = ({ desk, preview }: { desk: Desk; preview: Preview }) => {
  const { promotionForm: words } = desk.text
  if (preview.quote.lines.length === 0) return <p class="hint">{words.noGoods}</p>
  return (
    <>
      <h3>{words.sample}</h3>
      <p class="hint">{words.sampleHint}</p>
      <Receipt desk={desk} preview={preview} />
      <Notes desk={desk} preview={preview} />
      <details class="steps">
        <summary>{words.steps}</summary>
        <ol>
          {preview.steps.map((step) => (
            <li>{step.sentence[desk.locale]}</li>
          ))}
        </ol>
      </details>
    </>
  )
}

const Receipt = ({ desk: { text, locale }, preview: { quote, goods } }: { desk: Desk; preview: Preview }) => {
  const { promotionForm: words } = text
  const nameOf = (sku: string) => textIn(goods[sku]?.name ?? {}, [locale]) || sku
  const discount = quote.discount.minor + quote.shipping.discount.minor
  return (
    <dl class="receipt">
      {quote.lines.map((line) => (
        <Row
          label={`${nameOf(line.sku)} × ${line.quantity}`}
          before={line.subtotal}
          after={line.total}
          locale={locale}
        />
      ))}
      {quote.shipping.amount.minor > 0 && (
        <Row label={words.shipping} before={quote.shipping.amount} after={quote.shipping.total} locale={locale} />
      )}
      {discount > 0 && (
        <div class="given">
          <dt>{words.discount}</dt>
          <dd class="money">−{format({ minor: discount, currency: quote.currency }, locale)}</dd>
        </div>
      )}
      <div class="sum">
        <dt>{words.total}</dt>
        <dd class="money">{format(quote.total, locale)}</dd>
      </div>
    </dl>
  )
}

type Money = Preview['quote']['total']

const Row = ({ label, before, after, locale }: { label: string; before: Money; after: Money; locale: string }) => (
  <div>
    <dt>{label}</dt>
    <dd class="money">
      {before.minor !== after.minor && <s>{format(before, locale)}</s>} {format(after, locale)}
    </dd>
  </div>
)

const Notes = ({ desk: { text, locale }, preview: { quote, goods } }: { desk: Desk; preview: Preview }) => {
  const { promotionForm: words, refusedBecause } = text
  const notes = [
    ...quote.gifts.map(({ sku, quantity }) => words.gifts(textIn(goods[sku]?.name ?? {}, [locale]) || sku, quantity)),
    ...quote.shares.map(({ to, amount }) => words.sharesOf(to, format(amount, locale))),
    ...quote.refused.map(({ reason }) => words.notCounted(refusedBecause[reason] ?? reason)),
  ]
  return notes.length > 0 ? (
    <ul class="notes">
      {notes.map((note) => (
        <li>{note}</li>
      ))}
    </ul>
  ) : null
}

const Past = ({ desk, tried: { trial, preview, needsCode } }: Shown) => {
  const { promotionForm: words } = desk.text
  return (
    <>
      <h3>{words.trial}</h3>
      {trial ? (
        <TrialResult desk={desk} trial={trial} needsCode={needsCode} />
      ) : (
        <>
          <p class="hint">{words.trialHint}</p>
          {preview && (
            <p>
              <button class="button-quiet" name="simulate" value="yes">
                {words.tryOut}
              </button>
            </p>
          )}
        </>
      )}
    </>
  )
}

const TrialResult = ({ desk, trial, needsCode }: { desk: Desk; trial: Trial; needsCode: boolean }) => {
  const { text, locale } = desk
  const { promotionForm: words, refusedBecause } = text
  const count = (number: number) => number.toLocaleString(locale)
  if (trial.orders === 0) return <p>{words.trialNone}</p>
  const reasons = Object.entries(trial.refused as Record<string, number>).toSorted(([, a], [, b]) => b - a)
  return (
    <div role="status" class="stack">
      <p class="strong">
        {trial.touched > 0
          ? words.trialSays(count(trial.orders), count(trial.touched), format(trial.cost, locale))
          : words.trialUntouched(count(trial.orders))}
      </p>
      <dl class="receipt">
        <Change label={words.trialTotals} before={trial.before.total} after={trial.after.total} locale={locale} />
        <Change label={words.trialMargin} before={trial.before.margin} after={trial.after.margin} locale={locale} />
        {reasons.map(([reason, orders]) => (
          <div class="small">
            <dt>{refusedBecause[reason] ?? reason}</dt>
            <dd>{words.orders(count(orders))}</dd>
          </div>
        ))}
      </dl>
      <p class="hint">
        {[
          words.trialMarginHint,
          needsCode && words.trialCode,
          trial.skipped > 0 && words.trialSkipped(count(trial.skipped)),
        ]
          .filter(Boolean)
          .join(' ')}
      </p>
    </div>
  )
}

const Change = ({ label, before, after, locale }: { label: string; before: Money; after: Money; locale: string }) => (
  <div>
    <dt>{label}</dt>
    <dd class="money">
      {format(before, locale)} → {format(after, locale)}
    </dd>
  </div>
)
