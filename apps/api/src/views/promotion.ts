import { z } from '@hono/zod-openapi'
import type { CategoryNode } from '@sangdo/catalog'
import { Money, type Text, textIn } from '@sangdo/core'
import type { Db } from '@sangdo/core/server'
import { Coupon, Promotion, type PromotionRuleInput } from '@sangdo/pricing'
import { type Described, describePromotion } from '@sangdo/pricing/why'
import type { Shop } from '../shop.ts'

/** A sentence in the languages of the back office. */
export const Sentence = z.object({ ko: z.string(), en: z.string() })
export type Sentence = z.infer<typeof Sentence>

/** A promotion with its coupons, what has been spent of its limits, and what it means. */
export const PromotionView = Promotion.extend({
  coupons: z.array(Coupon.extend({ code: z.string(), uses: z.int() })),
  spent: z.object({ uses: z.int(), amount: Money.nullable(), units: z.int() }),
  sentence: Sentence,
}).openapi('PromotionView')

/** What markets and ways to pay are called in sentences. */
const commonNames = {
  ko: {
    kr: '한국',
    us: '미국',
    card: '신용·체크카드',
    virtual_account: '가상계좌',
    bank_transfer: '계좌이체',
  },
  en: {
    kr: 'Korea',
    us: 'the United States',
    card: 'card',
    virtual_account: 'virtual account',
    bank_transfer: 'bank transfer',
  },
} as const

/** A way to say in Korean and English what promotions mean, with the names of their categories and goods. */
export async function sentencesFor(
  shop: Shop,
  db: Db,
  promotions: readonly Described[],
): Promise<(promotion: Described) => Sentence> {
  const tree = promotions.some(namesCategories) ? await shop.catalog.categoryTree(db) : []
  const goods = await shop.catalog.variantsOf(db, [...new Set(promotions.flatMap(({ rule }) => skusOf(rule)))])
  const called = [...flat(tree).map(({ id, name }) => [id, name] as const), ...Object.entries(goods).map(goodsName)]
  const namesIn = (locale: 'ko' | 'en') => ({
    ...commonNames[locale],
    ...Object.fromEntries(called.map(([id, name]) => [id, textIn(name, [locale])])),
  })
  const names = { ko: namesIn('ko'), en: namesIn('en') }
  const say = (promotion: Described, locale: 'ko' | 'en') =>
    describePromotion(promotion, locale, { names: names[locale], timeZone: 'Asia/Seoul' })
  return (promotion) => ({ ko: say(promotion, 'ko'), en: say(promotion, 'en') })
}

const namesCategories = ({ rule }: Described) =>
  rule.categoryIds !== undefined || ('buys' in rule && rule.buys?.categoryIds !== undefined)

const skusOf = (rule: PromotionRuleInput): readonly string[] => [
  ...(rule.skus ?? []),
  ...('buys' in rule ? (rule.buys?.skus ?? []) : []),
  ...(rule.kind === 'gift' ? [rule.sku] : []),
]

const flat = (nodes: readonly CategoryNode[]): CategoryNode[] => nodes.flatMap((node) => [node, ...flat(node.children)])

const goodsName = ([sku, { name, options }]: [string, { name: Text; options: Text }]): readonly [string, Text] => [
  sku,
  Object.fromEntries(
    Object.entries(name).map(([locale, said]) => [locale, [said, options[locale]].filter(Boolean).join(' ')]),
  ),
]
