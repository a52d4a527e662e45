import { tidied } from '../contract/index.ts'

const blocks = new Set(
  'address article aside blockquote div dl dt dd fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr main nav ol p pre section table tr ul'.split(
    ' ',
  ),
)
const unseen = new Set(['script', 'style', 'template', 'noscript', 'iframe', 'object', 'svg', 'head', 'title'])
const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  copy: '©',
  reg: '®',
  trade: '™',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
  bull: '•',
  middot: '·',
  times: '×',
  deg: '°',
  euro: '€',
  pound: '£',
  yen: '¥',
}

/**
 * The text of an HTML fragment: paragraphs apart by an empty line, list items after a bullet; scripts, styles and comments are
 * dropped, unknown tags too. The result is plain text, to be escaped like any other where it is shown.
 */
export function htmlToText(html: string): string {
  if (!/<[a-z!/]/i.test(html)) return tidied(decoded(html))
  const lower = html.toLowerCase()
  let text = ''
  for (let at = 0; at < html.length;) {
    const open = html.indexOf('<', at)
    const close = open < 0 ? -1 : html.indexOf('>', open)
    if (close < 0) return tidyLines(text + inline(html.slice(at)))
    text += inline(html.slice(at, open))
    const { shown, end } = tagAt(lower, open, close)
    text += shown
    at = end
  }
  return tidyLines(text)
}

/** What a tag puts into the text, and where the text goes on. */
function tagAt(lower: string, open: number, close: number): { shown: string; end: number } {
  if (lower.startsWith('<!--', open)) return { shown: '', end: after(lower, '-->', open) }
  const name = /^<\/?([a-z][a-z0-9]*)/.exec(lower.slice(open, open + 20))?.[1]
  if (name === undefined)
    return lower[open + 1] === '!' || lower[open + 1] === '?'
      ? { shown: '', end: close + 1 }
      : { shown: '<', end: open + 1 }
  const closing = lower[open + 1] === '/'
  if (unseen.has(name)) return { shown: '', end: closing ? close + 1 : after(lower, `</${name}`, close) }
  return { shown: breakOf(name, closing), end: close + 1 }
}

/** Past the next `mark`, or at the end of the text where there is none. */
function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from)
  return found < 0 ? text.length : found + mark.length - (mark.startsWith('</') ? mark.length : 0)
}

function breakOf(name: string, closing: boolean): string {
  if (name === 'br') return '\n'
  if (name === 'li') return closing ? '' : '\n• '
  if (name === 'td' || name === 'th') return ' '
  return blocks.has(name) ? '\n\n' : ''
}

const inline = (text: string) => decoded(text.replaceAll(/\s+/g, ' '))

const tidyLines = (text: string) =>
  tidied(text)
    .split('\n')
    .map((line) => line.replaceAll(/ {2,}/g, ' ').trim())
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()

const decoded = (text: string) =>
  text.replaceAll(/&(#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});/gi, (whole, name: string) =>
    name.startsWith('#') ? charOf(name) : (entities[name.toLowerCase()] ?? whole),
  )

function charOf(reference: string): string {
  const code = /^#x/i.test(reference) ? Number.parseInt(reference.slice(2), 16) : Number(reference.slice(1))
  const isChar = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
  return isChar ? String.fromCodePoint(code) : ''
}
