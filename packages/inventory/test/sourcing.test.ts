import { atomic, checkInvariants, openDb } from '@sangdo/core/server'
import { describeDatabases } from '@sangdo/core/testing'
import {
  availableAt,
  distance,
  fewestLocations,
  type LocationId,
  type Quantities,
  sourceAll,
  SourcingStrategy,
  type StockLevel,
} from '@sangdo/inventory'
import { createInventory, inventoryInvariants, inventoryMigrations } from '@sangdo/inventory/server'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const runs = Number(process.env['RUNS'] ?? 1000)
const seoul = { latitude: 37.5665, longitude: 126.978 }
const busan = { latitude: 35.1796, longitude: 129.0756 }
const jeju = { latitude: 33.4996, longitude: 126.5312 }
const skus = ['MUG', 'PLATE', 'TRAY']

const level = (sku: string, place: string, onHand: number, reserved = 0): StockLevel => ({
  sku,
  locationId: `loc_${place}`,
  onHand,
  reserved,
  safety: 0,
})
const wants = (...quantities: number[]): Quantities =>
  quantities.flatMap((quantity, index) => (quantity > 0 ? [{ sku: skus[index] ?? '', quantity }] : []))

const lines = fc
  .tuple(fc.nat(12), fc.nat(12), fc.nat(12))
  .map((quantities) => wants(...quantities))
  .filter((some) => some.length > 0)
const levels = fc
  .array(fc.tuple(fc.nat(8), fc.nat(8), fc.nat(8), fc.nat(4)), { maxLength: 7 })
  .map((places) =>
    places.flatMap(([mugs, plates, trays, reserved], index) =>
      [mugs, plates, trays].map((onHand, which) => level(skus[which] ?? '', `l${index}`, onHand, reserved)),
    ),
  )

/** The fewest locations by trying every set of them. */
function bruteForce(wanted: Quantities, stock: readonly StockLevel[]): number | null {
  const places = [...new Set(stock.map((one) => one.locationId))]
  const covers = (set: number) =>
    wanted.every(({ sku, quantity }) => {
      const there = stock.filter((one) => one.sku === sku && (set >> places.indexOf(one.locationId)) & 1)
      return there.reduce((sum, one) => sum + availableAt(one), 0) >= quantity
    })
  const sizes = Array.from({ length: 2 ** places.length }, (_, set) => set)
    .filter(covers)
    .map((set) => set.toString(2).replaceAll('0', '').length)
  return sizes.length > 0 ? Math.min(...sizes) : null
}

