import { Currency, defineErrors, defineEvent, idSchema, Instant, Locale, Money } from '@sangdo/core'
import { z } from 'zod'

export const CustomerId = idSchema('cus')
export type CustomerId = z.infer<typeof CustomerId>
export const AddressId = idSchema('adr')
export type AddressId = z.infer<typeof AddressId>
export const OrderId = idSchema('ord')
export type OrderId = z.infer<typeof OrderId>

/** One line of text without control characters, which break labels and logs. */
const line = (most: number) =>
  z
    .string()
    .normalize('NFC')
    .trim()
    .max(most)
    .regex(/^[^\p{Cc}]*$/u, 'No control characters')

/** An e-mail address in small letters, so that one person is one customer however they type it. */
export const Email = z.string().normalize('NFC').trim().toLowerCase().max(254).pipe(z.email())
const Phone = line(30).regex(/^[+0-9][0-9() -]{6,29}$/, 'A phone number has at least seven digits')

/** Where goods go. The name is one field, since not every name has a family name; `line2` is the part a carrier may not know. */
export const Address = z
  .strictObject({
    name: line(100).min(1),
    phone: Phone,
    country: z.string().regex(/^[A-Z]{2}$/, 'A country is two capital letters'),
    postcode: line(20).min(1),
    region: line(100).optional(),
    city: line(100).optional(),
    line1: line(200).min(1),
    line2: line(200).optional(),
    memo: line(200).optional(),
  })
  .refine((address) => address.country !== 'KR' || /^\d{5}$/.test(address.postcode), {
    path: ['postcode'],
    message: 'A Korean postcode has five digits',
  })
  .meta({ id: 'CustomerAddress' })
export type Address = z.infer<typeof Address>

/** An address in a customer's book. One of them, as long as there are any, is the default. */
export const SavedAddress = z
  .object({ id: AddressId, label: z.string().nullable(), isDefault: z.boolean(), address: Address })
  .meta({ id: 'SavedAddress' })
export type SavedAddress = z.infer<typeof SavedAddress>

/** An address to keep, with what its owner calls it. The first becomes the default by itself. */
export const NewAddress = z.strictObject({
  address: Address,
  label: line(50).min(1).nullable().default(null),
  isDefault: z.boolean().default(false),
})
export type NewAddress = z.input<typeof NewAddress>

/** What a message is for. Messages about an order need no consent; advertising does. */
export const Purpose = z.enum(['marketing'])
export type Purpose = z.infer<typeof Purpose>
export const Channel = z.enum(['email', 'sms', 'kakao'])
export type Channel = z.infer<typeof Channel>
export const Decision = z.enum(['granted', 'withdrawn'])
export type Decision = z.infer<typeof Decision>

/** A yes or no to messages: for what, through what, to which wording (`textVersion`), and where it was said (`source`). */
export const NewConsent = z
  .strictObject({
    purpose: Purpose.default('marketing'),
    channel: Channel,
    decision: Decision,
    textVersion: line(100).min(1),
    source: line(100).min(1),
  })
  .meta({ id: 'NewConsent' })
export type NewConsent = z.input<typeof NewConsent>

/** One line of the ledger of consent; none is ever changed or deleted. */
export const Consent = z
  .object({
    id: idSchema('con'),
    customerId: CustomerId,
    purpose: Purpose,
    channel: Channel,
    decision: Decision,
    textVersion: z.string(),
    source: z.string(),
    at: Instant,
  })
  .meta({ id: 'Consent' })
export type Consent = z.infer<typeof Consent>

/** Why somebody may not be written to: they have left, never said yes, took it back, or it is night in Korea. */
export const Refusal = z.enum(['left', 'no_consent', 'withdrawn', 'night'])
export type Refusal = z.infer<typeof Refusal>

/** Whether somebody may be written to; refused for the night alone, from when on they may. */
export type Verdict =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly reason: Refusal; readonly nextAllowedAt: Instant | null }

