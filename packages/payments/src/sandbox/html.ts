/** A piece of HTML that is safe to show. */
export interface Html {
  readonly html: string
}

type Part = Html | string | number | null | false | readonly Html[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (char) => entities[char] ?? char)

function shown(part: Part): string {
  if (part === null || part === false) return ''
  if (typeof part === 'object') return 'html' in part ? part.html : part.map((one) => one.html).join('')
  return escaped(String(part))
}

/** Writes HTML: every value is escaped but pieces that were written so themselves. */
export const html = (texts: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  html: texts.map((text, index) => text + (index < parts.length ? shown(parts[index] ?? null) : '')).join(''),
})
