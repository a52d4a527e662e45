import { markets } from '@sangdo/api'
import { textIn } from '@sangdo/core'
import type { Shelf } from '../../client.ts'
import type { Desk, Entered } from '../desk.ts'
import { amountIn } from '../parts/amount.ts'
import { described, Field, type Problems, ProblemSummary, Select } from '../parts/form.tsx'
import { flat, sentence } from '../sentence.ts'
import type { Money, Promotion } from '../types.ts'

type Rule = Promotion['rule']
export type NewPromotion = Pick<Promotion, 'name' | 'rule' | 'needsCode' | 'exclusive' | 'startsAt' | 'endsAt'>

const currencies = Object.fromEntries(markets.map(({ currency }) => [currency, currency]))
const targets = ['order', 'line', 'shipping'] as const

/** What a form says of a new promotion, or what is wrong with it. */
export function readPromotion(desk: Desk, entered: Entered): { problems: Problems; promotion?: NewPromotion } {
  const { text } = desk
  const { form } = text.promotions
  const [startsAt, endsAt] = [instantIn(entered['startsAt']), instantIn(entered['endsAt'])]
  const { rule, problems: ruleProblems } = ruleIn(desk, entered)
  const name = Object.fromEntries(
    [
      ['ko', entered['nameKo']],
      ['en', entered['nameEn']],
    ].flatMap(([language, said]) => (language && said ? [[language, said]] : [])),
  )
  const problems: Problems = {
    ...(Object.keys(name).length === 0 ? { nameKo: text.error.required } : {}),
    ...ruleProblems,
    ...(startsAt === undefined ? { startsAt: form.wrongTime } : {}),
    ...(endsAt === undefined
      ? { endsAt: form.wrongTime }
      : startsAt && endsAt && endsAt <= startsAt
        ? { endsAt: form.endsBefore }
        : {}),
  }
  if (!rule || Object.keys(problems).length > 0) return { problems }
  return {
    problems,
    promotion: {
      name,
      rule,
      needsCode: entered['needsCode'] === 'yes',
      exclusive: entered['exclusive'] === 'yes',
      startsAt: startsAt ?? null,
      endsAt: endsAt ?? null,
    },
  }
}

function ruleIn({ text }: Desk, entered: Entered): { rule?: Rule; problems: Problems } {
  const currency = entered['currency'] ?? 'KRW'
  const minimum = entered['minimum'] ? amountIn(entered['minimum'], currency) : undefined
  const target = targets.find((one) => one === entered['target']) ?? 'order'
  const categoryIds = (entered['categories'] ?? '').split(' ').filter(Boolean)
  const base = { target, ...(minimum ? { minimum } : {}), ...(categoryIds.length > 0 ? { categoryIds } : {}) }
  const wrongMinimum: Problems =
    minimum === null || (minimum && minimum.minor < 0) ? { minimum: text.error.amount } : {}
  if (entered['kind'] === 'amount_off') {
    const amount = amountIn(entered['amount'], currency)
    return isMoney(amount)
      ? { rule: { kind: 'amount_off', amount, ...base }, problems: wrongMinimum }
      : { problems: { amount: text.error.amount, ...wrongMinimum } }
  }
  const percent = entered['percent'] ?? ''
  const isPercent = /^\d{1,3}(\.\d{1,2})?$/.test(percent) && Number(percent) > 0 && Number(percent) <= 100
  return isPercent
    ? { rule: { kind: 'percent_off', percent: Number(percent), ...base }, problems: wrongMinimum }
    : { problems: { percent: text.promotions.form.wrongPercent, ...wrongMinimum } }
}

const isMoney = (amount: Money | null): amount is Money => amount !== null && amount.minor > 0

/** A Korean day and minute from a field, as an instant; null for none, undefined for what is no time. */
function instantIn(local: string | undefined): string | null | undefined {
  if (!local) return null
  const at = new Date(`${local}:00+09:00`)
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString()
}

interface Form {
  readonly desk: Desk
  readonly shelves: readonly Shelf[]
  readonly entered: Entered
  readonly problems: Problems
}

