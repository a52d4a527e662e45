/** What is wrong with a value: the field in it, empty for the value itself, and why. */
export interface Problem {
  readonly field: string
  readonly reason: string
}

/** Says what is wrong with a value of a cart in a currency; null when nothing is. */
export type Check = (value: unknown, currency: string) => Problem | null

const wrong = (reason: string): Problem => ({ field: '', reason })
const inside = (name: string | number, { field, reason }: Problem): Problem => ({
  field: field === '' ? String(name) : `${name}.${field}`,
  reason,
})

export const text: Check = (value) =>
  typeof value === 'string' && value !== '' && value.length <= 200 ? null : wrong('a text of 1 to 200 characters')

export const flag: Check = (value) => (typeof value === 'boolean' ? null : wrong('true or false'))

/** A whole number in a range. */
export const whole =
  (least: number, most: number): Check =>
  (value) =>
    Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most
      ? null
      : wrong(`a whole number from ${least} to ${most}`)

/** One of a few words. */
export const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && words.includes(value) ? null : wrong(`one of ${words.join(', ')}`)

/** An amount from zero, in the currency of the cart. */
export const amount: Check = (value, currency) => {
  if (typeof value !== 'object' || value === null) return wrong('an amount of money')
  const { minor, currency: own } = value as { minor?: unknown; currency?: unknown }
  if (!Number.isSafeInteger(minor) || Number(minor) < 0)
    return inside('minor', wrong('a whole number of minor units from 0 to 2^53 − 1'))
  return own === currency ? null : inside('currency', wrong(`all amounts are in ${currency}`))
}

const percentage = /^\d{1,3}(\.\d{1,6})?$/

/** A plain decimal from 0 to 100 with at most six decimals. */
export const percent: Check = (value) => {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 100) return null
  const plain = typeof value === 'number' || typeof value === 'string' ? String(value) : ''
  return percentage.test(plain) && Number(plain) <= 100
    ? null
    : wrong('a percentage from 0 to 100 with at most six decimals')
}

/** An instant such as `2026-01-02T03:04:05.678Z`. */
export const time: Check = (value) =>
  typeof value === 'string' &&
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/.test(value) &&
  !Number.isNaN(Date.parse(value))
    ? null
    : wrong('an ISO 8601 instant with its zone')

/** A text of one form. */
export const like =
  (pattern: RegExp, reason: string): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value) ? null : wrong(reason)

/** What may also be null. */
export const orNull =
  (check: Check): Check =>
  (value, currency) =>
    value === null ? null : check(value, currency)

/** A list of at least so many and at most so many. */
export const listOf =
  (check: Check, least: number, most: number): Check =>
  (value, currency) => {
    if (!Array.isArray(value) || value.length < least || value.length > most)
      return wrong(`a list of ${least} to ${most}`)
    for (const [index, one] of value.entries()) {
      const problem = check(one, currency)
      if (problem) return inside(index, problem)
    }
    return null
  }

/** Any names, each with a value of one kind. */
export const named =
  (check: Check): Check =>
  (value, currency) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong('an object')
    for (const [name, one] of Object.entries(value)) {
      const problem = one === undefined ? null : check(one, currency)
      if (problem) return inside(name, problem)
    }
    return null
  }

/** An object with these fields and no others; those of `required` must be there. */
export const fields =
  (checks: Readonly<Record<string, Check>>, required: readonly string[] = []): Check =>
  (value, currency) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong('an object')
    const object = value as Record<string, unknown>
    for (const name of required) if (object[name] === undefined) return inside(name, wrong('is missing'))
    for (const name of Object.keys(object)) {
      const check = Object.hasOwn(checks, name) ? checks[name] : undefined
      if (!check) return inside(name, wrong('unknown field'))
      const problem = object[name] === undefined ? null : check(object[name], currency)
      if (problem) return inside(name, problem)
    }
    return null
  }

/** All of several checks, one after the other. */
export const all =
  (...checks: readonly Check[]): Check =>
  (value, currency) => {
    for (const check of checks) {
      const problem = check(value, currency)
      if (problem) return problem
    }
    return null
  }

/** A rule over several fields; `holds` is only asked of values whose fields are right. */
export const rule =
  <Value>(field: string, reason: string, holds: (value: Value) => boolean): Check =>
  (value) =>
    holds(value as Value) ? null : { field, reason }
