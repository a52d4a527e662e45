import type { Desk, Entered } from '../desk.ts'
import type { Problems } from '../parts/form.tsx'
import { createReader, type Reader, said } from '../parts/reader.ts'
import type { PromotionDraft } from '../types.ts'

export type Rule = PromotionDraft['rule']
export type Kind = Rule['kind']
export const kinds = [
  'percent_off',
  'amount_off',
  'fixed_price',
  'buy_x_get_y',
  'set_price',
  'spend_tiers',
  'gift',
  'share_only',
] as const satisfies readonly Kind[]
export const kindIn = (entered: Entered): Kind | undefined => kinds.find((kind) => kind === entered['kind'])

const occasions = ['registration', 'birthday', 'win_back'] as const
const most = { pieces: 9_999, count: 1_000_000, days: 3_650 }
const shareRows = 5
const tierRows = 20

/** What a form says of a promotion, or what is wrong with it. */
export function readPromotion(
  desk: Desk,
  entered: Entered,
  kind: Kind,
): { problems: Problems; promotion?: PromotionDraft } {
  const reader = createReader(desk, entered, entered['currency'] ?? 'KRW')
  const { promotionForm: words } = desk.text
  const name = said({ ko: reader.word('nameKo'), en: reader.word('nameEn') })
  if (Object.keys(name).length === 0) reader.refuse('nameKo', desk.text.error.required)
  const rule = ruleIn(reader, words, kind, entered)
  const [startsAt, endsAt] = [reader.instant('startsAt') ?? null, reader.instant('endsAt') ?? null]
  if (startsAt && endsAt && endsAt <= startsAt) reader.refuse('endsAt', words.endsBefore)
  const promotion = {
    name: name as Record<string, string>,
    rule,
    needsCode: reader.flag('needsCode'),
    issue: occasions.find((one) => one === entered['issue']) ?? null,
    issueDays: reader.whole('issueDays', 1, most.days) ?? null,
    exclusive: reader.flag('exclusive'),
    best: reader.flag('best'),
    priority: reader.whole('priority', -1000, 1000) ?? 0,
    group: reader.word('group') ?? null,
    stacksWith: reader.several('stacksWith', ',') ?? null,
    limits: {
      uses: reader.whole('uses', 1, most.count) ?? null,
      usesPerBuyer: reader.whole('usesPerBuyer', 1, most.count) ?? null,
      budget: reader.amount('budget') ?? null,
      units: reader.whole('units', 1, most.count) ?? null,
    },
    startsAt,
    endsAt,
    active: entered['active'] !== 'no',
  }
  const { problems } = reader
  return Object.keys(problems).length > 0 ? { problems } : { problems, promotion }
}

type Words = Desk['text']['promotionForm']

function ruleIn(reader: Reader, words: Words, kind: Kind, entered: Entered): Rule {
  const gives = givesIn(reader, words, kind, entered)
  const target = 'target' in gives ? gives.target : undefined
  if (entered['maximumUnits'] && kind !== 'fixed_price' && target !== 'line')
    reader.refuse('maximumUnits', words.maximumUnitsHint)
  return {
    kind,
    ...gives,
    ...said({
      skus: reader.several('skus', /[\s,]+/),
      categoryIds: reader.several('category'),
      notDiscounted: reader.flag('notDiscounted') || undefined,
      minimum: reader.amount('minimum'),
      minimumOf: entered['minimumOf'] === 'before' ? ('before' as const) : undefined,
      minimumQuantity: reader.whole('minimumQuantity', 1, most.pieces),
      when: whenIn(reader, words, entered),
      shares: sharesIn(reader),
    }),
  } as Rule
}

function givesIn(reader: Reader, words: Words, kind: Kind, entered: Entered): object {
  const target = (['order', 'line', 'shipping'] as const).find((one) => one === entered['target']) ?? 'order'
  const maximumUnits = () => reader.whole('maximumUnits', 1, most.pieces)
  const pieces = (name: string) => reader.required(name, reader.whole(name, 1, most.pieces))
  switch (kind) {
    case 'percent_off': {
      const percent = reader.required('percent', reader.percent('percent'))
      return said({ percent, target, maximum: reader.amount('maximum'), maximumUnits: maximumUnits() })
    }
    case 'amount_off':
      return said({ amount: needed(reader, 'amount'), target, maximumUnits: maximumUnits() })
    case 'fixed_price':
      return said({ price: needed(reader, 'price'), maximumUnits: maximumUnits() })
    case 'buy_x_get_y':
      return said({
        buy: pieces('buy'),
        get: pieces('get'),
        percent: reader.percent('getPercent'),
        buys: buysIn(reader),
        per: entered['per'] === 'sku' ? 'sku' : 'cart',
        times: reader.whole('times', 1, most.pieces),
      })
    case 'set_price':
      return said({
        quantity: pieces('quantity'),
        price: needed(reader, 'price'),
        times: reader.whole('times', 1, most.pieces),
      })
    case 'spend_tiers':
      return { tiers: tiersIn(reader, words, entered), target: target === 'line' ? target : 'order' }
    case 'gift':
      return said({
        sku: reader.required('gift', reader.word('gift')),
        quantity: reader.whole('quantity', 1, most.pieces),
      })
    case 'share_only':
      return {}
  }
}

