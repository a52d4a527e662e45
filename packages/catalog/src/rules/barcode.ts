/**
 * The EAN-13 of an ISBN with ten or thirteen digits (ISO 2108), hyphens or not; leading zeros that a spreadsheet dropped are put
 * back. Empty where the check digit says that it is none.
 */
export function ean13Of(isbn: string): string {
  const digits = isbn.replaceAll(/[\s-]/g, '').toUpperCase()
  if (/^97[89]\d{10}$/.test(digits)) return digits.endsWith(checkDigit(digits)) ? digits : ''
  const ten = digits.padStart(10, '0')
  if (!/^\d{9}[\dX]$/.test(ten) || digits.length < 7 || weighted(ten) % 11 !== 0) return ''
  const core = `978${ten.slice(0, 9)}`
  return core + checkDigit(core)
}

const weighted = (ten: string) =>
  [...ten].reduce((sum, digit, index) => sum + (digit === 'X' ? 10 : Number(digit)) * (10 - index), 0)

/** The thirteenth digit of an EAN: the first twelve weighted 1, 3, 1, 3…, up to the next ten. */
function checkDigit(digits: string): string {
  const sum = Array.from(digits.slice(0, 12)).reduce(
    (total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3),
    0,
  )
  return String((10 - (sum % 10)) % 10)
}
