import type { PaymentMethod } from '../contract.ts'
import type { BankPayment } from './bank.ts'
import type { CardField, CardOutcome } from './cards.ts'

/** The languages of the pay page. */
export type PageLocale = 'ko' | 'en'

/** The language of the page for a buyer of this locale: Korean, or else English. */
export const pageLocale = (locale: string): PageLocale => (locale.split('-')[0] === 'ko' ? 'ko' : 'en')

/** Invented banks, since no money of a real one is played with. */
export const banks = [
  { id: 'nuri', ko: '누리은행', en: 'Nuri Bank' },
  { id: 'dalbit', ko: '달빛은행', en: 'Dalbit Bank' },
  { id: 'sonamu', ko: '소나무은행', en: 'Sonamu Bank' },
  { id: 'bada', ko: '바다은행', en: 'Bada Bank' },
  { id: 'saebyeok', ko: '새벽은행', en: 'Saebyeok Bank' },
  { id: 'byeolha', ko: '별하저축은행', en: 'Byeolha Savings' },
] as const

interface PageTexts {
  readonly brand: string
  readonly shop: string
  readonly practice: string
  readonly practiceLong: string
  readonly amount: string
  readonly methods: Readonly<Record<PaymentMethod, string>>
  readonly pay: (amount: string) => string
  readonly cancel: string
  readonly back: string
  readonly cardNumber: string
  readonly expiry: string
  readonly expiryHint: string
  readonly cvc: string
  readonly cvcHint: string
  readonly cards: string
  readonly cardsHint: string
  readonly outcomes: Readonly<Record<CardOutcome, string>>
  readonly wrong: Readonly<Record<CardField | 'bank' | 'code', string>>
  readonly wrongTitle: string
  readonly challengeTitle: string
  readonly challengeText: (last4: string) => string
  readonly code: string
  readonly codeHint: string
  readonly confirm: string
  readonly chooseBank: string
  readonly issue: string
  readonly transfer: string
  readonly transferHint: string
  readonly accountTitle: string
  readonly accountText: string
  readonly bank: string
  readonly account: string
  readonly holder: string
  readonly due: string
  readonly deposit: string
  readonly depositHint: string
  readonly ends: Readonly<
    Record<
      Exclude<BankPayment['status'], 'requires_action' | 'awaiting_deposit'>,
      readonly [title: string, text: string]
    >
  >
  readonly missing: readonly [title: string, text: string]
}

const ko: PageTexts = {
  brand: '상도 연습결제',
  shop: '상도',
  practice: '연습',
  practiceLong: '연습 결제예요. 실제 돈은 움직이지 않으니 진짜 카드 번호는 입력하지 마세요.',
  amount: '결제 금액',
  methods: { card: '신용·체크카드', virtual_account: '가상계좌', bank_transfer: '계좌이체' },
  pay: (amount) => `${amount} 결제하기`,
  cancel: '결제 취소',
  back: '쇼핑몰로 돌아가기',
  cardNumber: '카드 번호',
  expiry: '유효기간',
  expiryHint: '월/연도, 예: 12/30',
  cvc: 'CVC',
  cvcHint: '뒷면 숫자 3자리',
  cards: '연습용 카드로 바로 결제',
  cardsHint: '누르면 그 카드로 바로 결제해요.',
  outcomes: { approved: '승인', declined: '거절', challenge: '본인 인증 후 승인' },
  wrong: {
    number: '아래 연습용 카드 번호만 쓸 수 있어요.',
    expiry: '지나지 않은 유효기간을 월/연도로 입력해 주세요.',
    cvc: '숫자 3자리 또는 4자리를 입력해 주세요.',
    bank: '은행을 선택해 주세요.',
    code: '인증번호가 맞지 않아요. 연습용 번호는 000000이에요.',
  },
  wrongTitle: '입력한 내용을 확인해 주세요',
  challengeTitle: '카드사 본인 인증',
  challengeText: (last4) => `${last4}로 끝나는 카드의 카드사가 보낸 인증번호를 입력해 주세요.`,
  code: '인증번호 6자리',
  codeHint: '연습용 인증번호는 000000이에요.',
  confirm: '인증하고 결제하기',
  chooseBank: '은행 선택',
  issue: '계좌번호 받기',
  transfer: '이체 동의하고 결제하기',
  transferHint: '선택한 은행의 연습용 계좌에서 바로 이체해요.',
  accountTitle: '입금할 계좌예요',
  accountText: '기한 안에 정확한 금액을 입금하면 결제가 끝나요.',
  bank: '은행',
  account: '계좌번호',
  holder: '예금주',
  due: '입금 기한',
  deposit: '입금하기',
  depositHint: '구매자의 은행 앱을 대신해 입금을 연습하는 버튼이에요.',
  ends: {
    approved: ['결제를 승인했어요', '쇼핑몰에서 주문을 마무리하고 있어요.'],
    captured: ['결제가 끝났어요', '쇼핑몰로 돌아가 주문 내역을 확인해 주세요.'],
    failed: ['결제가 거절됐어요', '쇼핑몰로 돌아가 다른 방법으로 결제해 주세요.'],
    cancelled: ['결제를 취소했어요', '쇼핑몰로 돌아가면 다시 결제할 수 있어요.'],
    expired: ['결제 시간이 지났어요', '쇼핑몰로 돌아가 다시 시도해 주세요.'],
    reversed: ['입금이 취소됐어요', '쇼핑몰로 돌아가 다시 결제해 주세요.'],
  },
  missing: ['찾을 수 없는 결제예요', '쇼핑몰에서 결제를 다시 시작해 주세요.'],
}

