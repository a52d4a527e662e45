// https://developers.portone.io/api/rest-v2/type-def#Bank, as far as buyers have accounts there
const banks: Readonly<Record<string, string>> = {
  KDB: '산업은행',
  IBK: '기업은행',
  KOOKMIN: '국민은행',
  SUHYUP: '수협은행',
  NONGHYUP: 'NH농협은행',
  LOCAL_NONGHYUP: '지역농축협',
  WOORI: '우리은행',
  STANDARD_CHARTERED: 'SC제일은행',
  CITI: '한국씨티은행',
  DAEGU: '아이엠뱅크',
  BUSAN: '부산은행',
  KWANGJU: '광주은행',
  JEJU: '제주은행',
  JEONBUK: '전북은행',
  KYONGNAM: '경남은행',
  KFCC: '새마을금고',
  SHINHYUP: '신협',
  SAVINGS_BANK: '저축은행',
  HSBC: 'HSBC은행',
  NFCF: '산림조합중앙회',
  POST: '우체국',
  HANA: '하나은행',
  SHINHAN: '신한은행',
  K_BANK: '케이뱅크',
  KAKAO: '카카오뱅크',
  TOSS: '토스뱅크',
}

/** The name of a bank, or its code when that is new. */
export const bankName = (code: string): string => banks[code] ?? code

/** The code of a bank by its code or name, or the text itself, for PortOne to judge. */
export const bankCode = (text: string): string =>
  Object.entries(banks).find(([code, name]) => code === text || name === text)?.[0] ?? text
