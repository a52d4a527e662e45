import { expect } from 'vitest'
import type { AttemptId } from '@sangdo/payments'
import { paymentErrors } from '@sangdo/payments'
import { bank } from './bank.ts'
import { command, onAttempt, refusalOf } from './command.ts'
import { settle } from './rules.ts'
import type { Life } from './world.ts'

const card = { brand: 'visa', last4: '4242' } as const
const won = (minor: number) => ({ minor, currency: 'KRW' })

/** Whether the bank lets somebody do it. */
function allowed(act: () => unknown): boolean {
  try {
    act()
    return true
  } catch (error) {
    if (paymentErrors.provider_refused.match(error)) return false
    throw error
  }
}

const post = (life: Life, headers: Readonly<Record<string, string | undefined>>, body: string) =>
  life.visitor().ask('POST', '/webhooks/sandbox', JSON.parse(body), headers as Record<string, string>)

/** What happens at the bank, and what it says of it. */
export const paying = [
  onAttempt('approve', async (attempt, _order, model, life) => {
    const done = allowed(() => life.practice.approve(attempt.reference, card))
    expect(done).toBe(bank.approve(model, attempt))
  }),
  onAttempt('approveAndComeBack', async (attempt, order, model, life) => {
    const done = allowed(() => life.practice.approve(attempt.reference, card))
    expect(done).toBe(bank.approve(model, attempt))
    const answer = await life.visitor().ask('POST', `/payments/${attempt.reference}/order`)
    expect([answer.status, answer.body.number]).toEqual([200, order.number])
    settle(model, order, attempt)
  }),
  onAttempt('decline', async (attempt, _order, model, life) => {
    const done = allowed(() => life.practice.decline(attempt.reference))
    expect(done).toBe(bank.decline(model, attempt))
  }),
  onAttempt(
    'giveUp',
    async (attempt, _order, model, life) => {
      await life.visitor().payIn(attempt.page ?? '', {}, 'cancel')
      bank.cancel(model, attempt)
    },
    ({ page }) => page !== null,
  ),
  onAttempt('comeBack', async (attempt, order, model, life) => {
    const answer = await life.visitor().ask('POST', `/payments/${attempt.reference}/order`)
    expect([answer.status, answer.body.number]).toEqual([200, order.number])
    settle(model, order, attempt)
  }),
  onAttempt(
    'issueAccount',
    async (attempt, _order, model, life) => {
      const done = allowed(() => life.practice.issueAccount(attempt.reference, '국민은행'))
      expect(done).toBe(bank.issueAccount(model, attempt))
    },
    ({ method }) => method === 'virtual_account',
  ),
  onAttempt(
    'deposit',
    async ({ reference, ...attempt }, order, _model, life) => {
      const done = allowed(() => life.practice.deposit(reference))
      const known = order.attempts.find((one) => one.reference === reference)
      expect(done).toBe(known ? bank.deposit(known, attempt.amount) : false)
    },
    ({ dueAt }) => dueAt !== Infinity,
  ),
  onAttempt(
    'depositAnotherAmount',
    async (attempt, _order, _model, life, { count }) => {
      const amount = count === 3 ? attempt.amount * 2 : attempt.amount - 100 * count
      const done = allowed(() => life.practice.deposit(attempt.reference, won(amount)))
      expect(done).toBe(bank.deposit(attempt, amount))
    },
    ({ dueAt }) => dueAt !== Infinity,
  ),
  onAttempt('webhookTwice', async (attempt, _order, _model, life) => {
    const { headers, body } = await life.practice.webhookOf(attempt.reference)
    for (const answer of [await post(life, headers, body), await post(life, headers, body)])
      expect(answer.status).toBe(202)
  }),
  onAttempt('forgedWebhook', async (attempt, order, _model, life) => {
    const { headers, body } = await life.practice.webhookOf(attempt.reference)
    const other = body.replace(attempt.reference, `${order.attempts[0]?.reference}0`)
    expect(refusalOf(await post(life, headers, other))).toBe('payments.forged_webhook')
  }),
  onAttempt('oldWebhook', async (attempt, _order, _model, life) => {
    const { headers, body } = await life.practice.webhookOf(
      attempt.reference,
      new Date(life.clock.now().getTime() - 301_000),
    )
    expect(refusalOf(await post(life, headers, body))).toBe('payments.forged_webhook')
  }),
  command(
    'webhookOfSomebodyElse',
    () => true,
    async (_model, life) => {
      const { headers, body } = await life.practice.webhookOf('att_of_another_shop' satisfies AttemptId)
      expect((await post(life, headers, body)).status).toBe(202)
      return 'all'
    },
  ),
]
