import { format, textIn } from '@sangdo/core'
import type { Child } from 'hono/jsx'
import type { Desk, Entered } from '../desk.ts'
import { Field, type Problems, ProblemSummary } from '../parts/form.tsx'
import { Badge, Done, Empty, Facts, Pager, Time, timeOf, type Tone } from '../parts/list.tsx'
import { OrderBadge } from '../parts/status.tsx'
import type { Risk } from '../types.ts'

const path = '/admin/risk'

/** What was tried on an order and did not work. */
export interface TriedRisk {
  readonly assessmentId: string
  readonly entered: Entered
  readonly problems: Problems
}

interface Listed {
  readonly desk: Desk
  readonly page: { readonly items: readonly Risk[]; readonly next: string | null }
  readonly names: Readonly<Record<string, string>>
  readonly after: string | undefined
  readonly tried: TriedRisk | undefined
}

/** Orders that wait for a person, with all that there is to decide by. */
export const RiskQueue = ({ done, ...listed }: Listed & { done: string | undefined }) => {
  const { desk, page, after, tried } = listed
  const { risk } = desk.text
  return (
    <>
      <div class="head">
        <h1>{risk.title}</h1>
      </div>
      <Done said={done && risk.done[done]} />
      <ProblemSummary desk={desk} problems={tried?.problems ?? {}} />
      {page.items.length > 0 ? <p class="hint big">{risk.intro}</p> : <Empty title={risk.none} text={risk.noneText} />}
      <ul class="rows">
        {page.items.map((one) => (
          <li class="panel" id={one.id}>
            <OneOrder {...listed} one={one} />
          </li>
        ))}
      </ul>
      <Pager path={path} query={{ after }} next={page.next} desk={desk} />
    </>
  )
}

const OneOrder = (listed: Listed & { one: Risk }) => {
  const { desk, one, names } = listed
  const { risk } = desk.text
  const { order } = one
  return (
    <>
      <div class="head">
        <div>
          <h2 class="figures">{order ? <a href={`/admin/orders/${order.id}`}>{order.number}</a> : one.subject}</h2>
          {order && <OrderBadge status={order.status} desk={desk} />}
          {one.appeal && <Badge tone="wait">{risk.appealed}</Badge>}
        </div>
        <p class="figure money">{format(one.amount, desk.locale)}</p>
      </div>
      <div class="sides">
        <div>
          <Reasons desk={desk} one={one} />
          {one.appeal && (
            <div class="reply">
              <p class="strong">{risk.appeal}</p>
              <p>{one.appeal.note}</p>
            </div>
          )}
        </div>
        <div>
          <Facts
            facts={[
              ...(order ? [[risk.buyer, `${order.name}\n${order.email}`] as const] : []),
              [risk.placed, <Time at={one.at} desk={desk} />],
            ]}
          />
          <Inputs desk={desk} one={one} />
        </div>
      </div>
      <Decided desk={desk} one={one} names={names} />
      {desk.mayAct && <Decide {...listed} />}
    </>
  )
}

