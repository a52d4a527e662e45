import { describe, expect, test } from 'vitest'
import { type Money, money, type Text } from '@sangdo/core'
import { atomic, type Db, openDb } from '@sangdo/core/server'
import { describeDatabases, recorder, stillClock } from '@sangdo/core/testing'
import type { ShipmentId } from '@sangdo/shipping'
import { createShipping, shippingMigrations } from '@sangdo/shipping/server'
import { sampleMethod, sampleParcel, sampleShipment, sampleZone } from '@sangdo/shipping/testing'

describe('shipping', () => {
  describeDatabases([shippingMigrations], (database) => {
    const shop = () => {
      const { db } = database()
      const clock = stillClock()
      const outbox = recorder()
      const shipping = createShipping({ outbox, now: clock.now })
      const open = async () => {
        await shipping.saveZone(db, sampleZone)
        return shipping.saveMethod(db, sampleMethod)
      }
      const ship = (input = sampleShipment) => atomic(db, (tx) => shipping.ship(tx, input))
      const says = () => outbox.events.map((event) => event.name)
      return { db, clock, outbox, shipping, open, ship, says }
    }

    describe('zones and methods', () => {
      test('a shop without methods delivers nowhere', async () => {
        const { db, shipping } = shop()
        expect(await shipping.optionsOf(db, sampleParcel)).toEqual([])
      })

      test('a buyer in Seoul and one on Jeju see their prices', async () => {
        const { db, shipping, open } = shop()
        await open()
        const priceTo = async (postcode: string) =>
          (await shipping.optionsOf(db, { ...sampleParcel, address: { country: 'KR', postcode } }))[0]?.price.minor
        expect([await priceTo('04524'), await priceTo('63322')]).toEqual([3_000, 6_000])
      })

      test('what is stored is what was given', async () => {
        const { db, shipping, open } = shop()
        const method = await open()
        expect(await shipping.methods(db)).toEqual([method])
        expect(await shipping.zones(db)).toMatchObject([{ id: 'zon_kr', name: '대한민국' }])
      })

      test('stored under a known id, a zone or method takes the place of the former', async () => {
        const { db, shipping, open } = shop()
        const method = await open()
        await shipping.saveZone(db, { ...sampleZone, name: '국내' })
        await shipping.saveMethod(db, { ...method, active: false })
        expect(await shipping.zones(db)).toMatchObject([{ name: '국내' }])
        expect(await shipping.optionsOf(db, sampleParcel)).toEqual([])
      })

      test('it fits whoever asks for rates, with whatever else an address holds', async () => {
        interface Asks {
          optionsOf(
            db: Db,
            parcel: {
              address: { name: string; phone: string; country: string; postcode: string; line1: string }
              currency: string
              weightGrams: number
              goods: Money
              lines: readonly { sku: string; quantity: number }[]
            },
          ): Promise<{ method: string; name: Text; price: Money; days: { from: number; to: number } }[]>
        }
        const { db, shipping, open } = shop()
        await open()
        const port: Asks = shipping
        const address = {
          name: '김하늘',
          phone: '010-0000-0000',
          country: 'KR',
          postcode: '04524',
          line1: '세종대로 110',
        }
        const options = await port.optionsOf(db, { ...sampleParcel, address, lines: [] })
        expect(options).toMatchObject([{ method: 'smt_parcel', price: money(3_000, 'KRW') }])
      })

      test('a zone that methods go to is not deleted', async () => {
        const { db, shipping, open } = shop()
        const { id } = await open()
        await expect(shipping.deleteZone(db, 'zon_kr')).rejects.toMatchObject({ code: 'shipping.zone_in_use' })
        await shipping.deleteMethod(db, id)
        await shipping.deleteZone(db, 'zon_kr')
        expect(await shipping.zones(db)).toEqual([])
      })

      test('a zone or method that does not exist is named', async () => {
        const { db, shipping } = shop()
        const missing = { code: 'shipping.zone_not_found', details: { zoneId: 'zon_kr' } }
        await expect(shipping.saveMethod(db, sampleMethod)).rejects.toMatchObject(missing)
        await expect(shipping.deleteZone(db, 'zon_kr')).rejects.toMatchObject(missing)
        await expect(shipping.deleteMethod(db, 'smt_moon')).rejects.toMatchObject({ code: 'shipping.method_not_found' })
      })

      test.each([
        ['areas.0.country', { ...sampleZone, areas: [{ country: 'korea' }] }],
        ['areas.0.postcodes.0.to', { ...sampleZone, areas: [{ country: 'KR', postcodes: [{ from: '2', to: '1' }] }] }],
        ['colour', { ...sampleZone, colour: 'red' }],
      ])('a wrong %s is refused by name', async (field, input) => {
        const { db, shipping } = shop()
        await expect(shipping.saveZone(db, input)).rejects.toMatchObject({
          code: 'core.invalid_input',
          details: { issues: [expect.objectContaining({ field })] },
        })
      })
    })

    describe('shipments', () => {
      test('a parcel leaves, and the shop hears of it', async () => {
        const { db, shipping, ship, outbox } = shop()
        const { id } = await ship()
        expect(await shipping.shipmentOf(db, id)).toMatchObject({ ...sampleShipment, status: 'shipped', events: [] })
        expect(outbox.events).toEqual([{ name: 'shipping.shipped', payload: { shipmentId: id, ...sampleShipment } }])
      })

      test('a label typed as it is printed is the same label, and shipping twice is one shipment', async () => {
        const { ship, says } = shop()
        const first = await ship({ ...sampleShipment, trackingNumber: '1234-5678-9012' })
        expect(await ship()).toEqual(first)
        expect(says()).toEqual(['shipping.shipped'])
      })

      test('one label with other lines is refused, while another order may be in the same box', async () => {
        const { ship } = shop()
        await ship()
        const other = { ...sampleShipment, lines: [{ lineId: 'lin_2' as const, quantity: 1 }] }
        await expect(ship(other)).rejects.toMatchObject({ code: 'shipping.tracking_number_taken' })
        await expect(ship({ ...other, orderId: 'ord_2' })).resolves.toMatchObject({ status: 'shipped' })
      })

      test('a number that the carrier does not use is refused by name', async () => {
        const { ship, says } = shop()
        await expect(ship({ ...sampleShipment, carrier: 'epost' })).rejects.toMatchObject({
          code: 'core.invalid_input',
          details: { issues: [{ field: 'trackingNumber', message: 'A number of Korea Post has 13 digits' }] },
        })
        expect(says()).toEqual([])
      })

      test('when the order around it fails nothing has left', async () => {
        const { db, shipping } = shop()
        const failing = atomic(db, async (tx) => {
          await shipping.ship(tx, sampleShipment)
          throw new Error('over shipped')
        })
        await expect(failing).rejects.toThrow('over shipped')
        expect(await shipping.shipmentsOf(db, ['ord_1'])).toEqual({ ord_1: [] })
      })

      test('a mistyped label is put right until the carrier has the parcel', async () => {
        const { db, shipping, ship } = shop()
        const { id } = await ship()
        const label = { carrier: 'epost', trackingNumber: '1234567890123' } as const
        expect(await shipping.correctLabel(db, id, label)).toMatchObject(label)
        expect(await shipping.shipmentOf(db, id)).toMatchObject(label)
        await shipping.addEvent(db, id, { status: 'picked_up', at: '2026-01-02T09:00:00.000Z' })
        await expect(shipping.correctLabel(db, id, label)).rejects.toMatchObject({ code: 'shipping.already_moving' })
      })

      test('events told late, twice and out of order lead to what has happened', async () => {
        const { db, shipping, ship } = shop()
        const { id } = await ship()
        const tell = (status: 'picked_up' | 'in_transit' | 'out_for_delivery', hour: number) =>
          shipping.addEvent(db, id, { status, at: `2026-01-03T0${hour}:00:00.000Z`, place: '옥천HUB' })
        await tell('out_for_delivery', 3)
        await tell('picked_up', 1)
        await tell('picked_up', 1)
        expect(await tell('in_transit', 2)).toMatchObject({ status: 'out_for_delivery' })
        const { status, events } = await shipping.shipmentOf(db, id)
        expect([status, events.map((event) => event.status)]).toEqual([
          'out_for_delivery',
          ['picked_up', 'in_transit', 'out_for_delivery'],
        ])
      })

      test('arrival is said once, by whomever it is told', async () => {
        const { db, shipping, ship, says, outbox } = shop()
        const { id } = await ship()
        await shipping.deliver(db, id)
        await shipping.deliver(db, id)
        await shipping.addEvent(db, id, { status: 'delivered', at: '2026-01-05T00:00:00.000Z' })
        await shipping.addEvent(db, id, { status: 'exception', at: '2026-01-06T00:00:00.000Z' })
        expect(says()).toEqual(['shipping.shipped', 'shipping.delivered'])
        expect(outbox.events[1]?.payload).toEqual({ shipmentId: id, orderId: 'ord_1', lines: sampleShipment.lines })
        expect(await shipping.shipmentOf(db, id)).toMatchObject({
          status: 'delivered',
          deliveredAt: '2026-01-02T03:04:05.678Z',
        })
      })

      test('an exception is a delay that the shop hears of', async () => {
        const { db, shipping, ship, outbox } = shop()
        const { id } = await ship()
        await shipping.addEvent(db, id, { status: 'exception', at: '2026-01-05T00:00:00.000Z', note: '주소 불명' })
        expect(outbox.events.at(-1)).toMatchObject({ name: 'shipping.delayed', payload: { note: '주소 불명' } })
      })

      test('the shipments of several orders come at once', async () => {
        const { db, shipping, ship } = shop()
        await ship()
        await ship({ ...sampleShipment, trackingNumber: '1234567890' })
        await ship({ ...sampleShipment, orderId: 'ord_2' })
        const shipments = await shipping.shipmentsOf(db, ['ord_1', 'ord_2', 'ord_3'])
        expect(Object.entries(shipments).map(([order, list]) => [order, list.length])).toEqual([
          ['ord_1', 2],
          ['ord_2', 1],
          ['ord_3', 0],
        ])
      })

      test('what is on its way is read in pages, and what has arrived is not among it', async () => {
        const { db, shipping, ship, clock } = shop()
        const ids: ShipmentId[] = []
        for (const orderId of ['ord_1', 'ord_2', 'ord_3', 'ord_4'] as const) {
          clock.advance(1000)
          ids.push((await ship({ ...sampleShipment, orderId })).id)
        }
        await shipping.deliver(db, ids[1] ?? 'shm_0')
        const first = await shipping.onTheWay(db, { limit: 2 })
        const second = await shipping.onTheWay(db, { limit: 2, after: first.next ?? '' })
        expect([...first.items, ...second.items].map(({ orderId }) => orderId)).toEqual(['ord_1', 'ord_3', 'ord_4'])
        expect(second.next).toBeNull()
      })

      test('a shipment that does not exist is named', async () => {
        const { db, shipping } = shop()
        const missing = { code: 'shipping.shipment_not_found', details: { shipmentId: 'shm_9' } }
        await expect(shipping.deliver(db, 'shm_9')).rejects.toMatchObject(missing)
        await expect(shipping.shipmentOf(db, 'shm_9')).rejects.toMatchObject(missing)
      })
    })
  })

  describeDatabases(
    [shippingMigrations],
    (database) => {
      test('twenty pollers on two connections say once that a parcel has arrived', async () => {
        const { db, url = '' } = database()
        const other = await openDb(url)
        const outbox = recorder()
        const shipping = createShipping({ outbox })
        const { id } = await atomic(db, (tx) => shipping.ship(tx, sampleShipment))
        const at = (index: number) => `2026-01-03T00:00:00.0${10 + index}Z`
        await Promise.all(
          Array.from({ length: 20 }, (_, index) =>
            shipping.addEvent(index % 2 ? db : other, id, { status: 'delivered', at: at(index) }),
          ),
        )
        await other.destroy()
        expect(outbox.events.map((event) => event.name)).toEqual(['shipping.shipped', 'shipping.delivered'])
        expect((await shipping.shipmentOf(db, id)).events).toHaveLength(20)
      }, 30_000)
    },
    ['sqlite', 'postgres'],
  )
})
