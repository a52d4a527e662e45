import { type Context, Hono } from 'hono'
import { ApiRefusal, content, type Refusal } from '../../client.ts'
import { address, answerOf, type Desk, type DeskEnv, type Entered, formOf, refusalOf } from '../desk.ts'
import { deskPage } from '../layout.tsx'
import { csvIn } from '../parts/csv-file.ts'
import { type Problems, problemsOf } from '../parts/form.tsx'
import type { Settlement, SettlementException } from '../types.ts'
import { path, SettlementResult, Settlements, type TriedException } from './settlements-view.tsx'

/** What providers say they have settled, held against the ledger. */
export const settlementRoutes = new Hono<DeskEnv>()
  .get('/money/settlements', (c) => show(c, { query: c.req.query() }))
  .post('/money/settlements', async (c) => {
    const { desk } = c.var
    if (!desk.mayAct) throw new ApiRefusal({ status: 403, code: 'http.403', detail: '' })
    const { provider, file } = await c.req.parseBody()
    const chosen = typeof provider === 'string' ? provider : ''
    const { csv, problem } = await csvIn(desk, file)
    if (csv === undefined) return show(c, { chosen, problems: { file: problem } })
    const call = desk.api.admin.settlements.$post({ json: { provider: chosen, csv, currency: 'KRW' } })
    const { content: result, refusal } = await answerOf(call)
    return refusal ? show(c, { chosen, problems: problemsIn(desk, refusal) }) : show(c, { chosen, result })
  })
  .post('/money/settlements/:exceptionId', async (c) => {
    const entered = await formOf(c)
    const { desk } = c.var
    const exceptionId = c.req.param('exceptionId') as SettlementException['id']
    const [resolution, name] = [entered['resolution'] ?? '', `resolution-${exceptionId}`]
    const call = () =>
      desk.api.admin.settlements.exceptions[':exceptionId'].$post({ param: { exceptionId }, json: { resolution } })
    const problems = resolution
      ? problemsOf(desk, await refusalOf(call()), { resolution: name })
      : { [name]: desk.text.error.required }
    if (Object.keys(problems).length > 0) return show(c, { query: entered, tried: { exceptionId, entered, problems } })
    return c.redirect(address(path, { after: entered['after'], done: 'explained' }), 303)
  })

function problemsIn(desk: Desk, refusal: Refusal): Problems {
  const { settlements } = desk.text
  const { missing } = (refusal.details ?? {}) as { missing?: string[] }
  return missing
    ? { file: settlements.missing(missing.map((column) => settlements.columns[column] ?? column).join(', ')) }
    : problemsOf(desk, refusal, { csv: 'file' })
}

async function show(
  c: Context<DeskEnv>,
  {
    query = {},
    chosen,
    problems,
    result,
    tried,
  }: {
    query?: Entered
    chosen?: string
    problems?: Problems
    result?: Settlement
    tried?: TriedException
  },
) {
  const { desk } = c.var
  const { after } = query
  const resolved = query['show'] === 'resolved'
  const [providers, page] = await Promise.all([
    content(desk.api.admin.settlements.providers.$get()),
    content(
      desk.api.admin.settlements.exceptions.$get({
        query: { resolved: resolved ? 'true' : 'false', ...(after ? { after } : {}) },
      }),
    ),
  ])
  const refused = problems !== undefined || tried !== undefined
  return deskPage(
    c,
    { title: desk.text.settlements.title },
    <Settlements
      desk={desk}
      providers={providers}
      chosen={chosen}
      problems={problems}
      done={refused ? undefined : query['done']}
      resolved={resolved}
      after={after}
      page={page}
      tried={tried}
    >
      {result && <SettlementResult desk={desk} result={result} />}
    </Settlements>,
    refused ? 422 : 200,
  )
}
