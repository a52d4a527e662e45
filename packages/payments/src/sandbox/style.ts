/** The look of the pay page: one column like a phone's payment sheet, light and dark. */
export const style = `
:root { color-scheme: light dark; --page: #eef1f5; --sheet: #fff; --ink: #191f28; --soft: #5a6472; --line: #d5dae1; --edge: #7f8997; --field: #f6f7f9;
  --brand: #1b5fd0; --brand-ink: #fff; --brand-soft: #e8f0fd; --note: #fff6de; --note-ink: #6b4700; --bad: #c4262e; --good: #0b7a4b; }
@media (prefers-color-scheme: dark) {
  :root { --page: #0f1114; --sheet: #1a1d22; --ink: #f1f3f6; --soft: #a9b2be; --line: #363c46; --edge: #7d8797; --field: #23272e;
    --brand: #7db0ff; --brand-ink: #0b1a33; --brand-soft: #1f2d45; --note: #33290f; --note-ink: #ffdf94; --bad: #ff8a8f; --good: #5fd6a0; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; min-height: 100dvh; background: var(--page); color: var(--ink);
  font: 16px/1.5 Pretendard, -apple-system, BlinkMacSystemFont, 'Apple SD Gothic Neo', 'Malgun Gothic', 'Noto Sans KR', 'Segoe UI', sans-serif;
  word-break: keep-all; overflow-wrap: anywhere; -webkit-text-size-adjust: 100%; }
.sheet { width: 100%; max-width: 28rem; margin: 0 auto; background: var(--sheet); min-height: 100vh; min-height: 100dvh; display: flex; flex-direction: column; }
@media (min-width: 34rem) {
  body { padding: 2.5rem 1rem; }
  .sheet { min-height: 0; border-radius: 1.25rem; overflow: hidden; box-shadow: 0 1px 2px rgb(0 0 0 / 8%), 0 1rem 3rem rgb(0 0 0 / 10%); }
}
header { display: flex; align-items: center; gap: .5rem; padding: 1rem 1.25rem; font-weight: 700; }
header .mark { width: 1.75rem; height: 1.75rem; border-radius: .5rem; background: var(--brand); color: var(--brand-ink); display: grid; place-items: center; font-size: .95rem; }
.badge { margin-inline-start: auto; padding: .125rem .625rem; border-radius: 1rem; background: var(--note); color: var(--note-ink); font-size: .8125rem; font-weight: 700; }
.note { margin: 0; padding: .75rem 1.25rem; background: var(--note); color: var(--note-ink); font-size: .875rem; }
main { padding: 1.5rem 1.25rem; flex: 1; display: flex; flex-direction: column; gap: 1.5rem; }
h1, h2, p, dl, dd, fieldset, ul { margin: 0; padding: 0; border: 0; }
.order { display: grid; gap: .25rem; }
.order p { color: var(--soft); }
.order .sum { color: var(--ink); font-size: 2rem; line-height: 1.25; font-weight: 800; letter-spacing: -.02em; font-variant-numeric: tabular-nums; }
.order .sum span { display: block; font-size: .875rem; font-weight: 500; letter-spacing: 0; color: var(--soft); }
h1 { font-size: 1.0625rem; font-weight: 600; }
h2, legend { font-size: 1.0625rem; font-weight: 700; padding: 0; }
form { display: grid; gap: 1rem; }
h2 + .hint { margin-top: -.75rem; }
section > h2 + .hint { margin-top: 0; }
.row { display: grid; grid-template-columns: 1fr 1fr; gap: .75rem; align-items: start; }
.field { display: grid; gap: .25rem; }
label, .field > .label { font-size: .9375rem; font-weight: 600; }
.hint { color: var(--soft); font-size: .8125rem; }
.error { color: var(--bad); font-size: .875rem; font-weight: 600; }
input[type=text] { width: 100%; height: 3.25rem; padding: 0 1rem; border: 1px solid var(--edge); border-radius: .75rem; background: var(--field); color: var(--ink); font: inherit; font-variant-numeric: tabular-nums; }
input[aria-invalid=true] { border-color: var(--bad); }
input.code { font-size: 1.5rem; letter-spacing: .5em; text-align: center; padding-inline-start: 1.5em; }
:focus-visible { outline: 3px solid var(--brand); outline-offset: 2px; }
.main, .plain, .ghost { display: flex; align-items: center; justify-content: center; width: 100%; min-height: 3.5rem; padding: .5rem 1rem; border: 0; border-radius: .875rem; font: inherit; font-weight: 700; text-decoration: none; cursor: pointer; }
.main { background: var(--brand); color: var(--brand-ink); font-size: 1.0625rem; }
.plain { background: var(--brand-soft); color: var(--ink); }
.ghost { min-height: 3rem; background: none; color: var(--soft); font-weight: 600; }
.main:hover, .plain:hover { filter: brightness(1.06); }
.ghost:hover { color: var(--ink); text-decoration: underline; }
.banks { display: grid; grid-template-columns: 1fr 1fr; gap: .625rem; margin-top: .75rem; }
.banks label { position: relative; display: flex; align-items: center; gap: .625rem; min-height: 3.5rem; padding: .5rem .875rem; border: 1px solid var(--line); border-radius: .75rem; cursor: pointer; }
.banks input { width: 1.125rem; height: 1.125rem; margin: 0; accent-color: var(--brand); }
.banks label:has(:checked) { border-color: var(--brand); background: var(--brand-soft); box-shadow: inset 0 0 0 1px var(--brand); }
.cards { list-style: none; display: grid; gap: .5rem; }
.cards button { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 .75rem; width: 100%; min-height: 3rem; padding: .5rem .875rem; border: 1px solid var(--line); border-radius: .75rem; background: none; color: var(--ink); font: inherit; font-variant-numeric: tabular-nums; text-align: start; align-items: center; cursor: pointer; }
.cards button:hover { border-color: var(--brand); background: var(--brand-soft); }
.cards small { color: var(--soft); font-size: .8125rem; }
.details { display: grid; gap: .75rem; padding: 1.125rem; border-radius: .875rem; background: var(--field); }
.details div { display: flex; justify-content: space-between; gap: 1rem; }
.details dt { color: var(--soft); flex: none; }
.details dd { font-weight: 600; text-align: end; font-variant-numeric: tabular-nums; }
.end { display: grid; gap: .375rem; justify-items: center; text-align: center; padding: 1.5rem 0; }
.end .sign { width: 3.5rem; height: 3.5rem; border-radius: 50%; display: grid; place-items: center; font-size: 1.625rem; font-weight: 800; background: var(--brand-soft); color: var(--brand); margin-bottom: .5rem; }
.end.good .sign { color: var(--good); } .end.bad .sign { color: var(--bad); }
.end h2 { font-size: 1.375rem; }
.end p { color: var(--soft); }
.summary { padding: .875rem 1rem; border: 1px solid var(--bad); border-radius: .75rem; display: grid; gap: .25rem; }
.summary a { color: var(--bad); }
.actions { display: grid; gap: .5rem; margin-top: auto; }
@media (max-width: 20rem) { .banks, .row { grid-template-columns: 1fr; } }
@media (forced-colors: active) { .banks label:has(:checked) { outline: 3px solid; } }
`
