/** What went wrong, coarsely: enough to choose an HTTP status or to decide whether trying again can help. */
export type ErrorKind = 'invalid' | 'not_found' | 'conflict' | 'forbidden' | 'unavailable'

/** The one error class of Sangdo. `code` is stable (`package.snake_case`); `message` is for developers and logs. */
export class ShopError<Code extends string = string, Details = unknown> extends Error {
  override readonly name = 'ShopError'
  readonly code: Code
  readonly kind: ErrorKind
  readonly details: Details

  constructor(error: { code: Code; kind: ErrorKind; message: string; details: Details; cause?: unknown }) {
    super(error.message, error.cause === undefined ? undefined : { cause: error.cause })
    this.code = error.code
    this.kind = error.kind
    this.details = error.details
  }
}

/** Makes one kind of error, and recognises it again in a `catch`. */
export interface ErrorFactory<Code extends string, Details> {
  (details: Details, cause?: unknown): ShopError<Code, Details>
  readonly code: Code
  readonly match: (error: unknown) => error is ShopError<Code, Details>
}

// eslint-disable-next-line typescript/no-explicit-any -- the details of each error are inferred from its message function
type Definition = readonly [kind: ErrorKind, message: (details: any) => string]
type DetailsOf<D extends Definition> = Parameters<D[1]>[0]

/** Declares the errors of a package: `defineErrors('inventory', { out_of_stock: ['conflict', (d: { sku: string }) => …] })`. */
export function defineErrors<const Scope extends string, const Definitions extends Record<string, Definition>>(
  scope: Scope,
  definitions: Definitions,
) {
  const factories = Object.entries(definitions).map(([name, [kind, message]]) => {
    const code = `${scope}.${name}`
    const create = (details: unknown, cause?: unknown) =>
      new ShopError({ code, kind, message: message(details), details, cause })
    const match = (error: unknown) => error instanceof ShopError && error.code === code
    return [name, Object.assign(create, { code, match })] as const
  })
  return Object.fromEntries(factories) as {
    readonly [Name in keyof Definitions & string]: ErrorFactory<`${Scope}.${Name}`, DetailsOf<Definitions[Name]>>
  }
}

/** The union of the codes that a package can raise: `ErrorCode<typeof inventoryErrors>`. */
export type ErrorCode<Factories extends Record<string, { readonly code: string }>> = Factories[keyof Factories]['code']

/** What is wrong with an amount of money. */
export const amountErrors = defineErrors('core', {
  invalid_amount: ['invalid', (d: { field: string; reason: string }) => `${d.field}: ${d.reason}`],
  unknown_currency: ['invalid', (d: { currency: string }) => `${d.currency} is not a known currency`],
  currency_mismatch: ['invalid', (d: { left: string; right: string }) => `${d.left} and ${d.right} cannot be combined`],
})
