import { textIn } from '@sangdo/core'
import type { Shelf } from '../../client.ts'
import type { Desk, Entered } from '../desk.ts'
import { Field, type Problems, ProblemSummary } from '../parts/form.tsx'
import { Badge, Done, Empty, Pager, type Tone } from '../parts/list.tsx'
import { sentence } from '../sentence.ts'
import type { Promotion } from '../types.ts'

/** What was tried on the coupons of a promotion and did not work. */
export interface TriedCoupon {
  readonly promotionId: string
  readonly entered: Entered
  readonly problems: Problems
}

/** Promotions, newest first, each with its sentence and its coupon codes. */
export const Promotions = ({
  desk,
  page,
  after,
  shelves,
  done,
  tried,
  now,
}: {
  desk: Desk
  page: { items: readonly Promotion[]; next: string | null }
  after: string | undefined
  shelves: readonly Shelf[]
  done: string | undefined
  tried: TriedCoupon | undefined
  now: string
}) => {
  const { promotions } = desk.text
  const add = (
    <a class="button" href="/admin/promotions/new">
      {promotions.add}
    </a>
  )
  return (
    <>
      <div class="head">
        <h1>{promotions.title}</h1>
        {desk.mayAct && add}
      </div>
      <Done said={done && promotions.done[done]} />
      <ProblemSummary desk={desk} problems={tried?.problems ?? {}} />
      <ul class="rows">
        {page.items.map((promotion) => (
          <li class="panel" id={promotion.id}>
            <OnePromotion
              desk={desk}
              promotion={promotion}
              shelves={shelves}
              after={after}
              now={now}
              tried={tried?.promotionId === promotion.id ? tried : undefined}
            />
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
  readonly tried: TriedCoupon | undefined
}

const OnePromotion = ({ shelves, now, ...one }: One & { shelves: readonly Shelf[]; now: string }) => {
  const { desk, promotion } = one
  const { promotions } = desk.text
  const state = stateOf(promotion, now)
  return (
    <>
      <div class="head">
        <div>
          <h2>{textIn(promotion.name, [desk.locale])}</h2>
          <Badge tone={tones[state]}>{promotions.states[state]}</Badge>
        </div>
        {desk.mayAct && state !== 'ended' && <Switch {...one} />}
      </div>
      <p>{sentence(promotion, shelves, desk.locale)}</p>
      {(promotion.needsCode || promotion.coupons.length > 0) && <Coupons {...one} />}
    </>
  )
}

const Switch = ({ desk, promotion, after }: One) => (
  <form method="post" action={`/admin/promotions/${promotion.id}/switch`}>
    {after && <input type="hidden" name="after" value={after} />}
    <button class="button-quiet" name="to" value={promotion.active ? 'off' : 'on'}>
      {promotion.active ? desk.text.promotions.turnOff : desk.text.promotions.turnOn}
      <span class="sr-only">: {textIn(promotion.name, [desk.locale])}</span>
    </button>
  </form>
)

const Coupons = (one: One) => {
  const { desk, promotion } = one
  const { promotions } = desk.text
  const limitText = (limit: number | null) => (limit === null ? promotions.unlimited : String(limit))
  return (
    <>
      {promotion.coupons.length === 0 ? (
        <p class="hint mt">{promotions.noCoupons}</p>
      ) : (
        <table class="mt">
          <thead>
            <tr>
              <th scope="col">{promotions.code}</th>
              <th scope="col" class="end">
                {promotions.uses}
              </th>
              <th scope="col" class="end">
                {promotions.perBuyer}
              </th>
            </tr>
          </thead>
          <tbody>
            {promotion.coupons.map((coupon) => (
              <tr>
                <td class="strong">{coupon.code}</td>
                <td class="end figures">{promotions.usesOf(coupon.uses, limitText(coupon.limit))}</td>
                <td class="end figures">
                  {coupon.limitPerBuyer === null ? promotions.unlimited : promotions.times(coupon.limitPerBuyer)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {desk.mayAct && <CouponForm {...one} />}
    </>
  )
}

const CouponForm = ({ desk: { text }, promotion, after, tried }: One) => {
  const { promotions } = text
  const field = (name: string) => ({
    name,
    id: `${name}-${promotion.id}`,
    problems: tried?.problems,
    value: tried?.entered[name],
  })
  return (
    <details open={tried !== undefined} class="mt">
      <summary>{promotions.addCoupon}</summary>
      <form method="post" action={`/admin/promotions/${promotion.id}/coupons`} class="stack">
        {after && <input type="hidden" name="after" value={after} />}
        <div class="pair third">
          <Field
            {...field('code')}
            label={promotions.code}
            hint={promotions.codeHint}
            autocomplete="off"
            maxlength={100}
            required
          />
          <Field
            {...field('limit')}
            label={promotions.limit}
            hint={promotions.limitHint}
            inputmode="numeric"
            autocomplete="off"
          />
          <Field
            {...field('limitPerBuyer')}
            label={promotions.limitPerBuyer}
            hint={promotions.limitHint}
            inputmode="numeric"
            autocomplete="off"
          />
        </div>
        <button class="button-quiet">{promotions.addCoupon}</button>
      </form>
    </details>
  )
}
