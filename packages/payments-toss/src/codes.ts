// https://docs.tosspayments.com/codes/org-codes

const banks: Readonly<Record<string, string>> = {
  '02': 'KDB산업은행',
  '03': 'IBK기업은행',
  '06': 'KB국민은행',
  '07': 'Sh수협은행',
  '11': 'NH농협은행',
  '12': '단위농협',
  '20': '우리은행',
  '23': 'SC제일은행',
  '27': '씨티은행',
  '31': 'iM뱅크',
  '32': '부산은행',
  '34': '광주은행',
  '35': '제주은행',
  '37': '전북은행',
  '39': '경남은행',
  '45': '새마을금고',
  '48': '신협',
  '50': '저축은행중앙회',
  '54': '홍콩상하이은행',
  '64': '산림조합',
  '71': '우체국예금보험',
  '81': '하나은행',
  '88': '신한은행',
  '89': '케이뱅크',
  '90': '카카오뱅크',
  '92': '토스뱅크',
}

const cards: Readonly<Record<string, string>> = {
  '3K': '기업비씨',
  '46': '광주은행',
  '71': '롯데카드',
  '30': 'KDB산업은행',
  '31': 'BC카드',
  '51': '삼성카드',
  '38': '새마을금고',
  '41': '신한카드',
  '62': '신협',
  '36': '씨티카드',
  '33': '우리BC카드',
  W1: '우리카드',
  '37': '우체국예금보험',
  '39': '저축은행중앙회',
  '35': '전북은행',
  '42': '제주은행',
  '15': '카카오뱅크',
  '3A': '케이뱅크',
  '24': '토스뱅크',
  '21': '하나카드',
  '61': '현대카드',
  '11': 'KB국민카드',
  '91': 'NH농협카드',
  '34': 'Sh수협은행',
}

/** The name of a bank, or its code when that is new. */
export const bankName = (code: string): string => banks[code] ?? code

/** The code of a bank by its code or name, or the text itself, for Toss Payments to judge. */
export const bankCode = (text: string): string =>
  Object.entries(banks).find(([code, name]) => code === text || name === text)?.[0] ?? text

/** The name of a card's issuer, or its code when that is new. */
export const cardName = (code: string): string => cards[code] ?? code