const Reasons = ({ desk, one }: { desk: Desk; one: Risk }) => {
  const { risk } = desk.text
  return (
    <section>
      <h3>
        {risk.score(one.score)} <span class="hint">· {risk.decisions[one.decision]}</span>
      </h3>
      {one.reasons.length === 0 && <p class="hint">{risk.noReasons}</p>}
      <dl class="receipt">
        {one.reasons.map(({ points, why }) => (
          <div>
            <dt>{textIn(why, [desk.locale])}</dt>
            <dd class="money strong">{risk.points(points)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** The facts of which a decision was made, as far as they are still kept. */
const Inputs = ({ desk, one: { inputs, amount } }: { desk: Desk; one: Risk }) => {
  const { risk } = desk.text
  if (!inputs) return <p class="hint">{risk.forgotten}</p>
  const counts = (inputs.counts ?? []).filter(({ count }) => count > 0)
  const said: (readonly [string, Child])[] = [
    [risk.facts.amount, format(amount, desk.locale)],
    ...(inputs.countries?.shipping ? [[risk.facts.shipping, inputs.countries.shipping] as const] : []),
    ...(inputs.postcode ? [[risk.facts.postcode, inputs.postcode] as const] : []),
    [risk.facts.history, inputs.history ? risk.history(inputs.history.orders, inputs.history.delivered) : risk.guest],
    [
      risk.facts.known,
      <>
        {Object.keys(inputs.who)
          .map((key) => risk.keys[key as keyof typeof risk.keys])
          .join(', ')}
        <span class="sub">{risk.hashed}</span>
      </>,
    ],
    ...(counts.length > 0
      ? [
          [
            risk.facts.counts,
            counts
              .map(({ by, what, count, seconds }) =>
                risk.count(risk.keys[by], risk.counted[what], count, Math.round(seconds / 3600)),
              )
              .join('\n'),
          ] as const,
        ]
      : []),
  ]
  return (
    <details>
      <summary>{risk.inputs}</summary>
      <Facts facts={said} />
    </details>
  )
}

const Decided = ({
  desk,
  one: { decided },
  names,
}: {
  desk: Desk
  one: Risk
  names: Readonly<Record<string, string>>
}) => {
  const { risk, order } = desk.text
  if (!decided) return null
  const who = names[decided.by] ?? (decided.by.startsWith('stf_') ? order.formerStaff : risk.automatic)
  return (
    <p class="mt-small">
      {risk.decided(risk.verdicts[decided.verdict], who, timeOf(decided.at, desk))}
      {decided.by.startsWith('stf_') && decided.note && <span class="sub">{decided.note}</span>}
    </p>
  )
}

const Decide = ({ desk, one, tried, after }: Listed & { one: Risk }) => {
  const { risk } = desk.text
  const mine = tried?.assessmentId === one.id ? tried : undefined
  return (
    <form method="post" action={`${path}/${one.id}/decide`} class="stack act-open">
      {after && <input type="hidden" name="after" value={after} />}
      <Field
        name="note"
        id={`note-${one.id}`}
        label={risk.note}
        hint={risk.noteHint}
        problems={mine?.problems}
        required
      >
        {(attributes) => (
          <textarea {...attributes} class="short" rows={2} maxlength={2000} required>
            {mine?.entered['note'] ?? ''}
          </textarea>
        )}
      </Field>
      <ul class="hint">
        <li>{`${risk.accept}: ${risk.acceptMeans}`}</li>
        <li>{`${risk.refuse}: ${risk.refuseMeans}`}</li>
      </ul>
      <p class="actions">
        <button class="button" name="verdict" value="accept">
          {risk.accept}
        </button>
        <button class="button button-danger" name="verdict" value="refuse">
          {risk.refuse}
        </button>
      </p>
    </form>
  )
}

const tones = { allow: 'go', challenge: 'quiet', review: 'wait', deny: 'bad' } as const satisfies Record<
  Risk['decision'],
  Tone
>

/** How an order was judged, on its own page. */
export const RiskPanel = ({
  desk,
  one,
  names,
}: {
  desk: Desk
  one: Risk | null
  names: Readonly<Record<string, string>>
}) => {
  const { risk } = desk.text
  if (!one) return null
  const calm = one.decision === 'allow' || one.decision === 'challenge'
  return (
    <section class="panel">
      <div class="head">
        <h2>{risk.panel}</h2>
        <Badge tone={tones[one.decision]}>{risk.decisions[one.decision]}</Badge>
      </div>
      {one.status === 'waiting' && (
        <p class="big">
          <span class="strong">{risk.waiting}.</span> <a href={`${path}#${one.id}`}>{risk.toQueue}</a>
        </p>
      )}
      {calm && one.reasons.length === 0 ? <p class="hint">{risk.noReasons}</p> : <Reasons desk={desk} one={one} />}
      {one.appeal && (
        <div class="reply">
          <p class="strong">{risk.appeal}</p>
          <p>{one.appeal.note}</p>
        </div>
      )}
      <Decided desk={desk} one={one} names={names} />
      <div class="mt-small">
        <Inputs desk={desk} one={one} />
      </div>
    </section>
  )
}
