import { type Context, Hono } from 'hono'
import { content } from '../../client.ts'
import { address, type DeskEnv, type Entered, formOf, refusalOf } from '../desk.ts'
import { deskPage } from '../layout.tsx'
import { problemsOf } from '../parts/form.tsx'
import type { Risk } from '../types.ts'
import { namesOf } from './order-actions.tsx'
import { RiskQueue, type TriedRisk } from './risk-view.tsx'

/** Orders that somebody has to decide about, and the decision. */
export const riskRoutes = new Hono<DeskEnv>()
  .get('/risk', (c) => showQueue(c, c.req.query()))
  .post('/risk/:assessmentId/decide', async (c) => {
    const entered = await formOf(c)
    const { api, text } = c.var.desk
    const assessmentId = c.req.param('assessmentId') as Risk['id']
    const verdict = entered['verdict'] === 'accept' ? 'accept' : 'refuse'
    const note = entered['note'] ?? ''
    const problems = note
      ? problemsOf(
          c.var.desk,
          await refusalOf(
            api.admin.risk[':assessmentId'].decide.$post({ param: { assessmentId }, json: { verdict, note } }),
          ),
          { note: `note-${assessmentId}` },
        )
      : { [`note-${assessmentId}`]: text.error.required }
    if (Object.keys(problems).length > 0) return showQueue(c, entered, { assessmentId, entered, problems })
    return c.redirect(address('/admin/risk', { after: entered['after'], done: verdict }), 303)
  })

async function showQueue(c: Context<DeskEnv>, query: Entered, tried?: TriedRisk) {
  const { desk } = c.var
  const { after } = query
  const [page, names] = await Promise.all([
    content(desk.api.admin.risk.$get({ query: after ? { after } : {} })),
    namesOf(desk),
  ])
  return deskPage(
    c,
    { title: desk.text.risk.title },
    <RiskQueue
      desk={desk}
      page={page}
      names={names}
      after={after}
      done={tried ? undefined : query['done']}
      tried={tried}
    />,
    tried ? 422 : 200,
  )
}
