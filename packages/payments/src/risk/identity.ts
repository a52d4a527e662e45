import type { RiskKey } from './keys.ts'

/** What one buyer writes in several ways, in one way: so that a list and a count know them again. */
export function identityOf(key: RiskKey, value: string): string {
  switch (key) {
    case 'email':
      return mailboxOf(value)
    case 'phone':
      return phoneOf(value)
    case 'ip':
      return networkOf(value)
    case 'buyer':
    case 'address':
    case 'session':
    case 'card':
      return plain(value)
  }
}

/** Text without what the eye does not see: compatible forms made one, in lower case, without spaces. */
export const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '')

/** The name and the domain of an e-mail address, in lower case; what follows a + in the name is left out. */
export function mailOf(email: string): { name: string; domain: string } {
  const address = plain(email)
  const at = address.lastIndexOf('@')
  const [name = ''] = address.slice(0, Math.max(at, 0)).split('+')
  return { name, domain: address.slice(at + 1).replace(/\.$/, '') }
}

const googles = ['gmail.com', 'googlemail.com']

/** The mailbox that an address leads to. Dots do not matter at Gmail: support.google.com/mail/answer/7436150. */
function mailboxOf(email: string): string {
  const { name, domain } = mailOf(email)
  return googles.includes(domain) ? `${name.replaceAll('.', '')}@gmail.com` : `${name}@${domain}`
}

/** Digits alone, with Korea's +82 as the 0 that is dialled at home. */
const phoneOf = (phone: string) =>
  phone
    .normalize('NFKC')
    .replace(/^\s*\+/, '00')
    .replaceAll(/\D/g, '')
    .replace(/^00820?(?=\d{8,10}$)/, '0')

/** An IPv4 address as it is; of an IPv6 address its first 64 bits, which is what one household or server has. */
function networkOf(ip: string): string {
  const address = ip.trim().toLowerCase()
  if (!address.includes(':')) return address
  const groups = groupsOf(address.replace(/\d+\.\d+\.\d+\.\d+$/, hexadecimal))
  const mapped = groups.slice(0, 6).join(':') === '0:0:0:0:0:ffff'
  return mapped ? groups.slice(6).flatMap(bytesOf).join('.') : `${groups.slice(0, 4).join(':')}::/64`
}

const bytesOf = (group: string) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]

/** An IPv4 address as the last two groups of an IPv6 address. */
function hexadecimal(ip: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = ip.split('.').map(Number)
  return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`
}

/** The eight groups of an IPv6 address, without leading zeros. */
function groupsOf(address: string): string[] {
  const [head = '', tail] = address.split('::')
  const groups = (part = '') =>
    part.split(':').flatMap((group) => (group === '' ? [] : [group.replace(/^0+(?=.)/, '')]))
  const [front, back] = [groups(head), groups(tail)]
  if (tail === undefined) return front
  return [...front, ...Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0'), ...back]
}
