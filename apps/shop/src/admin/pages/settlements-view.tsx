import { format, money } from '@sangdo/core'
import type { Child } from 'hono/jsx'
import type { Desk, Entered } from '../desk.ts'
import { Field, type Problems, ProblemSummary, Select } from '../parts/form.tsx'
import { Done, Empty, Facts, Numbers, Pager, Tabs, Time } from '../parts/list.tsx'
import { MoneyTabs } from '../parts/money-tabs.tsx'
import type { Settlement, SettlementException } from '../types.ts'

export const path = '/admin/money/settlements'

/** What was tried on one difference and did not work. */
export interface TriedException {
  readonly exceptionId: string
  readonly entered: Entered
  readonly problems: Problems
}

interface Listed {
  readonly desk: Desk
  readonly resolved: boolean
  readonly after: string | undefined
  readonly page: { readonly items: readonly SettlementException[]; readonly next: string | null }
  readonly tried?: TriedException | undefined
}

/** Where settlements are uploaded, what came of the one that was, and where they differ from the ledger. */
export const Settlements = ({
  providers,
  chosen,
  problems = {},
  done,
  children,
  ...listed
}: Listed & {
  readonly providers: readonly string[]
  readonly chosen?: string | undefined
  readonly problems?: Problems | undefined
  readonly done?: string | undefined
  readonly children?: Child
}) => {
  const { desk, resolved, tried } = listed
  const { settlements, money: words } = desk.text
  const tabs = [
    { label: settlements.exceptions, href: path, current: !resolved },
    { label: settlements.explainedTab, href: `${path}?show=resolved`, current: resolved },
  ]
  return (
    <>
      <div class="head">
        <h1>{words.title}</h1>
      </div>
      <MoneyTabs desk={desk} current="settlements" />
      <Done said={done && settlements.done[done]} />
      <ProblemSummary desk={desk} problems={{ ...problems, ...tried?.problems }} />
      {children}
      <p class="says big">{settlements.intro}</p>
      {desk.mayAct && (
        <form method="post" action={path} enctype="multipart/form-data" class="panel stack">
          <Field name="provider" label={settlements.provider} problems={problems}>
            {(attributes) => (
              <Select
                attributes={attributes}
                chosen={chosen}
                of={Object.fromEntries(providers.map((id) => [id, settlements.providers[id] ?? id]))}
              />
            )}
          </Field>
          <Field name="file" label={settlements.file} hint={settlements.fileHint} problems={problems}>
            {(attributes) => <input {...attributes} type="file" accept=".csv,text/csv" required />}
          </Field>
          <button class="button">{settlements.read}</button>
        </form>
      )}
      <section class="mt" aria-label={settlements.exceptions}>
        <Tabs label={settlements.exceptions} tabs={tabs} />
        <Exceptions {...listed} />
      </section>
    </>
  )
}

const Exceptions = (listed: Listed) => {
  const { desk, resolved, after, page } = listed
  const { settlements } = desk.text
  const state = resolved ? 'resolved' : 'open'
  return (
    <>
      <ul class="rows">
        {page.items.map((exception) => (
          <li class="panel" id={exception.id}>
            <OneException {...listed} exception={exception} />
          </li>
        ))}
      </ul>
      {page.items.length === 0 && <Empty title={settlements.none[state]} text={settlements.noneText[state]} />}
      <Pager path={path} query={{ show: resolved ? 'resolved' : undefined, after }} next={page.next} desk={desk} />
    </>
  )
}

const OneException = ({ exception, ...listed }: Listed & { exception: SettlementException }) => {
  const { desk, resolved } = listed
  const { settlements } = desk.text
  return (
    <>
      <div class="head">
        <h2>
          {settlements.providers[exception.provider] ?? exception.provider} · {settlements.kinds[exception.kind]}
        </h2>
      </div>
      <p class="says">{settlements.found[exception.found]}</p>
      <div class="mt-small">
        <Facts facts={factsOf(desk, exception)} />
      </div>
      {!resolved && desk.mayAct && <Explain {...listed} exception={exception} />}
    </>
  )
}