describe('sourcing all lines', () => {
  const order = wants(4, 2)
  const stock = [
    level('MUG', 'a', 3),
    level('MUG', 'b', 4),
    level('MUG', 'c', 9),
    level('PLATE', 'a', 2),
    level('PLATE', 'c', 2),
  ]
  const chosen = (strategy: SourcingStrategy) =>
    sourceAll(order, stock, { strategy })?.map(({ sku, locationId, quantity }) => `${quantity} ${sku} ${locationId}`)

  test.each([
    ['priority', ['4 MUG loc_b', '2 PLATE loc_a']],
    ['most_stock', ['4 MUG loc_c', '2 PLATE loc_a']],
    ['fewest_parcels', ['4 MUG loc_c', '2 PLATE loc_c']],
    ['nearest', ['4 MUG loc_b', '2 PLATE loc_a']],
  ] as const)('%s', (strategy, picks) => {
    expect(chosen(strategy)).toEqual(picks)
  })

  test('the nearest location serves the buyer, and one that nobody has put on the map comes last', () => {
    const places = [
      { id: 'loc_a' as const, position: null },
      { id: 'loc_b' as const, position: jeju },
      { id: 'loc_c' as const, position: busan },
    ]
    const from = (quantity: number) =>
      sourceAll(wants(quantity), stock, { strategy: 'nearest', places, destination: seoul })?.map(
        (pick) => pick.locationId,
      )
    expect([from(3), from(12), from(16)]).toEqual([['loc_c'], ['loc_c', 'loc_b'], ['loc_c', 'loc_b', 'loc_a']])
  })

  test.each(SourcingStrategy.options)(
    '%s takes all that is wanted, nothing more, and never more than a location has',
    (strategy) => {
      fc.assert(
        fc.property(lines, levels, (wanted, places) => {
          const taken = sourceAll(wanted, places, { strategy })
          const sumOf = (sku: string, rows: readonly { sku: string; quantity: number }[]) =>
            rows.reduce((sum, row) => (row.sku === sku ? sum + row.quantity : sum), 0)
          const there = places.map((one) => ({ sku: one.sku, quantity: availableAt(one) }))
          expect(taken === null).toBe(wanted.some(({ sku, quantity }) => sumOf(sku, there) < quantity))
          if (!taken) return
          for (const sku of skus) expect(sumOf(sku, taken)).toBe(sumOf(sku, wanted))
          for (const pick of taken) {
            const place = places.find((one) => one.sku === pick.sku && one.locationId === pick.locationId)
            expect(pick.quantity).toBeLessThanOrEqual(place ? availableAt(place) : 0)
          }
        }),
        { numRuns: runs },
      )
    },
  )

  test('the fewest locations are no more than in any other choice', () => {
    fc.assert(
      fc.property(lines, levels, (wanted, places) => {
        const best = bruteForce(wanted, places)
        expect(fewestLocations(wanted, places)?.length ?? null).toBe(best)
        const taken = sourceAll(wanted, places, { strategy: 'fewest_parcels' })
        expect(taken && new Set(taken.map((pick) => pick.locationId)).size).toBe(best)
      }),
      { numRuns: runs },
    )
  })

  test('three hundred locations that share everything out are still an answer, and a complete one', () => {
    const places = Array.from({ length: 300 }, (_, index) =>
      skus.map((sku, which) => level(sku, `l${index}`, 1 + ((index * 7 + which * 3) % 5))),
    ).flat()
    const wanted = wants(400, 400, 400)
    const chosen = new Set<LocationId>(fewestLocations(wanted, places))
    for (const { sku, quantity } of wanted) {
      const there = places.filter((one) => one.sku === sku && chosen.has(one.locationId))
      expect(there.reduce((sum, one) => sum + one.onHand, 0)).toBeGreaterThanOrEqual(quantity)
    }
    expect(chosen.size).toBeLessThan(150)
  })
})

describe('distance', () => {
  test('from Seoul to Busan is about 325 km, and to Jeju about 454 km', () => {
    expect(distance(seoul, busan) / 1000).toBeCloseTo(325, -1)
    expect(distance(seoul, jeju) / 1000).toBeCloseTo(454, -1)
  })

  test('is the same both ways, nothing at all to where one is, and at most half way round', () => {
    const position = fc.record({
      latitude: fc.double({ min: -90, max: 90, noNaN: true }),
      longitude: fc.double({ min: -180, max: 180, noNaN: true }),
    })
    fc.assert(
      fc.property(position, position, (here, there) => {
        expect(distance(here, there)).toBe(distance(there, here))
        expect(distance(here, here)).toBe(0)
        expect(distance(here, there)).toBeLessThanOrEqual(Math.ceil(Math.PI * 6_371_009))
      }),
    )
  })

  test('across the date line it takes the short way', () => {
    expect(distance({ latitude: 0, longitude: 179.5 }, { latitude: 0, longitude: -179.5 })).toBe(111_195)
  })
})

