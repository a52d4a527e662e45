import { hue } from '../colours.ts'
import type { ArtSpec, ArtView, Hex } from '../types.ts'
import { fit, focusOf, hangs, hash, place, stage, svg, tinted } from './scene.ts'

/** How to draw a product: which picture, and the colour chosen for it. */
export interface ProductArtOptions {
  readonly view: ArtView
  /** The swatch of the chosen colour option. */
  readonly tint?: Hex
}

const companions = (spec: ArtSpec): readonly ArtSpec[] => {
  const { paper } = spec
  const dark = paper === 'ink'
  return [
    { shape: 'moonJar', body: hue.porcelain, accent: hue.hanji, paper },
    { shape: 'notebook', body: dark ? hue.celadon : hue.pine, accent: hue.oak, paper },
    { shape: 'cup', body: hue.persimmon, accent: hue.hanji, paper },
    { shape: 'pitcher', body: hue.hanji, accent: hue.indigo, paper },
    { shape: 'towelStack', body: hue.porcelain, accent: hue.celadon, paper },
  ]
}

/** One picture of a product as an SVG string: standing on the shelf, close up, or in a room with other things. */
export const productArt = (spec: ArtSpec, { view, tint }: ProductArtOptions): string => {
  const it = tinted(spec, tint)
  const id = hash(JSON.stringify([it, view]))
  const hung = hangs(it)
  if (view === 'front') {
    return svg(
      800,
      800,
      stage(it.paper, id, 800, 800, 590) + place(it, id, hung ? 400 : 385, hung ? 620 : 672, hung ? 1.06 : fit(it)),
    )
  }
  if (view === 'detail') {
    const close: ArtSpec = it.pattern ? it : { ...it, pattern: 'speckle' }
    const [x, y] = focusOf(it)
    const scale = Math.min(2.6, fit(it) * 2.1)
    return svg(800, 800, stage(it.paper, id, 800, 800, 740) + place(close, id, 400 - x * scale, 420 - y * scale, scale))
  }
  const others = companions(it).filter((other) => other.shape !== it.shape)
  const pick = others[Number.parseInt(id.slice(-3), 36) % others.length] ?? others[0]
  const room = stage(it.paper, id, 800, 800, 560)
  const beside = pick ? place(pick, `${id}b`, 590, hung ? 650 : 622, 0.5) : ''
  return svg(800, 800, room + beside + place(it, id, hung ? 270 : 280, hung ? 480 : 636, hung ? 0.72 : 0.66))
}
