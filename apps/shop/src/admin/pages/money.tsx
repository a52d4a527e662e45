import { type Context, Hono } from 'hono'
import { content } from '../../client.ts'
import { address, answerOf, type Desk, type DeskEnv, type Entered, formOf, refusalOf } from '../desk.ts'
import { deskPage } from '../layout.tsx'
import { accountFields, accountIn, accountNames } from '../parts/account.tsx'
import { type Problems, problemsOf } from '../parts/form.tsx'
import type { MoneyTask } from '../types.ts'
import { MoneyTasks, type TriedTask } from './money-list.tsx'
import { onceKey } from './order-actions.tsx'

/** Money that someone has to look at, and what is done about it. */
export const moneyRoutes = new Hono<DeskEnv>()
  .get('/money', (c) => showTasks(c, c.req.query()))
  .post('/money/:taskId/refund', async (c) => {
    const entered = await formOf(c)
    const { desk } = c.var
    const { done, problems } = await giveBack(desk, c.req.param('taskId') as MoneyTask['id'], entered)
    if (!done) return showTasks(c, entered, { taskId: c.req.param('taskId'), entered, problems })
    return c.redirect(address('/admin/money', { after: entered['after'], done }), 303)
  })
  .post('/money/:taskId/resolve', async (c) => {
    const entered = await formOf(c)
    const { desk } = c.var
    const [taskId, resolution] = [c.req.param('taskId') as MoneyTask['id'], entered['resolution'] ?? '']
    const call = () =>
      desk.api.admin['money-tasks'][':taskId'].resolve.$post({ param: { taskId }, json: { resolution } })
    const problems = resolution
      ? problemsOf(desk, await refusalOf(call()), { resolution: `resolution-${taskId}` })
      : { [`resolution-${taskId}`]: desk.text.error.required }
    if (Object.keys(problems).length > 0) return showTasks(c, entered, { taskId, entered, problems })
    return c.redirect(address('/admin/money', { after: entered['after'], done: 'resolved' }), 303)
  })

/** Gives the money of a task back. Answers what was done, or what stands in the way. */
async function giveBack(
  desk: Desk,
  taskId: MoneyTask['id'],
  entered: Entered,
): Promise<{ done?: string; problems: Problems }> {
  const asksForAccount = 'bank' in entered
  const missing = asksForAccount ? accountFields.filter((name) => !entered[name]) : []
  if (missing.length > 0)
    return { problems: Object.fromEntries(missing.map((name) => [`${name}-${taskId}`, desk.text.error.required])) }
  const { content: refund, refusal } = await answerOf(
    desk.api.admin['money-tasks'][':taskId'].refund.$post({
      param: { taskId },
      header: onceKey(entered),
      json: asksForAccount ? { account: accountIn(entered) } : {},
    }),
  )
  if (refusal) return { problems: problemsOf(desk, refusal, accountNames(`-${taskId}`)) }
  if (refund.status === 'failed')
    return { problems: { form: desk.text.money.refused(refund.failure?.message ?? refund.status) } }
  return { done: refund.status === 'succeeded' ? 'refunded' : 'refunding', problems: {} }
}

/** The list of tasks, with what was tried on one of them. */
export async function showTasks(c: Context<DeskEnv>, query: Entered, tried?: TriedTask) {
  const { desk } = c.var
  const { after } = query
  const resolved = query['show'] === 'resolved'
  const page = await content(
    desk.api.admin['money-tasks'].$get({
      query: { resolved: resolved ? 'true' : 'false', ...(after ? { after } : {}) },
    }),
  )
  return deskPage(
    c,
    { title: desk.text.money.title },
    <MoneyTasks
      desk={desk}
      resolved={resolved}
      after={after}
      page={page}
      done={tried ? undefined : query['done']}
      tried={tried}
    />,
    tried ? 422 : 200,
  )
}
