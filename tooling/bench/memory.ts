import { type Bed, tell } from './bed.ts'
import { type Measured, rateOfCheckouts, residentMiB } from './measures.ts'
import { median } from './pricing/clock.ts'

const [checkouts, portions, buyers] = [Number(process.env['CHECKOUTS'] ?? 100_000), 50, 32]

/**
 * What the server holds in memory while it sells, portion after portion: the last fifth of them beside the second, by which time
 * it has compiled what it does and filled what it keeps. How many checkouts, `CHECKOUTS` says.
 */
export async function memory(name: string, bed: Bed): Promise<Measured> {
  const sizes: number[] = []
  for (let portion = 1; portion <= portions; portion++) {
    const rate = await rateOfCheckouts(bed, bed.ours.url, { count: Math.ceil(checkouts / portions), buyers })
    sizes.push(residentMiB(bed.ours.child.pid ?? 0))
    tell(`${name}, ${portion} of ${portions}: ${sizes.at(-1)?.toFixed(0)} MiB, ${rate.toFixed(0)} checkouts/s`)
  }
  const fifth = portions / 5
  const [early, late] = [median(sizes.slice(fifth, 2 * fifth)), median(sizes.slice(-fifth))]
  return { name, ours: late, floor: early, ratio: late / early, unit: 'MiB' }
}
