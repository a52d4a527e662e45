/** The looks of the back office: calm and dense, on top of the colours and fields of the shop's own stylesheet. */
export const style = `
@view-transition { navigation: none; }
.desk {
  min-height: 100dvh;
  font-size: 0.9375rem;
  line-height: 1.55;
  background: var(--paper);
}
.desk :is(h1, h2, h3) { text-wrap: balance; }
.desk h1 { font-size: 1.625rem; line-height: 1.25; }
.desk :is(h2, h3) { font-family: var(--font-sans); font-size: 1rem; font-weight: 650; }
.desk h3 { font-size: 0.9375rem; }
.desk main { padding: 1.25rem 1rem 4rem; outline: none; min-width: 0; }
.desk main > * { max-width: 74rem; }
.desk a:where(:not(.button, .button-quiet)) { color: inherit; text-decoration-color: color-mix(in oklab, currentColor 45%, transparent); text-decoration-line: underline; text-decoration-thickness: 1px; overflow-wrap: anywhere; }
.desk a:where(:not(.button, .button-quiet)):hover { text-decoration-color: currentColor; }
.desk :is(.button, .button-quiet) { min-height: 2.75rem; padding: 0.375rem 1rem; text-decoration: none; font-size: 0.9375rem; }
.desk .button-danger { background: var(--danger); color: var(--on-accent); }
.desk .plain { cursor: pointer; padding: 0.25rem 0; min-height: 1.75rem; text-align: start; color: inherit; text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: 0.2em; }
.strong { font-weight: 600; }
.hint { color: var(--muted); font-size: 0.875rem; font-weight: 400; }
.figures, .money { font-variant-numeric: tabular-nums; }
.skip { position: absolute; inset: 0 auto auto 0; z-index: 10; padding: 0.75rem 1rem; background: var(--action); color: var(--on-action) !important; translate: 0 -110%; }
.skip:focus { translate: 0; }

.side { background: var(--sunken); border-bottom: 1px solid var(--line); padding: 0.75rem 1rem 0.5rem; }
.side-brand a { font-family: var(--font-serif); font-size: 1.125rem; font-weight: 600; text-decoration: none; }
.side-brand span { font-family: var(--font-sans); font-size: 0.8125rem; font-weight: 400; color: var(--muted); }
.side nav ul { display: grid; grid-template-columns: repeat(3, 1fr); margin: 0.5rem -0.5rem 0.25rem; }
.side nav a { display: block; padding: 0.625rem 0.5rem; text-decoration: none; border-bottom: 2px solid transparent; overflow-wrap: normal; }
.waits { display: inline-block; min-width: 1.375rem; padding: 0 0.375rem; border-radius: 0.6875rem; background: var(--ink); color: var(--paper); font-size: 0.75rem; line-height: 1.375rem; text-align: center; font-weight: 600; font-variant-numeric: tabular-nums; margin-inline-start: 0.25rem; }
.side nav a:hover { background: color-mix(in oklab, var(--line) 45%, transparent); }
.side nav a[aria-current] { font-weight: 650; border-color: var(--ink); }
.side-foot { display: flex; flex-wrap: wrap; align-items: center; gap: 0 1rem; font-size: 0.875rem; border-top: 1px solid var(--line); padding-top: 0.375rem; }
.side-foot a { display: inline-block; padding: 0.25rem 0; }
@media (min-width: 62rem) {
  .desk:not(.desk-closed) { display: grid; grid-template-columns: 13.5rem minmax(0, 1fr); }
  .desk main { padding: 2rem 2.5rem 5rem; }
  .side { display: flex; flex-direction: column; position: sticky; top: 0; height: 100dvh; overflow-y: auto; padding: 2rem 1.25rem 1.25rem; border-bottom: 0; border-inline-end: 1px solid var(--line); }
  .side nav { flex: 1; }
  .side nav ul { display: block; margin: 1.5rem -0.75rem; }
  .side nav a { padding: 0.5rem 0.75rem; border-bottom: 0; border-inline-start: 2px solid transparent; }
  .side nav a[aria-current] { background: var(--surface); }
  .side-foot { display: block; padding-top: 1rem; }
}

.desk-closed main { max-width: 26rem; margin: 12vh auto 0; padding: 1.25rem 1rem 3rem; }
.desk-closed > form { text-align: center; padding-bottom: 2rem; }
.stack { display: flex; flex-direction: column; gap: 1rem; align-items: stretch; }
.stack > :is(.button, .button-quiet) { align-self: start; }
.desk-closed .stack > .button { align-self: stretch; }
.head { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.75rem 1.5rem; margin-bottom: 1.25rem; }
.head > div { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 0.875rem; min-width: 0; }
.back { display: inline-block; margin-bottom: 0.5rem; font-size: 0.875rem; color: var(--muted) !important; }
.notice, .notice-bad { margin-bottom: 1.25rem; }
.notice-bad form { margin-top: 0.75rem; }
.subjects { display: block; overflow-wrap: anywhere; }
.soundness { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.75rem 1.5rem; margin-top: 1.25rem; }
.notice-bad ul { list-style: disc; padding-inline-start: 1.25rem; }
.notice-bad { border-inline-start-color: var(--danger); background: var(--persimmon-tint); }

.desk .field { gap: 0.25rem; min-width: 0; }
.desk .field > label, .desk legend { font-size: 0.875rem; font-weight: 550; }
.desk .field > label .hint { font-size: 0.8125rem; }
.desk .field :is(input, select, textarea), .desk td :is(input, select) { min-height: 2.5rem; width: 100%; padding: 0.3125rem 0.625rem; border: 1px solid color-mix(in oklab, var(--ink) 55%, transparent); border-radius: 2px; background: var(--surface); font-size: 1rem; color: var(--ink); }
.desk .field textarea { min-height: 7rem; field-sizing: content; max-height: 28rem; line-height: 1.6; }
.desk .field textarea.short { min-height: 4rem; }
.desk .field select, .desk td select { height: 2.5rem; }
.desk :is(input, select, textarea)[aria-invalid] { border: 2px solid var(--danger); }
.desk .error { font-size: 0.875rem; font-weight: 500; color: var(--danger); }
.desk input.money { text-align: end; }
.pair { display: grid; gap: 1rem; }
.desk fieldset > legend { font-size: 0.9375rem; padding-bottom: 0.5rem; }
.check { display: flex; align-items: center; gap: 0.625rem; min-height: 2rem; }
.check input { width: 1.125rem; height: 1.125rem; flex: none; accent-color: var(--action); }
.checks { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: 0 1rem; }
.actions { display: flex; flex-wrap: wrap; gap: 0.75rem; align-items: center; }
@media (min-width: 40rem) { .pair { grid-template-columns: 1fr 1fr; align-items: start; } .third { grid-template-columns: repeat(3, 1fr); } }

.panel { background: var(--surface); border: 1px solid var(--line); border-radius: 4px; padding: 1rem; }
.panel > h2:first-child { margin-bottom: 0.75rem; }
.panel.stack > h2:first-child { margin-bottom: -0.25rem; }
.panel > .head { margin-bottom: 0.5rem; }
.panel.stick { position: sticky; top: 2rem; }
.panels { display: grid; gap: 1.25rem; align-items: start; grid-template-columns: minmax(0, 1fr); }
.panels > div { display: grid; gap: 1.25rem; grid-template-columns: minmax(0, 1fr); }
@media (min-width: 40rem) { .panel { padding: 1.25rem 1.5rem 1.5rem; } }
@media (min-width: 75rem) { .panels { grid-template-columns: minmax(0, 5fr) minmax(0, 3fr); } }

.todo { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 0.75rem; margin-bottom: 2.5rem; }
.todo a { display: flex; flex-direction: column-reverse; justify-content: space-between; gap: 0.25rem; height: 100%; padding: 1rem; background: var(--surface); border: 1px solid var(--line); border-radius: 4px; text-decoration: none; overflow-wrap: normal; }
.todo a:hover { border-color: var(--ink); }
.todo .count { font-size: 1.75rem; line-height: 1.2; font-weight: 600; font-variant-numeric: tabular-nums; }
.todo .is-none .count { color: var(--muted); font-weight: 400; }

.tabs { border-bottom: 1px solid var(--line); margin-bottom: 1rem; }
.tabs ul { display: flex; flex-wrap: wrap; gap: 0 1.25rem; margin-bottom: -1px; }
.tabs a { display: inline-block; padding: 0.4375rem 0; text-decoration: none; color: var(--muted); border-bottom: 2px solid transparent; }
.tabs a:hover { color: var(--ink); }
.tabs a[aria-current] { color: var(--ink); font-weight: 600; border-color: var(--ink); }
.tabs .count { margin-inline-start: 0.3125rem; font-size: 0.8125rem; font-variant-numeric: tabular-nums; font-weight: 400; color: var(--muted); }
.search { display: flex; flex-wrap: wrap; align-items: end; gap: 0.75rem; margin-bottom: 1.25rem; }
.search .field { flex: 1 1 11rem; max-width: 22rem; }
.search .field.slim { flex: 1 1 8rem; max-width: 12rem; }
.search .button-quiet { min-height: 2.5rem; }
.pager { display: flex; gap: 0.75rem; justify-content: flex-end; margin-top: 1.25rem; }
.empty { padding: 3rem 1rem; text-align: center; border: 1px dashed var(--line); border-radius: 4px; }
.empty .button-quiet { margin-top: 1rem; }

.desk table { width: 100%; border-collapse: collapse; font-size: 0.9375rem; }
.desk th { text-align: start; font-size: 0.8125rem; font-weight: 550; color: var(--muted); padding: 0.375rem 0.75rem 0.375rem 0; border-bottom: 1px solid var(--line); white-space: nowrap; }
.desk td { padding: 0.5625rem 0.75rem 0.5625rem 0; border-bottom: 1px solid var(--line); vertical-align: middle; overflow-wrap: anywhere; }
.desk :is(th, td):last-child { padding-inline-end: 0; }
.desk :is(th, td).end { text-align: end; }
.desk td.fixed { white-space: nowrap; overflow-wrap: normal; }
.desk tbody th { font-size: 0.9375rem; font-weight: 500; color: var(--ink); white-space: normal; padding-block: 0.5625rem; }
.desk .inputs :is(th, td) { padding-inline-end: 0.5rem; }
.desk .inputs td { min-width: 6rem; }
.desk .inputs :is(th, td):last-child { padding-inline-end: 0; }
.desk tr:target { background: var(--celadon-tint); }
.sub { display: block; font-size: 0.8125rem; color: var(--muted); }
.thing { display: flex; gap: 0.75rem; align-items: center; min-width: 0; }
.thing img, .thing .no-picture { width: 2.75rem; height: 2.75rem; object-fit: cover; background: var(--sunken); flex: none; border-radius: 2px; }
td .sr-label { display: none; }
@media (max-width: 47.99rem) {
  .desk table.cards thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .desk table.cards, .desk table.cards tbody { display: block; }
  .desk table.cards tr { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0.125rem 0.75rem; padding: 0.75rem 0; border-bottom: 1px solid var(--line); }
  .desk table.cards :is(td, th) { display: block; padding: 0; border: 0; }
  .desk table.cards .row-wide { grid-column: 1 / -1; }
  .desk table.cards .badge-cell { text-align: end; }
  .desk table.cards .end { text-align: end; }
  .desk table.cards td.left-small { text-align: start; color: var(--muted); font-size: 0.875rem; }
  .desk table.cards.three tr { grid-template-columns: auto minmax(0, 1fr) auto; align-items: center; }
  .desk table.cards.inputs tr { grid-template-columns: 1fr 1fr; gap: 0.5rem 0.75rem; }
  .desk table.cards.inputs td { min-width: 0; text-align: start; }
  td .sr-label { display: block; font-size: 0.8125rem; color: var(--muted); }
}

.status { display: inline-flex; align-items: center; gap: 0.375rem; padding: 0.0625rem 0.5rem 0.0625rem 0.4375rem; font-size: 0.8125rem; font-weight: 550; border-radius: 2px; white-space: nowrap; color: var(--ink); }
.status::before { content: ''; width: 0.4375rem; height: 0.4375rem; border-radius: 50%; background: currentColor; flex: none; }
.status-wait { background: var(--persimmon-tint); }
.status-wait::before { background: var(--accent); }
.status-go { background: var(--celadon-tint); }
.status-go::before { background: var(--celadon); }
.status-quiet { background: var(--sunken); color: var(--muted); }
.status-quiet::before { background: none; border: 1.5px solid currentColor; }
.status-bad { background: var(--persimmon-tint); color: var(--danger); }
.status-bad::before { border-radius: 0; }
.panel .status-quiet { background: var(--sunken); }

.facts { display: grid; gap: 0.3125rem; }

.pieces .field { display: grid; grid-template-columns: minmax(0, 1fr) auto 5rem; align-items: center; gap: 0 0.75rem; padding: 0.5rem 0; border-top: 1px solid var(--line); }
.pieces .field label { font-size: 0.9375rem; font-weight: 400; }
.pieces .field .hint { order: 1; }
.pieces .field input { order: 2; text-align: end; }
.pieces .field .error { order: 3; grid-column: 1 / -1; }
.facts > div { display: grid; grid-template-columns: 7.5rem minmax(0, 1fr); gap: 0.75rem; }
.facts dt { color: var(--muted); font-size: 0.875rem; }
.facts dd { overflow-wrap: anywhere; white-space: pre-line; }
.sums { display: grid; gap: 0.25rem; margin-top: 0.75rem; margin-inline-start: auto; max-width: 22rem; }
.sums > div { display: flex; justify-content: space-between; gap: 1rem; }
.sums dd { text-align: end; }
.sums dt { color: var(--muted); }
.sums .sum { border-top: 1px solid var(--ink); padding-top: 0.375rem; margin-top: 0.25rem; font-weight: 650; }
.sums .sum dt { color: inherit; }
.timeline li { display: grid; gap: 0 0.75rem; padding: 0.4375rem 0 0.4375rem 1rem; border-inline-start: 1px solid var(--line); position: relative; margin-inline-start: 0.25rem; }
.timeline li::before { content: ''; position: absolute; inset-inline-start: -0.25rem; top: 0.9375rem; width: 0.4375rem; height: 0.4375rem; border-radius: 50%; background: var(--ink); }
.parcel + .parcel { border-top: 1px solid var(--line); margin-top: 1rem; padding-top: 1rem; }
.parcel details { margin-top: 0.5rem; }
.desk summary { cursor: pointer; padding: 0.25rem 0; width: fit-content; font-weight: 500; text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: 0.2em; }
.desk details[open] > summary { margin-bottom: 0.75rem; }
.rows { display: grid; gap: 1.25rem; }
.review-text { white-space: pre-line; overflow-wrap: anywhere; max-width: 44rem; margin: 0.5rem 0; }
.stars { letter-spacing: 0.06em; color: var(--accent); }
.reply { border-inline-start: 3px solid var(--celadon); padding-inline-start: 0.875rem; margin: 0.75rem 0; white-space: pre-line; overflow-wrap: anywhere; }
.review-actions { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; align-items: start; margin-top: 0.75rem; }
.review-actions details { min-width: 0; }
.review-actions details[open] { flex: 1 1 100%; }
.review-actions details[open] form { max-width: 34rem; }
.desk .review-actions summary { min-height: 2.75rem; display: flex; align-items: center; }
.meaning { border-inline-start: 3px solid var(--celadon); padding-inline-start: 0.875rem; }
.meaning p + p { margin-top: 0.5rem; }
.numbers { display: grid; grid-template-columns: repeat(auto-fit, minmax(7rem, 1fr)); gap: 0.75rem; margin: 1.25rem 0; }
.numbers > div { padding: 0.75rem 1rem; background: var(--surface); border: 1px solid var(--line); border-radius: 4px; }
.numbers dt { font-size: 0.8125rem; color: var(--muted); }
.numbers dd { font-size: 1.375rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.builder fieldset { min-width: 0; }
.builder > div:first-child { align-content: start; }
.beside { min-width: 0; height: 100%; align-items: start; }
.beside .stick { gap: 0.875rem; }
.beside h3 { margin-top: 0.25rem; }
.beside [data-part]:empty { display: none; }
@media (min-width: 75rem) { .beside .last { order: -1; position: sticky; top: -1.25rem; z-index: 1; margin: -1.25rem -1.5rem 0; padding: 0.875rem 1.5rem; background: var(--surface); border-bottom: 1px solid var(--line); }
.builder { align-items: stretch; } .beside .stick { top: 1.25rem; max-height: calc(100dvh - 2.5rem); overflow-y: auto; } }
.group { padding-block: 0.75rem; }
.desk .group > summary { display: flex; flex-wrap: wrap; gap: 0 0.75rem; align-items: baseline; width: auto; min-height: 2rem; text-decoration: none; list-style: none; padding: 0.25rem 0; }
.group > summary::-webkit-details-marker { display: none; }
.group > summary::before { content: '+'; width: 0.75rem; color: var(--muted); }
.group[open] > summary::before { content: '–'; }
.group > summary:hover h2 { text-decoration: underline; text-underline-offset: 0.2em; }
.group[open] > summary .hint { display: none; }
.group > .stack { padding-bottom: 0.5rem; }
.shelves { display: grid; grid-template-columns: repeat(auto-fill, minmax(10.5rem, 1fr)); gap: 0.5rem 1rem; padding-top: 0.25rem; }
.shelves .below { padding-inline-start: 1.75rem; }
.ticks { display: flex; flex-wrap: wrap; gap: 0 1.25rem; }
.row-fields { display: grid; grid-template-columns: 1fr 1fr; gap: 0.5rem 0.75rem; padding-block: 0.5rem; align-items: start; }
.row-fields > .field:last-child { grid-column: 1 / -1; }
@media (min-width: 40rem) { .row-fields { grid-template-columns: 1fr 1fr 8rem; } .row-fields > .field:last-child { grid-column: auto; } }
.kinds { display: grid; gap: 0.75rem; margin-top: 1.5rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr)); }
.kinds a { display: grid; gap: 0.25rem; align-content: start; height: 100%; min-height: 6rem; padding: 1rem 1.125rem; background: var(--surface); border: 1px solid var(--line); border-radius: 4px; text-decoration: none; }
.kinds a:hover { border-color: var(--ink); }
.kinds .strong { font-size: 1.0625rem; }
.receipt { display: grid; margin-top: 0.5rem; }
.receipt > div { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; padding-block: 0.375rem; border-top: 1px solid var(--line); }
.receipt dt { flex: 1 1 8rem; min-width: 0; overflow-wrap: anywhere; }
.receipt dd { margin-inline-start: auto; text-align: end; white-space: normal; }
.receipt s { color: var(--muted); margin-inline-end: 0.25rem; }
.receipt .small { font-size: 0.875rem; color: var(--muted); }
.receipt .given dd { color: var(--accent); font-weight: 600; }
.receipt .sum { border-top-color: var(--ink); font-weight: 650; }
.notes { display: grid; gap: 0.25rem; margin-top: 0.5rem; padding-inline-start: 1.125rem; list-style: disc; }
.steps { margin-top: 0.75rem; font-size: 0.875rem; }
.steps ol { display: grid; gap: 0.25rem; list-style: decimal; padding-inline-start: 1.5rem; overflow-wrap: anywhere; }
.says { max-width: 52rem; }
.spent { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; margin-block: 0.5rem; font-size: 0.875rem; color: var(--muted); font-variant-numeric: tabular-nums; }
.spent dd { display: inline-flex; align-items: center; gap: 0.5rem; }
.desk meter, .desk progress { width: 5rem; height: 0.5rem; accent-color: var(--celadon); }
.desk meter { appearance: none; border: 0; background: var(--track); border-radius: 2px; }
.desk meter::-webkit-meter-bar { height: 0.375rem; background: var(--track); border: 0; border-radius: 2px; }
.desk meter::-webkit-meter-optimum-value { background: var(--celadon); border-radius: 2px; }
.desk progress { appearance: none; border: 0; background: var(--track); border-radius: 2px; }
.desk progress::-webkit-progress-bar { background: var(--track); border-radius: 2px; }
.desk progress::-webkit-progress-value { background: var(--celadon); border-radius: 2px; }
.desk progress::-moz-progress-bar { background: var(--celadon); }
.desk progress { width: 8rem; margin-inline-end: 0.625rem; vertical-align: middle; }
.quiet-actions form { display: contents; }
.quiet-actions { gap: 0.25rem 1.25rem; margin-top: 0.5rem; }
.quiet-actions > a { padding-block: 0.25rem; }
.panels.even { align-items: stretch; }
@media (min-width: 62rem) { .panels.even { grid-template-columns: 1fr 1fr; } }
.part { border-top: 1px solid var(--line); padding-top: 1rem; margin-top: auto; }
.batches { display: grid; gap: 0.875rem; }
.choose { flex: 1 1 100%; }
.add { margin-bottom: 1.25rem; padding-block: 0.75rem; }
.keys { margin-bottom: 0.5rem; }
@media (hover: none) { .keys { display: none; } }
.scroll { overflow-x: auto; scroll-padding-inline: 9rem 1rem; border: 1px solid var(--line); border-radius: 4px; background: var(--surface); }
.scroll + .hint { margin-top: 0.5rem; }
.desk table.sheet { width: 100%; min-width: max-content; }
.desk .sheet :is(th, td) { padding: 0.4375rem 0.625rem; vertical-align: top; }
.desk .sheet thead th { max-width: 9.5rem; background: var(--surface); vertical-align: bottom; white-space: normal; overflow-wrap: anywhere; }
.desk .sheet thead .sub { font-weight: 400; }
.desk .sheet :is(thead, tbody) th:first-child { position: sticky; inset-inline-start: 0; z-index: 1; border-inline-end: 1px solid var(--line); }
.desk .sheet tbody th { width: 15rem; min-width: 8.5rem; max-width: 8.5rem; background: var(--surface); overflow-wrap: anywhere; }
@media (min-width: 48rem) { .desk .sheet tbody th { min-width: 12rem; max-width: 18rem; } .scroll { scroll-padding-inline: 16rem 1rem; } }
.desk .sheet tr:last-child > * { border-bottom: 0; }
.desk .sheet td { width: 7.5rem; background: var(--surface); }
.desk .sheet td input { width: 7rem; min-height: 2.25rem; border-color: var(--line-strong); }
.desk .sheet td input:focus { border-color: var(--ink); }
.desk .sheet td.changed input { background: var(--celadon-tint); border-color: var(--celadon); font-weight: 600; }
.desk .sheet td.changed input[aria-invalid] { background: var(--surface); border-color: var(--danger); }
.desk .sheet td .error { display: block; max-width: 8rem; margin-inline-start: auto; white-space: normal; }
.savebar { position: sticky; bottom: 0; z-index: 2; display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 1rem; margin-top: 1rem; padding-block: 0.75rem; background: var(--paper); border-top: 1px solid var(--line); }
.figure { font-size: 1.75rem; font-weight: 600; line-height: 1.2; }
.choices { display: grid; gap: 0.5rem; border: 0; }
@media (max-width: 47.99rem) { .desk table.cards .phone-hidden { display: none; } }
.mt { margin-top: 1.25rem; }
.mt-small { margin-top: 0.75rem; }
.sides { display: grid; gap: 1rem 2.5rem; align-items: start; grid-template-columns: minmax(0, 1fr); }
@media (min-width: 62rem) { .sides { grid-template-columns: 1fr 1fr; } }
.after { margin-bottom: 1.5rem; }
.after .numbers { margin-top: 0; }
.act-open { border-top: 1px solid var(--line); margin-top: 1rem; padding-top: 1rem; }
.act-open .field { max-width: 44rem; }
.act { border-top: 1px solid var(--line); margin-top: 1rem; padding-top: 0.5rem; }
.desk .act > summary { min-height: 2.75rem; display: flex; align-items: center; }
.act:not([open]) { margin-bottom: -0.75rem; }
.act form { max-width: 44rem; }
.big { margin-bottom: 0.75rem; font-size: 1.0625rem; }
`
