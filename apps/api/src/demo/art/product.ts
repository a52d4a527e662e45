import { hue } from '../colours.ts'
import type { ArtSpec, ArtView, Hex, PatternName } from '../types.ts'
import { mix } from './pen.ts'
import { fit, focusOf, hangs, hash, papers, place, stage, svg, tinted } from './scene.ts'
import { clay } from './shapes-clay.ts'
import { cloth } from './shapes-cloth.ts'

/** How to draw a product: which picture, and the colour chosen for it. */
export interface ProductArtOptions {
  readonly view: ArtView
  /** The swatch of the chosen colour option. */
  readonly tint?: Hex
}

/** No picture grows past this many characters; a rich one stands alone. */
const heaviest = 5900

const companions = ({ paper }: ArtSpec): readonly ArtSpec[] => [
  { shape: 'cup', body: hue.persimmon, accent: hue.hanji, paper },
  { shape: 'pitcher', body: hue.hanji, accent: hue.indigo, paper },
  { shape: 'towelStack', body: hue.porcelain, accent: hue.celadon, paper },
  { shape: 'bottle', body: hue.pine, accent: hue.quince, paper },
  { shape: 'tin', body: hue.bean, accent: hue.oak, paper },
]

const closeUpPattern = (spec: ArtSpec): PatternName | undefined => {
  if (spec.pattern) return spec.pattern
  if (spec.shape in clay && spec.shape !== 'glass') return 'speckle'
  return spec.shape in cloth ? 'terry' : undefined
}

/** A shelf on the wall with things hung under it, and the table below. */
const kitchenWall = (spec: ArtSpec): string => {
  const p = papers[spec.paper]
  const wood = mix(p.shelf, p.shadow, spec.paper === 'ink' ? -0.2 : 0.1)
  const edge = mix(p.shelf, p.shadow, 0.32)
  const slats = Array.from({ length: 9 }, (_, i) => `M${i * 92 - 8} 524h78v22h-78z`).join('')
  const hung =
    `<path d="M566 556H690L696 716Q640 730 600 718T560 720Z" fill="${p.shadow}" opacity=".14" transform="translate(16 12)"/>` +
    `<path d="M566 556H690L696 716Q640 730 600 718T560 720Z" fill="${hue.hanji}"/><path d="M584 556L580 718M606 556V718M650 556L652 724M672 556L676 720" stroke="${hue.indigo}" stroke-width="7"/>` +
    `<path d="M470 556V664" stroke="${hue.clay}" stroke-width="9"/><path d="M432 664H508Q508 706 470 706T432 664Z" fill="${hue.clay}"/>`
  return (
    `<path d="M0 546H800V572H0Z" fill="${p.shadow}" opacity=".13"/><path d="M0 476H800V526H0Z" fill="${wood}"/><path d="M0 520H800V540H0Z" fill="${edge}" opacity=".55"/>` +
    `<path d="${slats}" fill="${edge}"/>${hung}`
  )
}

/** One picture of a product as an SVG string: standing on the shelf, close up, or in a room with other things. */
export const productArt = (spec: ArtSpec, { view, tint }: ProductArtOptions): string => {
  const it = tinted(spec, tint)
  const id = hash(JSON.stringify([it, view]))
  const hung = hangs(it)
  const size = fit(it)
  if (view === 'front') {
    const object = place(it, id, hung ? 400 : 385, hung ? 620 : 672, hung ? 1.06 : size)
    return svg(800, 800, stage(it.paper, id, 800, 800, 590) + object)
  }
  if (view === 'detail') {
    const pattern = closeUpPattern(it)
    const [x, y] = focusOf(it)
    const scale = Math.min(2.6, size * 2.1)
    const object = place(pattern ? { ...it, pattern } : it, id, 400 - x * scale, 420 - y * scale, scale)
    return svg(800, 800, stage(it.paper, id, 800, 800, 740) + object)
  }
  const others = companions(it).filter((other) => other.shape !== it.shape)
  const pick = others[Number.parseInt(id.slice(-3), 36) % others.length] ?? others[0]
  const beside = pick ? place(pick, `${id}b`, 600, 510, 0.46) : ''
  const scale = hung ? 0.78 : Math.round(size * 62) / 100
  const object = place(it, id, hung ? 270 : 280, hung ? 458 : 516, scale)
  const room = stage(it.paper, id, 800, 800, 742) + kitchenWall(it)
  const full = svg(800, 800, room + beside + object)
  return full.length < heaviest ? full : svg(800, 800, room + object)
}
