import { describe } from 'vitest'
import { createSandbox, sandbox } from '@sangdo/payments/sandbox'
import { describeProvider, fakeProvider } from '@sangdo/payments/testing'

describe('the fake provider', () => {
  const fake = fakeProvider()
  describeProvider(() => fake, {
    approve: fake.approve,
    decline: fake.decline,
    webhook: (reference, at) => fake.webhook(reference, { at }),
  })
})

describe('the practice provider, over HTTP', () => {
  const secret = 'practice'
  const bank = createSandbox({ secret })
  describeProvider(() => sandbox({ url: 'http://127.0.0.1:4000', secret, fetch: bank.fetch }), {
    approve: bank.approve,
    decline: bank.decline,
    webhook: bank.webhookOf,
  })
})
