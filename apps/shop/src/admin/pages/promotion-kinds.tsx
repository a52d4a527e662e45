import { markets } from '@sangdo/api'
import type { Child } from 'hono/jsx'
import type { Shelf } from '../../client.ts'
import type { Desk, Entered } from '../desk.ts'
import { described, Field, type Problems, Select } from '../parts/form.tsx'
import { Categories, type Fields, fieldsOf, Lines } from './promotion-parts.tsx'
import { type Kind, kinds } from './promotion-read.ts'

export const currencies = Object.fromEntries(markets.map(({ currency }) => [currency, currency]))

/** The first question: what kind of promotion it is to be. */
export const KindChoice = ({ desk }: { desk: Desk }) => {
  const { promotions } = desk.text
  return (
    <>
      <a class="back" href="/admin/promotions">
        ← {promotions.title}
      </a>
      <h1>{promotions.kindTitle}</h1>
      <p class="big">{promotions.kindHint}</p>
      <ul class="kinds">
        {kinds.map((kind) => {
          const [name, text] = promotions.kinds[kind]
          return (
            <li>
              <a href={`/admin/promotions/new?kind=${kind}`}>
                <span class="strong">{name}</span>
                <span class="hint">{text}</span>
              </a>
            </li>
          )
        })}
      </ul>
    </>
  )
}

interface Form {
  readonly desk: Desk
  readonly shelves: readonly Shelf[]
  readonly entered: Entered
  readonly problems: Problems
}

/** What a promotion of this kind gives: its own fields, and the currency of all amounts. */
export const Gives = ({ kind, isNew, ...form }: Form & { kind: Kind; isNew: boolean }) => {
  const { promotions, promotionForm: words } = form.desk.text
  const field = fieldsOf(form)
  return (
    <section class="panel stack">
      <h2>{words.gives}</h2>
      <p class="actions">
        <span>{promotions.kinds[kind][0]}</span>
        {isNew && <a href="/admin/promotions/new">{promotions.otherKind}</a>}
      </p>
      <KindFields kind={kind} field={field} {...form}>
        <div class="field">
          <label for="currency">{words.currency}</label>
          <Select
            attributes={described('currency', 'currency')}
            of={currencies}
            chosen={form.entered['currency'] ?? 'KRW'}
          />
        </div>
      </KindFields>
    </section>
  )
}

type KindForm = Form & { readonly kind: Kind; readonly field: Fields; readonly children?: Child }

const KindFields = ({ kind, field, children, ...form }: KindForm) => {
  const { promotionForm: words } = form.desk.text
  const pieces = (name: string, label: string, hint?: string) => (
    <Field {...field(name)} label={label} hint={hint} inputmode="numeric" autocomplete="off" />
  )
  const amount = (name: string, label: string, hint?: string) => (
    <Field {...field(name)} label={label} hint={hint} inputmode="decimal" autocomplete="off" />
  )
  switch (kind) {
    case 'percent_off':
    case 'amount_off':
      return (
        <>
          <div class="pair third">
            {kind === 'percent_off' ? amount('percent', words.percent) : amount('amount', words.amount)}
            {children}
            <Target {...form} of={words.targets} />
          </div>
          <div class="pair">
            {kind === 'percent_off' && amount('maximum', words.maximum, words.none)}
            {pieces('maximumUnits', words.maximumUnits, words.maximumUnitsHint)}
          </div>
        </>
      )
    case 'fixed_price':
      return (
        <div class="pair third">
          {amount('price', words.price)}
          {children}
          {pieces('maximumUnits', words.maximumUnits, words.none)}
        </div>
      )
    case 'buy_x_get_y':
      return (
        <BuyAndGet {...form} field={field}>
          {children}
        </BuyAndGet>
      )
    case 'set_price':
      return (
        <div class="pair">
          {pieces('quantity', words.setQuantity)}
          {amount('price', words.setPrice)}
          {children}
          {pieces('times', words.timesMost, words.none)}
        </div>
      )
    case 'spend_tiers':
      return (
        <Tiers {...form} field={field}>
          {children}
        </Tiers>
      )
    case 'gift':
      return (
        <div class="pair third">
          <Field {...field('gift')} label={words.gift} autocomplete="off" maxlength={100} />
          {pieces('quantity', words.giftQuantity)}
          {children}
        </div>
      )
    case 'share_only':
      return <div class="pair third">{children}</div>
  }
}

const Target = ({ desk, entered, of }: Form & { of: Readonly<Record<string, string>> }) => (
  <div class="field">
    <label for="target">{desk.text.promotionForm.target}</label>
    <Select attributes={described('target', 'target')} of={of} chosen={entered['target'] ?? 'order'} />
  </div>
)

type Part = Form & { readonly field: Fields; readonly children?: Child }

const BuyAndGet = ({ field, children, ...form }: Part) => {
  const { promotionForm: words } = form.desk.text
  const isOpen = Boolean(form.entered['buysSkus'] || form.entered['buysCategory'])
  return (
    <>
      <div class="pair third">
        <Field {...field('buy')} label={words.buy} inputmode="numeric" autocomplete="off" />
        <Field {...field('get')} label={words.get} inputmode="numeric" autocomplete="off" />
        <Field
          {...field('getPercent')}
          label={words.getPercent}
          hint={words.getPercentHint}
          inputmode="decimal"
          autocomplete="off"
        />
      </div>
      <div class="pair third">
        <div class="field">
          <label for="per">{words.per}</label>
          <Select attributes={described('per', 'per')} of={words.pers} chosen={form.entered['per']} />
        </div>
        <Field {...field('times')} label={words.timesMost} hint={words.none} inputmode="numeric" autocomplete="off" />
        {children}
      </div>
      <details open={isOpen}>
        <summary>{words.buysTitle}</summary>
        <div class="stack">
          <Lines {...form} name="buysSkus" label={words.buysSkus} hint={words.skusHint} />
          <Categories {...form} name="buysCategory" label={words.buysCategories} hint={words.categoriesHint} />
        </div>
      </details>
    </>
  )
}

const leastTiers = 3
const mostTiers = 20

const Tiers = ({ field, children, ...form }: Part) => {
  const { promotionForm: words } = form.desk.text
  const { entered, problems } = form
  const filled = Array.from({ length: mostTiers }, (_, index) => index + 1).filter((row) => entered[`tier.${row}.from`])
  const rows = Math.min(mostTiers, Math.max(leastTiers, (filled.at(-1) ?? 0) + 1))
  return (
    <>
      <div class="pair third">
        <Target {...form} of={{ order: words.targets.order, line: words.targets.line }} />
        {children}
      </div>
      <fieldset>
        <legend>{words.tiers}</legend>
        <p class="hint">{words.tiersHint}</p>
        {Array.from({ length: rows }, (_, index) => index + 1).map((row) => (
          <fieldset class="row-fields">
            <legend class="sr-only">{words.row(row)}</legend>
            <Field {...field(`tier.${row}.from`)} label={words.tierFrom} inputmode="decimal" autocomplete="off" />
            <Field {...field(`tier.${row}.size`)} label={words.tierSize} inputmode="decimal" autocomplete="off" />
            <div class="field">
              <label for={`tier.${row}.unit`}>{words.tierUnit}</label>
              <Select
                attributes={described(`tier.${row}.unit`, `tier.${row}.unit`, problems[`tier.${row}.unit`])}
                of={words.tierUnits}
                chosen={entered[`tier.${row}.unit`]}
              />
            </div>
          </fieldset>
        ))}
      </fieldset>
    </>
  )
}
