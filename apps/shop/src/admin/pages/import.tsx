import { type Context, Hono } from 'hono'
import { ApiRefusal, attempt, content, type Refusal } from '../../client.ts'
import { type Desk, type DeskEnv, type Entered, formOf } from '../desk.ts'
import { deskPage } from '../layout.tsx'
import { type Problems, problemsOf } from '../parts/form.tsx'
import type { Import } from '../types.ts'
import { contentOf, createUploads, forget, receive, TooLarge, type Upload } from '../uploads.ts'
import { ImportForm, ImportState } from './import-view.tsx'

const uploads = createUploads()
const formats = ['shopify', 'spree', 'books'] as const
const refreshSeconds = 2

/** Importing a product file: a preview, a yes, and a page that shows how far it is. */
export const importRoutes = new Hono<DeskEnv>()
  .get('/import', (c) => showForm(c))
  .post('/import', async (c) => {
    const { desk } = c.var
    if (!desk.mayAct) throw new ApiRefusal({ status: 403, code: 'http.403', detail: '' })
    const upload = await receive(c.req.raw).catch((error: unknown) =>
      error instanceof TooLarge ? desk.text.import.tooLarge : desk.text.import.unreadable,
    )
    if (typeof upload === 'string') return showForm(c, {}, { file: upload })
    if (upload.bytes === 0) return showForm(c, upload.fields, { file: desk.text.import.noFile }, upload)
    const { started, refusal } = await begin(desk, upload, true)
    if (!started)
      return showForm(
        c,
        upload.fields,
        problemsOf(desk, refusal, { format: 'format', locale: 'locale', currency: 'currency' }),
        upload,
      )
    uploads.keep(started.id, desk.staff?.id ?? '', upload)
    return c.redirect(`/admin/import/${started.id}`, 303)
  })
  .get('/import/:importId', (c) => showImport(c, c.req.param('importId')))
  .post('/import/:importId/run', async (c) => {
    const { desk } = c.var
    const importId = c.req.param('importId')
    const upload = uploads.find(importId, desk.staff?.id ?? '')
    if (!upload) return showForm(c, await formOf(c), { file: desk.text.import.gone })
    const { started, refusal } = await begin(desk, upload, false)
    if (!started) return showForm(c, upload.fields, problemsOf(desk, refusal))
    await uploads.drop(importId)
    return c.redirect(`/admin/import/${started.id}`, 303)
  })
  .get('/import/:importId/errors.csv', async (c) => {
    const response = await c.var.desk.api.admin.imports[':importId'].errors.$get({
      param: { importId: c.req.param('importId') },
    })
    if (response.status !== 200)
      throw new ApiRefusal({ status: response.status, code: 'imports.not_found', detail: '' })
    const headers = {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="refused-rows.csv"',
      'cache-control': 'no-store',
    }
    return new Response(response.body, { headers })
  })

/** Sends a file on to the API, as it is read from disk. */
async function begin(
  { api }: Desk,
  upload: Upload,
  dryRun: boolean,
): Promise<{ started?: Import; refusal: Refusal | null }> {
  const { format = '', locale = '', currency = '' } = upload.fields
  const query = { format: formats.find((one) => one === format) ?? 'shopify', locale, currency, dryRun: String(dryRun) }
  const init = { body: contentOf(upload), duplex: 'half' } as RequestInit
  const { content: started, refusal } = await attempt(api.admin.imports.$post({ query }, { init }))
  return started ? { started, refusal: null } : { refusal }
}

async function showForm(c: Context<DeskEnv>, entered: Entered = {}, problems: Problems = {}, upload?: Upload) {
  const { desk } = c.var
  if (upload) await forget(upload)
  return deskPage(
    c,
    { title: desk.text.import.title },
    <ImportForm desk={desk} entered={entered} problems={problems} />,
    Object.keys(problems).length > 0 ? 422 : 200,
  )
}

async function showImport(c: Context<DeskEnv>, importId: string) {
  const { desk } = c.var
  const state = await content(desk.api.admin.imports[':importId'].$get({ param: { importId } }))
  const head = {
    title: state.dryRun ? desk.text.import.previewTitle : desk.text.import.runTitle,
    ...(state.status === 'running' ? { refresh: refreshSeconds } : {}),
  }
  return deskPage(
    c,
    head,
    <ImportState desk={desk} state={state} upload={uploads.find(importId, desk.staff?.id ?? '')} />,
  )
}
