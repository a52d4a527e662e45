import { type NewId, parse } from '@sangdo/core'
import { atomic, type Db, type Tx } from '@sangdo/core/server'
import { type AddressId, crmErrors, type CustomerId, NewAddress, type SavedAddress } from '../contract.ts'
import * as store from '../store/addresses.ts'
import { lockActive } from './customers.ts'

const most = 50

/** The address books of customers. */
export function createAddresses({ newId }: { newId: NewId }) {
  /** Keeps an address; the first is the default. Throws `crm.address_book_full` beyond fifty. */
  async function addAddress(db: Db, customerId: CustomerId, input: NewAddress): Promise<SavedAddress> {
    const { isDefault, ...rest } = parse(NewAddress, input)
    return atomic(db, async (tx) => {
      await lockActive(tx, customerId)
      const known = await store.addressesOf(tx, [customerId])
      if (known.length >= most) throw crmErrors.address_book_full({ most })
      const saved = { id: newId('adr'), ...rest, isDefault: isDefault || known.length === 0 }
      await store.addAddress(tx, customerId, saved)
      if (saved.isDefault) await store.makeDefault(tx, customerId, saved.id)
      return saved
    })
  }

  /** Puts an address in place of a kept one, and makes it the default if asked to. Throws `crm.address_not_found`. */
  async function changeAddress(
    db: Db,
    customerId: CustomerId,
    addressId: AddressId,
    input: NewAddress,
  ): Promise<SavedAddress> {
    const changed = { id: addressId, ...parse(NewAddress, input) }
    return atomic(db, async (tx) => {
      await lockActive(tx, customerId)
      if (!(await store.changeAddress(tx, customerId, changed))) throw crmErrors.address_not_found({ addressId })
      if (changed.isDefault) await store.makeDefault(tx, customerId, addressId)
      return await addressOf(tx, customerId, addressId)
    })
  }

  /** Makes a kept address the default. Throws `crm.address_not_found`. */
  async function makeDefault(db: Db, customerId: CustomerId, addressId: AddressId): Promise<void> {
    await atomic(db, async (tx) => {
      await lockActive(tx, customerId)
      await addressOf(tx, customerId, addressId)
      await store.makeDefault(tx, customerId, addressId)
    })
  }

  /** Forgets an address. If it was the default, the oldest of the others is now. Throws `crm.address_not_found`. */
  async function removeAddress(db: Db, customerId: CustomerId, addressId: AddressId): Promise<void> {
    await atomic(db, async (tx) => {
      await lockActive(tx, customerId)
      if (!(await store.removeAddress(tx, customerId, addressId))) throw crmErrors.address_not_found({ addressId })
      const [oldest, ...others] = await store.addressesOf(tx, [customerId])
      const orphaned = oldest && ![oldest, ...others].some(({ isDefault }) => isDefault)
      if (orphaned) await store.makeDefault(tx, customerId, oldest.id)
    })
  }

  async function addressOf(tx: Tx, customerId: CustomerId, addressId: AddressId): Promise<SavedAddress> {
    const found = (await addressesOf(tx, [customerId]))[customerId]?.find(({ id }) => id === addressId)
    if (!found) throw crmErrors.address_not_found({ addressId })
    return found
  }

  /** The address books of these customers, the default first. */
  async function addressesOf(db: Db, customerIds: readonly CustomerId[]): Promise<Record<CustomerId, SavedAddress[]>> {
    const books = Object.groupBy(await store.addressesOf(db, customerIds), ({ customerId }) => customerId)
    return Object.fromEntries(customerIds.map((id) => [id, bookFrom(books[id] ?? [])]))
  }

  return { addAddress, changeAddress, makeDefault, removeAddress, addressesOf }
}

const bookFrom = (rows: readonly (SavedAddress & { customerId: CustomerId })[]): SavedAddress[] =>
  rows.map(({ customerId: _, ...address }) => address).toSorted((a, b) => Number(b.isDefault) - Number(a.isDefault))
