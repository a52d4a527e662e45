import type { Child } from 'hono/jsx'

/** What is wrong with a form: the message for each of its fields, by name. */
export type FieldErrors = Readonly<Record<string, string>>

/** A labelled input; its hint and its error are read with it. */
export const Field = ({ name, label, errors = {}, hint, children, ...input }: {
  name: string
  label: string
  errors?: FieldErrors
  hint?: string | undefined
  children?: Child
  type?: string
  value?: string | undefined
  autocomplete?: string
  inputmode?: string
  required?: boolean
  minlength?: number
  maxlength?: number
  list?: string
}) => {
  const error = errors[name]
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ')
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {children ?? <input id={name} name={name} aria-invalid={error ? 'true' : undefined} aria-describedby={described || undefined} {...input} />}
      {hint && (
        <p id={`${name}-hint`} class="hint">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${name}-error`} class="error">
          {error}
        </p>
      )}
    </div>
  )
}

/** All that is wrong with a form, each leading to its field. */
export const ErrorSummary = ({ title, errors }: { title: string; errors: FieldErrors }) =>
  Object.keys(errors).length === 0 ? null : (
    <div class="notice-bad mb-6" role="alert" tabindex={-1}>
      <h2 class="font-sans text-base">{title}</h2>
      <ul class="mt-1 list-disc pl-5">
        {Object.entries(errors).map(([name, message]) => (
          <li>
            <a class="link" href={`#${name}`}>
              {message}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
