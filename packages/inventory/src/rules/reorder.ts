import type { Reorder } from '../contract/index.ts'

/**
 * How many pieces to order: none while more than the reorder point are free or on their way and nobody waits for them, else what
 * brings them to the target, in whole multiples. Also known as an (s, S) policy on the inventory position.
 */
export function toOrder({
  free,
  incoming,
  waiting,
  point,
  target,
  multiple,
}: Omit<Reorder, 'sku' | 'quantity'>): number {
  const position = free + incoming - waiting
  return position > point ? 0 : Math.ceil((target - position) / multiple) * multiple
}
