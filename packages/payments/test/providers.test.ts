import { describe } from 'vitest'
import { createSandbox, sandbox } from '@sangdo/payments/sandbox'
import { describeProvider, fakeProvider } from '@sangdo/payments/testing'

describe('the fake provider', () => {
  const fake = fakeProvider()
  describeProvider(() => fake, {
    approve: fake.approve,
    decline: fake.decline,
    webhook: (reference, at) => fake.webhook(reference, { at }),
    deposit: (reference) => (fake.issueAccount(reference), fake.deposit(reference)),
    reverse: fake.reverse,
    dispute: (reference, amount) => fake.dispute(reference, amount).disputeId,
    closeDispute: fake.closeDispute,
  })
})

describe('the practice provider, over HTTP', () => {
  const secret = 'practice'
  const bank = createSandbox({ secret })
  describeProvider(() => sandbox({ url: 'http://127.0.0.1:4000', secret, fetch: bank.fetch }), {
    approve: bank.approve,
    decline: bank.decline,
    webhook: bank.webhookOf,
    deposit: (reference) => (bank.issueAccount(reference, '누리은행'), bank.deposit(reference)),
    reverse: bank.reverse,
    dispute: (reference, amount) => bank.dispute(reference, amount).disputeId,
    closeDispute: bank.closeDispute,
  })
})
