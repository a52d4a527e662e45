import { randomUUID } from 'node:crypto'
import type { Child } from 'hono/jsx'
import type { Refusal } from '../../client.ts'
import type { Desk } from '../desk.ts'

/** What is wrong with a form, by field; what is wrong with all of it stands under `form`. */
export type Problems = Readonly<Record<string, string>>

/** Makes a request happen once, however often its form is sent. A form that was refused gets a new key, as it had no effect. */
export const OnceKey = () => <input type="hidden" name="key" value={randomUUID()} />

/** A label above its control, with hint and error read together with it. Without a control of its own it is an input. */
export const Field = ({
  name,
  label,
  problems = {},
  hint,
  optional,
  children,
  id = name,
  ...input
}: {
  name: string
  id?: string
  label: string
  problems?: Problems | undefined
  hint?: string | undefined
  optional?: string | undefined
  children?: (attributes: Described) => Child
  type?: string
  lang?: string
  value?: string | undefined
  inputmode?: 'numeric' | 'decimal' | 'email'
  autocomplete?: string
  required?: boolean
  maxlength?: number
  min?: number
  max?: number
}) => {
  const error = problems[id]
  const attributes = described(id, name, error, hint)
  return (
    <div class="field">
      <label for={id}>
        {label} {optional && <span class="hint">{optional}</span>}
      </label>
      {children ? children(attributes) : <input {...attributes} {...input} />}
      {hint && (
        <p id={`${id}-hint`} class="hint">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} class="error">
          {error}
        </p>
      )}
    </div>
  )
}

/** What a control says of itself to those who do not see it. */
export interface Described {
  readonly id: string
  readonly name: string
  readonly 'aria-invalid'?: 'true'
  readonly 'aria-describedby'?: string
}

/** Ties a control to its hint and its error. */
export function described(id: string, name: string, error?: string, hint?: string): Described {
  const by = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return { id, name, ...(error ? { 'aria-invalid': 'true' as const } : {}), ...(by ? { 'aria-describedby': by } : {}) }
}

/** A choice of one. */
export const Select = ({
  chosen,
  of,
  required,
  attributes,
}: {
  chosen?: string | undefined
  of: Readonly<Record<string, string>>
  required?: boolean
  attributes: Described
}) => (
  <select {...attributes} required={required}>
    {Object.entries(of).map(([value, label]) => (
      <option value={value} selected={value === chosen}>
        {label}
      </option>
    ))}
  </select>
)

/** All that is wrong with a form, each leading to its field. */
export const ProblemSummary = ({ problems, desk: { text } }: { problems: Problems; desk: Desk }) => {
  const { form, ...fields } = problems
  if (Object.keys(problems).length === 0) return null
  return (
    <div class="notice-bad" role="alert" tabindex={-1}>
      {form ? <p>{form}</p> : <p class="strong">{text.error.summary}</p>}
      {Object.keys(fields).length > 0 && (
        <ul>
          {Object.entries(fields).map(([name, message]) => (
            <li>
              <a href={`#${name}`}>{message}</a>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** What a refusal means, in the words of the back office. `names` says which field of the form one of the API's is. */
export function problemsOf(
  { text, locale }: Desk,
  refusal: Refusal | null,
  names: Readonly<Record<string, string>> = {},
): Problems {
  if (!refusal) return {}
  const said = text.refusals[refusal.code] ?? text.refusalOther(refusal.detail)
  if (!refusal.errors) return { form: said }
  const fields = refusal.errors.flatMap(({ field, message }) => {
    const name = names[field]
    return name
      ? [[name, locale === 'en' && !/^(Invalid|Too)/.test(message) ? `${message}.` : text.error.field] as const]
      : []
  })
  return fields.length > 0
    ? Object.fromEntries(fields)
    : { form: text.refusalOther(refusal.errors.map(({ field, message }) => `${field}: ${message}`).join(', ')) }
}
