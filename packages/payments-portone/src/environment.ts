import { portoneErrors } from './errors.ts'
import { portone, type PortOneOptions, type PortOneProvider } from './portone.ts'

type Keys = 'apiSecret' | 'storeId' | 'channelKey' | 'webhookSecret' | 'pageUrl'

/**
 * The provider with its keys from `PORTONE_API_SECRET`, `PORTONE_STORE_ID`, `PORTONE_CHANNEL_KEY`, `PORTONE_WEBHOOK_SECRET`
 * (several, divided by commas, while one is replaced) and the address of its page from `PORTONE_PAGE_URL`. Throws
 * `payments_portone.variable_missing`, which names what is missing and shows no value.
 */
export function portoneFromEnv(
  env: Readonly<Record<string, string | undefined>>,
  options: Omit<PortOneOptions, Keys> = {},
): PortOneProvider {
  const read = (variable: string) => {
    const value = env[variable]?.trim()
    if (!value) throw portoneErrors.variable_missing({ variable })
    return value
  }
  return portone({
    ...options,
    apiSecret: read('PORTONE_API_SECRET'),
    storeId: read('PORTONE_STORE_ID'),
    channelKey: read('PORTONE_CHANNEL_KEY'),
    webhookSecret: read('PORTONE_WEBHOOK_SECRET')
      .split(',')
      .map((secret) => secret.trim()),
    pageUrl: read('PORTONE_PAGE_URL'),
  })
}
