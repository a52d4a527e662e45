export { Currency, Money } from './amount.ts'
export { type Now, Instant, instant, instantAfter } from './clock.ts'
export { defineErrors, ShopError } from './error.ts'
export type { ErrorCode, ErrorFactory, ErrorKind } from './error.ts'
export { coreErrors, type FieldIssue } from './errors.ts'
export { defineEvent, type EventDefinition, type PayloadOf } from './event.ts'
export { createNewId, createSecret, idSchema, type Id, type NewId } from './id.ts'
export {
  add,
  allocate,
  compare,
  convert,
  digitsOf,
  format,
  fromMajor,
  includedTax,
  integer,
  money,
  negate,
  percent,
  smaller,
  subtract,
  sum,
  times,
  toMajor,
  zero,
} from './money.ts'
export type { Rounding } from './money.ts'
export { decodeCursor, encodeCursor, pageOf, PageQuery, pageSchema, type CursorPart, type Page } from './page.ts'
export { issuesOf, parse } from './parse.ts'
export { Locale, Text, textIn } from './text.ts'
