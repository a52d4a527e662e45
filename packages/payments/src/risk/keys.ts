import { z } from 'zod'

/** By what a buyer is known again. Of an IP address it is the network: an IPv4 address, or the /64 of an IPv6 address. */
export const RiskKey = z.enum(['buyer', 'email', 'phone', 'ip', 'address', 'session', 'card'])
export type RiskKey = z.infer<typeof RiskKey>

/** So far anybody is counted: nobody needs to know more, and a key of very many (a school, a hotel) costs no more than another. */
export const mostCounted = 200

/** What has a country: the bank of the card, the IP address, the delivery. */
export const RiskPlace = z.enum(['card', 'ip', 'shipping'])
export type RiskPlace = z.infer<typeof RiskPlace>
