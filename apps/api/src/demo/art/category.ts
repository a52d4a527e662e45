import { categories } from '../categories.ts'
import { fit, hangs, hash, place, stage, svg } from './scene.ts'

/** The still life of a category, found by its handle or by its slug in either language. */
export const categoryArt = (slug: string): string => {
  const found = categories.find((it) => [it.handle, it.slug.ko, it.slug.en].includes(slug))
  if (!found) throw new Error(`No category is called ${slug}`)
  const { paper, pieces } = found.art
  const id = hash(`category ${found.handle}`)
  const pair = pieces.length > 1
  const objects = pieces.map((piece, i) => {
    const hung = hangs(piece)
    const scale = fit(piece) * (pair ? (i === 0 ? 0.8 : 0.5) : 1.05)
    const x = pair ? (i === 0 ? 320 : 600) : 390
    return place(
      { ...piece, paper },
      `${id}${'abc'[i]}`,
      x,
      hung ? 700 : i === 0 ? 792 : 826,
      Math.round(scale * 100) / 100,
    )
  })
  return svg(800, 1000, stage(paper, id, 800, 1000, 720) + objects.join(''))
}
