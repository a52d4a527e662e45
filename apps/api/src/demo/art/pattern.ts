import { hue } from '../colours.ts'
import type { PatternName } from '../types.ts'
import { type Ink, lightness, mix } from './pen.ts'

const line = (d: string, colour: string, width: number, opacity = 1): string =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}"${opacity < 1 ? ` opacity="${opacity}"` : ''}/>`
const dot = (x: number, y: number, r: number): string => `<circle cx="${x}" cy="${y}" r="${r}"/>`

type Tile = readonly [width: number, height: number, marks: string, turn?: number]

const tiles: Record<PatternName, (k: Ink, mark: string) => Tile> = {
  speckle: (_, m) => [
    90,
    84,
    `<g fill="${m}" opacity=".55">${[
      [12, 14, 2.4],
      [41, 30, 1.5],
      [70, 11, 1.8],
      [24, 56, 1.6],
      [58, 66, 2.7],
      [81, 48, 1.3],
      [8, 78, 1.2],
    ]
      .map(([x = 0, y = 0, r = 1]) => dot(x, y, r))
      .join('')}</g>`,
  ],
  crackle: (k) => [
    96,
    88,
    line(
      'M0 20L26 32L58 8L96 20M26 32L20 62L0 70M20 62L52 88M58 8L66 44L96 70M66 44L52 88M58 8L52 0',
      k.deep,
      1.6,
      0.75,
    ),
  ],
  brush: (k) => [
    420,
    150,
    `<g fill="none" stroke="${k.accent}" stroke-linecap="round">${line('M0 30Q110 8 210 30T420 30', k.accent, 26, 0.92)}${line(
      'M0 58Q110 40 210 58T420 58',
      k.accent,
      12,
      0.8,
    )}${line('M0 78Q110 62 210 80T420 78', k.accent, 16, 0.9)}${line('M0 101Q110 86 210 101T420 101', k.accent, 5, 0.7)}${line(
      'M0 114Q110 99 210 116T420 114',
      k.accent,
      3,
      0.6,
    )}</g>`,
  ],
  stripe: (k) => [
    64,
    64,
    `<path d="M0 0H18V64H0Z" fill="${k.accent}"/><path d="M26 0H30V64H26Z" fill="${k.accent}" opacity=".7"/>`,
  ],
  pinstripe: (k) => [22, 22, `<path d="M0 0H4V22H0Z" fill="${k.accent}" opacity=".75"/>`],
  check: (k) => [52, 52, `<g fill="${k.accent}" opacity=".42"><path d="M0 0H26V52H0Z"/><path d="M0 0H52V26H0Z"/></g>`],
  waffle: (k) => [
    26,
    26,
    `<path d="M0 0H26V26H0Z" fill="${k.deep}" opacity=".5"/><path d="M4 4H24V24H4Z" fill="${k.pale}"/><path d="M8 8H24V24H8Z" fill="${k.body}"/>`,
  ],
  quilt: (k) => [30, 18, line('M0 9H22', k.pale, 3, 0.8) + line('M0 13H30', k.deep, 2, 0.55)],
  weave: (k) => [
    44,
    32,
    `<path d="M0 0H44V32H0Z" fill="${k.deep}"/><g fill="${k.pale}"><path d="M2 2H20V14H2Z"/><path d="M24 18H42V30H24Z"/></g><g fill="${k.body}"><path d="M24 1H42V15H24Z"/><path d="M2 17H20V31H2Z"/></g>`,
  ],
  dots: (k) => [46, 46, `<g fill="${k.accent}">${dot(12, 12, 6)}${dot(35, 35, 6)}</g>`],
  wave: (k) => [
    64,
    32,
    [30, 21, 12]
      .map((r) =>
        line(
          `M${32 - r} 32A${r} ${r} 0 0 1 ${32 + r} 32M${-r} 16A${r} ${r} 0 0 1 ${r} 16M${64 - r} 16A${r} ${r} 0 0 1 ${64 + r} 16`,
          k.accent,
          2.4,
          0.8,
        ),
      )
      .join(''),
  ],
  grid: (_, m) => [34, 34, line('M0 .8H34M.8 0V34', m, 1.6, 0.45)],
  jogakbo: (k) => {
    const c = [
      k.body,
      k.accent,
      hue.hanji,
      mix(k.body, hue.ink, 0.3),
      mix(k.accent, hue.hanji, 0.55),
      mix(k.body, hue.hanji, 0.5),
    ]
    const patch = [
      [0, 0, 92, 64, 2],
      [92, 0, 58, 104, 0],
      [150, 0, 90, 48, 4],
      [0, 64, 44, 116, 5],
      [44, 64, 48, 70, 1],
      [150, 48, 50, 86, 3],
      [200, 48, 40, 132, 2],
      [44, 134, 76, 46, 3],
      [92, 104, 58, 30, 2],
      [120, 134, 80, 46, 5],
    ]
    return [
      240,
      180,
      `<g stroke="${hue.porcelain}" stroke-width="1.6" stroke-opacity=".8">${patch
        .map(([x = 0, y = 0, w = 0, h = 0, i = 0]) => `<path d="M${x} ${y}h${w}v${h}h${-w}z" fill="${c[i]}"/>`)
        .join('')}</g>`,
    ]
  },
  grain: (k) => [
    300,
    70,
    line('M0 12Q80 4 160 14T300 12M0 34Q60 44 140 32T300 34M0 54Q90 48 190 58T300 54', k.deep, 2.4, 0.55),
  ],
  petal: (k) => [
    84,
    84,
    [
      [22, 22],
      [64, 64],
    ]
      .map(
        ([x = 0, y = 0]) =>
          `<g transform="translate(${x} ${y})" fill="${k.accent}">${[0, 72, 144, 216, 288]
            .map((a) => `<ellipse cy="-9" rx="5" ry="7" transform="rotate(${a})"/>`)
            .join('')}</g>`,
      )
      .join(''),
  ],
  terry: (k) => [16, 12, line('M1 8Q4 1 7 8M9 4Q12 -3 15 4', k.deep, 1.8, 0.5)],
}

/** The definition of a pattern, drawn for an object of the given colours. */
export const patternDef = (name: PatternName, id: string, k: Ink): string => {
  const mark = lightness(k.body) > 0.45 ? hue.ink : mix(k.accent, hue.hanji, 0.5)
  const [width, height, marks] = tiles[name](k, mark)
  return `<pattern id="${id}" width="${width}" height="${height}" patternUnits="userSpaceOnUse">${marks}</pattern>`
}
