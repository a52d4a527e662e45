import type { Desk, Entered } from '../desk.ts'
import { Field, type Problems } from './form.tsx'

export const accountFields = ['bank', 'account', 'holder'] as const

/** The fields of the API for an account, by the names of the form. */
export const accountNames = (suffix = ''): Readonly<Record<string, string>> =>
  Object.fromEntries(accountFields.map((name) => [`account.${name}`, name + suffix]))

/** The account that a form names. */
export function accountIn(entered: Entered): Record<(typeof accountFields)[number], string> {
  const [bank = '', account = '', holder = ''] = accountFields.map((name) => entered[name])
  return { bank, account, holder }
}

/** The account that money goes back to; `suffix` keeps several of them on a page apart. */
export const AccountFields = ({
  desk: { text },
  entered,
  problems,
  hint,
  suffix = '',
}: {
  desk: Desk
  entered: Entered
  problems: Problems | undefined
  hint: string
  suffix?: string
}) => (
  <fieldset class="stack">
    <legend>{text.order.accountTitle}</legend>
    <p class="hint">{hint}</p>
    <div class="pair third">
      {accountFields.map((name) => (
        <Field
          name={name}
          id={name + suffix}
          label={text.order[name]}
          problems={problems}
          value={entered[name]}
          autocomplete="off"
          maxlength={name === 'holder' ? 100 : 60}
          required
        />
      ))}
    </div>
  </fieldset>
)
