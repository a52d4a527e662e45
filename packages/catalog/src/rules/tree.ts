/** What the rules of the tree need of a category. */
export interface Place<Id extends string = string> {
  readonly id: Id
  readonly parentId: Id | null
}

/** The ids above a category, the top first. A category that is unknown has none. */
export function ancestorsOf<Id extends string>(places: readonly Place<Id>[], id: Id): Id[] {
  const parents = new Map(places.map((place) => [place.id, place.parentId]))
  const above: Id[] = []
  for (let next = parents.get(id) ?? null; next !== null && !above.includes(next); next = parents.get(next) ?? null)
    above.unshift(next)
  return above
}

/** The ids of a category and all below it. */
export function descendantsOf<Id extends string>(places: readonly Place<Id>[], id: Id): Id[] {
  const found = new Set([id])
  for (const below of found) for (const place of places) if (place.parentId === below) found.add(place.id)
  return [...found]
}

/** Whether a category may be moved below `parentId` (null: the top): not below itself. */
export const canMoveBelow = <Id extends string>(places: readonly Place<Id>[], id: Id, parentId: Id | null): boolean =>
  parentId === null || (parentId !== id && !ancestorsOf(places, parentId).includes(id))

/** The siblings with `id` among them, before the one at `position`, or last. */
export function placed<Id extends string>(siblings: readonly Id[], id: Id, position: number | undefined): Id[] {
  return siblings.filter((sibling) => sibling !== id).toSpliced(position ?? siblings.length, 0, id)
}

type Node<Item> = Item & { readonly children: Node<Item>[] }

/** Nests categories below their parents, in the order in which they are given. */
export function treeOf<Item extends Place>(items: readonly Item[]): Node<Item>[] {
  const nodes = new Map<string, Node<Item>>(items.map((item) => [item.id, { ...item, children: [] }]))
  const roots: Node<Item>[] = []
  for (const node of nodes.values()) (nodes.get(node.parentId ?? '')?.children ?? roots).push(node)
  return roots
}
