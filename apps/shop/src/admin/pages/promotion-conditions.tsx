import { described, Field, Select } from '../parts/form.tsx'
import { Categories, Check, fieldsOf, type Form, Group, Lines, Ticks } from './promotion-parts.tsx'

const number = { inputmode: 'numeric', autocomplete: 'off' } as const
const text = { autocomplete: 'off', maxlength: 500 } as const

/** On which goods, and from how much of them on. */
export const Reach = (form: Form) => {
  const { promotionForm: words } = form.desk.text
  const field = fieldsOf(form)
  return (
    <section class="panel stack">
      <h2>{words.reach}</h2>
      <Categories {...form} name="category" label={words.categories} hint={words.categoriesHint} />
      <Lines {...form} name="skus" label={words.skus} hint={words.skusHint} />
      <Check
        name="notDiscounted"
        value="yes"
        label={words.notDiscounted}
        checked={form.entered['notDiscounted'] === 'yes'}
      />
      <div class="pair third">
        <Field {...field('minimum')} label={words.minimum} hint={words.none} inputmode="decimal" autocomplete="off" />
        <div class="field">
          <label for="minimumOf">{words.minimumOf}</label>
          <Select
            attributes={described('minimumOf', 'minimumOf')}
            of={words.minimumsOf}
            chosen={form.entered['minimumOf']}
          />
        </div>
        <Field {...field('minimumQuantity')} label={words.minimumQuantity} hint={words.none} {...number} />
      </div>
    </section>
  )
}

/** For whom: what is not filled in does not matter. */
export const Who = (form: Form) => {
  const { promotionForm: words } = form.desk.text
  const field = fieldsOf(form)
  const fields = [
    'orderNumber',
    'newWithinDays',
    'birthdayBefore',
    'birthdayAfter',
    'customerGroups',
    'segments',
    'market',
    'channels',
    'paymentMethod',
  ]
  return (
    <Group {...form} title={words.who} usual={words.whoAll} fields={fields}>
      <div class="pair">
        <Field {...field('orderNumber')} label={words.orderNumber} hint={words.orderNumberHint} {...number} />
        <Field {...field('newWithinDays')} label={words.newWithinDays} {...number} />
        <Field {...field('birthdayBefore')} label={words.birthdayBefore} {...number} />
        <Field {...field('birthdayAfter')} label={words.birthdayAfter} {...number} />
        <Field {...field('customerGroups')} label={words.customerGroups} hint={words.commas} {...text} />
        <Field {...field('segments')} label={words.segments} hint={words.commas} {...text} />
      </div>
      <Ticks {...form} name="market" label={words.markets} of={words.marketNames} />
      <Ticks {...form} name="paymentMethod" label={words.payment} of={words.payments} />
      <Field {...field('channels')} label={words.channels} hint={words.commas} {...text} />
    </Group>
  )
}

/** 5 January 1970 was a Monday. */
const weekday = (day: number, locale: string) =>
  new Date((day + 3) * 86_400_000).toLocaleDateString(locale, { weekday: 'short', timeZone: 'UTC' })

/** From when to when, on which days and at which time of day. */
export const When = (form: Form) => {
  const { text: said, locale } = form.desk
  const { promotionForm: words } = said
  const field = fieldsOf(form)
  const days = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [day, weekday(day, locale)]))
  const fields = ['startsAt', 'endsAt', 'weekday', 'hoursFrom', 'hoursTo']
  return (
    <Group {...form} title={words.when} usual={words.whenAlways} fields={fields}>
      <div class="pair">
        <Field {...field('startsAt')} label={words.startsAt} hint={words.timeHint} type="datetime-local" />
        <Field {...field('endsAt')} label={words.endsAt} hint={words.timeHint} type="datetime-local" />
      </div>
      <Ticks {...form} name="weekday" label={words.weekdays} hint={words.weekdaysHint} of={days} />
      <div class="pair">
        <Field {...field('hoursFrom')} label={words.hoursFrom} type="time" />
        <Field {...field('hoursTo')} label={words.hoursTo} hint={words.hoursHint} type="time" />
      </div>
    </Group>
  )
}

