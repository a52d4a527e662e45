import { hue } from '../colours.ts'
import { hash, place, stage, svg } from './scene.ts'

const paper = 'celadon'
const shade = '#2a1c1826'
const board = 318

/** Half widths, heights, places and colours of the bowls left to drip. */
const bowls: readonly (readonly [x: number, base: number, r: number, h: number, fill: string])[] = [
  [924, board, 108, 104, hue.porcelain],
  [1146, board, 86, 90, hue.persimmon],
  [1352, board, 104, 84, hue.indigo],
  [1352, board - 98, 58, 60, hue.quince],
  [1548, board, 84, 108, hue.pine],
]

const dome = (x: number, base: number, r: number, h: number): string => {
  const foot = Math.round(r * 0.38)
  const top = base - h
  const shoulder = Math.round(base - h * 0.72)
  const waist = Math.round(r * 0.74)
  return (
    `M${x - r} ${base}C${x - r} ${shoulder} ${x - waist} ${top} ${x - foot} ${top}L${x - foot + 5} ${top - 14}` +
    `H${x + foot - 5}L${x + foot} ${top}C${x + waist} ${top} ${x + r} ${shoulder} ${x + r} ${base}Z`
  )
}

const lit = (x: number, base: number, r: number, h: number): string =>
  `M${Math.round(x + r * 0.42)} ${base}Q${Math.round(x + r * 0.62)} ${Math.round(base - h * 0.5)} ${Math.round(x + r * 0.2)} ${base - h}` +
  dome(x, base, r, h).replace(/^.*?L.*?L[^C]*/, '')

/** The wide picture on the front page: washed bowls dripping dry on the shelf; the left half is left calm for words. */
export const heroArt = (): string => {
  const id = hash('hero')
  const slats = Array.from({ length: 10 }, (_, i) => `M${806 + i * 82} 324h66v20h-66z`).join('')
  const shelf =
    `<path d="M830 344H1600V372H810Z${bowls.map(([x, base, r, h]) => dome(x + 34, base, r, h)).join('')}" fill="${shade}"/>` +
    `<path d="M790 306H1600V326H790Z" fill="${hue.oak}"/><path d="${slats}" fill="${hue.clay}"/>` +
    bowls.map(([x, base, r, h, fill]) => `<path d="${dome(x, base, r, h)}" fill="${fill}"/>`).join('') +
    `<path d="${bowls.map(([x, base, r, h]) => lit(x, base, r, h)).join('')}M792 318" fill="${shade}"/>` +
    '<path d="M924 398C936 418 941 424 941 434A17 17 0 0 1 907 434C907 424 912 418 924 398Z" fill="#fffaf0" opacity=".9"/>'
  const cloth =
    `<path d="M1388 346H1560L1566 596Q1500 612 1440 598T1380 600Z" fill="${shade}"/>` +
    `<path d="M1368 344H1540L1546 580Q1480 596 1420 582T1360 584Z" fill="${hue.hanji}"/>` +
    `<path d="M1392 344L1387 582M1424 344V582M1488 344L1490 586M1518 344L1522 584" stroke="${hue.persimmon}" stroke-width="11"/>` +
    `<path d="M1484 344H1540L1546 580L1492 588Z" fill="${shade}"/>`
  const table =
    place({ shape: 'moonJar', body: hue.porcelain, accent: hue.hanji, paper }, `${id}a`, 1130, 790, 0.74) +
    `<path d="M816 806L1010 776Q1030 764 980 764L880 764Z" fill="${shade}"/>` +
    `<path d="M752 716C752 776 776 806 816 806S880 776 880 716Z" fill="${hue.persimmon}"/>` +
    `<path d="M834 716H880C880 776 858 806 820 806Q840 770 834 716Z" fill="${shade}"/>` +
    '<path d="M752 716a64 11 0 0 1 128 0a64 11 0 0 1 -128 0Z" fill="#b98a3e"/>'
  return svg(1600, 900, stage(paper, id, 1600, 900, 690) + shelf + cloth + table)
}