function factsOf(desk: Desk, { orderId, orderNumber, reference, here, there, since, ...rest }: SettlementException) {
  const { settlements } = desk.text
  const order = orderId && (
    <a class="figures" href={`/admin/orders/${orderId}`}>
      {orderNumber}
    </a>
  )
  const { resolution, resolvedAt } = rest
  const said = resolution === 'matched' ? settlements.matched : resolution
  return [
    [settlements.here, <span class="money">{format(here, desk.locale)}</span>] as const,
    [settlements.there, <span class="money">{format(there, desk.locale)}</span>] as const,
    ...(order ? [[settlements.order, order] as const] : []),
    [settlements.reference, <span class="figures">{reference}</span>] as const,
    [settlements.since, <Time at={since} desk={desk} />] as const,
    ...(resolvedAt
      ? [
          [
            settlements.resolution,
            <>
              {said} · <Time at={resolvedAt} desk={desk} />
            </>,
          ] as const,
        ]
      : []),
  ]
}

const Explain = ({ desk, after, tried, exception }: Listed & { exception: SettlementException }) => {
  const { settlements } = desk.text
  const own = tried?.exceptionId === exception.id ? tried : undefined
  return (
    <form method="post" action={`${path}/${exception.id}`} class="stack mt">
      {after && <input type="hidden" name="after" value={after} />}
      <Field
        name="resolution"
        id={`resolution-${exception.id}`}
        label={settlements.why}
        hint={settlements.whyHint}
        value={own?.entered['resolution']}
        maxlength={500}
        required
        problems={own?.problems}
      />
      <button class="button-quiet">{settlements.explain}</button>
    </form>
  )
}

/** What came of a settlement: how much was read, and whether the provider should hold what the ledger says. */
export const SettlementResult = ({ desk, result }: { desk: Desk; result: Settlement }) => {
  const { settlements } = desk.text
  const numbers = [
    [settlements.result.added, result.added],
    [settlements.result.known, result.known],
    [settlements.result.refused, result.refused.length],
    [settlements.result.open, result.open],
  ] as const
  return (
    <section class="panel after" role="status">
      <Numbers numbers={numbers} />
      <p class="strong">{verdictOf(desk, result)}</p>
      {result.changed.length > 0 && <p class="error">{settlements.changed(result.changed.join(', '))}</p>}
      {result.totals.length > 0 && <Totals desk={desk} totals={result.totals} />}
      {result.refused.length > 0 && (
        <>
          <h2 class="mt">{settlements.result.refused}</h2>
          <ul class="notes">
            {result.refused.map(({ line, reason }) => (
              <li>{settlements.line(line, settlements.reasons[reason])}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

function verdictOf({ text: { settlements } }: Desk, { added, known, open }: Settlement): string {
  if (added + known === 0) return settlements.nothing
  return open === 0 ? settlements.agrees : settlements.differs
}

const Totals = ({ desk, totals }: { desk: Desk; totals: Settlement['totals'] }) => {
  const { settlements } = desk.text
  return (
    <>
      <h2 class="mt">{settlements.totals}</h2>
      {totals.map(({ currency, here, there, difference, ...parts }) => {
        const amount = (minor: number) => <span class="money">{format(money(minor, currency), desk.locale)}</span>
        const named = (['open', 'explained', 'outside'] as const).filter((part) => parts[part] !== 0)
        return (
          <div class="mt-small">
            <Facts
              facts={[
                [settlements.here, amount(here)],
                [settlements.there, amount(there)],
                [settlements.difference, amount(difference)],
                ...named.map((part) => [settlements.parts[part], amount(parts[part])] as const),
              ]}
            />
          </div>
        )
      })}
    </>
  )
}
