import { markets } from '@sangdo/api'
import type { Desk, Entered } from '../desk.ts'
import { described, Field, type Problems, ProblemSummary, Select } from '../parts/form.tsx'
import type { Import } from '../types.ts'
import type { Upload } from '../uploads.ts'

const currencies = Object.fromEntries(markets.map(({ currency }) => [currency, currency]))

/** The form that takes a file, and says what kind of file it is. */
export const ImportForm = ({ desk, entered, problems }: { desk: Desk; entered: Entered; problems: Problems }) => {
  const { text } = desk
  const { import: words, product } = text
  const locales = { ko: product.korean, en: product.english }
  return (
    <>
      <div class="head">
        <h1>{words.title}</h1>
      </div>
      <p class="big">{words.text}</p>
      {desk.mayAct ? (
        <form method="post" action="/admin/import" enctype="multipart/form-data" class="panel stack">
          <ProblemSummary desk={desk} problems={problems} />
          <fieldset class="choices">
            <legend>{words.format}</legend>
            {(['shopify', 'spree', 'books'] as const).map((format, index) => (
              <label class="check">
                <input
                  type="radio"
                  name="format"
                  value={format}
                  checked={entered['format'] ? entered['format'] === format : index === 0}
                />
                <span>
                  {words.formats[format]} <span class="hint">{words.formatsHint[format]}</span>
                </span>
              </label>
            ))}
          </fieldset>
          <div class="pair">
            <div class="field">
              <label for="locale">{words.locale}</label>
              <Select
                attributes={described('locale', 'locale', problems['locale'])}
                of={locales}
                chosen={entered['locale'] ?? desk.locale}
              />
            </div>
            <div class="field">
              <label for="currency">{words.currency}</label>
              <Select
                attributes={described('currency', 'currency', problems['currency'])}
                of={currencies}
                chosen={entered['currency'] ?? (desk.locale === 'ko' ? 'KRW' : 'USD')}
              />
            </div>
          </div>
          <Field name="file" label={words.file} hint={words.fileHint} problems={problems}>
            {(attributes) => <input type="file" {...attributes} accept=".csv,text/csv" required />}
          </Field>
          <button class="button">{words.preview}</button>
        </form>
      ) : (
        <p class="hint">{text.error.deniedText}</p>
      )}
    </>
  )
}

/** How far an import is, and what became of its rows. */
export const ImportState = ({ desk, state, upload }: { desk: Desk; state: Import; upload: Upload | null }) => {
  const { import: words } = desk.text
  return (
    <>
      <a class="back" href="/admin/import">
        ← {words.title}
      </a>
      <div class="head">
        <h1>{state.dryRun ? words.previewTitle : words.runTitle}</h1>
      </div>
      <Standing desk={desk} state={state} />
      <Numbers desk={desk} state={state} />
      {state.status === 'finished' && <NextStep desk={desk} state={state} upload={upload} />}
      {state.failed > 0 && <RefusedRows desk={desk} state={state} />}
    </>
  )
}

const Standing = ({ desk: { text }, state }: { desk: Desk; state: Import }) => {
  const { import: words } = text
  switch (state.status) {
    case 'running':
      return (
        <p class="notice" role="status">
          {words.running} <a href={`/admin/import/${state.id}`}>{words.latest}</a>
        </p>
      )
    case 'failed':
      return (
        <p class="notice-bad" role="alert">
          {words.failed} {state.problem}
        </p>
      )
    case 'finished':
      return (
        <p class="notice" role="status">
          {state.dryRun ? words.previewDone : words.runDone}
        </p>
      )
  }
}

const Numbers = ({ desk, state }: { desk: Desk; state: Import }) => {
  const { import: words } = desk.text
  const numbers = [
    [words.rows, state.rows],
    [state.dryRun ? words.wouldCreate : words.created, state.created],
    [state.dryRun ? words.wouldUpdate : words.updated, state.updated],
    [words.unchanged, state.unchanged],
    [words.refused, state.failed],
  ] as const
  return (
    <dl class="numbers">
      {numbers.map(([label, number]) => (
        <div>
          <dt>{label}</dt>
          <dd>{number.toLocaleString(desk.locale)}</dd>
        </div>
      ))}
    </dl>
  )
}

/** After a preview, the import itself; after an import, the products. */
const NextStep = ({ desk, state, upload }: { desk: Desk; state: Import; upload: Upload | null }) => {
  const { import: words } = desk.text
  const count = state.created + state.updated
  return (
    <div class="stack">
      {state.dryRun && count === 0 && <p>{words.runNothing}</p>}
      {state.dryRun && count > 0 && desk.mayAct && (
        <form method="post" action={`/admin/import/${state.id}/run`} class="stack">
          {upload && <p class="hint">{words.runHint(upload.fileName)}</p>}
          {upload ? <button class="button">{words.run(count)}</button> : <p>{words.gone}</p>}
        </form>
      )}
      <p class="actions">
        {!state.dryRun && (
          <a class="button" href="/admin/products">
            {words.toProducts}
          </a>
        )}
        <a class="button-quiet" href="/admin/import">
          {words.again}
        </a>
      </p>
    </div>
  )
}

const RefusedRows = ({ desk, state }: { desk: Desk; state: Import }) => {
  const { import: words } = desk.text
  return (
    <section class="panel mt">
      <div class="head">
        <h2>{words.errors}</h2>
        {state.status === 'finished' && (
          <a class="button-quiet" href={`/admin/import/${state.id}/errors.csv`}>
            {words.errorFile}
          </a>
        )}
      </div>
      <p class="hint">
        {words.errorFileHint}{' '}
        {state.failed > state.errors.length && state.errors.length > 0 && words.firstErrors(state.errors.length)}
      </p>
      {state.errors.length > 0 && (
        <table class="mt">
          <thead>
            <tr>
              <th scope="col">{words.row}</th>
              <th scope="col">{words.column}</th>
              <th scope="col">{words.why}</th>
            </tr>
          </thead>
          <tbody>
            {state.errors.map((error) => (
              <tr>
                <td class="figures">{error.row}</td>
                <td>{error.column ?? words.whole}</td>
                <td lang="en">{error.reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
