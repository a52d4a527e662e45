import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Simulation } from '@sangdo/pricing/simulate'
import { describe, expect, test } from 'vitest'
import { data } from '../bench/books.ts'
import { root } from '../workspace.ts'

const missing = !existsSync(join(data, 'online-retail'))
if (missing) console.warn('\n  !! ../shared/data/online-retail is not there: no year of invoices is simulated.\n')

interface Outcome {
  readonly found: Simulation
  readonly counts: { readonly lines: number; readonly invoices: number }
  readonly progress: number
  readonly peakMiB: number
}

describe.skipIf(missing)('a year of a real shop', () => {
  test('is simulated line by line in a heap of 48 MB, with progress told on the way', async () => {
    const flags = ['--max-old-space-size=48', '--conditions=@sangdo/source', '--import', 'tsx']
    const { stdout } = await promisify(execFile)(process.execPath, [...flags, 'tooling/real/retail.ts'], { cwd: root })
    const { found, counts, progress, peakMiB } = JSON.parse(stdout) as Outcome
    console.log(
      `${counts.lines} lines of ${counts.invoices} invoices; ${found.orders} priced, ${found.skipped} skipped; peak ${peakMiB.toFixed(0)} MiB`,
    )
    expect(counts.lines).toBe(541_909)
    expect(found.orders + found.skipped).toBe(counts.invoices)
    expect(progress).toBe(Math.floor(counts.invoices / 1_000) + 1)
    expect(found.touched).toBeGreaterThan(1_000)
    expect(found.before.total.minor - found.cost.minor).toBe(found.after.total.minor)
  })
})