/** Up to how much. */
export const Limits = (form: Form) => {
  const { promotionForm: words } = form.desk.text
  const field = fieldsOf(form)
  return (
    <Group {...form} title={words.limits} usual={words.limitsNone} fields={['uses', 'usesPerBuyer', 'budget', 'units']}>
      <div class="pair">
        <Field {...field('uses')} label={words.uses} {...number} />
        <Field {...field('usesPerBuyer')} label={words.usesPerBuyer} {...number} />
        <Field {...field('budget')} label={words.budget} inputmode="decimal" autocomplete="off" />
        <Field {...field('units')} label={words.units} hint={words.unitsHint} {...number} />
      </div>
    </Group>
  )
}

/** How it stands beside other promotions. */
export const Stacking = (form: Form) => {
  const { promotionForm: words } = form.desk.text
  const field = fieldsOf(form)
  const checked = (name: string) => form.entered[name] === 'yes'
  return (
    <section class="panel stack">
      <h2>{words.stacking}</h2>
      <div>
        <Check name="needsCode" value="yes" label={words.needsCode} checked={checked('needsCode')} />
        <Check name="exclusive" value="yes" label={words.exclusive} checked={checked('exclusive')} />
        <Check name="best" value="yes" label={words.best} checked={checked('best')} />
      </div>
      <div class="pair third">
        <Field {...field('priority')} label={words.priority} hint={words.priorityHint} autocomplete="off" />
        <Field {...field('group')} label={words.group} hint={words.groupHint} autocomplete="off" maxlength={40} />
        <Field {...field('stacksWith')} label={words.stacksWith} hint={words.stacksWithHint} {...text} />
      </div>
      <div class="pair">
        <div class="field">
          <label for="issue">{words.issue}</label>
          <Select attributes={described('issue', 'issue')} of={words.occasions} chosen={form.entered['issue']} />
          <p class="hint">{words.issueHint}</p>
        </div>
        <Field
          {...field('issueDays')}
          label={words.issueDays}
          hint={words.none}
          inputmode="numeric"
          autocomplete="off"
        />
      </div>
    </section>
  )
}

const mostShares = 5

/** What goes to creators and causes. */
export const Shares = ({ isWhole, ...form }: Form & { isWhole: boolean }) => {
  const { promotionForm: words } = form.desk.text
  const field = fieldsOf(form)
  const rows = Array.from({ length: mostShares }, (_, index) => index + 1)
  const filled = rows.filter((row) => form.entered[`share.${row}.to`] || form.entered[`share.${row}.percent`])
  const shown = rows.slice(0, (filled.at(-1) ?? 0) + 1)
  const content = (
    <>
      <p class="hint">{words.sharesHint}</p>
      {shown.map((row) => (
        <fieldset class="row-fields">
          <legend class="sr-only">{words.row(row)}</legend>
          <Field {...field(`share.${row}.to`)} label={words.shareTo} autocomplete="off" maxlength={100} />
          <Field {...field(`share.${row}.percent`)} label={words.sharePercent} inputmode="decimal" autocomplete="off" />
          <div class="field">
            <label for={`share.${row}.purpose`}>{words.sharePurpose}</label>
            <Select
              attributes={described(`share.${row}.purpose`, `share.${row}.purpose`)}
              of={words.purposes}
              chosen={form.entered[`share.${row}.purpose`]}
            />
          </div>
        </fieldset>
      ))}
    </>
  )
  if (isWhole)
    return (
      <section class="panel stack">
        <h2>{words.shares}</h2>
        {content}
      </section>
    )
  const fields = rows.flatMap((row) => [`share.${row}.to`, `share.${row}.percent`])
  return (
    <Group {...form} title={words.shares} usual={words.sharesNone} fields={fields}>
      {content}
    </Group>
  )
}
