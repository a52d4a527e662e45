import { hue } from '../colours.ts'
import type { ArtSpec } from '../types.ts'
import { hash, place, stage, svg } from './scene.ts'

const pieces: readonly (readonly [ArtSpec, number, number, number])[] = [
  [{ shape: 'moonJar', body: hue.porcelain, accent: hue.hanji, paper: 'celadon' }, 1060, 742, 0.98],
  [{ shape: 'cup', body: hue.persimmon, accent: hue.hanji, paper: 'celadon' }, 760, 782, 0.62],
  [{ shape: 'towelStack', body: hue.hanji, accent: hue.indigo, paper: 'celadon' }, 1400, 764, 0.66],
]

/** The wide picture on the front page; the left third is left empty for words. */
export const heroArt = (): string => {
  const id = hash('hero')
  const objects = pieces.map(([spec, x, y, scale], i) => place(spec, `${id}${'abc'[i]}`, x, y, scale))
  return svg(1600, 900, stage('celadon', id, 1600, 900, 660) + objects.join(''))
}
