import { defineErrors, type Now } from '@sangdo/core'
import type { PaymentProvider } from '@sangdo/payments'

export const providerErrors = defineErrors('providers', {
  half_configured: [
    'unavailable',
    (d: { provider: string; missing: string; set: string }) =>
      `${d.missing} is not set, though ${d.set} is: ${d.provider} cannot be used without it`,
  ],
  unreadable: [
    'unavailable',
    (d: { variable: string }) => `${d.variable} holds a space, a line break or another character that no key has`,
  ],
  unclear: ['unavailable', (d: { variable: string }) => `${d.variable} is either on or off`],
  none: ['unavailable', (_: object) => 'PRACTICE is off, and no other payment provider is configured'],
})

type Environment = Readonly<Record<string, string | undefined>>

interface Reaching {
  readonly fetch: typeof globalThis.fetch
  readonly now?: Now | undefined
}

/** A payment company that a shop may have: which variables it needs, how it is made, and where its buyers go. */
interface Company {
  readonly name: string
  readonly variables: readonly string[]
  /** What a company needs is loaded only by a shop that has it. */
  readonly create: (env: Environment, reaching: Reaching) => Promise<PaymentProvider>
  readonly payOrigins: readonly string[]
}

/** In the order in which they are asked where a buyer does not choose. */
const companies: readonly Company[] = [
  {
    name: 'Toss Payments',
    variables: ['TOSS_SECRET_KEY', 'TOSS_WEBHOOK_TOKEN'],
    create: async (...asked) => (await import('@sangdo/payments-toss')).tossFromEnv(...asked),
    payOrigins: ['https://*.tosspayments.com', 'https://*.toss.im'],
  },
  {
    name: 'PortOne',
    variables: ['PORTONE_API_SECRET', 'PORTONE_STORE_ID', 'PORTONE_CHANNEL_KEY', 'PORTONE_WEBHOOK_SECRET'],
    create: async (...asked) => (await import('@sangdo/payments-portone')).portoneFromEnv(...asked),
    payOrigins: [],
  },
  {
    name: 'Stripe',
    variables: ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'],
    create: async (...asked) => (await import('@sangdo/payments-stripe')).stripeFromEnv(...asked),
    payOrigins: ['https://checkout.stripe.com'],
  },
  {
    name: 'PayPal',
    variables: ['PAYPAL_CLIENT_ID', 'PAYPAL_CLIENT_SECRET', 'PAYPAL_WEBHOOK_ID'],
    create: async (...asked) => (await import('@sangdo/payments-paypal')).paypalFromEnv(...asked),
    payOrigins: ['https://www.paypal.com', 'https://www.sandbox.paypal.com'],
  },
]

/** How providers are reached, and the API by them. */
export interface ProviderOptions {
  /** The address of the API as browsers see it. */
  readonly apiUrl: string
  readonly fetch?: typeof globalThis.fetch | undefined
  readonly now?: Now | undefined
}

/** The payment companies of a shop. */
export interface ConfiguredProviders {
  readonly providers: readonly PaymentProvider[]
  /** Where a page of the shop may send a buyer to pay. */
  readonly payOrigins: readonly string[]
  /** Answers on a page that a provider has in the shop; null for any other request. */
  readonly page: (request: Request) => Promise<Response> | null
}

/**
 * The payment companies whose keys the environment holds, several at once. Throws `providers.half_configured`, which names the
 * variable that is missing, and `providers.unreadable`; neither shows a value.
 */
export async function providersIn(env: Environment, options: ProviderOptions): Promise<ConfiguredProviders> {
  const { apiUrl, fetch = (input, init) => globalThis.fetch(input, init), now } = options
  const configured = companies.filter((company) => isConfigured(env, company))
  const pageUrl = env['PORTONE_PAGE_URL']?.trim() || new URL('/pay/portone', apiUrl).href
  const complete = { ...env, PORTONE_PAGE_URL: pageUrl }
  const reaching = { fetch: discreet(fetch), now }
  const providers = await Promise.all(configured.map(({ create }) => create(complete, reaching)))
  const hosted = providers.find((one): one is PaymentProvider & Pick<ConfiguredProviders, 'page'> => 'page' in one)
  return {
    providers,
    payOrigins: [...configured.flatMap(({ payOrigins }) => payOrigins), ...(hosted ? [new URL(pageUrl).origin] : [])],
    page: (request) =>
      hosted && new URL(request.url).pathname === new URL(pageUrl).pathname ? hosted.page(request) : null,
  }
}

/** Whether a shop is to have the practice provider: where it has no other, or `PRACTICE=on`. Throws `providers.none`, `providers.unclear`. */
export function practises(env: Environment, hasOther: boolean): boolean {
  const said = env['PRACTICE']?.trim() || undefined
  if (said !== undefined && said !== 'on' && said !== 'off') throw providerErrors.unclear({ variable: 'PRACTICE' })
  if (said === 'off' && !hasOther) throw providerErrors.none({})
  return said === 'on' || !hasOther
}

function isConfigured(env: Environment, { name, variables }: Company): boolean {
  const set = variables.filter((variable) => env[variable]?.trim())
  const [first] = set
  if (!first) return false
  const missing = variables.find((variable) => !set.includes(variable))
  if (missing) throw providerErrors.half_configured({ provider: name, missing, set: first })
  const variable = variables.find((one) => !/^[!-~]+(\s*,\s*[!-~]+)*$/.test(env[one]?.trim() ?? ''))
  if (variable) throw providerErrors.unreadable({ variable })
  return true
}

/** What goes wrong on the way may quote what was sent, keys included: only its kind goes on. */
function discreet(send: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    try {
      return await send(input, init)
    } catch (error) {
      const { name, cause } = error as { name?: string; cause?: { code?: unknown } }
      const code = typeof cause?.code === 'string' ? ` (${cause.code})` : ''
      throw Object.assign(new TypeError(`The request was not answered: ${name ?? 'Error'}${code}`), {
        name: name ?? 'TypeError',
      })
    }
  }
}
