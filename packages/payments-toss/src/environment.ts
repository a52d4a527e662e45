import { tossErrors } from './errors.ts'
import { toss, type TossOptions } from './toss.ts'

/**
 * The provider with its key from `TOSS_SECRET_KEY`, and the token of its webhook address from `TOSS_WEBHOOK_TOKEN` (several,
 * divided by commas, while one is replaced). Throws `payments_toss.variable_missing`, which names what is missing.
 */
export function tossFromEnv(
  env: Readonly<Record<string, string | undefined>>,
  options: Omit<TossOptions, 'secretKey' | 'webhookToken'> = {},
): ReturnType<typeof toss> {
  const read = (variable: string) => {
    const value = env[variable]?.trim()
    if (!value) throw tossErrors.variable_missing({ variable })
    return value
  }
  const webhookToken = read('TOSS_WEBHOOK_TOKEN')
    .split(',')
    .map((token) => token.trim())
  return toss({ ...options, secretKey: read('TOSS_SECRET_KEY'), webhookToken })
}
