import { share } from './exact.ts'
import type { TaxComponent, TaxOptions, TaxRate } from './model.ts'

/** The rate of a tax class, exactly: n / d of a net amount, and what its components are. */
export interface ExactRate {
  readonly n: number | bigint
  readonly d: number | bigint
  /** In percent. */
  readonly text: string
  readonly taxFree: boolean
  readonly parts: readonly { readonly name: string; readonly text: string; readonly weight: bigint }[]
}

/** A percentage as a whole number of 10^-places percent. */
interface Fixed {
  readonly value: bigint
  readonly places: number
}

const none: ExactRate = { n: 0, d: 1, text: '0', taxFree: true, parts: [] }
const zeroRate: ExactRate = { ...none, taxFree: false }
const hundred = 100n

/** The rate at which a class is taxed: none, one percentage, or the exact sum of components. */
export function exactRate(rate: TaxRate | undefined): ExactRate {
  if (rate === undefined) return none
  if (typeof rate === 'object') return compoundRate(rate)
  const fixed = fixedOf(rate)
  return { ...ratioOfFixed(fixed), text: String(rate), taxFree: false, parts: [] }
}

/** Each component applies to the base, a compound one to the taxes before it too: R becomes R + p × (1 + R). */
function compoundRate(components: readonly TaxComponent[]): ExactRate {
  let whole: Fixed = { value: 0n, places: 0 }
  const parts = components.map(({ name, percent, compound }) => {
    const own = fixedOf(percent)
    const part = compound
      ? {
          value: own.value * (whole.value + hundred * 10n ** BigInt(whole.places)),
          places: own.places + whole.places + 2,
        }
      : own
    whole = addFixed(whole, part)
    return { name, text: String(percent), part }
  })
  const places = Math.max(...parts.map(({ part }) => part.places))
  return {
    ...ratioOfFixed(whole),
    text: textOf(whole),
    taxFree: false,
    parts: parts.map(({ name, text, part }) => ({ name, text, weight: raised(part, places) })),
  }
}

function fixedOf(percent: number | string): Fixed {
  const [whole = '0', decimals = ''] = String(percent).split('.')
  return { value: BigInt(whole + decimals), places: decimals.length }
}

const raised = ({ value, places }: Fixed, to: number) => value * 10n ** BigInt(to - places)

function addFixed(a: Fixed, b: Fixed): Fixed {
  const places = Math.max(a.places, b.places)
  return { value: raised(a, places) + raised(b, places), places }
}

function textOf({ value, places }: Fixed): string {
  const digits = String(value).padStart(places + 1, '0')
  const decimals = digits.slice(digits.length - places).replace(/0+$/, '')
  return digits.slice(0, digits.length - places) + (places > 0 && decimals ? `.${decimals}` : '')
}

function ratioOfFixed({ value, places }: Fixed): Pick<ExactRate, 'n' | 'd'> {
  const d = hundred * 10n ** BigInt(places)
  return d > BigInt(Number.MAX_SAFE_INTEGER) || value > d ? { n: value, d } : { n: Number(value), d: Number(d) }
}

/** The rate of a tax class, whatever it is called; undefined where there is none. */
export const rateIn = (rates: TaxOptions['rates'] | undefined, taxClass: string): TaxRate | undefined =>
  rates && Object.hasOwn(rates, taxClass) ? rates[taxClass] : undefined

/** What is asked of a tax class while a cart is priced; each class is looked up once. */
export function ratesOf(tax: TaxOptions | undefined): (taxClass: string) => ExactRate {
  const known = new Map<string, ExactRate>()
  return (taxClass) => {
    const found = known.get(taxClass)
    if (found) return found
    const listed = exactRate(rateIn(tax?.rates, taxClass))
    const rate = tax && isExempt(tax, taxClass) && !listed.taxFree ? zeroRate : listed
    known.set(taxClass, rate)
    return rate
  }
}

const isExempt = ({ exemption }: TaxOptions, taxClass: string) =>
  exemption !== undefined && (exemption.taxClasses === undefined || exemption.taxClasses.includes(taxClass))

/** Says what an amount of a tax class becomes for this buyer, in minor units. */
export type Restate = (minor: number, taxClass: string) => number

const asIs: Restate = (minor) => minor

/**
 * Where prices contain tax and the net is to stay, an amount becomes amount × (1 + R) / (1 + H): R the buyer's rate, H the
 * rate that the price was made with. For an exempt buyer R is zero, so that they pay the net.
 */
export function restatement(tax: TaxOptions | undefined, rateOf: (taxClass: string) => ExactRate): Restate {
  if (tax?.pricesInclude !== 'tax') return asIs
  const keepsNet = tax.constant === 'net' && tax.homeRates !== undefined
  if (!keepsNet && !tax.exemption) return asIs
  const home = new Map<string, ExactRate>()
  const homeRates = tax.homeRates ?? tax.rates
  return (minor, taxClass) => {
    if (!keepsNet && tax.exemption && !isExempt(tax, taxClass)) return minor
    const was = home.get(taxClass) ?? exactRate(rateIn(homeRates, taxClass))
    home.set(taxClass, was)
    const is = rateOf(taxClass)
    const n = (BigInt(is.d) + BigInt(is.n)) * BigInt(was.d)
    const d = BigInt(is.d) * (BigInt(was.d) + BigInt(was.n))
    return n === d ? minor : share(minor, n, d, tax.rounding)
  }
}
