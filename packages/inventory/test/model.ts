/** One step in the life of a shop. */
export interface Step {
  readonly kind:
    | 'receive'
    | 'perishable'
    | 'tidy'
    | 'count'
    | 'short'
    | 'reserve'
    | 'release'
    | 'convert'
    | 'restock'
    | 'extend'
    | 'expire'
    | 'wait'
    | 'heat'
    | 'cool'
    | 'rebalance'
  readonly sku: string
  readonly quantity: number
  readonly order: string
}

interface Held {
  readonly sku: string
  held: number
  waiting: number
  status: 'open' | 'converted' | 'released' | 'expired'
  expiresAt: number
  extended: boolean
  restocked: boolean
  /** When the pieces that were sold expire. */
  sold: Pieces[]
}

/** So many pieces that expire together, or never. */
interface Pieces {
  readonly expiresAt: number
  quantity: number
}

/**
 * What a shop with one location should do, in plain objects and loops: a second, simple telling of the same rules, to hold the
 * service against. Each order is for one sku; `step` answers with the code of the refusal, if there is one.
 */
export function createModel(limits: Readonly<Record<string, number>>) {
  let time = 0
  const shelves = new Map<string, Pieces[]>()
  const orders = new Map<string, Held>()

  const sum = (sku: string, count: (order: Held) => number) =>
    [...orders.values()].reduce((total, order) => total + (order.sku === sku ? count(order) : 0), 0)
  const reserved = (sku: string) => sum(sku, (order) => (order.status === 'open' ? order.held : 0))
  const waiting = (sku: string) => sum(sku, (order) => order.waiting)
  const onHand = (sku: string) => (shelves.get(sku) ?? []).reduce((pieces, { quantity }) => pieces + quantity, 0)
  const available = (sku: string) => onHand(sku) - reserved(sku)
  const come = (sku: string, pieces: readonly Pieces[]) => {
    const shelf = [...(shelves.get(sku) ?? []), ...pieces.map((some) => ({ ...some }))]
    shelves.set(
      sku,
      shelf.toSorted((a, b) => (a.expiresAt < b.expiresAt ? -1 : Number(a.expiresAt > b.expiresAt))),
    )
    tidy()
  }

  /** What expires first leaves first. */
  function leave(sku: string, quantity: number): Pieces[] {
    let missing = quantity
    return (shelves.get(sku) ?? []).map((some) => {
      const taken = Math.min(missing, some.quantity)
      some.quantity -= taken
      missing -= taken
      return { ...some, quantity: taken }
    })
  }

  /** What has expired is not there any more, and the newest promises wait for it. */
  function tidy() {
    for (const [sku, shelf] of shelves) {
      shelves.set(
        sku,
        shelf.filter(({ expiresAt, quantity }) => expiresAt > time && quantity > 0),
      )
      giveUp(sku, onHand(sku))
    }
  }

  /** Orders are kept in the order in which they were made. */
  function fill(sku: string) {
    for (const order of orders.values()) {
      const pieces = order.sku === sku ? Math.min(order.waiting, available(sku)) : 0
      order.waiting -= pieces
      order.held += pieces
      if (order.status === 'converted') order.sold.push(...leave(sku, pieces))
    }
  }

  function reserve({ sku, quantity, order: reference }: Step) {
    const known = orders.get(reference)
    if (known) {
      const same = known.status === 'open' && known.sku === sku && known.held + known.waiting === quantity
      return same ? null : 'inventory.reference_taken'
    }
    const held = Math.min(quantity, available(sku))
    const beyond = quantity - held
    if (beyond > 0 && waiting(sku) + beyond > (limits[sku] ?? 0)) return 'inventory.out_of_stock'
    orders.set(reference, {
      sku,
      held,
      waiting: beyond,
      status: 'open',
      expiresAt: time + 900,
      extended: false,
      restocked: false,
      sold: [],
    })
    return null
  }

  function end(order: Held, status: 'released' | 'expired') {
    Object.assign(order, { status, waiting: 0 })
    fill(order.sku)
    return null
  }

  function convert(order: Held) {
    if (order.status === 'converted') return null
    if (order.status !== 'open') return 'inventory.reservation_closed'
    order.status = 'converted'
    order.sold = leave(order.sku, order.held)
    return null
  }

  function restock(order: Held) {
    if (order.status !== 'converted' || order.restocked) return null
    Object.assign(order, { restocked: true, waiting: 0 })
    come(order.sku, order.sold)
    fill(order.sku)
    return null
  }

  function extend(order: Held, seconds: number) {
    if (order.status !== 'open') return 'inventory.reservation_closed'
    if (time + seconds <= order.expiresAt) return null
    if (order.extended) return 'inventory.already_extended'
    Object.assign(order, { extended: true, expiresAt: time + seconds })
    return null
  }

  function expire() {
    const due = [...orders.values()].filter((order) => order.status === 'open' && order.expiresAt <= time)
    for (const order of due) end(order, 'expired')
    return null
  }

  function count({ sku, quantity }: Step) {
    if (quantity < reserved(sku)) return 'inventory.below_reserved'
    setCount(sku, quantity)
    fill(sku)
    return null
  }

  function setCount(sku: string, quantity: number) {
    const more = quantity - onHand(sku)
    if (more > 0) come(sku, [{ expiresAt: Infinity, quantity: more }])
    else leave(sku, -more)
  }

  function short({ sku, quantity }: Step) {
    giveUp(sku, quantity)
    setCount(sku, quantity)
    fill(sku)
    return null
  }

  /** The newest promises wait for what is missing. */
  function giveUp(sku: string, quantity: number) {
    for (const order of [...orders.values()].toReversed()) {
      const missing = Math.max(0, reserved(sku) - quantity)
      const pieces = order.sku === sku && order.status === 'open' ? Math.min(missing, order.held) : 0
      order.held -= pieces
      order.waiting += pieces
    }
  }

  function onOrder(step: Step, order: Held) {
    if (step.kind === 'convert') return convert(order)
    if (step.kind === 'restock') return restock(order)
    if (step.kind === 'extend') return extend(order, step.quantity * 400)
    if (order.status === 'converted') return 'inventory.reservation_closed'
    return order.status === 'open' ? end(order, 'released') : null
  }

  function step(one: Step): string | null {
    if (one.kind === 'wait') time += one.quantity * 200
    tidy()
    if (['wait', 'tidy', 'heat', 'cool', 'rebalance'].includes(one.kind)) return null
    if (one.kind === 'expire') return expire()
    if (one.kind === 'count') return count(one)
    if (one.kind === 'short') return short(one)
    if (one.kind === 'reserve') return reserve(one)
    if (one.kind === 'receive' || one.kind === 'perishable') {
      const expiresAt = one.kind === 'receive' ? Infinity : time + one.quantity * 300
      come(one.sku, [{ expiresAt, quantity: one.quantity }])
      fill(one.sku)
      return null
    }
    const order = orders.get(one.order)
    return order ? onOrder(one, order) : 'inventory.reservation_not_found'
  }

  const stock = (sku: string) => ({
    onHand: onHand(sku),
    reserved: reserved(sku),
    available: available(sku),
    beyond: Math.max(0, (limits[sku] ?? 0) - waiting(sku)),
  })

  /** What to order, by sku: whole multiples up to the target, once no more than the point are free and not waited for. */
  const toOrder = ({ point, target, multiple }: { point: number; target: number; multiple: number }) =>
    Object.keys(limits).flatMap((sku) => {
      const free = available(sku) - waiting(sku)
      let quantity = 0
      while (free + quantity < target) quantity += multiple
      return free > point ? [] : [[sku, quantity]]
    })
  return { step, stock, toOrder }
}
