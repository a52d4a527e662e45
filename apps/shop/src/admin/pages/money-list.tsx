import { format } from '@sangdo/core'
import { type Desk, type Entered } from '../desk.ts'
import { AccountFields } from '../parts/account.tsx'
import { Field, OnceKey, type Problems, ProblemSummary } from '../parts/form.tsx'
import { Badge, Done, Empty, Facts, Pager, Time } from '../parts/list.tsx'
import { MoneyTabs } from '../parts/money-tabs.tsx'
import type { MoneyTask } from '../types.ts'

const path = '/admin/money'

/** What was tried on a task and did not work. */
export interface TriedTask {
  readonly taskId: string
  readonly entered: Entered
  readonly problems: Problems
}

interface Listed {
  readonly desk: Desk
  readonly resolved: boolean
  readonly after: string | undefined
  readonly page: { readonly items: readonly MoneyTask[]; readonly next: string | null }
  readonly tried: TriedTask | undefined
}

/** What someone has to look at about money, each with what can be done about it; or what was done. */
export const MoneyTasks = ({ done, ...listed }: Listed & { done: string | undefined }) => {
  const { desk, resolved, after, page, tried } = listed
  const { money } = desk.text
  const state = resolved ? 'resolved' : 'open'
  return (
    <>
      <div class="head">
        <h1>{money.title}</h1>
      </div>
      <MoneyTabs desk={desk} current={state} />
      <Done said={done && (money.done[done] ?? desk.text.bank.done[done])} />
      <ProblemSummary desk={desk} problems={tried?.problems ?? {}} />
      <ul class="rows">
        {page.items.map((task) => (
          <li class="panel" id={task.id}>
            <OneTask {...listed} task={task} />
          </li>
        ))}
      </ul>
      {page.items.length === 0 && <Empty title={money.none[state]} text={money.noneText[state]} />}
      <Pager path={path} query={{ show: resolved ? 'resolved' : undefined, after }} next={page.next} desk={desk} />
    </>
  )
}

const OneTask = (listed: Listed & { task: MoneyTask }) => {
  const { desk, task, resolved } = listed
  const { money } = desk.text
  return (
    <>
      <div class="head">
        <h2>{money.kinds[task.kind]}</h2>
        {task.amount && <p class="figure money">{format(task.amount, desk.locale)}</p>}
      </div>
      {!resolved && <p class="says">{money.means[task.kind]}</p>}
      <div class="mt-small">
        <Facts facts={factsOf(desk, task)} />
      </div>
      {!resolved && <Remedy {...listed} />}
    </>
  )
}

function factsOf(desk: Desk, task: MoneyTask) {
  const { money } = desk.text
  const { orderId, said, dueAt, resolvedAt, resolution } = task
  return [
    ...(orderId && task.orderNumber
      ? [
          [
            money.order,
            <a class="figures" href={`/admin/orders/${orderId}`}>
              {task.orderNumber}
            </a>,
          ] as const,
        ]
      : []),
    ...(task.deposit
      ? [
          [desk.text.bank.payer, task.deposit.payer] as const,
          [desk.text.bank.date, task.deposit.date] as const,
          ...(task.deposit.text ? [[desk.text.bank.memo, task.deposit.text] as const] : []),
        ]
      : []),
    [money.since, <Time at={task.since} desk={desk} />],
    ...(dueAt && !resolvedAt
      ? [
          [
            money.dueAt,
            <span class="strong">
              <Time at={dueAt} desk={desk} />
            </span>,
          ] as const,
        ]
      : []),
    ...(said ? [[labelOf(desk, task), money.reasons[said.code] ?? said.message] as const] : []),
    ...(resolvedAt
      ? [
          [
            money.resolvedAs,
            <>
              {money.resolutions[resolution ?? ''] ?? resolution} · <Time at={resolvedAt} desk={desk} />
            </>,
          ] as const,
        ]
      : []),
  ] as const
}

const labelOf = ({ text: { money } }: Desk, { kind }: MoneyTask) =>
  kind === 'disputed' ? money.detail.reason : kind === 'unmatched_webhook' ? money.detail.reference : money.detail.said

