import { describe, expect, test } from 'vitest'
import { money } from '@sangdo/core'
import { atomic, openDb } from '@sangdo/core/server'
import { describeDatabases, recorder, stillClock } from '@sangdo/core/testing'
import type { OrderStatus } from '@sangdo/crm'
import { createCrm, crmMigrations } from '@sangdo/crm/server'
import { sampleAddress, sampleConsent, sampleRegistration } from '@sangdo/crm/testing'

describe('crm', () => {
  describeDatabases([crmMigrations], (database) => {
    const shop = () => {
      const { db } = database()
      const clock = stillClock() // noon and four minutes in Seoul
      const outbox = recorder()
      const crm = createCrm({ outbox, now: clock.now })
      const says = () => outbox.events.map((event) => event.name)
      const register = (changes = {}) => crm.register(db, { ...sampleRegistration, ...changes })
      return { db, clock, outbox, crm, says, register }
    }

    describe('customers', () => {
      test('somebody signs up, and the shop hears of it', async () => {
        const { db, crm, register, outbox } = shop()
        const customer = await register()
        expect(customer).toMatchObject({ email: 'sky@example.com', name: '김하늘', status: 'active', leftAt: null })
        expect(await crm.customerOf(db, customer.id)).toEqual(customer)
        expect(outbox.events).toEqual([
          {
            name: 'crm.customer_registered',
            payload: { customerId: customer.id, email: 'sky@example.com', name: '김하늘', locale: 'ko' },
          },
        ])
      })

      test('an e-mail address is one customer, however it is typed', async () => {
        const { db, crm, register, says } = shop()
        const customer = await register()
        await expect(register({ email: ' SKY@example.com ' })).rejects.toMatchObject({ code: 'crm.email_taken' })
        expect(await crm.customerByEmail(db, 'Sky@Example.com')).toEqual(customer)
        expect(await crm.customerByEmail(db, 'nobody')).toBeUndefined()
        expect(says()).toEqual(['crm.customer_registered'])
      })

      test('who agrees to something while signing up has agreed', async () => {
        const { db, crm, register, says } = shop()
        const { id } = await register({ consents: [sampleConsent] })
        expect(await crm.mayMessage(db, id, 'email')).toEqual({ allowed: true })
        expect(says()).toEqual(['crm.customer_registered', 'crm.consent_changed'])
      })

      test('a profile changes where it is told to, and nowhere else', async () => {
        const { db, crm, register } = shop()
        const customer = await register()
        await crm.update(db, customer.id, { name: '김바다', phone: null })
        expect(await crm.customerOf(db, customer.id)).toEqual({ ...customer, name: '김바다', phone: null })
      })

      test('nobody takes an e-mail address that belongs to another', async () => {
        const { db, crm, register } = shop()
        await register()
        const other = await register({ email: 'sea@example.com' })
        await expect(crm.update(db, other.id, { email: 'SKY@example.com' })).rejects.toMatchObject({
          code: 'crm.email_taken',
          details: { email: 'sky@example.com' },
        })
        expect(await crm.update(db, other.id, { email: 'ocean@example.com' })).toMatchObject({
          email: 'ocean@example.com',
        })
      })

      test('who leaves is forgotten, while what they agreed to and bought stays on record', async () => {
        const { db, crm, register, says } = shop()
        const { id } = await register({ consents: [sampleConsent] })
        await crm.addAddress(db, id, { address: sampleAddress })
        await atomic(db, (tx) => crm.recordOrder(tx, orderNews(id)))
        await crm.leave(db, id)
        await crm.leave(db, id)
        expect(await crm.customerOf(db, id)).toMatchObject({ email: null, name: null, phone: null, status: 'left' })
        expect(await crm.addressesOf(db, [id])).toEqual({ [id]: [] })
        expect((await crm.consentLedger(db, id)).items.map(({ decision, source }) => [decision, source])).toEqual([
          ['withdrawn', 'left'],
          ['granted', 'sign-up'],
        ])
        expect((await crm.ordersOf(db, id)).items).toHaveLength(1)
        expect(await crm.mayMessage(db, id, 'email')).toMatchObject({ reason: 'left' })
        expect(says().filter((name) => name === 'crm.customer_left')).toHaveLength(1)
      })

      test('nothing of who has left can be found or changed, and their e-mail address is free', async () => {
        const { db, crm, register } = shop()
        const { id } = await register()
        await crm.leave(db, id)
        const gone = { code: 'crm.customer_has_left' }
        await expect(crm.update(db, id, { name: '김바다' })).rejects.toMatchObject(gone)
        await expect(crm.addAddress(db, id, { address: sampleAddress })).rejects.toMatchObject(gone)
        await expect(crm.recordConsent(db, id, sampleConsent)).rejects.toMatchObject(gone)
        expect((await crm.list(db, { text: '하늘' })).items).toEqual([])
        expect((await register()).id).not.toBe(id)
      })

      test.each(['하늘', 'SKY@', '1234-5678', '01012345678', '하늘 sky'])('text %s finds a customer', async (text) => {
        const { db, crm, register } = shop()
        await register({ email: 'sea@example.com', name: '이바다', phone: null })
        const { id } = await register()
        expect((await crm.list(db, { text })).items.map((customer) => customer.id)).toEqual([id])
      })

      test.each(['%', '_', '\\'])('the sign %s is not a wildcard that finds some', async (sign) => {
        const { db, crm, register } = shop()
        await register()
        expect((await crm.list(db, { text: `${sign}하늘x` })).items).toEqual([])
      })

      test('customers are listed in pages, newest first, by status', async () => {
        const { db, crm, register } = shop()
        const ids = []
        for (const name of ['a', 'b', 'c']) ids.push((await register({ email: `${name}@example.com` })).id)
        const first = await crm.list(db, {}, { limit: 2 })
        const second = await crm.list(db, {}, { limit: 2, after: first.next ?? '' })
        expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids.toReversed())
        expect((await crm.list(db, { status: 'left' })).items).toEqual([])
      })

      test('several customers come at once, and one that does not exist is left out', async () => {
        const { db, crm, register } = shop()
        const customer = await register()
        expect(await crm.customersOf(db, [customer.id, 'cus_moon'])).toEqual({ [customer.id]: customer })
        await expect(crm.customerOf(db, 'cus_moon')).rejects.toMatchObject({ code: 'crm.customer_not_found' })
        await expect(crm.leave(db, 'cus_moon')).rejects.toMatchObject({ code: 'crm.customer_not_found' })
      })

      test.each([
        ['email', { email: 'sky' }],
        ['name', { name: ' ' }],
        ['name', { name: '김\u0000하늘' }],
        ['phone', { phone: '12' }],
        ['consents.0.channel', { consents: [{ ...sampleConsent, channel: 'pigeon' }] }],
        ['admin', { admin: true }],
      ])('a wrong %s is refused by name', async (field, changes) => {
        const { register } = shop()
        await expect(register(changes)).rejects.toMatchObject({
          code: 'core.invalid_input',
          details: { issues: [expect.objectContaining({ field })] },
        })
      })
    })

    describe('address books', () => {
      const book = async () => {
        const { db, crm, register } = shop()
        const { id } = await register()
        const add = (line1: string, isDefault = false) =>
          crm.addAddress(db, id, { address: { ...sampleAddress, line1 }, isDefault })
        const defaults = async () =>
          (await crm.addressesOf(db, [id]))[id]?.map(({ address, isDefault }) => [address.line1, isDefault])
        return { db, crm, id, add, defaults }
      }

      test('the first address is the default, until another is', async () => {
        const { db, crm, id, add, defaults } = await book()
        await add('first')
        const { id: second } = await add('second')
        expect(await defaults()).toEqual([
          ['first', true],
          ['second', false],
        ])
        await crm.makeDefault(db, id, second)
        expect(await defaults()).toEqual([
          ['second', true],
          ['first', false],
        ])
        await add('third', true)
        expect((await defaults())?.filter(([, isDefault]) => isDefault)).toEqual([['third', true]])
      })

      test('when the default goes, the oldest of the others takes its place', async () => {
        const { db, crm, id, add, defaults } = await book()
        const first = await add('first')
        await add('second')
        await add('third')
        await crm.removeAddress(db, id, first.id)
        expect(await defaults()).toEqual([
          ['second', true],
          ['third', false],
        ])
      })

      test('an address changes in place', async () => {
        const { db, crm, id, add } = await book()
        const { id: addressId } = await add('first')
        const address = { name: 'Ada', phone: '+442000000000', country: 'GB', postcode: 'SW1A 1AA', line1: 'The Mall' }
        expect(await crm.changeAddress(db, id, addressId, { address, label: 'London' })).toEqual({
          id: addressId,
          label: 'London',
          isDefault: true,
          address,
        })
      })

      test('nobody reaches into the book of another', async () => {
        const { db, crm, add } = await book()
        const { id: addressId } = await add('first')
        const other = await crm.register(db, { ...sampleRegistration, email: 'other@example.com' })
        const missing = { code: 'crm.address_not_found' }
        const change = crm.changeAddress(db, other.id, addressId, { address: sampleAddress })
        await expect(change).rejects.toMatchObject(missing)
        await expect(crm.removeAddress(db, other.id, addressId)).rejects.toMatchObject(missing)
        await expect(crm.makeDefault(db, other.id, addressId)).rejects.toMatchObject(missing)
      })

      test('a book has fifty addresses at most', async () => {
        const { add } = await book()
        for (let index = 0; index < 50; index++) await add(`house ${index}`)
        await expect(add('one more')).rejects.toMatchObject({ code: 'crm.address_book_full' })
      })
    })

    describe('consent', () => {
      test('the last word counts, each channel has its own, and none is ever deleted', async () => {
        const { db, crm, register } = shop()
        const { id } = await register()
        for (const decision of ['granted', 'withdrawn', 'granted', 'withdrawn'] as const)
          await crm.recordConsent(db, id, { ...sampleConsent, decision })
        await crm.recordConsent(db, id, { ...sampleConsent, channel: 'sms' })
        expect(await crm.mayMessage(db, id, 'email')).toMatchObject({ allowed: false, reason: 'withdrawn' })
        expect(await crm.mayMessage(db, id, 'sms')).toEqual({ allowed: true })
        expect(await crm.mayMessage(db, id, 'kakao')).toMatchObject({ reason: 'no_consent' })
        expect((await crm.consentLedger(db, id)).items).toHaveLength(5)
        const said = (await crm.consentsOf(db, [id]))[id]?.map(({ channel, decision }) => [channel, decision])
        expect(said).toEqual([
          ['email', 'withdrawn'],
          ['sms', 'granted'],
        ])
      })

      test('only a change of mind is announced; the same word again is kept as evidence', async () => {
        const { db, crm, register, says } = shop()
        const { id } = await register()
        await crm.recordConsent(db, id, sampleConsent)
        await crm.recordConsent(db, id, { ...sampleConsent, textVersion: 'marketing-2026-02' })
        expect(says()).toEqual(['crm.customer_registered', 'crm.consent_changed'])
        expect((await crm.consentsOf(db, [id]))[id]).toMatchObject([{ textVersion: 'marketing-2026-02' }])
      })

      test('a withdrawal on a server whose clock is behind still counts', async () => {
        const { db, crm, register, clock } = shop()
        const { id } = await register({ consents: [sampleConsent] })
        clock.advance(-60_000)
        const behind = createCrm({ now: clock.now })
        await behind.recordConsent(db, id, { ...sampleConsent, decision: 'withdrawn' })
        expect(await crm.mayMessage(db, id, 'email')).toMatchObject({ reason: 'withdrawn' })
      })

      test('at night a text message waits until eight in Seoul', async () => {
        const { db, crm, register } = shop()
        const { id } = await register({ consents: [{ ...sampleConsent, channel: 'kakao' }] })
        expect(await crm.mayMessage(db, id, 'kakao', '2026-01-02T14:30:00.000Z')).toEqual({
          allowed: false,
          reason: 'night',
          nextAllowedAt: '2026-01-02T23:00:00.000Z',
        })
      })

      test('a campaign asks about all its customers at once', async () => {
        const { db, crm, register } = shop()
        const yes = await register({ consents: [sampleConsent] })
        const no = await register({ email: 'sea@example.com' })
        const verdicts = await crm.verdictsOf(db, [yes.id, no.id, 'cus_moon'], 'email', '2026-01-02T03:00:00.000Z')
        expect(verdicts).toEqual({
          [yes.id]: { allowed: true },
          [no.id]: { allowed: false, reason: 'no_consent', nextAllowedAt: null },
        })
        await expect(crm.mayMessage(db, 'cus_moon', 'email')).rejects.toMatchObject({ code: 'crm.customer_not_found' })
      })

      test('the ledger is read in pages, newest first', async () => {
        const { db, crm, register } = shop()
        const { id } = await register()
        for (const textVersion of ['1', '2', '3']) await crm.recordConsent(db, id, { ...sampleConsent, textVersion })
        const first = await crm.consentLedger(db, id, { limit: 2 })
        const second = await crm.consentLedger(db, id, { limit: 2, after: first.next ?? '' })
        expect([...first.items, ...second.items].map(({ textVersion }) => textVersion)).toEqual(['3', '2', '1'])
      })
    })

    describe('order history', () => {
      test('news of an order are kept once, and old news change nothing', async () => {
        const { db, crm, register } = shop()
        const { id } = await register()
        const tell = (status: OrderStatus, minute: number) =>
          atomic(db, (tx) => crm.recordOrder(tx, { ...orderNews(id), status, at: `2026-01-02T03:0${minute}:00.000Z` }))
        await tell('placed', 1)
        await tell('delivered', 5)
        await tell('paid', 2)
        expect((await crm.ordersOf(db, id)).items).toEqual([
          {
            orderId: 'ord_1',
            number: 'NO-1',
            status: 'delivered',
            total: money(12_000, 'KRW'),
            placedAt: '2026-01-02T03:00:00.000Z',
          },
        ])
      })

      test('totals count what is paid and not called off, by currency', async () => {
        const { db, crm, register } = shop()
        const { id } = await register()
        const other = await register({ email: 'sea@example.com' })
        const tell = (orderId: `ord_${string}`, changes: object) =>
          atomic(db, (tx) => crm.recordOrder(tx, { ...orderNews(id), orderId, ...changes }))
        await tell('ord_1', {})
        await tell('ord_2', { total: money(3_000_000_000, 'KRW'), placedAt: '2026-01-05T00:00:00.000Z' })
        await tell('ord_3', { total: money(990, 'USD') })
        await tell('ord_4', { status: 'placed' })
        await tell('ord_5', { status: 'cancelled' })
        expect(await crm.totalsOf(db, [id, other.id])).toEqual({
          [id]: {
            orders: 3,
            spent: [money(3_000_012_000, 'KRW'), money(990, 'USD')],
            lastOrderAt: '2026-01-05T00:00:00.000Z',
          },
          [other.id]: { orders: 0, spent: [], lastOrderAt: null },
        })
      })

      test('orders are read in pages, the last placed first', async () => {
        const { db, crm, register } = shop()
        const { id } = await register()
        for (const day of [2, 1, 3, 3]) {
          const orderId = `ord_${day}${Math.random().toString(36).slice(2)}` as const
          const placedAt = `2026-01-0${day}T00:00:00.000Z`
          await atomic(db, (tx) => crm.recordOrder(tx, { ...orderNews(id), orderId, placedAt }))
        }
        const first = await crm.ordersOf(db, id, { limit: 1 })
        const second = await crm.ordersOf(db, id, { limit: 3, after: first.next ?? '' })
        expect([...first.items, ...second.items].map(({ placedAt }) => placedAt[9])).toEqual(['3', '3', '2', '1'])
      })

      test('an order of somebody unknown is an error, so that it is told again', async () => {
        const { db, crm } = shop()
        const telling = atomic(db, (tx) => crm.recordOrder(tx, orderNews('cus_moon')))
        await expect(telling).rejects.toMatchObject({ code: 'crm.customer_not_found' })
      })
    })
  })

  describeDatabases(
    [crmMigrations],
    (database) => {
      test('ten people who sign up with one address at once are one customer, and nine hear so', async () => {
        const { db, url = '' } = database()
        const other = await openDb(url)
        const crm = createCrm()
        const results = await Promise.allSettled(
          Array.from({ length: 10 }, (_, index) => crm.register(index % 2 ? db : other, sampleRegistration)),
        )
        await other.destroy()
        const codes = results.flatMap((result) =>
          result.status === 'rejected' ? [(result.reason as { code: string }).code] : [],
        )
        expect(codes).toEqual(Array(9).fill('crm.email_taken'))
      }, 30_000)

      test('however many addresses become the default at once, one is', async () => {
        const { db, url = '' } = database()
        const other = await openDb(url)
        const crm = createCrm()
        const { id } = await crm.register(db, sampleRegistration)
        await Promise.all(
          Array.from({ length: 10 }, (_, index) =>
            crm.addAddress(index % 2 ? db : other, id, { address: sampleAddress, isDefault: true }),
          ),
        )
        await other.destroy()
        const addresses = (await crm.addressesOf(db, [id]))[id] ?? []
        expect([addresses.length, addresses.filter(({ isDefault }) => isDefault).length]).toEqual([10, 1])
      }, 30_000)
    },
    ['sqlite', 'postgres'],
  )
})

const orderNews = (customerId: `cus_${string}`) => ({
  customerId,
  orderId: 'ord_1' as const,
  number: 'NO-1',
  total: money(12_000, 'KRW'),
  placedAt: '2026-01-02T03:00:00.000Z',
  status: 'paid' as const,
})
