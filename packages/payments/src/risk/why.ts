import { format } from '@sangdo/core'
import type { RiskKey, RiskPlace } from './keys.ts'
import type { RiskReason } from './reasons.ts'

/** The languages in which a reason is told. */
export type RiskLocale = 'ko' | 'en'

/** Why an order has points, as a sentence for those who look after orders. */
export function describeRisk(reason: RiskReason, locale: RiskLocale): string {
  switch (locale) {
    case 'ko':
      return korean(reason)
    case 'en':
      return english(reason)
  }
}

type Words = Readonly<{ keys: Record<RiskKey, string>; places: Record<RiskPlace, string> }>

const ko: Words = {
  keys: {
    buyer: '같은 회원',
    email: '같은 이메일',
    phone: '같은 전화번호',
    ip: '같은 IP 대역',
    address: '같은 배송지',
    session: '같은 접속',
    card: '같은 카드',
  },
  places: { card: '카드 발급 국가', ip: '접속 국가', shipping: '배송 국가' },
}
const koreanLists: Record<RiskKey, string> = {
  buyer: '회원',
  email: '이메일',
  phone: '전화번호',
  ip: 'IP 주소',
  address: '배송지',
  session: '접속',
  card: '카드',
}
const en: Words = {
  keys: {
    buyer: 'the same customer',
    email: 'the same e-mail address',
    phone: 'the same phone number',
    ip: 'the same IP network',
    address: 'the same address',
    session: 'the same session',
    card: 'the same card',
  },
  places: { card: 'the card', ip: 'the IP address', shipping: 'the delivery' },
}

function korean(reason: RiskReason): string {
  switch (reason.rule) {
    case 'velocity':
      return `${seenKo(reason)} ${{ orders: '주문', attempts: '결제 시도', cards: '서로 다른 카드' }[reason.what]} ${reason.count}${reason.what === 'cards' ? '장' : '건'}`
    case 'declines':
      return `${seenKo(reason)} 거절된 결제 ${reason.count}건`
    case 'night_burst':
      return `심야(${reason.from}시~${reason.to}시)에 ${seenKo(reason)} 몰린 주문 ${reason.count}건`
    case 'countries_differ':
      return `${ko.places[reason.places[0]]}(${reason.countries[0]})와 ${ko.places[reason.places[1]]}(${reason.countries[1]})가 다름`
    case 'names_differ':
      return '결제자와 받는 분의 이름이 다름'
    case 'disposable_mail':
      return `일회용 이메일 사용(${reason.domain})`
    case 'generated_mail':
      return `자동으로 만든 듯한 이메일(글자와 숫자가 ${reason.changes}번 바뀜)`
    case 'first_order':
      return `첫 주문 금액이 큼: ${format(reason.amount, 'ko')}(기준 ${format(reason.over, 'ko')})`
    case 'dear_pieces':
      return `고가 상품을 한꺼번에 주문: ${reason.sku} ${reason.quantity}개(개당 ${format(reason.unitPrice, 'ko')})`
    case 'freight_forwarder':
      return `배송대행지로 배송(${reason.country} ${reason.postcode})`
    case 'known_customer':
      return `오래된 고객: ${reason.days}일 동안 배송 완료 ${reason.delivered}건`
    case 'deny_list':
      return `차단 목록에 있는 ${koreanLists[reason.by]}`
    case 'allow_list':
      return `신뢰 목록에 있는 ${koreanLists[reason.by]}`
    case 'service':
      return `외부 위험 평가: ${reason.code}`
    case 'service_down':
      return `외부 위험 평가 서비스 응답 없음: ${format(reason.amount, 'ko')} 주문을 ${reason.held ? '담당자가 확인' : '그대로 진행'}`
  }
}

function english(reason: RiskReason): string {
  switch (reason.rule) {
    case 'velocity':
      return `${reason.count} ${{ orders: 'orders', attempts: 'attempts to pay', cards: 'different cards' }[reason.what]} ${seenEn(reason)}`
    case 'declines':
      return `${reason.count} declined payments ${seenEn(reason)}`
    case 'night_burst':
      return `${reason.count} orders by night (${reason.from}:00 to ${reason.to}:00) ${seenEn(reason)}`
    case 'countries_differ':
      return `The country of ${en.places[reason.places[0]]} (${reason.countries[0]}) is not that of ${en.places[reason.places[1]]} (${reason.countries[1]})`
    case 'names_differ':
      return 'Who pays and who receives have different names'
    case 'disposable_mail':
      return `A disposable e-mail address (${reason.domain})`
    case 'generated_mail':
      return `The e-mail address looks generated (${reason.changes} changes between letters and digits)`
    case 'first_order':
      return `A large first order: ${format(reason.amount, 'en')} (from ${format(reason.over, 'en')})`
    case 'dear_pieces':
      return `Many pieces of one dear thing: ${reason.quantity} × ${reason.sku} at ${format(reason.unitPrice, 'en')}`
    case 'freight_forwarder':
      return `Delivery to a freight forwarder (${reason.country} ${reason.postcode})`
    case 'known_customer':
      return `A customer for ${reason.days} days with ${reason.delivered} delivered orders`
    case 'deny_list':
      return `On the deny list by ${en.keys[reason.by].replace('the same ', '')}`
    case 'allow_list':
      return `On the allow list by ${en.keys[reason.by].replace('the same ', '')}`
    case 'service':
      return `Another risk service says ${reason.code}`
    case 'service_down':
      return `The risk service gave no answer: an order over ${format(reason.amount, 'en')} ${reason.held ? 'is looked at by a person' : 'goes on'}`
  }
}

interface Seen {
  readonly by: RiskKey
  readonly seconds: number
}

const seenKo = ({ by, seconds }: Seen) => `${spanOf(seconds, ['일', '시간', '분', '초'])} 동안 ${ko.keys[by]} 기준`
const seenEn = ({ by, seconds }: Seen) =>
  `from ${en.keys[by]} within ${spanOf(seconds, [' days', ' hours', ' minutes', ' seconds']).replace(/^1 (\w+)s$/, '1 $1')}`

/** A span in the largest unit that measures it whole; a day is 24 hours. */
function spanOf(seconds: number, [days, hours, minutes, rest]: readonly [string, string, string, string]): string {
  if (seconds > 86_400 && seconds % 86_400 === 0) return `${seconds / 86_400}${days}`
  if (seconds % 3600 === 0) return `${seconds / 3600}${hours}`
  return seconds % 60 === 0 ? `${seconds / 60}${minutes}` : `${seconds}${rest}`
}
