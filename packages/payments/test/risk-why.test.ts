import { describe, expect, test } from 'vitest'
import { describeRisk, type RiskReason } from '@sangdo/payments'
import { won } from './shop.ts'

describe('a reason in words', () => {
  const reasons: [RiskReason, string, string][] = [
    [
      { rule: 'velocity', points: 10, what: 'orders', by: 'email', seconds: 86_400, count: 5, atLeast: 5 },
      '24시간 동안 같은 이메일 기준 주문 5건',
      '5 orders from the same e-mail address within 24 hours',
    ],
    [
      { rule: 'velocity', points: 25, what: 'cards', by: 'buyer', seconds: 172_800, count: 3, atLeast: 3 },
      '2일 동안 같은 회원 기준 서로 다른 카드 3장',
      '3 different cards from the same customer within 2 days',
    ],
    [
      { rule: 'declines', points: 60, by: 'ip', seconds: 3600, count: 10, atLeast: 10 },
      '1시간 동안 같은 IP 대역 기준 거절된 결제 10건',
      '10 declined payments from the same IP network within 1 hour',
    ],
    [
      { rule: 'night_burst', points: 10, by: 'ip', seconds: 600, count: 3, atLeast: 3, from: 1, to: 5 },
      '심야(1시~5시)에 10분 동안 같은 IP 대역 기준 몰린 주문 3건',
      '3 orders by night (1:00 to 5:00) from the same IP network within 10 minutes',
    ],
    [
      { rule: 'countries_differ', points: 15, places: ['card', 'shipping'], countries: ['US', 'KR'] },
      '카드 발급 국가(US)와 배송 국가(KR)가 다름',
      'The country of the card (US) is not that of the delivery (KR)',
    ],
    [
      { rule: 'names_differ', points: 5 },
      '결제자와 받는 분의 이름이 다름',
      'Who pays and who receives have different names',
    ],
    [
      { rule: 'disposable_mail', points: 25, domain: 'yopmail.com' },
      '일회용 이메일 사용(yopmail.com)',
      'A disposable e-mail address (yopmail.com)',
    ],
    [
      { rule: 'generated_mail', points: 5, changes: 6, atLeast: 4 },
      '자동으로 만든 듯한 이메일(글자와 숫자가 6번 바뀜)',
      'The e-mail address looks generated (6 changes between letters and digits)',
    ],
    [
      { rule: 'first_order', points: 15, amount: won(1_500_000), over: won(1_000_000) },
      '첫 주문 금액이 큼: ₩1,500,000(기준 ₩1,000,000)',
      'A large first order: ₩1,500,000 (from ₩1,000,000)',
    ],
    [
      { rule: 'dear_pieces', points: 15, sku: 'RING', quantity: 5, unitPrice: won(200_000), atLeast: 5 },
      '고가 상품을 한꺼번에 주문: RING 5개(개당 ₩200,000)',
      'Many pieces of one dear thing: 5 × RING at ₩200,000',
    ],
    [
      { rule: 'freight_forwarder', points: 20, country: 'US', postcode: '97230' },
      '배송대행지로 배송(US 97230)',
      'Delivery to a freight forwarder (US 97230)',
    ],
    [
      { rule: 'known_customer', points: -20, delivered: 3, days: 365 },
      '오래된 고객: 365일 동안 배송 완료 3건',
      'A customer for 365 days with 3 delivered orders',
    ],
    [{ rule: 'deny_list', points: 100, by: 'phone' }, '차단 목록에 있는 전화번호', 'On the deny list by phone number'],
    [{ rule: 'allow_list', points: -100, by: 'buyer' }, '신뢰 목록에 있는 회원', 'On the allow list by customer'],
    [{ rule: 'service', points: 40, code: 'proxy' }, '외부 위험 평가: proxy', 'Another risk service says proxy'],
    [
      { rule: 'service_down', points: 0, amount: won(300_000), held: true },
      '외부 위험 평가 서비스 응답 없음: ₩300,000 주문을 담당자가 확인',
      'The risk service gave no answer: an order over ₩300,000 is looked at by a person',
    ],
    [
      { rule: 'service_down', points: 0, amount: won(10_000), held: false },
      '외부 위험 평가 서비스 응답 없음: ₩10,000 주문을 그대로 진행',
      'The risk service gave no answer: an order over ₩10,000 goes on',
    ],
  ]

  test.each(reasons)('%j', (reason, korean, english) => {
    expect([describeRisk(reason, 'ko'), describeRisk(reason, 'en')]).toEqual([korean, english])
  })
})
