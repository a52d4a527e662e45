import type { Child } from 'hono/jsx'

/** What is wrong with a form: the message for each of its fields, by name. */
export type FieldErrors = Readonly<Record<string, string>>

interface FieldProps {
  readonly name: string
  readonly label: string
  readonly errors?: FieldErrors
  readonly hint?: string | undefined
  /** Said after the label of a field that may stay empty. */
  readonly note?: string | undefined
  readonly type?: string
  readonly value?: string | undefined
  readonly autocomplete?: string
  readonly inputmode?: 'numeric' | 'email' | 'tel' | 'search'
  readonly required?: boolean
  readonly minlength?: number
  readonly maxlength?: number
  readonly autofocus?: boolean
  /** How many lines a long text has; one line unless given. */
  readonly rows?: number
  /** Something else than an input, with the name as its id. */
  readonly children?: Child
}

/** A labelled input; its hint and its error are read with it. */
export const Field = ({ name, label, errors = {}, hint, note, children, rows, value, ...input }: FieldProps) => {
  const error = errors[name]
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ')
  const named = {
    id: name,
    name,
    'aria-invalid': error ? 'true' : undefined,
    'aria-describedby': described || undefined,
  } as const
  return (
    <div class="field">
      <label for={name}>
        {label}
        {note && <span class="font-normal text-muted"> {note}</span>}
      </label>
      {children ??
        (rows ? (
          <textarea {...named} rows={rows} {...input}>
            {value}
          </textarea>
        ) : (
          <input {...named} value={value} {...input} />
        ))}
      {hint && (
        <p id={`${name}-hint`} class="hint">
          {hint}
        </p>
      )}
      {error && <FieldError name={name} message={error} />}
    </div>
  )
}

/** What is wrong with one field, read with it through `aria-describedby`. */
export const FieldError = ({ name, message }: { name: string; message: string }) => (
  <p id={`${name}-error`} class="error">
    {message}
  </p>
)

/** All that is wrong with a form, each leading to its field. */
export const ErrorSummary = ({ title, errors }: { title: string; errors: FieldErrors }) =>
  Object.keys(errors).length === 0 ? null : (
    <div class="notice-bad mb-6" role="alert" tabindex={-1} autofocus>
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

/** A box to tick, with its words beside it. */
export const Tick = ({
  name,
  value = 'yes',
  checked = false,
  required = false,
  error,
  children,
}: {
  name: string
  value?: string
  checked?: boolean
  required?: boolean
  error?: string | undefined
  children: Child
}) => (
  <div>
    <label class="flex cursor-pointer items-start gap-3 py-2" for={name}>
      <input
        id={name}
        type="checkbox"
        name={name}
        value={value}
        checked={checked}
        required={required}
        class="mt-1 size-5 shrink-0 accent-action"
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={error ? `${name}-error` : undefined}
      />
      <span>{children}</span>
    </label>
    {error && (
      <p id={`${name}-error`} class="text-sm text-danger">
        {error}
      </p>
    )}
  </div>
)

/** A radio button as wide as its words. */
export const Choice = ({
  name,
  value,
  checked,
  children,
}: {
  name: string
  value: string
  checked: boolean
  children: Child
}) => (
  <label class="flex min-h-16 cursor-pointer items-center gap-4 rounded-sm border border-line-strong bg-surface px-4 py-3 has-checked:border-ink has-checked:shadow-[inset_0_0_0_1px_var(--ink)] has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus">
    <input type="radio" name={name} value={value} checked={checked} required class="size-5 shrink-0 accent-action" />
    {children}
  </label>
)
