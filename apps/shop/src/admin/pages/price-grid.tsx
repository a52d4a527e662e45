import { markets } from '@sangdo/api'
import { format, textIn } from '@sangdo/core'
import { address, type Desk, type Entered } from '../desk.ts'
import { amountText } from '../parts/amount.ts'
import { described, Field, OnceKey, type Problems, ProblemSummary, Select } from '../parts/form.tsx'
import { Done, Empty, Pager, timeOf } from '../parts/list.tsx'
import type { PriceList, PriceRow } from '../types.ts'
import { type Cell, cellsOf, wasText } from './price-cells.ts'
import { currencies } from './promotion-kinds.tsx'
import { Check } from './promotion-parts.tsx'

/** A page of the grid, with the price lists of its currency and those of them that it shows. */
export interface GridPage {
  readonly rows: readonly PriceRow[]
  readonly next: string | null
  readonly currency: string
  readonly all: readonly PriceList[]
  readonly chosen: readonly PriceList[]
  readonly q: string | undefined
  readonly after: string | undefined
}

interface Shown {
  readonly desk: Desk
  readonly grid: GridPage
  /** What the address of the page asks for. */
  readonly place: Entered
  readonly done?: string | undefined
  readonly tried?: { readonly entered: Entered; readonly problems: Problems } | undefined
}

/** All prices of some goods in one table that can be written in. */
export const PriceGrid = (shown: Shown) => {
  const { desk, grid, place, done, tried } = shown
  const { prices: words } = desk.text
  const nameProblem = tried?.problems['name'] ?? tried?.problems['endsAt'] ?? tried?.problems['startsAt']
  return (
    <>
      <div class="head">
        <h1>{words.title}</h1>
      </div>
      <p class="big">{words.text}</p>
      <Done said={done && words.done[done]} />
      <ProblemSummary desk={desk} problems={tried?.problems ?? {}} />
      <Choice {...shown} />
      {desk.mayAct && <ListForm {...shown} isOpen={nameProblem !== undefined} />}
      {grid.rows.length === 0 ? (
        <Empty title={words.none} text={words.noneText} />
      ) : desk.mayAct ? (
        <Sheet {...shown} />
      ) : (
        <Table {...shown} />
      )}
      <Pager path="/admin/prices" query={place} next={grid.next} desk={desk} />
    </>
  )
}

const Choice = ({ desk: { text }, grid }: Shown) => {
  const { prices: words } = text
  const chosen = new Set(grid.chosen.map((list) => list.id))
  return (
    <form action="/admin/prices" class="search" role="search">
      <div class="field">
        <label for="q">{words.searchLabel}</label>
        <input id="q" type="search" name="q" value={grid.q} maxlength={100} />
      </div>
      <div class="field slim">
        <label for="currency">{words.currency}</label>
        <Select attributes={described('currency', 'currency')} of={currencies} chosen={grid.currency} />
      </div>
      {grid.all.length > 0 && (
        <fieldset class="choose">
          <legend>{words.lists}</legend>
          <div class="ticks">
            {grid.all.map((list) => (
              <Check name="list" value={list.id} label={list.name} checked={chosen.has(list.id)} />
            ))}
          </div>
        </fieldset>
      )}
      <button class="button-quiet">{words.show}</button>
    </form>
  )
}

const ListForm = ({ desk: { text }, grid, place, tried, isOpen }: Shown & { isOpen: boolean }) => {
  const { prices: words } = text
  const field = (name: string) => ({
    name,
    problems: isOpen ? tried?.problems : undefined,
    value: isOpen ? tried?.entered[name] : undefined,
  })
  const names = { '': words.anyMarket, ...text.promotionForm.marketNames }
  return (
    <details class="panel add" open={isOpen}>
      <summary>{words.addList}</summary>
      <form method="post" action="/admin/prices/lists" class="stack">
        <input type="hidden" name="lists" value={place['lists']} />
        <input type="hidden" name="currency" value={grid.currency} />
        <div class="pair third">
          <Field {...field('name')} label={words.listName} maxlength={200} required />
          <div class="field">
            <label for="listCurrency">{words.currency}</label>
            <Select
              attributes={described('listCurrency', 'listCurrency')}
              of={currencies}
              chosen={tried?.entered['listCurrency'] ?? grid.currency}
            />
          </div>
          <div class="field">
            <label for="market">{words.market}</label>
            <Select attributes={described('market', 'market')} of={names} chosen={tried?.entered['market']} />
          </div>
          <Field {...field('customerGroup')} label={words.group} hint={words.groupHint} maxlength={100} />
          <Field {...field('startsAt')} label={words.startsAt} type="datetime-local" />
          <Field {...field('endsAt')} label={words.endsAt} type="datetime-local" />
        </div>
        <button class="button-quiet">{words.addList}</button>
      </form>
    </details>
  )
}

