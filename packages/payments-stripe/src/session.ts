import type { Now } from '@sangdo/core'
import type { ProviderRequest } from '@sangdo/payments'
import type { Stripe } from 'stripe'
import { toStripe } from './amounts.ts'

/** How hard a buyer is asked to prove who they are: https://docs.stripe.com/payments/3d-secure/authentication-flow */
export type ThreeDSecure = 'automatic' | 'any' | 'challenge'

// https://docs.stripe.com/js/appendix/supported_locales, as far as Checkout has them
const locales = 'bg cs da de el en es et fi fil fr hr hu id it ja ko lt lv ms mt nb nl pl pt ro ru sk sl sv th tr vi zh'
const languages = locales.split(' ')
const minutes = 60

/**
 * The Checkout Session of a request, with the reference as `client_reference_id`. The money is only approved there, so that
 * `confirm` can take it: https://docs.stripe.com/payments/place-a-hold-on-a-payment-method
 */
export function sessionParams(
  request: ProviderRequest,
  threeDSecure: ThreeDSecure,
  now: Now,
): Stripe.Checkout.SessionCreateParams {
  const { reference, email, locale, returnUrl, capture, challenge } = request
  const { amount, currency } = toStripe(request.amount)
  return {
    mode: 'payment',
    client_reference_id: reference,
    allowed_payment_method_types: ['card'],
    line_items: [{ quantity: 1, price_data: { currency, unit_amount: amount, product: reference } }],
    payment_intent_data: { capture_method: 'manual', metadata: { reference } },
    payment_method_options: {
      card: {
        request_three_d_secure: challenge ? 'challenge' : threeDSecure,
        ...(capture === 'later' ? { request_multicapture: 'if_available' as const } : {}),
      },
    },
    success_url: back(returnUrl, reference, 'approved'),
    cancel_url: back(returnUrl, reference, 'cancelled'),
    locale: localeOf(locale),
    expires_at: expiryOf(request.expiresAt, now),
    ...(email ? { customer_email: email } : {}),
    expand: ['payment_intent.latest_charge'],
  }
}

function back(returnUrl: string, reference: string, result: 'approved' | 'cancelled'): string {
  const url = new URL(returnUrl)
  url.searchParams.set('payment', reference)
  url.searchParams.set('result', result)
  return url.href
}

const localeOf = (locale: string) => languages.find((language) => language === locale.split('-')[0]) ?? 'auto'

/** Stripe lets a page be open for 30 minutes at least and a day at most; what is to end before that is cancelled by us. */
function expiryOf(expiresAt: string, now: Now): number {
  const from = Math.floor(now().getTime() / 1000)
  const wanted = Math.floor(Date.parse(expiresAt) / 1000)
  return Math.min(Math.max(wanted, from + 31 * minutes), from + 24 * 60 * minutes - minutes)
}