const en: PageTexts = {
  brand: 'Sangdo Practice Pay',
  shop: 'Sangdo',
  practice: 'Practice',
  practiceLong: 'This is a practice payment. No money moves, so please do not enter a real card number.',
  amount: 'Amount',
  methods: { card: 'Card', virtual_account: 'Virtual account', bank_transfer: 'Bank transfer' },
  pay: (amount) => `Pay ${amount}`,
  cancel: 'Cancel payment',
  back: 'Back to the shop',
  cardNumber: 'Card number',
  expiry: 'Expiry date',
  expiryHint: 'Month/year, such as 12/30',
  cvc: 'CVC',
  cvcHint: '3 digits on the back',
  cards: 'Pay at once with a practice card',
  cardsHint: 'Choosing one pays with it immediately.',
  outcomes: { approved: 'Approved', declined: 'Declined', challenge: 'Approved after a code' },
  wrong: {
    number: 'Only the practice card numbers below can be used.',
    expiry: 'Enter a month and year that have not passed, such as 12/30.',
    cvc: 'Enter 3 or 4 digits.',
    bank: 'Choose a bank.',
    code: 'That code is not right. The practice code is 000000.',
  },
  wrongTitle: 'Please check what you entered',
  challengeTitle: 'Verify with your bank',
  challengeText: (last4) => `Enter the code that the issuer of the card ending in ${last4} has sent you.`,
  code: '6-digit code',
  codeHint: 'The practice code is 000000.',
  confirm: 'Verify and pay',
  chooseBank: 'Choose a bank',
  issue: 'Get an account number',
  transfer: 'Agree and pay by transfer',
  transferHint: 'The transfer is made at once from a practice account at the bank you choose.',
  accountTitle: 'Send your deposit here',
  accountText: 'Your payment is complete once the exact amount has arrived in time.',
  bank: 'Bank',
  account: 'Account number',
  holder: 'Account holder',
  due: 'Deposit by',
  deposit: 'Make the deposit',
  depositHint: 'This button stands in for the buyer’s own bank app.',
  ends: {
    approved: ['Payment approved', 'The shop is completing your order.'],
    captured: ['Payment complete', 'Return to the shop to see your order.'],
    failed: ['Payment declined', 'Return to the shop to pay another way.'],
    cancelled: ['Payment cancelled', 'Return to the shop if you would like to try again.'],
    expired: ['This payment has timed out', 'Return to the shop to try again.'],
    reversed: ['The deposit was taken back', 'Return to the shop to pay again.'],
  },
  missing: ['There is no such payment', 'Please start again from the shop.'],
}

/** What the pay page says. */
export const texts: Readonly<Record<PageLocale, PageTexts>> = { ko, en }