const Remedy = (listed: Listed & { task: MoneyTask }) => {
  const { desk, task } = listed
  const { money } = desk.text
  if (task.remedy === 'on_its_way')
    return (
      <p class="mt-small">
        <Badge tone="wait">{money.onItsWay}</Badge> <span class="hint">{money.onItsWayText}</span>
      </p>
    )
  if (!desk.mayAct) return null
  if (task.remedy === 'give_back') return <GiveBack {...listed} />
  if (task.remedy === 'find_owner') return <FindOwner {...listed} />
  return task.remedy === 'note' ? (
    <Note {...listed} />
  ) : (
    <p class="act-open">
      <a href="/admin/money/pay-outs">{desk.text.bank.toPayOuts}</a>
    </p>
  )
}

const triedOn = ({ tried, task }: Listed & { task: MoneyTask }) => (tried?.taskId === task.id ? tried : undefined)

const Place = ({ after }: Listed) => (after ? <input type="hidden" name="after" value={after} /> : null)

const GiveBack = (listed: Listed & { task: MoneyTask }) => {
  const { desk, task } = listed
  const { money } = desk.text
  const tried = triedOn(listed)
  const amount = task.amount ? format(task.amount, desk.locale) : ''
  return (
    <details class="act" open={tried !== undefined}>
      <summary>{money.give(amount)}…</summary>
      <form method="post" action={`${path}/${task.id}/refund`} class="stack">
        <OnceKey />
        <Place {...listed} />
        {task.method !== 'card' && (
          <AccountFields
            desk={desk}
            entered={tried?.entered ?? {}}
            problems={tried?.problems}
            hint={money.accountText}
            suffix={`-${task.id}`}
          />
        )}
        <button class="button button-danger">{money.give(amount)}</button>
      </form>
    </details>
  )
}

/** A deposit of nobody's: it is given to its order, or was sent back. */
const FindOwner = (listed: Listed & { task: MoneyTask }) => {
  const { desk, task } = listed
  const { bank } = desk.text
  const tried = triedOn(listed)
  const hidden = (
    <>
      <input type="hidden" name="depositId" value={task.subject} />
      <Place {...listed} />
    </>
  )
  return (
    <>
      <details class="act" open={tried !== undefined && 'orderNumber' in tried.entered}>
        <summary>{bank.assign}…</summary>
        <form method="post" action={`${path}/${task.id}/assign`} class="stack">
          {hidden}
          <Field
            name="orderNumber"
            id={`orderNumber-${task.id}`}
            label={bank.orderNumber}
            hint={bank.orderHint}
            problems={tried?.problems}
            value={tried?.entered['orderNumber']}
            maxlength={40}
            autocomplete="off"
            required
          />
          <button class="button">{bank.assign}</button>
        </form>
      </details>
      <details class="act" open={tried !== undefined && 'note' in tried.entered}>
        <summary>{bank.giveBack}…</summary>
        <form method="post" action={`${path}/${task.id}/return`} class="stack">
          {hidden}
          <Field
            name="note"
            id={`note-${task.id}`}
            label={bank.note}
            hint={bank.noteHint}
            problems={tried?.problems}
            value={tried?.entered['note']}
            maxlength={200}
            autocomplete="off"
            required
          />
          <button class="button">{bank.giveBack}</button>
        </form>
      </details>
    </>
  )
}

const Note = (listed: Listed & { task: MoneyTask }) => {
  const { desk, task } = listed
  const { money } = desk.text
  const tried = triedOn(listed)
  return (
    <details class="act" open={tried !== undefined}>
      <summary>{money.note}…</summary>
      <form method="post" action={`${path}/${task.id}/resolve`} class="stack">
        <Place {...listed} />
        <Field
          name="resolution"
          id={`resolution-${task.id}`}
          label={money.noteLabel}
          hint={money.noteHint}
          problems={tried?.problems}
          value={tried?.entered['resolution']}
          maxlength={200}
          autocomplete="off"
          required
        />
        <button class="button">{money.resolve}</button>
      </form>
    </details>
  )
}
