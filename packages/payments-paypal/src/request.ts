import type { ProviderRequest } from '@sangdo/payments'
import { toPayPal } from './amounts.ts'

/** The order of a request: https://developer.paypal.com/docs/api/orders/v2/#orders_create */
export function orderBody({ reference, amount, title, locale, returnUrl, email, capture }: ProviderRequest): object {
  return {
    intent: capture === 'later' ? 'AUTHORIZE' : 'CAPTURE',
    purchase_units: [{ custom_id: reference, description: title.slice(0, 127), amount: toPayPal(amount) }],
    payment_source: {
      paypal: {
        ...(email ? { email_address: email } : {}),
        experience_context: {
          return_url: back(returnUrl, reference, 'approved'),
          cancel_url: back(returnUrl, reference, 'cancelled'),
          user_action: 'PAY_NOW',
          shipping_preference: 'NO_SHIPPING',
          ...localeOf(locale),
        },
      },
    },
  }
}

// https://developer.paypal.com/api/rest/reference/locale-codes/: a language with a country, or the buyer's own.
const localeOf = (locale: string) => (/^[a-z]{2}-[A-Z]{2}$/.test(locale) ? { locale } : {})

function back(returnUrl: string, reference: string, result: 'approved' | 'cancelled'): string {
  const url = new URL(returnUrl)
  url.searchParams.set('payment', reference)
  url.searchParams.set('result', result)
  return url.href
}
