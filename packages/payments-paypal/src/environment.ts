import { paypalErrors } from './errors.ts'
import { paypal, type PayPalOptions } from './paypal.ts'

/**
 * The provider with its keys from `PAYPAL_CLIENT_ID`, `PAYPAL_CLIENT_SECRET` and `PAYPAL_WEBHOOK_ID` (several, divided by commas,
 * while one is replaced); `PAYPAL_URL`, if set, is the API's address. Throws `payments_paypal.variable_missing`.
 */
export function paypalFromEnv(
  env: Readonly<Record<string, string | undefined>>,
  options: Omit<PayPalOptions, 'clientId' | 'clientSecret' | 'webhookId'> = {},
): ReturnType<typeof paypal> {
  const read = (variable: string) => {
    const value = env[variable]?.trim()
    if (!value) throw paypalErrors.variable_missing({ variable })
    return value
  }
  const url = env['PAYPAL_URL']?.trim()
  return paypal({
    ...(url ? { url } : {}),
    ...options,
    clientId: read('PAYPAL_CLIENT_ID'),
    clientSecret: read('PAYPAL_CLIENT_SECRET'),
    webhookId: read('PAYPAL_WEBHOOK_ID')
      .split(',')
      .map((id) => id.trim()),
  })
}
