import { format, textIn } from '@sangdo/core'
import type { Shelf } from '../client.ts'
import type { Locale } from '../visitor.ts'
import type { Promotion } from './types.ts'

/** What of a promotion its sentence says. */
export type Meant = Pick<Promotion, 'rule' | 'needsCode' | 'exclusive' | 'startsAt' | 'endsAt'>

/** A promotion as one sentence: what it gives, on what, from when to when, and under which condition. */
export const sentence = (promotion: Meant, shelves: readonly Shelf[], locale: Locale): string =>
  (locale === 'ko' ? korean : english)(promotion, placesIn(promotion, shelves, locale))

/** The names of the categories that a promotion is limited to. */
function placesIn({ rule }: Meant, shelves: readonly Shelf[], locale: Locale): string {
  const chosen = new Set(rule.categoryIds)
  const names = flat(shelves)
    .filter((shelf) => chosen.has(shelf.id))
    .map((shelf) => textIn(shelf.name, [locale]))
  const skus = rule.skus ?? []
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format([...names, ...skus])
}

/** Every category of a tree, each before those below it. */
export const flat = (shelves: readonly Shelf[]): Shelf[] => shelves.flatMap((shelf) => [shelf, ...flat(shelf.children)])

const dayOf = (at: string, locale: Locale) =>
  new Date(at).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Seoul' })

function korean({ rule, needsCode, exclusive, startsAt, endsAt }: Meant, places: string): string {
  const when = [startsAt && `${dayOf(startsAt, 'ko')}부터`, endsAt && `${dayOf(endsAt, 'ko')}까지`]
    .filter(Boolean)
    .join(' ')
  const goods = places ? `${places} 상품` : '모든 상품'
  const minimum = rule.minimum ? `${goods}을 ${format(rule.minimum, 'ko')} 이상 담으면` : ''
  const on = { line: `${goods}마다`, order: `${goods} 금액에서`, shipping: '배송비에서' }[rule.target]
  const gives = rule.kind === 'percent_off' ? `${rule.percent}% 할인합니다` : `${format(rule.amount, 'ko')} 할인합니다`
  return sentencesOf([
    [when && `${when},`, needsCode && '쿠폰 번호를 적고', minimum, on, gives],
    [exclusive && '다른 할인과 함께 쓸 수 없습니다'],
  ])
}

function english({ rule, needsCode, exclusive, startsAt, endsAt }: Meant, places: string): string {
  const gives = rule.kind === 'percent_off' ? `${rule.percent}% off` : `${format(rule.amount, 'en')} off`
  const on = {
    line: `every item${places && ` in ${places}`}`,
    order: places ? `items in ${places}` : 'the order',
    shipping: 'shipping',
  }[rule.target]
  const counted = !places ? 'the items' : rule.target === 'shipping' ? `items in ${places}` : 'these items'
  const minimum = rule.minimum && `when ${counted} come to ${format(rule.minimum, 'en')} or more`
  const when = [startsAt && `from ${dayOf(startsAt, 'en')}`, endsAt && `until ${dayOf(endsAt, 'en')}`]
    .filter(Boolean)
    .join(' ')
  const conditions = [minimum, needsCode && 'with a coupon code', when].filter(Boolean)
  return sentencesOf([
    [[`${gives} ${on}`, ...conditions].join(', ')],
    [exclusive && 'Not together with other discounts'],
  ])
}

const sentencesOf = (sentences: readonly (readonly (string | false)[])[]): string =>
  sentences
    .map((words) => words.filter(Boolean).join(' '))
    .filter(Boolean)
    .map((said) => `${said}.`)
    .join(' ')
