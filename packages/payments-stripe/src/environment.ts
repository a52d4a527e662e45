import { stripeErrors } from './errors.ts'
import { stripe, type StripeOptions, type StripeProvider } from './stripe.ts'

/**
 * The provider with its keys from `STRIPE_SECRET_KEY` and `STRIPE_WEBHOOK_SECRET` (several, divided by commas, while one is
 * replaced). Throws `payments_stripe.variable_missing`, which names what is missing and shows no value.
 */
export function stripeFromEnv(
  env: Readonly<Record<string, string | undefined>>,
  options: Omit<StripeOptions, 'secretKey' | 'webhookSecret'> = {},
): StripeProvider {
  const read = (variable: string) => {
    const value = env[variable]?.trim()
    if (!value) throw stripeErrors.variable_missing({ variable })
    return value
  }
  const webhookSecret = read('STRIPE_WEBHOOK_SECRET')
    .split(',')
    .map((secret) => secret.trim())
  return stripe({ ...options, secretKey: read('STRIPE_SECRET_KEY'), webhookSecret })
}
