import type { paypal } from '../src/index.ts'

const swapped: Readonly<Record<string, string>> = { KRW: 'JPY', JPY: 'KRW' }

/** The suite counts in won, which PayPal does not take: yen, which have no decimals either, stand in for them. */
export function inYen(provider: ReturnType<typeof paypal>): ReturnType<typeof paypal> {
  return {
    ...provider,
    start: async (request) => swap(await provider.start(swap(request))),
    confirm: async (reference, amount) => swap(await provider.confirm(reference, swap(amount))),
    find: async (reference) => swap(await provider.find(reference)),
    capture: async (request) => swap(await provider.capture(swap(request))),
    findCapture: async (reference, captureId) => swap(await provider.findCapture(reference, captureId)),
    cancel: async (reference) => swap(await provider.cancel(reference)),
    refund: async (request) => swap(await provider.refund(swap(request))),
    findRefund: async (reference, refundId) => swap(await provider.findRefund(reference, refundId)),
  }
}

const swap = <Value>(value: Value): Value =>
  JSON.parse(JSON.stringify(value), (key, one: unknown) =>
    key === 'currency' && typeof one === 'string' ? (swapped[one] ?? one) : one,
  ) as Value
