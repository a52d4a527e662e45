import { execFileSync } from 'node:child_process'
import autocannon from 'autocannon'
import { secrets } from './api.ts'
import { type Bed, tell } from './bed.ts'
import { buy } from './buyer.ts'
import { median } from './pricing/clock.ts'
import { freePort, start } from './processes.ts'
import { createVisitor } from './visitor.ts'

/** One line of the table. `ratio` is ours to the floor; there is no floor for a start. */
export interface Measured {
  readonly name: string
  readonly ours: number
  readonly floor: number | null
  readonly ratio: number | null
  readonly unit: string
}

const rounds = 3
const seconds = 4
const connections = 20
const buyers = 32
const warmUp = 10

/** Measures ours and the floor in turns, after one turn each that does not count, and takes the median of each. */
async function beside(
  name: string,
  unit: string,
  { ours, floor }: Bed,
  rate: (url: string, seconds: number) => Promise<number>,
): Promise<Measured> {
  const [own, bare]: [number[], number[]] = [[], []]
  for (const { url } of [ours, floor]) await rate(url, 2)
  for (let round = 1; round <= rounds; round++) {
    own.push(await rate(ours.url, seconds))
    bare.push(await rate(floor.url, seconds))
    tell(`${name}, round ${round}: ours ${own.at(-1)?.toFixed(1)}, floor ${bare.at(-1)?.toFixed(1)} ${unit}`)
  }
  return { name, ours: median(own), floor: median(bare), ratio: median(own) / median(bare), unit }
}

async function pages(name: string, bed: Bed, paths: readonly string[]): Promise<Measured> {
  await compare(bed, paths)
  const requests = paths.map((path) => ({ path }))
  return beside(name, 'requests/s', bed, async (url, duration) => {
    const result = await autocannon({ url, connections, duration, requests })
    if (result.errors + result.non2xx > 0) throw new Error(`${name}: ${result.errors + result.non2xx} bad answers`)
    return result.requests.average
  })
}

interface Page {
  readonly items?: readonly { readonly slug: string; readonly fromPrice: object }[]
  readonly prices?: Readonly<Record<string, { readonly amount: object }>>
  readonly available?: object
  readonly rating?: object
}

/** Both must say the same, or the comparison would be of nothing. */
async function compare({ ours, floor }: Bed, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const [own, bare] = [ours, floor].map(({ url }) => createVisitor(url).get<Page>('GET', path))
    const [one, other] = [essence(await own), essence(await bare)]
    if (one !== other) throw new Error(`${path} differs:\n${one}\n${other}`)
  }
}

const essence = (page: Page | undefined) =>
  JSON.stringify({
    items: page?.items?.map(({ slug, fromPrice }) => [slug, fromPrice]),
    prices: Object.entries(page?.prices ?? {}).map(([sku, { amount }]) => [sku, amount]),
    available: page?.available,
    rating: page?.rating,
  })

const listed = 'locale=en&currency=KRW&limit=24'
const searches = [
  'harry potter',
  'love',
  'the girl',
  'dragon',
  'war',
  'king',
  'secret garden',
  'house',
  'winter',
  'murder',
  'stephen king',
  'language eng',
]

/** What is measured on a bed, by the first part of its name. */
export const measures = {
  list: (name: string, bed: Bed) =>
    pages(
      name,
      bed,
      bed.shelves.map((id) => `/products?${listed}&category=${id}`),
    ),
  product: (name: string, bed: Bed) =>
    pages(
      name,
      bed,
      bed.slugs.slice(0, 200).map((slug) => `/products/${slug}?locale=en&market=kr`),
    ),
  search: (name: string, bed: Bed) =>
    pages(
      name,
      bed,
      searches.map((words) => `/products?${listed}&q=${encodeURIComponent(words)}`),
    ),
  checkout: checkouts,
}

/** So many buyers at once, each of whom begins anew until the time is over, or so many have begun; what they finish a second is counted. */
export async function rateOfCheckouts(
  { skus, approve }: Pick<Bed, 'skus' | 'approve'>,
  url: string,
  {
    seconds: duration = Infinity,
    count = Infinity,
    buyers,
    times,
  }: { seconds?: number; count?: number; buyers: number; times?: number[] },
): Promise<number> {
  const began = performance.now()
  const elapsed = () => (performance.now() - began) / 1000
  let done = 0
  const buyer = async (number: number) => {
    for (let turn = number; elapsed() < duration && turn < count; turn += buyers) {
      const start = performance.now()
      const { order } = await buy(createVisitor(url), skus[turn % skus.length] ?? '', approve)
      if (order.status !== 'paid') throw new Error(`An order is ${order.status}`)
      times?.push(performance.now() - start)
      done++
    }
  }
  await Promise.all(Array.from({ length: buyers }, (_, number) => buyer(number)))
  return done / elapsed()
}

/** Whole checkouts at once beside the floor; and how the slowest of a hundred compares with the one in the middle. */
async function checkouts(name: string, bed: Bed): Promise<Measured[]> {
  // A process that has just begun has not compiled yet what it does all day.
  for (const { url } of [bed.ours, bed.floor]) await rateOfCheckouts(bed, url, { seconds: warmUp, buyers })
  const times: number[] = []
  const rate = (url: string, duration: number) =>
    rateOfCheckouts(bed, url, { seconds: duration, buyers, ...(url === bed.ours.url ? { times } : {}) })
  const measured = await beside(name, 'checkouts/s', bed, rate)
  const slowest = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? 0
  const [half, tail] = [median(times), slowest]
  return [measured, { name: `${name}.p99`, ours: tail, floor: half, ratio: tail / half, unit: 'ms, to the median' }]
}

/** How long `npm start`'s server takes on a database that is there until it shows its first page, and its memory when idle. */
export async function startUp({ databaseUrl, folder }: Bed): Promise<Measured[]> {
  const [times, sizes]: [number[], number[]] = [[], []]
  for (let round = 1; round <= rounds; round++) {
    const ports = await Promise.all([freePort(), freePort(), freePort()])
    const [PORT, API_PORT, PAY_PORT] = ports.map(String) as [string, string, string]
    const env = { ...secrets, DATABASE_URL: databaseUrl, DATA_DIR: folder, PORT, API_PORT, PAY_PORT }
    const url = `http://127.0.0.1:${PORT}`
    const shop = await start(['apps/shop/dist/main.js'], { url, path: '/', env })
    times.push(shop.seconds)
    await new Promise((resolve) => setTimeout(resolve, 5000))
    sizes.push(residentMiB(shop.child.pid ?? 0))
    tell(`start, round ${round}: ${shop.seconds.toFixed(2)} s, ${sizes.at(-1)?.toFixed(0)} MiB`)
    await shop.stop()
  }
  const none = { floor: null, ratio: null }
  return [
    { name: 'start', ours: median(times), ...none, unit: 's' },
    { name: 'start.memory', ours: median(sizes), ...none, unit: 'MiB' },
  ]
}

/** How much memory a process holds. */
export const residentMiB = (pid: number) =>
  Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024
