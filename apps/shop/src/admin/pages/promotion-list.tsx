import { format, textIn } from '@sangdo/core'
import { address, type Desk } from '../desk.ts'
import { type Problems, ProblemSummary } from '../parts/form.tsx'
import { Badge, Done, Empty, Pager, type Tone } from '../parts/list.tsx'
import type { Promotion } from '../types.ts'

/** Promotions, newest first, each with what it means and what has been spent of it. */
export const Promotions = ({
  desk,
  page,
  after,
  done,
  problems,
  now,
}: {
  desk: Desk
  page: { items: readonly Promotion[]; next: string | null }
  after: string | undefined
  done: string | undefined
  problems: Problems
  now: string
}) => {
  const { promotions } = desk.text
  return (
    <>
      <div class="head">
        <h1>{promotions.title}</h1>
        {desk.mayAct && (
          <a class="button" href="/admin/promotions/new">
            {promotions.add}
          </a>
        )}
      </div>
      <Done said={done && promotions.done[done]} />
      <ProblemSummary desk={desk} problems={problems} />
      <ul class="rows">
        {page.items.map((promotion) => (
          <li class="panel" id={promotion.id}>
            <OnePromotion desk={desk} promotion={promotion} after={after} now={now} />
          </li>
        ))}
      </ul>
      {page.items.length === 0 && <Empty title={promotions.none} text={promotions.noneText} />}
      <Pager path="/admin/promotions" query={{ after }} next={page.next} desk={desk} />
    </>
  )
}

type State = 'running' | 'scheduled' | 'ended' | 'off'
const tones = { running: 'go', scheduled: 'wait', ended: 'quiet', off: 'quiet' } as const satisfies Record<State, Tone>

/** Where a promotion stands at an instant. */
export const stateOf = (
  { active, startsAt, endsAt }: Pick<Promotion, 'active' | 'startsAt' | 'endsAt'>,
  now: string,
): State =>
  !active
    ? 'off'
    : endsAt !== null && endsAt <= now
      ? 'ended'
      : startsAt !== null && startsAt > now
        ? 'scheduled'
        : 'running'

interface One {
  readonly desk: Desk
  readonly promotion: Promotion
  readonly after: string | undefined
}

const OnePromotion = ({ now, ...one }: One & { now: string }) => {
  const { desk, promotion } = one
  const { promotions } = desk.text
  const state = stateOf(promotion, now)
  const path = `/admin/promotions/${promotion.id}`
  const name = textIn(promotion.name, [desk.locale])
  return (
    <>
      <div class="head">
        <div>
          <h2>
            <a href={path}>{name}</a>
          </h2>
          <Badge tone={tones[state]}>{promotions.states[state]}</Badge>
        </div>
      </div>
      <p class="says">{promotion.sentence[desk.locale]}</p>
      <Spending desk={desk} promotion={promotion} />
      <div class="actions quiet-actions">
        {desk.mayAct && (
          <a href={path}>
            {promotions.edit}
            <span class="sr-only">: {name}</span>
          </a>
        )}
        {(promotion.needsCode || promotion.coupons.length > 0) && (
          <a href={`${path}/codes`}>
            {promotions.codes}
            <span class="sr-only">: {name}</span>
          </a>
        )}
        {desk.mayAct && (
          <a href={address('/admin/promotions/new', { from: promotion.id })}>
            {promotions.duplicate}
            <span class="sr-only">: {name}</span>
          </a>
        )}
        {desk.mayAct && state !== 'ended' && <Switch {...one} />}
      </div>
    </>
  )
}

const Switch = ({ desk, promotion, after }: One) => (
  <form method="post" action={`/admin/promotions/${promotion.id}/switch`}>
    {after && <input type="hidden" name="after" value={after} />}
    <button class="plain" name="to" value={promotion.active ? 'off' : 'on'}>
      {promotion.active ? desk.text.promotions.turnOff : desk.text.promotions.turnOn}
      <span class="sr-only">: {textIn(promotion.name, [desk.locale])}</span>
    </button>
  </form>
)

/** What has been spent of a promotion, and of each of its limits how much that is. */
export const Spending = ({ desk, promotion }: { desk: Desk; promotion: Promotion }) => {
  const { promotions } = desk.text
  const meters = metersOf(desk, promotion)
  return meters.length > 0 ? (
    <dl class="spent">
      <dt class="sr-only">{promotions.spent}</dt>
      {meters.map(({ said, part }) => (
        <dd>
          {said}
          {part !== null && <meter value={part} min={0} max={1} aria-hidden="true" />}
        </dd>
      ))}
    </dl>
  ) : null
}

function metersOf({ text, locale }: Desk, { limits, spent }: Promotion) {
  const { promotions } = text
  const count = (number: number) => number.toLocaleString(locale)
  const { uses, budget, units } = limits
  const counted = uses !== null || limits.usesPerBuyer !== null || spent.uses > 0
  return [
    ...(counted
      ? [
          {
            said: promotions.spentUses(count(spent.uses), uses === null ? null : count(uses)),
            part: uses === null ? null : spent.uses / uses,
          },
        ]
      : []),
    ...(budget
      ? [
          {
            said: promotions.spentAmount(
              format(spent.amount ?? { ...budget, minor: 0 }, locale),
              format(budget, locale),
            ),
            part: (spent.amount?.minor ?? 0) / Math.max(1, budget.minor),
          },
        ]
      : []),
    ...(units === null
      ? []
      : [{ said: promotions.spentUnits(count(spent.units), count(units)), part: spent.units / units }]),
  ]
}
