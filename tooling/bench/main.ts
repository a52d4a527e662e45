import { writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { type Engine, openBed, tell } from './bed.ts'
import { grown } from './grown.ts'
import { hotStock } from './hot.ts'
import { memory } from './memory.ts'
import { type Measured, measures, startUp } from './measures.ts'
import { quotes } from './pricing/http.ts'
import { pricingMeasures } from './pricing/index.ts'

const engines = ['sqlite', 'postgres'] as const
const kinds = ['list', 'product', 'search', 'checkout'] as const
const pure = Object.entries(pricingMeasures)
const names = [
  ...engines.flatMap((engine) => kinds.map((kind) => `${kind}.${engine}`)),
  'start',
  'pricing.http',
  'stock.hot',
  'checkout.grown',
  'checkout.memory',
  ...pure.map(([name]) => name),
]

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' } } })
const unknown = positionals.filter((name) => !names.includes(name))
if (unknown.length > 0) {
  tell(`Unknown: ${unknown.join(', ')}; there are: ${names.join(', ')}`)
  process.exit(1)
}
const isWanted = (name: string) => positionals.length === 0 || positionals.includes(name)
const load = () =>
  loadavg()
    .map((one) => one.toFixed(2))
    .join(' ')

/** What is wanted of one engine, on a bed of its own. */
async function measure(engine: Engine): Promise<Measured[]> {
  const wanted = kinds.filter((kind) => isWanted(`${kind}.${engine}`))
  const starts = engine === 'sqlite' && isWanted('start')
  const quoting = engine === 'sqlite' && isWanted('pricing.http')
  const crowding = engine === 'postgres' && isWanted('stock.hot')
  // These take many minutes, and one ten gigabytes, so they are asked for by name.
  const growing = engine === 'sqlite' && positionals.includes('checkout.grown')
  const filling = engine === 'sqlite' && positionals.includes('checkout.memory')
  if (wanted.length === 0 && !starts && !quoting && !crowding && !growing && !filling) return []
  tell(`A shop on ${engine}`)
  const bed = await openBed(engine)
  if (!bed) return tell('No PostgreSQL: set TEST_DATABASE_URL, or install it.') ?? []
  const rows: Measured[] = []
  try {
    if (quoting) rows.push(...(await quotes('pricing.http', bed)))
    for (const kind of wanted) rows.push(...[await measures[kind](`${kind}.${engine}`, bed)].flat())
    if (crowding) rows.push(...(await hotStock('stock.hot', bed)))
    if (growing) rows.push(await grown('checkout.grown', bed))
    if (filling) rows.push(await memory('checkout.memory', bed))
    if (starts) rows.push(...(await startUp(bed)))
  } finally {
    await bed.close()
  }
  return rows
}

const figure = (value: number | null) => (value === null ? '-' : value.toFixed(value < 10 ? 2 : 0))

function table(rows: readonly Measured[]): string {
  const cells = rows.map(({ name, ours, floor, ratio, unit }) => [
    name,
    figure(ours),
    figure(floor),
    figure(ratio),
    unit,
  ])
  const widths = [18, 8, 8, 6, 0]
  const line = (row: readonly string[]) =>
    row
      .map((cell, index) =>
        index === 0 || index === 4 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0),
      )
      .join('  ')
      .trimEnd()
  return [['name', 'ours', 'floor', 'ratio', 'unit'], ...cells].map(line).join('\n')
}

const before = load()
const rows = pure.filter(([name]) => isWanted(name)).flatMap(([, run]): Measured[] => run())
for (const engine of engines) rows.push(...(await measure(engine)))
const machine = {
  cpu: cpus()[0]?.model ?? '',
  cores: availableParallelism(),
  node: process.version,
  before,
  after: load(),
}
console.log(
  `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}; load before ${before}, after ${machine.after}\n`,
)
console.log(table(rows))
if (values.json) writeFileSync(values.json, `${JSON.stringify({ machine, rows }, null, 2)}\n`)