/** The form for a new promotion, and beside it, what it means. */
export const PromotionForm = ({ promotion, ...form }: Form & { promotion: NewPromotion | undefined }) => {
  const { desk, entered, problems } = form
  const { promotions, error } = desk.text
  const { form: words } = promotions
  const field = (name: string) => ({ name, problems, value: entered[name] })
  return (
    <>
      <a class="back" href="/admin/promotions">
        ← {promotions.title}
      </a>
      <div class="head">
        <h1>{words.title}</h1>
      </div>
      <ProblemSummary desk={desk} problems={problems} />
      {desk.mayAct ? (
        <form method="post" action="/admin/promotions/new" class="panels">
          <div>
            <section class="panel stack">
              <h2>{words.names}</h2>
              <p class="hint">{words.nameHint}</p>
              <div class="pair">
                <Field {...field('nameKo')} label={words.nameKo} maxlength={100} />
                <Field {...field('nameEn')} label={words.nameEn} maxlength={100} />
              </div>
            </section>
            <What {...form} />
            <When {...form} />
          </div>
          <Meaning {...form} promotion={promotion} />
        </form>
      ) : (
        <p class="hint">{error.deniedText}</p>
      )}
    </>
  )
}

const What = ({ desk, entered, problems }: Form) => {
  const { form: words } = desk.text.promotions
  const field = (name: string) => ({ name, problems, value: entered[name] })
  const kind = entered['kind'] ?? 'percent_off'
  return (
    <section class="panel stack">
      <fieldset class="choices">
        <legend>{words.kind}</legend>
        {(
          [
            ['percent_off', words.percentOff],
            ['amount_off', words.amountOff],
          ] as const
        ).map(([value, label]) => (
          <label class="check">
            <input type="radio" name="kind" value={value} checked={kind === value} />
            {label}
          </label>
        ))}
      </fieldset>
      <div class="pair third">
        <Field {...field('percent')} label={words.percent} inputmode="decimal" autocomplete="off" />
        <Field {...field('amount')} label={words.amount} inputmode="decimal" autocomplete="off" />
        <div class="field">
          <label for="currency">{words.currency}</label>
          <Select attributes={described('currency', 'currency')} of={currencies} chosen={entered['currency']} />
        </div>
      </div>
      <div class="pair">
        <div class="field">
          <label for="target">{words.target}</label>
          <Select attributes={described('target', 'target')} of={words.targets} chosen={entered['target']} />
        </div>
        <Field
          {...field('minimum')}
          label={words.minimum}
          hint={words.minimumHint}
          inputmode="decimal"
          autocomplete="off"
        />
      </div>
    </section>
  )
}

const When = ({ desk, shelves, entered, problems }: Form) => {
  const { form: words } = desk.text.promotions
  const chosen = new Set((entered['categories'] ?? '').split(' '))
  const field = (name: string) => ({ name, problems, value: entered[name] })
  return (
    <section class="panel stack">
      <div class="pair">
        <Field {...field('startsAt')} label={words.startsAt} hint={words.timeHint} type="datetime-local" />
        <Field {...field('endsAt')} label={words.endsAt} hint={words.timeHint} type="datetime-local" />
      </div>
      <fieldset>
        <legend>{words.categories}</legend>
        <p class="hint">{words.categoriesHint}</p>
        <div class="checks">
          {flat(shelves).map((shelf) => (
            <Check
              name="category"
              value={shelf.id}
              label={textIn(shelf.name, [desk.locale])}
              checked={chosen.has(shelf.id)}
            />
          ))}
        </div>
      </fieldset>
      <div>
        <Check name="needsCode" value="yes" label={words.needsCode} checked={entered['needsCode'] === 'yes'} />
        <Check name="exclusive" value="yes" label={words.exclusive} checked={entered['exclusive'] === 'yes'} />
      </div>
    </section>
  )
}

const Check = ({ name, value, label, checked }: { name: string; value: string; label: string; checked: boolean }) => (
  <label class="check">
    <input type="checkbox" name={name} value={value} checked={checked} />
    {label}
  </label>
)

const Meaning = ({ desk, shelves, promotion }: Form & { promotion: NewPromotion | undefined }) => {
  const { form: words } = desk.text.promotions
  return (
    <div>
      <section class="panel stack stick">
        <h2>{words.meaning}</h2>
        {promotion ? (
          <div class="meaning" role="status">
            <p lang="ko">{sentence(promotion, shelves, 'ko')}</p>
            <p lang="en">{sentence(promotion, shelves, 'en')}</p>
          </div>
        ) : (
          <p class="hint">{words.meaningHint}</p>
        )}
        <p class="actions">
          <button class="button-quiet" name="preview" value="yes">
            {words.preview}
          </button>
          <button class="button">{words.save}</button>
        </p>
      </section>
    </div>
  )
}
