import { format } from '@sangdo/core'
import type { Child } from 'hono/jsx'
import type { Desk } from '../desk.ts'
import { Field, type Problems, ProblemSummary } from '../parts/form.tsx'
import { Done, Empty, Facts, Numbers, Pager } from '../parts/list.tsx'
import { MoneyTabs } from '../parts/money-tabs.tsx'
import type { PayOut, Statement } from '../types.ts'

/** Where a statement is uploaded, and what came of the one that was. */
export const StatementForm = ({ desk, problems, children }: { desk: Desk; problems: Problems; children?: Child }) => {
  const { bank, money } = desk.text
  return (
    <>
      <div class="head">
        <h1>{money.title}</h1>
      </div>
      <MoneyTabs desk={desk} current="bank" />
      <ProblemSummary desk={desk} problems={problems} />
      {children}
      <p class="says big">{bank.intro}</p>
      {desk.mayAct && (
        <form method="post" action="/admin/money/bank" enctype="multipart/form-data" class="panel stack">
          <Field name="file" label={bank.file} hint={bank.fileHint} problems={problems}>
            {(attributes) => <input {...attributes} type="file" accept=".csv,text/csv" required />}
          </Field>
          <button class="button">{bank.read}</button>
        </form>
      )}
    </>
  )
}

/** What came of a statement: what it has paid, what is nobody's, and what could not be read. */
export const StatementResult = ({ desk, result }: { desk: Desk; result: Statement }) => {
  const { bank } = desk.text
  const numbers = [
    [bank.result.matched, result.matched.length],
    [bank.result.suspended, result.suspended.length],
    [bank.result.known, result.known],
    [bank.result.refused, result.refused.length],
  ] as const
  return (
    <section class="panel after" role="status">
      <Numbers numbers={numbers} />
      {result.added === 0 && <p>{bank.nothing}</p>}
      {result.changed.length > 0 && <p class="error">{bank.changed(result.changed.join(', '))}</p>}
      {result.matched.length > 0 && <Matched desk={desk} deposits={result.matched} />}
      {result.suspended.length > 0 && (
        <>
          <h2 class="mt">{bank.result.suspended}</h2>
          <Deposits desk={desk} deposits={result.suspended} />
          <p class="mt-small">
            {bank.suspendedText} <a href="/admin/money">{bank.toTasks}</a>
          </p>
        </>
      )}
      {result.refused.length > 0 && (
        <>
          <h2 class="mt">{bank.result.refused}</h2>
          <ul class="notes">
            {result.refused.map(({ line, reason }) => (
              <li>{bank.line(line, bank.reasons[reason])}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

const Matched = ({ desk, deposits }: { desk: Desk; deposits: Statement['matched'] }) => (
  <>
    <h2>{desk.text.bank.result.matched}</h2>
    <Deposits
      desk={desk}
      deposits={deposits}
      order={({ orderId, orderNumber, matchedBy }) => (
        <>
          {orderId && (
            <a class="figures" href={`/admin/orders/${orderId}`}>
              {orderNumber}
            </a>
          )}
          {matchedBy && <span class="sub">{desk.text.bank.by[matchedBy]}</span>}
        </>
      )}
    />
  </>
)

type Deposit = Statement['suspended'][number]

function Deposits<One extends Deposit>({
  desk,
  deposits,
  order,
}: {
  desk: Desk
  deposits: readonly One[]
  order?: (deposit: One) => Child
}) {
  const { bank } = desk.text
  return (
    <table class="cards">
      <thead>
        <tr>
          <th scope="col">{bank.payer}</th>
          <th scope="col" class="end">
            {bank.amount}
          </th>
          <th scope="col">{bank.date}</th>
          {order && <th scope="col">{bank.order}</th>}
        </tr>
      </thead>
      <tbody>
        {deposits.map((deposit) => (
          <tr>
            <td>
              {deposit.payer}
              <span class="sub">{deposit.text}</span>
            </td>
            <td class="end money fixed">{format(deposit.amount, desk.locale)}</td>
            <td class="figures left-small">{deposit.date}</td>
            {order && <td class="end">{order(deposit)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Refunds to be sent by hand, each with the account that it goes to. */
export const PayOuts = ({
  desk,
  page,
  after,
  done,
  problems = {},
}: {
  desk: Desk
  page: { readonly items: readonly PayOut[]; readonly next: string | null }
  after: string | undefined
  done: string | undefined
  problems: Problems | undefined
}) => {
  const { bank, money, order } = desk.text
  return (
    <>
      <div class="head">
        <h1>{money.title}</h1>
      </div>
      <MoneyTabs desk={desk} current="payOuts" />
      <Done said={done && bank.done[done]} />
      <ProblemSummary desk={desk} problems={problems} />
      {page.items.length === 0 ? (
        <Empty title={bank.noPayOuts} text={bank.noPayOutsText} />
      ) : (
        <p class="says big">{bank.payOutsText}</p>
      )}
      <ul class="rows">
        {page.items.map(({ refundId, amount, reason, account }) => (
          <li class="panel">
            <div class="head">
              <h2>{account.holder}</h2>
              <p class="figure money">{format(amount, desk.locale)}</p>
            </div>
            <Facts
              facts={[
                [order.bank, account.bank],
                [order.account, <span class="figures strong">{account.account}</span>],
                [bank.reason, order.refundReasons[reason] ?? reason],
              ]}
            />
            {desk.mayAct && (
              <form method="post" action={`/admin/money/pay-outs/${refundId}`} class="actions mt">
                <button class="button" name="outcome" value="sent">
                  {bank.sent}
                </button>
                <button class="button-quiet" name="outcome" value="impossible">
                  {bank.impossible}
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
      <Pager path="/admin/money/pay-outs" query={{ after }} next={page.next} desk={desk} />
    </>
  )
}
