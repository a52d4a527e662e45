import type { Text } from '@sangdo/core'
import type { Carrier, Tracking } from '../contract.ts'

/** What is known of a carrier. `{number}` in the address stands for the tracking number. */
export interface CarrierFacts {
  readonly name: Text
  readonly numbers: RegExp
  readonly digits: string
  readonly trackingPage: string | null
}

/** The carriers, the numbers on their labels, and where a parcel can be followed. */
export const carriers: Readonly<Record<Carrier, CarrierFacts>> = {
  cj: {
    name: { ko: 'CJ대한통운', en: 'CJ Logistics' },
    numbers: /^(\d{10}|\d{12})$/,
    digits: '10 or 12 digits',
    trackingPage: 'https://trace.cjlogistics.com/next/tracking.html?wblNo={number}',
  },
  hanjin: {
    name: { ko: '한진택배', en: 'Hanjin' },
    numbers: /^(\d{10}|\d{12})$/,
    digits: '10 or 12 digits',
    trackingPage:
      'https://www.hanjin.com/kor/CMS/DeliveryMgr/WaybillResult.do?mCode=MN038&schLang=KR&wblnumText2={number}',
  },
  lotte: {
    name: { ko: '롯데택배', en: 'Lotte Global Logistics' },
    numbers: /^(\d{10}|\d{12})$/,
    digits: '10 or 12 digits',
    trackingPage: 'https://www.lotteglogis.com/home/reservation/tracking/linkView?InvNo={number}',
  },
  epost: {
    name: { ko: '우체국택배', en: 'Korea Post' },
    numbers: /^\d{13}$/,
    digits: '13 digits',
    trackingPage: 'https://service.epost.go.kr/trace.RetrieveDomRigiTraceList.comm?sid1={number}',
  },
  logen: {
    name: { ko: '로젠택배', en: 'Logen' },
    numbers: /^\d{11}$/,
    digits: '11 digits',
    trackingPage: 'https://www.ilogen.com/web/personal/trace/{number}',
  },
  other: {
    name: { ko: '기타 택배', en: 'Another carrier' },
    numbers: /^[0-9A-Z]{1,40}$/,
    digits: 'letters and digits',
    trackingPage: null,
  },
}

/** Whether a carrier prints such numbers on its labels. */
export const fitsCarrier = ({ carrier, trackingNumber }: Tracking): boolean =>
  carriers[carrier].numbers.test(trackingNumber)

/** The page on which a buyer can follow a parcel; null for a carrier that is not known. */
export const trackingUrl = ({ carrier, trackingNumber }: Tracking): string | null =>
  carriers[carrier].trackingPage?.replace('{number}', encodeURIComponent(trackingNumber)) ?? null