const needed = (reader: Reader, name: string) => reader.required(name, reader.amount(name))

function buysIn(reader: Reader): object | undefined {
  const scope = said({ skus: reader.several('buysSkus', /[\s,]+/), categoryIds: reader.several('buysCategory') })
  return Object.keys(scope).length > 0 ? scope : undefined
}

function tiersIn(reader: Reader, words: Words, entered: Entered): object[] {
  const tiers = rowsOf(tierRows).flatMap((row) => {
    const [from, size] = [`tier.${row}.from`, `tier.${row}.size`]
    if (!entered[from] && !entered[size]) return []
    const isAmount = entered[`tier.${row}.unit`] === 'amount'
    const given = isAmount
      ? { amount: reader.required(size, reader.amount(size)) }
      : { percent: reader.required(size, reader.percent(size)) }
    return [{ from: reader.required(from, reader.amount(from)), ...given }]
  })
  if (tiers.length === 0) reader.refuse('tier.1.from', words.wrongTiers)
  return tiers
}

function sharesIn(reader: Reader): object[] | undefined {
  const shares = rowsOf(shareRows).flatMap((row) => {
    const [to, percent] = [reader.word(`share.${row}.to`), reader.percent(`share.${row}.percent`)]
    if (to === undefined && percent === undefined) return []
    reader.required(`share.${row}.to`, to)
    reader.required(`share.${row}.percent`, percent)
    return [{ to, percent, purpose: reader.word(`share.${row}.purpose`) === 'donation' ? 'donation' : 'commission' }]
  })
  return shares.length > 0 ? shares : undefined
}

const rowsOf = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

function whenIn(reader: Reader, words: Words, entered: Entered): object | undefined {
  const when = said({
    markets: reader.several('market'),
    channels: reader.several('channels', ','),
    segments: reader.several('segments', ','),
    customerGroups: reader.several('customerGroups', ','),
    paymentMethods: reader.several('paymentMethod'),
    orderNumber: reader.whole('orderNumber', 1, 100_000),
    newWithinDays: reader.whole('newWithinDays', 1, most.days),
    birthday: birthdayIn(reader, words),
    weekdays: reader.several('weekday')?.map(Number),
    hours: hoursIn(reader, words, entered),
  })
  return Object.keys(when).length > 0 ? when : undefined
}

function birthdayIn(reader: Reader, words: Words): object | undefined {
  const [daysBefore, daysAfter] = [reader.whole('birthdayBefore', 0, 60), reader.whole('birthdayAfter', 0, 60)]
  if (daysBefore === undefined && daysAfter === undefined) return undefined
  if (daysBefore === undefined) return reader.refuse('birthdayBefore', words.wrongBirthday)
  if (daysAfter === undefined) return reader.refuse('birthdayAfter', words.wrongBirthday)
  return { daysBefore, daysAfter }
}

function hoursIn(reader: Reader, words: Words, { hoursFrom: from, hoursTo: to }: Entered): object | undefined {
  if (!from && !to) return undefined
  if (!from) return reader.refuse('hoursFrom', words.wrongHours)
  return to ? { from, to } : reader.refuse('hoursTo', words.wrongHours)
}

/** Which field of the form one of the API's is. */
export const fieldNames: Readonly<Record<string, string>> = {
  name: 'nameKo',
  'name.ko': 'nameKo',
  'name.en': 'nameEn',
  'limits.units': 'units',
  issue: 'issue',
  'rule.minimum.minor': 'minimum',
  'rule.maximumUnits': 'maximumUnits',
  'rule.sku': 'gift',
  'rule.skus': 'skus',
  'rule.categoryIds': 'category',
  ...Object.fromEntries(
    ['percent', 'amount', 'price', 'buy', 'get', 'quantity', 'times', 'minimum', 'maximum'].map((name) => [
      `rule.${name}`,
      name,
    ]),
  ),
}
