import { instant, type NewId, type Now, type Page, PageQuery, parse } from '@sangdo/core'
import { type Announce, atomic, type Db, type Tx } from '@sangdo/core/server'
import {
  type Channel,
  type Consent,
  consentChanged,
  crmErrors,
  type CustomerId,
  NewConsent,
  type Verdict,
} from '../contract.ts'
import { verdict } from '../rules.ts'
import * as store from '../store/consents.ts'
import { customersOf } from '../store/customers.ts'
import { lockActive } from './customers.ts'

export type Consents = ReturnType<typeof createConsents>

/** Who may be written to, through what, and since when. */
export function createConsents({ outbox, now, newId }: { outbox: Announce; now: Now; newId: NewId }) {
  /** Writes a yes or no into the ledger. Throws `crm.customer_not_found`, `crm.customer_has_left`. */
  async function recordConsent(db: Db, customerId: CustomerId, input: NewConsent): Promise<Consent> {
    const said = parse(NewConsent, input)
    return atomic(db, async (tx) => {
      await lockActive(tx, customerId)
      const consent: Consent = { id: newId('con'), customerId, ...said, at: instant(now()) }
      const last = (await store.lastConsents(tx, [customerId])).find(({ channel }) => channel === said.channel)
      await store.addConsent(tx, consent)
      if (last?.decision !== said.decision) await tell(tx, consent)
      return consent
    })
  }

  const tell = (tx: Tx, { id: _, source: __, ...change }: Consent) => outbox.append(tx, consentChanged, change)

  /** Withdraws whatever is granted, inside the caller's transaction, to the wording that it was granted to. */
  async function withdrawAll(tx: Tx, customerId: CustomerId, source: string): Promise<void> {
    for (const { decision, purpose, channel, textVersion } of await store.lastConsents(tx, [customerId])) {
      if (decision === 'granted')
        await recordConsent(tx, customerId, { purpose, channel, decision: 'withdrawn', textVersion, source })
    }
  }

  /** What these customers said last, for each channel that they were ever asked about. */
  async function consentsOf(db: Db, customerIds: readonly CustomerId[]): Promise<Record<CustomerId, Consent[]>> {
    const consents = Object.groupBy(await store.lastConsents(db, customerIds), ({ customerId }) => customerId)
    return Object.fromEntries(customerIds.map((id) => [id, consents[id] ?? []]))
  }

  /** The ledger of a customer in pages, newest first. */
  const consentLedger = (db: Db, customerId: CustomerId, page: Partial<PageQuery> = {}): Promise<Page<Consent>> =>
    store.ledgerOf(db, customerId, parse(PageQuery, page))

  /** Whether each of these customers may be sent advertising at an instant, and if not, why; one that does not exist is left out. */
  async function verdictsOf(
    db: Db,
    customerIds: readonly CustomerId[],
    channel: Channel,
    at: string,
  ): Promise<Record<CustomerId, Verdict>> {
    const last = (await store.lastConsents(db, customerIds)).filter((consent) => consent.channel === channel)
    const byCustomer = new Map(last.map((consent) => [consent.customerId, consent]))
    const customers = await customersOf(db, customerIds)
    return Object.fromEntries(customers.map(({ id, status }) => [id, verdict(status, byCustomer.get(id), channel, at)]))
  }

  /** Whether a customer may be sent advertising, now or at the given instant. Throws `crm.customer_not_found`. */
  async function mayMessage(
    db: Db,
    customerId: CustomerId,
    channel: Channel,
    at: string = instant(now()),
  ): Promise<Verdict> {
    const found = (await verdictsOf(db, [customerId], channel, at))[customerId]
    if (!found) throw crmErrors.customer_not_found({ customer: customerId })
    return found
  }

  return { recordConsent, withdrawAll, consentsOf, consentLedger, verdictsOf, mayMessage }
}
