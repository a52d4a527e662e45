import type { PromotionRuleInput } from '../contract/promotions.ts'
import type { Described, Words } from './describe.ts'

type Scope = Pick<PromotionRuleInput, 'skus' | 'categoryIds'>

/** A promotion in Korean sentences. */
export function korean(promotion: Described, words: Words): string {
  const { rule } = promotion
  const terms = [...circumstances(promotion, words), ...asked(rule, words)].join(' ')
  return [
    `${terms ? `${terms} ` : ''}${gives(rule, words)}.`,
    ...(rule.shares ?? []).map(
      ({ to, purpose, percent }) =>
        `결제한 상품 금액의 ${percent}%를 ${words.list([to])}에 ${purpose === 'commission' ? '수수료로 지급합니다' : '기부합니다'}.`,
    ),
    ...limits(promotion, words),
    ...(rule.notDiscounted ? ['이미 할인 중인 상품은 제외합니다.'] : []),
    ...(promotion.exclusive ? ['다른 할인과 함께 쓸 수 없습니다.'] : []),
  ].join(' ')
}

const goodsOf = ({ skus = [], categoryIds = [] }: Scope, { list }: Words) =>
  skus.length + categoryIds.length > 0 ? `${list([...categoryIds, ...skus])} 상품` : '모든 상품'

function circumstances({ rule, needsCode, startsAt, endsAt }: Described, words: Words): string[] {
  const { when = {} } = rule
  const { birthday, hours } = when
  return [
    startsAt ? `${words.at(startsAt)}부터` : '',
    endsAt ? `${words.at(endsAt)}까지` : '',
    when.weekdays ? `${words.weekdays(when.weekdays)}마다` : '',
    hours ? `${hours.from}부터 ${hours.to}까지` : '',
    when.markets ? `${words.list(when.markets)} 마켓에서` : '',
    when.channels ? `${words.list(when.channels)} 채널에서` : '',
    when.segments ? `${words.list(when.segments)} 고객이` : '',
    when.customerGroups ? `${words.list(when.customerGroups)} 회원이` : '',
    when.newWithinDays === undefined ? '' : `가입한 지 ${when.newWithinDays}일 이내인 고객이`,
    birthday ? `생일 ${birthday.daysBefore}일 전부터 ${birthday.daysAfter}일 후까지` : '',
    when.orderNumber === undefined ? '' : when.orderNumber === 1 ? '첫 주문에서' : `${when.orderNumber}번째 주문에서`,
    needsCode ? `쿠폰 번호를 입력하${rule.minimum || rule.minimumQuantity ? '고' : '면'}` : '',
    when.paymentMethods ? `${words.list(when.paymentMethods)} 결제 시` : '',
  ].filter(Boolean)
}

function asked(rule: PromotionRuleInput, words: Words): string[] {
  const goods = goodsOf(rule, words)
  const before = rule.minimumOf === 'before' ? '할인 전 금액으로 ' : ''
  const minimum = rule.minimum ? `${goods}을 ${before}${words.show(rule.minimum)} 이상 담으면` : ''
  const pieces = rule.minimumQuantity ? `${goods}을 ${rule.minimumQuantity}개 이상 담으면` : ''
  return [minimum, pieces].filter(Boolean)
}

function gives(rule: PromotionRuleInput, words: Words): string {
  const goods = goodsOf(rule, words)
  switch (rule.kind) {
    case 'percent_off':
      return off(rule, words, `${rule.percent}%`) + (rule.maximum ? `(최대 ${words.show(rule.maximum)})` : '')
    case 'amount_off':
      return off(rule, words, words.show(rule.amount))
    case 'fixed_price':
      return `${goods}을 ${atMost(rule.maximumUnits)}한 개에 ${words.show(rule.price)}에 판매합니다`
    case 'buy_x_get_y':
      return buyAndGet(rule, words)
    case 'set_price':
      return `${goods} 중 ${rule.quantity}개를 묶어 ${words.show(rule.price)}에 판매합니다${times(rule.times)}`
    case 'spend_tiers':
      return spendTiers(rule, words)
    case 'gift':
      return `사은품으로 ${words.list([rule.sku])} ${rule.quantity ?? 1}개를 드립니다`
    case 'share_only':
      return '가격은 그대로입니다'
  }
}

function spendTiers(rule: Extract<PromotionRuleInput, { kind: 'spend_tiers' }>, words: Words): string {
  const sizes = rule.tiers.map((tier) => ('percent' in tier ? `${tier.percent}%를` : `${words.show(tier.amount)}을`))
  const tiers = rule.tiers.map(({ from }, index) => `${words.show(from)} 이상이면 ${sizes[index]}`)
  return `${goodsOf(rule, words)} 금액이 ${tiers.join(', ')} ${rule.target === 'line' ? '상품마다 나누어 ' : ''}할인합니다`
}

type Off = Extract<PromotionRuleInput, { kind: 'percent_off' | 'amount_off' }>

function off(rule: Off, words: Words, size: string): string {
  const goods = goodsOf(rule, words)
  switch (rule.target ?? 'order') {
    case 'line':
      return `${goods}을 ${atMost(rule.maximumUnits)}${rule.kind === 'amount_off' ? '한 개에 ' : ''}${size} 할인합니다`
    case 'order':
      return `${goods} 금액에서 ${size} 할인합니다`
    case 'shipping':
      return rule.kind === 'percent_off' && Number(rule.percent) === 100
        ? '무료로 배송합니다'
        : `배송비에서 ${size} 할인합니다`
  }
}

function buyAndGet(rule: Extract<PromotionRuleInput, { kind: 'buy_x_get_y' }>, words: Words): string {
  const free = Number(rule.percent ?? 100) === 100 ? '무료입니다' : `${rule.percent}% 할인됩니다`
  const goods = goodsOf(rule, words)
  if (rule.buys)
    return `${same(rule, rule.buys, words)} ${rule.buy}개를 살 때마다 ${goods} 중 가장 싼 ${rule.get}개가 ${free}${times(rule.times)}`
  return `${same(rule, rule, words)} ${rule.buy + rule.get}개를 담을 때마다 가장 싼 ${rule.get}개가 ${free}${times(rule.times)}`
}

const same = ({ per }: { per?: string | undefined }, scope: Scope, words: Words) =>
  per === 'sku' ? `같은 ${goodsOf(scope, words).replace('모든 ', '')}` : goodsOf(scope, words)
const times = (most: number | undefined) => (most === undefined ? '' : `(한 주문에 ${most}번까지)`)
const atMost = (units: number | undefined) => (units === undefined ? '' : `상품마다 ${units}개까지 `)

function limits({ limits: { uses, usesPerBuyer, budget, units } = {} }: Described, { show }: Words): string[] {
  const said = [
    uses ? `선착순 ${uses}건` : '',
    usesPerBuyer ? `한 사람에 ${usesPerBuyer}번` : '',
    budget ? `예산 ${show(budget)}` : '',
    units ? `수량 ${units}개` : '',
  ].filter(Boolean)
  return said.length > 0 ? [`${said.join(', ')}까지 드립니다.`] : []
}
