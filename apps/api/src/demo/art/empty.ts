import { hue } from '../colours.ts'
import type { EmptyKind, PaperName } from '../types.ts'
import { ell } from './pen.ts'
import { hash, place, stage, svg } from './scene.ts'

const ghost = (d: string): string =>
  `<path d="${d}" fill="#fffaf0" fill-opacity=".25" stroke="${hue.ink}" stroke-opacity=".45" stroke-width="4" stroke-dasharray="4 13" stroke-linecap="round"/>`

const bowl = (x: number, r: number, h: number): string =>
  `M${x - r} ${468 - h}C${x - r} ${468 - h * 0.3} ${x - r * 0.6} 468 ${x} 468C${x + r * 0.6} 468 ${x + r} ${468 - h * 0.3} ${x + r} ${468 - h}Z`

const scenes: Record<
  EmptyKind,
  { readonly paper: PaperName; readonly draw: (id: string, paper: PaperName) => string }
> = {
  cart: {
    paper: 'quince',
    draw: () =>
      ghost(`${ell(352, 256, 40, 38)}${ell(466, 254, 42, 40)}${ell(408, 176, 38, 36)}`) +
      `<path d="M300 300C300 210 520 210 520 300" fill="none" stroke="${hue.clay}" stroke-width="14"/>` +
      `<path d="M540 470L660 446L572 474Z" fill="#2a2018" opacity=".2"/>` +
      `<path d="M268 296H552L520 474Q410 488 300 474Z" fill="${hue.oak}"/><path d="M450 296H552L520 474Q490 480 440 481Z" fill="#2a1c18" opacity=".15"/>` +
      `<path d="M275 336H545M281 376H539M288 416H532M294 452H526" stroke="${hue.clay}" stroke-width="7" opacity=".55"/>` +
      `<path d="M262 286H558V316H262Z" fill="${hue.clay}"/>`,
  },
  search: {
    paper: 'celadon',
    draw: () =>
      ghost(bowl(230, 84, 96)) +
      ghost('M340 468V300Q340 270 376 262V214H424V262Q460 270 460 300V468Z') +
      ghost(bowl(590, 100, 74)) +
      `<g transform="rotate(-5 420 560) translate(0 -12)"><path d="M300 566H500" stroke="${hue.clay}" stroke-width="11" stroke-linecap="round"/><path d="${ell(280, 566, 44, 22)}" fill="${hue.clay}"/><path d="${ell(276, 562, 30, 12)}" fill="${hue.oak}"/></g>`,
  },
  orders: {
    paper: 'persimmon',
    draw: (id, paper) =>
      place(
        { shape: 'wrapCloth', body: hue.celadon, accent: hue.indigo, paper, pattern: 'jogakbo' },
        id,
        400,
        476,
        0.86,
      ),
  },
  notfound: {
    paper: 'bean',
    draw: () =>
      `<path d="M250 474L420 448L560 474Z" fill="#2a2018" opacity=".2"/>` +
      `<path d="M206 318C214 420 262 474 344 474L372 430L340 400L384 366L352 318Z" fill="${hue.celadon}"/><path d="M206 318H352L362 333Q280 346 208 334Z" fill="#cfe0d5"/>` +
      `<path d="M410 322L436 372L396 404L426 436L404 476C500 480 566 424 588 340Z" fill="${hue.celadon}"/><path d="M500 326L588 340C566 424 500 480 404 476Q492 430 500 326Z" fill="#2a1c18" opacity=".15"/>` +
      `<path d="M352 318L384 366L340 400L372 430L344 474M410 322L436 372L396 404L426 436L404 476" fill="none" stroke="${hue.quince}" stroke-width="7" stroke-linejoin="round"/>` +
      `<path d="M620 474L642 444L668 474Z" fill="${hue.celadon}"/>`,
  },
}

/** The picture for a page with nothing on it. */
export const emptyArt = (kind: EmptyKind): string => {
  const { paper, draw } = scenes[kind]
  const id = hash(`empty ${kind}`)
  return svg(800, 600, stage(paper, id, 800, 600, 400) + draw(`${id}a`, paper))
}
