import { type Client, content, type Shelf } from './client.ts'

const seconds = 1000
const fresh = 10 * seconds

/** The categories of the shop as every page shows them: asked for again after ten seconds, so that a page costs no call for its menu. */
export function createShelves(client: Client): () => Promise<readonly Shelf[]> {
  let known: Promise<readonly Shelf[]> | undefined
  let until = 0
  return () => {
    if (!known || Date.now() > until) {
      until = Date.now() + fresh
      known = (content(client.categories.$get()) as Promise<unknown> as Promise<readonly Shelf[]>).catch(
        (error: unknown) => {
          until = 0
          throw error
        },
      )
    }
    return known
  }
}

/** The shelf with this id, and the shelves that lead to it. */
export function pathTo(shelves: readonly Shelf[], id: string): readonly Shelf[] {
  for (const shelf of shelves) {
    const below = shelf.id === id ? [] : pathTo(shelf.children, id)
    if (shelf.id === id || below.length > 0) return [shelf, ...below]
  }
  return []
}
