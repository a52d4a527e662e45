/** The words of a key whose value is somebody's own, or opens something. */
const owned = new Set(
  (
    'account address authorization birth birthday bic body card city cookie credential credentials csrf cvc cvv email ' +
    'forename fullname holder iban ip key line1 line2 mail mobile name pan parameters passphrase passport ' +
    'password payer phone pin postcode query recipient search secret session street surname tel token username zip'
  ).split(' '),
)

/** Lower-case words of a key: `setCookie`, `SET_COOKIE` and `set-cookie` are the same two. */
const wordsOf = (key: string) =>
  key
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)

const longest = 8_192
const deepest = 6
const mostItems = 50

/** A value as it may be logged: nothing under a key that names something of somebody, and no such thing in a text either. */
export function redacted(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactedText(value)
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth === deepest) return '…'
  if (Array.isArray(value)) return value.slice(0, mostItems).map((item) => redacted(item, depth + 1))
  const entries = Object.entries(value).slice(0, mostItems)
  return Object.fromEntries(
    entries.map(([key, item]) => [key, isOwned(key, item) ? '[redacted]' : redacted(item, depth + 1)]),
  )
}

const isOwned = (key: string, item: unknown) =>
  item !== null && item !== undefined && wordsOf(key).some((word) => owned.has(word))

/**
 * A text without e-mail addresses, phone numbers, numbers that look like those of cards, persons or accounts, credentials and the
 * query strings of addresses. At most 8,192 characters of it.
 */
export function redactedText(text: string): string {
  return text
    .slice(0, longest)
    .replaceAll(/\/\/[^\s/@]{1,256}@/g, '//[credentials]@')
    .replaceAll(/\?[^\s"'<>()?=]{1,64}=[^\s"'<>)]*/g, '?[query]')
    .replaceAll(/\b(bearer|basic)\s+[\w.~+/=-]{6,}/gi, '$1 [token]')
    .replaceAll(/\beyJ[\w-]{8,}\.[\w-]+(\.[\w-]*)?/g, '[token]')
    .replaceAll(/[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]{1,253}\.\p{L}{2,24}/gu, '[email]')
    .replaceAll(/(?<![\w-])\d{6}-[1-8]\d{6}(?![\w-])/g, '[number]')
    .replaceAll(/(?<![\w-])\d(?:[ .-]?\d){12,18}(?![\w-])/g, (digits) => (isCardLike(digits) ? '[number]' : digits))
    .replaceAll(/(?<![\w-])\+\d[ .-]?\(?\d(?:[ .()-]{0,2}\d){5,13}(?![\w-])/g, '[phone]')
    .replaceAll(/(?<![\w-])(?:\(0\d{1,2}\)|0\d{1,2})[ .-]?\d{3,4}[ .-]?\d{4}(?![\w-])/g, '[phone]')
    .replaceAll(/(?<![\w-])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?![\w-])/g, '[phone]')
}

/** In groups as on a card, or with the check digit of one. */
function isCardLike(text: string): boolean {
  if (/^\d{4}([ .-])\d{4}\1\d{4}\1\d{1,7}$/.test(text) || /^\d{4}([ .-])\d{6}\1\d{5}$/.test(text)) return true
  const digits = [...text.replaceAll(/\D/g, '')].toReversed().map(Number)
  const sum = digits.reduce((total, digit, place) => total + (place % 2 === 0 ? digit : ((digit * 2 - 1) % 9) + 1), 0)
  return sum % 10 === 0
}
