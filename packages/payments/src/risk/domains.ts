/**
 * Domains whose own home page offers an e-mail address for some minutes to anybody. Each is also in the list
 * github.com/disposable-email-domains/disposable-email-domains (CC0), which names thousands; a shop that wants all of them gives
 * them to its rule as `domains`.
 */
export const disposableDomains: readonly string[] = [
  '10minutemail.com',
  '1secmail.com',
  'byom.de',
  'discard.email',
  'dispostable.com',
  'dropmail.me',
  'emailfake.com',
  'emailondeck.com',
  'emlhub.com',
  'fakeinbox.com',
  'getnada.com',
  'grr.la',
  'guerrillamail.com',
  'maildrop.cc',
  'mailinator.com',
  'mailnesia.com',
  'mintemail.com',
  'moakt.com',
  'mohmal.com',
  'sharklasers.com',
  'temp-mail.org',
  'tempr.email',
  'throwawaymail.com',
  'tmpmail.org',
  'trashmail.com',
  'yopmail.com',
]
