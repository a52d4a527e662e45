import { createSimulation, type PastOrder, type Simulation, type SimulationOptions } from './rules/simulation.ts'

export { createSimulation, type PastOrder, type Simulation, type SimulationOptions }

export interface SimulateOptions extends SimulationOptions {
  /** The currency of the orders; one in another is skipped and named. */
  readonly currency: string
  /** Told after every so many orders (1,000 unless said), and at the end. It may be awaited, so that others get their turn. */
  readonly onProgress?: (found: Simulation) => unknown
  readonly every?: number
}

/** Tries promotions out on any number of past orders, one at a time, in constant memory. */
export async function simulate(
  orders: Iterable<PastOrder> | AsyncIterable<PastOrder>,
  { currency, onProgress, every = 1_000, ...options }: SimulateOptions,
): Promise<Simulation> {
  const simulation = createSimulation(options, currency)
  let seen = 0
  for await (const order of orders) {
    simulation.add(order)
    seen += 1
    if (seen % every === 0) await onProgress?.(simulation.result())
  }
  const found = simulation.result()
  await onProgress?.(found)
  return found
}
