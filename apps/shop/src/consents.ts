/** The ways in which the shop may send news, each agreed to on its own. */
export const channels = ['email', 'sms', 'kakao'] as const
export type Channel = (typeof channels)[number]

/** Which wording somebody agreed to; it changes whenever the words beside the boxes do. */
export const consentVersion = (locale: string): string => `marketing-1-${locale}`

/** Where they said so. */
export const consentSource = { signUp: 'sign-up', account: 'account' } as const
