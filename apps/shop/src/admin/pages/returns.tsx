import { format, textIn } from '@sangdo/core'
import { attempt } from '../../client.ts'
import type { Desk, Entered } from '../desk.ts'
import { amountText } from '../parts/amount.ts'
import { described, Field, type Problems, problemsOf, Select } from '../parts/form.tsx'
import { createReader, said } from '../parts/reader.ts'
import type { OrderView, RefundPlan } from '../types.ts'

/** What came of a calculation: the plan and its amount in the field of the form, or what is wrong. */
export interface Calculated {
  readonly entered: Entered
  readonly problems?: Problems
  readonly plan?: RefundPlan
}

const fieldOf = (lineId: string) => `back.${lineId}`

/** Asks what goes back for the pieces that were entered. Nothing changes. */
export async function calculated(desk: Desk, { order }: OrderView, entered: Entered): Promise<Calculated> {
  const reader = createReader(desk, entered, order.currency)
  const lines = order.lines.flatMap(({ id, quantity: most }) => {
    const quantity = reader.whole(fieldOf(id), 0, most)
    return quantity ? [{ id, quantity }] : []
  })
  const returnFee = reader.amount('returnFee')
  const [first] = order.lines
  if (lines.length === 0 && first) reader.refuse(fieldOf(first.id), desk.text.returns.nothing)
  const { problems } = reader
  if (Object.keys(problems).length > 0) return { entered, problems }
  const policy = choice(entered['policy'], ['keep', 'reevaluate', 'reclaim'] as const)
  const charges = choice(entered['charges'], ['kept', 'with_last', 'now'] as const)
  const json = { lines, policy, charges, ...said({ returnFee }) }
  const call = desk.api.admin.orders[':number']['refund-preview'].$post({ param: { number: order.number }, json })
  const { content: plan, refusal } = await attempt(call)
  if (refusal) return { entered, problems: problemsOf(desk, refusal) }
  return { entered: { ...entered, amount: amountText(plan.total) }, plan }
}

const choice = <Value extends string>(typed: string | undefined, of: readonly [Value, ...Value[]]): Value =>
  of.find((one) => one === typed) ?? of[0]

interface Shown {
  readonly desk: Desk
  readonly view: OrderView
  readonly found: Calculated
}

/** Says what goes back for returned pieces, before anybody gives it back. */
export const Returns = ({ desk, view: { order }, found: { entered, problems, plan } }: Shown) => {
  const { returns: words } = desk.text
  const isOpen = plan !== undefined || Object.keys(entered).some((name) => name.startsWith('back.'))
  return (
    <details class="panel returns mt" open={isOpen}>
      <summary>{words.title}</summary>
      <form method="post" action={`/admin/orders/${order.id}/refund`} class="stack">
        <p class="hint">{words.text}</p>
        <div class="pieces">
          {order.lines.map((line) => (
            <Field
              name={fieldOf(line.id)}
              label={[textIn(line.name, [desk.locale]), textIn(line.options, [desk.locale])]
                .filter(Boolean)
                .join(' · ')}
              hint={words.of(line.quantity)}
              problems={problems}
              value={entered[fieldOf(line.id)] ?? '0'}
              inputmode="numeric"
              autocomplete="off"
            />
          ))}
        </div>
        <div class="pair third">
          <div class="field">
            <label for="policy">{words.policy}</label>
            <Select attributes={described('policy', 'policy')} of={words.policies} chosen={entered['policy']} />
          </div>
          <div class="field">
            <label for="charges">{words.charges}</label>
            <Select attributes={described('charges', 'charges')} of={words.chargesKinds} chosen={entered['charges']} />
          </div>
          <Field
            name="returnFee"
            label={words.fee}
            hint={words.feeHint}
            problems={problems}
            value={entered['returnFee']}
            inputmode="decimal"
            autocomplete="off"
          />
        </div>
        <p>
          <button class="button-quiet" name="calculate" value="yes">
            {words.calculate}
          </button>
        </p>
      </form>
      {plan && <Plan desk={desk} plan={plan} />}
    </details>
  )
}

const Plan = ({ desk: { text, locale }, plan }: { desk: Desk; plan: RefundPlan }) => {
  const { returns: words, refusedBecause } = text
  const shipping = plan.charges.reduce((sum, charge) => sum + charge.amount.minor, 0)
  const rows = [
    [words.goods, plan.goods.minor + plan.reclaimed.minor],
    [words.reclaimed, -plan.reclaimed.minor],
    [words.shipping, shipping],
    [words.fee, -plan.returnFee.minor],
  ] as const
  return (
    <div role="status">
      <dl class="sums">
        {rows.map(([label, minor]) =>
          minor === 0 ? null : (
            <div>
              <dt>{label}</dt>
              <dd class="money">{format({ minor, currency: plan.total.currency }, locale)}</dd>
            </div>
          ),
        )}
        <div class="sum">
          <dt>{words.total}</dt>
          <dd class="money">{format(plan.total, locale)}</dd>
        </div>
      </dl>
      {plan.withdrawn.map(({ reason }) => (
        <p>{words.withdrawn(refusedBecause[reason] ?? reason)}</p>
      ))}
      <p class="hint">{words.taken}</p>
    </div>
  )
}
