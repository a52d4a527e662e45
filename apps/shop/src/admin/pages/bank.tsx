import { type Context, Hono } from 'hono'
import { ApiRefusal, content, type Refusal } from '../../client.ts'
import { address, answerOf, type Desk, type DeskEnv, type Entered, formOf, refusalOf, staffedDesk } from '../desk.ts'
import { deskPage } from '../layout.tsx'
import { csvIn } from '../parts/csv-file.ts'
import { type Problems, problemsOf } from '../parts/form.tsx'
import type { PayOut, Statement } from '../types.ts'
import { PayOuts, StatementForm, StatementResult } from './bank-view.tsx'
import { showTasks } from './money.tsx'

/** The shop's own account: what came in by its bank, whose it is, and what is sent back by hand. */
export const bankRoutes = new Hono<DeskEnv>()
  .get('/money/bank', (c) => showForm(c))
  .post('/money/bank', async (c) => {
    const { desk } = c.var
    if (!desk.mayAct) throw new ApiRefusal({ status: 403, code: 'http.403', detail: '' })
    const { csv, problem } = await csvIn(desk, (await c.req.parseBody())['file'])
    if (csv === undefined) return showForm(c, { file: problem })
    const call = desk.api.admin.bank.statements.$post({ json: { csv, currency: 'KRW' } })
    const { content: result, refusal } = await answerOf(call)
    if (refusal) return showForm(c, problemsIn(desk, refusal))
    // What waits is counted again, as the statement may have added to it.
    c.set('desk', await staffedDesk(desk))
    return showForm(c, {}, result)
  })
  .post('/money/:taskId/assign', async (c) => {
    const entered = await formOf(c)
    const { desk } = c.var
    const [taskId, orderNumber] = [c.req.param('taskId'), entered['orderNumber'] ?? '']
    const name = `orderNumber-${taskId}`
    if (!orderNumber) return showTasks(c, entered, { taskId, entered, problems: { [name]: desk.text.error.required } })
    const { refusal } = await answerUnlessMissing(
      desk.api.admin.bank.deposits[':depositId'].assign.$post({ param: depositIn(entered), json: { orderNumber } }),
    )
    const problems =
      refusal?.code === 'orders.order_not_found'
        ? { [name]: desk.text.refusals[refusal.code] ?? '' }
        : problemsOf(desk, refusal ?? null, { orderNumber: name })
    if (refusal) return showTasks(c, entered, { taskId, entered, problems })
    return c.redirect(address('/admin/money', { after: entered['after'], done: 'assigned' }), 303)
  })
  .post('/money/:taskId/return', async (c) => {
    const entered = await formOf(c)
    const { desk } = c.var
    const [taskId, note] = [c.req.param('taskId'), entered['note'] ?? '']
    const call = () =>
      desk.api.admin.bank.deposits[':depositId'].return.$post({ param: depositIn(entered), json: { note } })
    const problems = note
      ? problemsOf(desk, await refusalOf(call()), { note: `note-${taskId}` })
      : { [`note-${taskId}`]: desk.text.error.required }
    if (Object.keys(problems).length > 0) return showTasks(c, entered, { taskId, entered, problems })
    return c.redirect(address('/admin/money', { after: entered['after'], done: 'returned' }), 303)
  })
  .get('/money/pay-outs', (c) => showPayOuts(c, c.req.query()))
  .post('/money/pay-outs/:refundId', async (c) => {
    const entered = await formOf(c)
    const outcome = entered['outcome'] === 'sent' ? 'sent' : 'impossible'
    const refundId = c.req.param('refundId') as PayOut['refundId']
    const call = c.var.desk.api.admin['pay-outs'][':refundId'].$post({ param: { refundId }, json: { outcome } })
    const problems = problemsOf(c.var.desk, await refusalOf(call))
    if (Object.keys(problems).length > 0) return showPayOuts(c, entered, problems)
    return c.redirect(address('/admin/money/pay-outs', { done: outcome }), 303)
  })

type DepositId = Statement['suspended'][number]['id']
const depositIn = ({ depositId = '' }: Entered) => ({ depositId: depositId as DepositId })

/** That there is no such order is for the form to say, not for a page of its own. */
async function answerUnlessMissing(call: Parameters<typeof refusalOf>[0]) {
  try {
    return { refusal: await refusalOf(call) }
  } catch (error) {
    if (error instanceof ApiRefusal && error.refusal.code === 'orders.order_not_found')
      return { refusal: error.refusal }
    throw error
  }
}

function problemsIn(desk: Desk, refusal: Refusal): Problems {
  const { bank } = desk.text
  const { missing } = (refusal.details ?? {}) as { missing?: string[] }
  return missing
    ? { file: bank.missing(missing.map((column) => bank.columns[column] ?? column).join(', ')) }
    : problemsOf(desk, refusal, { csv: 'file' })
}

const showForm = (c: Context<DeskEnv>, problems: Problems = {}, result?: Statement) =>
  deskPage(
    c,
    { title: c.var.desk.text.bank.title },
    <StatementForm desk={c.var.desk} problems={problems}>
      {result && <StatementResult desk={c.var.desk} result={result} />}
    </StatementForm>,
    Object.keys(problems).length > 0 ? 422 : 200,
  )

async function showPayOuts(c: Context<DeskEnv>, query: Entered, problems?: Problems) {
  const { desk } = c.var
  const { after } = query
  const page = await content(desk.api.admin['pay-outs'].$get({ query: after ? { after } : {} }))
  return deskPage(
    c,
    { title: desk.text.bank.payOuts },
    <PayOuts desk={desk} page={page} after={after} done={problems ? undefined : query['done']} problems={problems} />,
    problems ? 422 : 200,
  )
}