const Sheet = (shown: Shown) => {
  const { desk, grid, place } = shown
  const { prices: words } = desk.text
  const cells = grid.rows.flatMap((row, index) => cellsOf(row, index, grid.chosen))
  return (
    <form method="post" action="/admin/prices">
      <OnceKey />
      <input type="hidden" name="was" value={wasText(cells)} />
      {Object.entries({ ...place, currency: grid.currency }).map(
        ([name, value]) => value && <input type="hidden" name={name} value={value} />,
      )}
      <p class="hint keys">{words.keys}</p>
      <Table {...shown} />
      <div class="savebar">
        <button class="button">
          {words.save}
          <span data-count />
        </button>
        <p class="hint">{words.saveHint}</p>
      </div>
    </form>
  )
}

const Table = (shown: Shown) => {
  const { desk, grid } = shown
  const { prices: words } = desk.text
  return (
    <>
      <div class="scroll" role="region" aria-label={words.title} tabindex={0}>
        <table class="sheet" data-grid>
          <thead>
            <tr>
              <th scope="col">{words.sku}</th>
              <th scope="col" class="end">
                {words.base}
              </th>
              {grid.chosen.map((list) => (
                <th scope="col" class="end">
                  {list.name}
                  <span class="sub">{placeOf(desk, list)}</span>
                </th>
              ))}
              <th scope="col" class="end">
                {words.cost}
              </th>
              <th scope="col" class="end">
                {words.floor}
              </th>
            </tr>
          </thead>
          <tbody>
            {grid.rows.map((row, index) => (
              <tr>
                <Named desk={desk} row={row} market={marketOf(grid.currency)} />
                {cellsOf(row, index, grid.chosen).map((cell) => (
                  <CellView {...shown} cell={cell} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="hint">{words.costHint}</p>
    </>
  )
}

const marketOf = (currency: string) => (markets.find((market) => market.currency === currency) ?? markets[0]).id

/** For whom a list is, and when, in a few words. */
function placeOf(desk: Desk, { market, customerGroup, startsAt, endsAt }: PriceList): string {
  const { prices: words, promotionForm } = desk.text
  const time = startsAt || endsAt ? `${dayOf(startsAt, desk)} – ${dayOf(endsAt, desk)}` : ''
  const where = market === null ? words.anyMarket : (promotionForm.marketNames[market] ?? market)
  return [where, customerGroup, time].filter(Boolean).join(' · ')
}

const dayOf = (at: string | null, { locale }: Desk) =>
  at ? new Date(at).toLocaleDateString(locale, { dateStyle: 'medium', timeZone: 'Asia/Seoul' }) : ''

const Named = ({ desk: { text, locale }, row, market }: { desk: Desk; row: PriceRow; market: string }) => {
  const options = textIn(row.options, [locale])
  return (
    <th scope="row">
      <a href={`/admin/products/${row.productId}`}>{textIn(row.name, [locale])}</a>
      {options && ` · ${options}`}
      <span class="sub">
        {row.sku} <a href={address('/admin/prices/why', { sku: row.sku, market })}>{text.prices.why}</a>
      </span>
    </th>
  )
}

const CellView = ({ desk, grid, tried, cell }: Shown & { cell: Cell }) => {
  const { text, locale } = desk
  const { prices: words } = text
  const column =
    cell.column === 'base' || cell.column === 'cost' || cell.column === 'floor'
      ? words[cell.column]
      : (grid.chosen.find((list) => list.id === cell.column)?.name ?? '')
  const was = cell.amount ? amountText(cell.amount) : ''
  const error = tried?.problems[cell.id]
  return (
    <td class="end">
      {desk.mayAct ? (
        <input
          {...described(cell.id, cell.name, error)}
          aria-label={words.cell(column, cell.row.sku)}
          value={tried?.entered[cell.name] ?? was}
          data-was={was}
          class="money"
          inputmode="decimal"
          autocomplete="off"
        />
      ) : (
        <span class="money">{cell.amount ? format(cell.amount, locale) : '–'}</span>
      )}
      {error && (
        <span id={`${cell.id}-error`} class="error">
          {error}
        </span>
      )}
      <Notes desk={desk} cell={cell} />
    </td>
  )
}

/** What else is said of a price: what it was, what it will be, what more pieces cost. */
const Notes = ({ desk, cell: { column, row } }: { desk: Desk; cell: Cell }) => {
  const { prices: words } = desk.text
  const known = column === 'base' ? row.base : column === 'cost' || column === 'floor' ? null : row.lists[column]
  if (!known) return null
  const notes = [
    ...(known.compareAt ? [words.compareAt(format(known.compareAt, desk.locale))] : []),
    ...known.scheduled.map(({ amount, startsAt }) =>
      words.scheduled(format(amount, desk.locale), timeOf(startsAt, desk)),
    ),
    ...known.fromQuantities.map(({ amount, minQuantity }) =>
      words.fromQuantity(format(amount, desk.locale), minQuantity),
    ),
  ]
  return notes.map((note) => <span class="sub">{note}</span>)
}
