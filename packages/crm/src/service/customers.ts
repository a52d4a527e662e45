import { instant, type NewId, type Now, type Page, PageQuery, parse } from '@sangdo/core'
import { type Announce, atomic, type Db, type Tx } from '@sangdo/core/server'
import {
  crmErrors,
  type Customer,
  CustomerChange,
  CustomerFilter,
  type CustomerId,
  customerLeft,
  customerRegistered,
  Email,
  Registration,
} from '../contract.ts'
import { searchTextOf } from '../rules.ts'
import * as store from '../store/customers.ts'
import type { Consents } from './consents.ts'

/** Makes others wait for this customer, who is a customer still. Throws `crm.customer_not_found`, `crm.customer_has_left`. */
export async function lockActive(tx: Tx, customerId: CustomerId): Promise<Customer> {
  const customer = await lock(tx, customerId)
  if (customer.status === 'left') throw crmErrors.customer_has_left({ customerId })
  return customer
}

async function lock(tx: Tx, customerId: CustomerId): Promise<Customer> {
  const found = await store.lockCustomer(tx, customerId)
  const [customer] = found ? await store.customersOf(tx, [customerId]) : []
  if (!customer) throw crmErrors.customer_not_found({ customer: customerId })
  return customer
}

interface Dependencies {
  readonly outbox: Announce
  readonly now: Now
  readonly newId: NewId
  readonly consents: Consents
}

/** People who have an account. */
export function createCustomers({ outbox, now, newId, consents }: Dependencies) {
  /**
   * Signs somebody up, with what they agreed to. An e-mail address is one customer, however it is typed and however many
   * try at once. Throws `crm.email_taken`.
   */
  async function register(db: Db, input: Registration): Promise<Customer> {
    const { id = newId('cus'), consents: agreed, ...profile } = parse(Registration, input)
    const { email, name, locale } = profile
    return atomic(db, async (tx) => {
      const customer: Customer = { id, ...profile, status: 'active', createdAt: instant(now()), leftAt: null }
      if (!(await store.addCustomer(tx, customer, searchTextOf(customer)))) throw crmErrors.email_taken({ email })
      await outbox.append(tx, customerRegistered, { customerId: id, email, name, locale })
      for (const consent of agreed) await consents.recordConsent(tx, id, consent)
      return customer
    })
  }

  /** Changes a customer's profile. Throws `crm.email_taken`, `crm.customer_not_found`, `crm.customer_has_left`. */
  async function update(db: Db, customerId: CustomerId, input: CustomerChange): Promise<Customer> {
    const { email, name, phone, locale } = parse(CustomerChange, input)
    return atomic(db, async (tx) => {
      const known = await lockActive(tx, customerId)
      const customer: Customer = {
        ...known,
        email: email ?? known.email,
        name: name ?? known.name,
        phone: phone === undefined ? known.phone : phone,
        locale: locale ?? known.locale,
      }
      if (!(await store.changeCustomer(tx, customer, searchTextOf(customer))))
        throw crmErrors.email_taken({ email: customer.email ?? '' })
      return customer
    })
  }

  /**
   * Lets a customer go: name, e-mail address, phone and address book are forgotten, every consent is withdrawn, and the
   * ledger and the order numbers stay, as evidence. Doing it again changes nothing. Throws `crm.customer_not_found`.
   */
  async function leave(db: Db, customerId: CustomerId): Promise<void> {
    await atomic(db, async (tx) => {
      if ((await lock(tx, customerId)).status === 'left') return
      await consents.withdrawAll(tx, customerId, 'left')
      await store.forget(tx, customerId, instant(now()))
      await outbox.append(tx, customerLeft, { customerId })
    })
  }

  /** The customers with these ids; one that does not exist is left out. */
  async function customersOf(db: Db, ids: readonly CustomerId[]): Promise<Record<CustomerId, Customer>> {
    return Object.fromEntries((await store.customersOf(db, ids)).map((customer) => [customer.id, customer]))
  }

  /** The customer. Throws `crm.customer_not_found`. */
  async function customerOf(db: Db, customerId: CustomerId): Promise<Customer> {
    const [customer] = await store.customersOf(db, [customerId])
    if (!customer) throw crmErrors.customer_not_found({ customer: customerId })
    return customer
  }

  /** The customer with this e-mail address, however it is typed, if there is one. */
  async function customerByEmail(db: Db, email: string): Promise<Customer | undefined> {
    const { data } = Email.safeParse(email)
    return data === undefined ? undefined : store.customerByEmail(db, data)
  }

  /** Customers in pages, newest first. Each word of `text` is found anywhere in name, e-mail address or phone. */
  const list = (db: Db, filter: CustomerFilter = {}, page: Partial<PageQuery> = {}): Promise<Page<Customer>> =>
    store.list(db, parse(CustomerFilter, filter), parse(PageQuery, page))

  return { register, update, leave, customersOf, customerOf, customerByEmail, list }
}
