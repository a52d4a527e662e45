import type { Address, NewConsent, Registration } from './contract.ts'

/** Someone in Seoul who signs up. */
export const sampleRegistration: Registration = {
  email: 'sky@example.com',
  name: '김하늘',
  phone: '010-1234-5678',
  locale: 'ko',
}

/** A yes to advertising by e-mail. */
export const sampleConsent: NewConsent = {
  channel: 'email',
  decision: 'granted',
  textVersion: 'marketing-2026-01',
  source: 'sign-up',
}

/** An address in Seoul. */
export const sampleAddress: Address = {
  name: '김하늘',
  phone: '010-1234-5678',
  country: 'KR',
  postcode: '04524',
  city: '서울특별시 중구',
  line1: '세종대로 110',
}
