/** The ways in which the shop may send news, each agreed to on its own. */
export const channels = ['email', 'sms', 'kakao'] as const
export type Channel = (typeof channels)[number]

/** The name of the box for a channel in a form, where `email` is a field already. */
export const consentBox = (channel: Channel): string => `news-${channel}`

/** Which wording somebody agreed to; it changes whenever the words beside the boxes do. */
export const consentVersion = (locale: string): string => `marketing-1-${locale}`

/** Where they said so. */
export const consentSource = { signUp: 'sign-up', account: 'account' } as const
