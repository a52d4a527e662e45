import { textIn } from '@sangdo/core'
import type { Child } from 'hono/jsx'
import type { Shelf } from '../../client.ts'
import type { Desk, Entered } from '../desk.ts'
import { Field, type Problems } from '../parts/form.tsx'

/** What every part of the form works with. */
export interface Form {
  readonly desk: Desk
  readonly shelves: readonly Shelf[]
  readonly entered: Entered
  readonly problems: Problems
}

/** What a field shows: what was entered, and what is wrong with it. */
export const fieldsOf =
  ({ entered, problems }: Pick<Form, 'entered' | 'problems'>) =>
  (name: string) => ({ name, problems, value: entered[name] })
export type Fields = ReturnType<typeof fieldsOf>

/** Every category of a tree, each before those below it. */
const flat = (shelves: readonly Shelf[]): Shelf[] => shelves.flatMap((shelf) => [shelf, ...flat(shelf.children)])

interface Labelled {
  readonly name: string
  readonly label: string
  readonly hint?: string | undefined
}

/** Categories to tick. */
export const Categories = ({ desk, shelves, entered, name, label, hint }: Form & Labelled) => {
  const chosen = new Set((entered[name] ?? '').split(' '))
  const tick = (shelf: Shelf) => (
    <Check name={name} value={shelf.id} label={textIn(shelf.name, [desk.locale])} checked={chosen.has(shelf.id)} />
  )
  return (
    <fieldset id={name}>
      <legend>{label}</legend>
      {hint && <p class="hint">{hint}</p>}
      <div class="shelves">
        {shelves.map((shelf) => (
          <div>
            {tick(shelf)}
            <div class="below">{flat(shelf.children).map(tick)}</div>
          </div>
        ))}
      </div>
    </fieldset>
  )
}

/** A few words to tick. */
export const Ticks = ({
  entered,
  name,
  label,
  hint,
  of,
}: Form & Labelled & { of: Readonly<Record<string, string>> }) => {
  const chosen = new Set((entered[name] ?? '').split(' '))
  return (
    <fieldset id={name}>
      <legend>{label}</legend>
      {hint && <p class="hint">{hint}</p>}
      <div class="ticks">
        {Object.entries(of).map(([value, said]) => (
          <Check name={name} value={value} label={said} checked={chosen.has(value)} />
        ))}
      </div>
    </fieldset>
  )
}

/** Something to tick. */
export const Check = ({
  name,
  value,
  label,
  checked,
}: Record<'name' | 'value' | 'label', string> & { checked: boolean }) => (
  <label class="check">
    <input type="checkbox" name={name} value={value} checked={checked} />
    {label}
  </label>
)

/** A field for several item codes. */
export const Lines = ({ entered, problems, name, label, hint }: Form & Labelled) => (
  <Field name={name} label={label} hint={hint} problems={problems}>
    {(attributes) => (
      <textarea {...attributes} class="short" rows={2} autocomplete="off" spellcheck={false}>
        {entered[name] ?? ''}
      </textarea>
    )}
  </Field>
)

/** A group of conditions: closed while nothing in it is filled in, and then it says what holds without them. */
export const Group = ({
  title,
  usual,
  fields,
  entered,
  problems,
  children,
}: Pick<Form, 'entered' | 'problems'> & {
  title: string
  usual: string
  fields: readonly string[]
  children: Child
}) => {
  const isUsed = fields.some((name) => entered[name] || problems[name])
  return (
    <details class="panel group" open={isUsed}>
      <summary>
        <h2>{title}</h2>
        {!isUsed && <span class="hint">{usual}</span>}
      </summary>
      <div class="stack">{children}</div>
    </details>
  )
}