/** A customer. Of one who has left the name, address and phone are gone for good, and null. */
export const Customer = z
  .object({
    id: CustomerId,
    email: z.string().nullable(),
    name: z.string().nullable(),
    phone: z.string().nullable(),
    locale: Locale,
    status: z.enum(['active', 'left']),
    createdAt: Instant,
    leftAt: Instant.nullable(),
  })
  .meta({ id: 'Customer' })
export type Customer = z.infer<typeof Customer>

/** Someone who signs up, with what they agreed to on the way. */
export const Registration = z.strictObject({
  /** The id of an account that exists already; a new one is made unless given. */
  id: CustomerId.optional(),
  email: Email,
  name: line(100).min(1),
  phone: Phone.nullable().default(null),
  locale: Locale,
  consents: z.array(NewConsent).max(10).default([]),
})
export type Registration = z.input<typeof Registration>

/** What a customer changes; what is left out stays as it was, and a phone of null is taken away. */
export const CustomerChange = z.strictObject({
  email: Email.optional(),
  name: line(100).min(1).optional(),
  phone: Phone.nullable().optional(),
  locale: Locale.optional(),
})
export type CustomerChange = z.infer<typeof CustomerChange>

/** Which customers are listed. `text` is found anywhere in name, e-mail address or phone. */
export const CustomerFilter = z.strictObject({
  text: z.string().max(100).optional(),
  status: z.enum(['active', 'left']).optional(),
})
export type CustomerFilter = z.infer<typeof CustomerFilter>

/** How far an order is, as events tell it. */
export const OrderStatus = z.enum(['placed', 'paid', 'shipped', 'delivered', 'cancelled', 'refunded'])
export type OrderStatus = z.infer<typeof OrderStatus>

/** News of an order. `at` is since when it has the status; news that is older than what is known changes nothing. */
export const OrderNews = z.strictObject({
  customerId: CustomerId,
  orderId: OrderId,
  number: z.string().min(1).max(100),
  total: Money,
  placedAt: Instant,
  status: OrderStatus,
  at: Instant.optional(),
})
export type OrderNews = z.infer<typeof OrderNews>

/** An order in the history of a customer. */
export const CustomerOrder = z
  .object({ orderId: OrderId, number: z.string(), status: OrderStatus, total: Money, placedAt: Instant })
  .meta({ id: 'CustomerOrder' })
export type CustomerOrder = z.infer<typeof CustomerOrder>

/** What a customer has bought: orders that are paid and not called off, their sum in each currency, and the last of them. */
export const CustomerTotals = z
  .object({ orders: z.int(), spent: z.array(Money), lastOrderAt: Instant.nullable() })
  .meta({ id: 'CustomerTotals' })
export type CustomerTotals = z.infer<typeof CustomerTotals>

/** A count of one currency, as it comes from the orders. */
export const Spending = z.object({ currency: Currency, orders: z.int(), minor: z.int(), lastOrderAt: Instant })
export type Spending = z.infer<typeof Spending>

export const crmErrors = defineErrors('crm', {
  email_taken: ['conflict', (d: { email: string }) => `${d.email} belongs to another customer`],
  customer_not_found: ['not_found', (d: { customer: string }) => `There is no customer ${d.customer}`],
  customer_has_left: ['conflict', (d: { customerId: string }) => `${d.customerId} has left`],
  address_not_found: ['not_found', (d: { addressId: string }) => `There is no address ${d.addressId} in this book`],
  address_book_full: ['conflict', (d: { most: number }) => `An address book has ${d.most} addresses at most`],
})

/** Somebody has signed up. */
export const customerRegistered = defineEvent(
  'crm.customer_registered',
  z.object({ customerId: CustomerId, email: z.string(), name: z.string(), locale: Locale }),
)
/** Somebody has left; whoever keeps copies of their data forgets them now. */
export const customerLeft = defineEvent('crm.customer_left', z.object({ customerId: CustomerId }))
/** Somebody has said yes or no to messages, otherwise than before. */
export const consentChanged = defineEvent(
  'crm.consent_changed',
  z.object({
    customerId: CustomerId,
    purpose: Purpose,
    channel: Channel,
    decision: Decision,
    textVersion: z.string(),
    at: Instant,
  }),
)