describe('buyers and locations', () => {
  describeDatabases([inventoryMigrations], (database) => {
    async function threePlaces() {
      const { db } = database()
      const inventory = createInventory({ sourcing: 'fewest_parcels' })
      const places = [
        { name: 'Seoul', priority: 1, position: seoul },
        { name: 'Busan', priority: 2, position: busan },
        { name: 'Jeju', priority: 3, position: jeju },
      ]
      const ids: LocationId[] = []
      for (const place of places) ids.push((await inventory.addLocation(db, place)).id)
      const [inSeoul, inBusan, inJeju] = ids
      await inventory.receive(db, { sku: 'MUG', quantity: 5, locationId: inSeoul })
      await inventory.receive(db, { sku: 'MUG', quantity: 5, locationId: inBusan })
      await inventory.receive(db, { sku: 'MUG', quantity: 9, locationId: inJeju })
      await inventory.receive(db, { sku: 'PLATE', quantity: 5, locationId: inJeju })
      return { db, inventory, inSeoul, inBusan, inJeju }
    }

    test('the shop has a habit, and a buyer may be served in another way', async () => {
      const { db, inventory, inSeoul, inBusan, inJeju } = await threePlaces()
      const both = [...wants(1, 1)]
      const from = async (reference: string, options = {}) =>
        (await atomic(db, (tx) => inventory.reserve(tx, reference, both, options))).lines.map((line) => line.locationId)
      expect(await from('ord_1')).toEqual([inJeju, inJeju])
      expect(await from('ord_2', { sourcing: 'priority' })).toEqual([inSeoul, inJeju])
      expect(await from('ord_3', { sourcing: 'most_stock' })).toEqual([inJeju, inJeju])
      expect(await from('ord_4', { sourcing: 'nearest', destination: busan })).toEqual([inBusan, inJeju])
      expect(await checkInvariants(db, inventoryInvariants)).toEqual([])
    })

    test('a location moves, and keeps its place on the map to a millionth of a degree', async () => {
      const { db, inventory, inSeoul } = await threePlaces()
      const moved = {
        id: inSeoul ?? 'loc_x',
        name: 'Incheon',
        priority: 7,
        position: { latitude: -37.456256, longitude: 126.705206 },
      }
      await inventory.changeLocation(db, moved)
      expect((await inventory.locations(db)).at(-1)).toEqual(moved)
      await expect(inventory.changeLocation(db, { ...moved, id: 'loc_moon' })).rejects.toMatchObject({
        code: 'inventory.location_not_found',
      })
    })

    test('a destination that is nowhere is refused by name', async () => {
      const { db, inventory } = await threePlaces()
      const nowhere = { sourcing: 'nearest' as const, destination: { latitude: 91, longitude: 0 } }
      await expect(atomic(db, (tx) => inventory.reserve(tx, 'ord_1', wants(1), nowhere))).rejects.toMatchObject({
        code: 'core.invalid_input',
        details: { issues: [{ field: 'destination.latitude' }] },
      })
    })
  })

  describeDatabases(
    [inventoryMigrations],
    (database) => {
      test('fifty buyers with every strategy, on two connections and crosswise, get exactly what there is', async () => {
        const { db, url = '' } = database()
        const other = await openDb(url)
        const inventory = createInventory()
        for (const [index, position] of [seoul, busan, jeju].entries()) {
          const { id } = await inventory.addLocation(db, { name: `Place ${index}`, priority: index, position })
          for (const sku of ['MUG', 'PLATE']) await inventory.receive(db, { sku, quantity: 15, locationId: id })
        }
        const buyers = Array.from({ length: 50 }, (_, index) => {
          const sourcing = SourcingStrategy.options[index % 4]
          const both = index % 2 ? wants(1, 1) : wants(1, 1).toReversed()
          return atomic(index % 2 ? db : other, (tx) =>
            inventory.reserve(tx, `ord_${index}`, both, { ...(sourcing && { sourcing }), destination: jeju }),
          )
        })
        const results = await Promise.allSettled(buyers)
        await other.destroy()
        expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(45)
        const refusals = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []))
        expect(new Set(refusals)).toEqual(new Set(['inventory.out_of_stock']))
        expect(await checkInvariants(db, inventoryInvariants)).toEqual([])
      }, 30_000)
    },
    ['sqlite', 'postgres'],
  )
})
