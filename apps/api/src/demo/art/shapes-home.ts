import { hue } from '../colours.ts'
import type { ShapeName } from '../types.ts'
import { box, type Drawing, ell, type Ink, lathe, mix, type Part } from './pen.ts'

type Shape = (k: Ink) => Drawing

const glow = (x: number, y: number, r: number): Part[] => [
  { d: ell(x, y, r, r), fill: '#ffe7a8', opacity: 0.22, shade: 'none', airy: true },
  { d: ell(x, y, r * 0.55, r * 0.55), fill: '#ffe7a8', opacity: 0.35, shade: 'none', airy: true },
]

/** Things for scent, bath and the room. */
export const home = {
  soap: (k) => ({
    parts: [
      { d: 'M-216 -40L216 -40L196 -14L150 -14L140 0L-140 0L-150 -14L-196 -14Z', fill: hue.oak },
      { d: box(-160, -128, 300, 88, 34), fill: k.body, pattern: true },
      { d: box(-120, -214, 286, 86, 34), fill: mix(k.body, k.accent, 0.6), pattern: true },
      { d: 'M-80 -192L60 -192', stroke: '#ffffff', width: 9, opacity: 0.45, airy: true },
      { d: ell(-110, -236, 24, 24), fill: '#ffffff', opacity: 0.55, shade: 'none', airy: true },
      { d: ell(-64, -262, 14, 14), fill: '#ffffff', opacity: 0.5, shade: 'none', airy: true },
      { d: ell(-150, -190, 16, 16), fill: '#ffffff', opacity: 0.5, shade: 'none', airy: true },
    ],
    focus: [0, -130],
  }),
  candle: (k) => ({
    parts: [
      ...glow(0, -402, 150),
      { d: lathe([86, -300], [[86, -130]]), fill: k.body },
      { d: ell(0, -300, 86, 14), fill: k.pale, shade: 'none', airy: true },
      { d: 'M0 -300L2 -344', stroke: hue.ink, width: 5 },
      { d: 'M2 -334C-34 -370 -10 -400 4 -444C20 -400 38 -370 2 -334Z', fill: hue.persimmon, shade: 'none', airy: true },
      { d: 'M2 -338C-16 -362 -4 -380 4 -404C14 -380 22 -362 2 -338Z', fill: '#ffe7a8', shade: 'none', airy: true },
      { d: 'M44 -298C60 -280 46 -230 58 -214C72 -226 66 -270 84 -296Z', fill: k.pale, shade: 'none', airy: true },
      { d: lathe([150, -142], [[146, -50, 110, -14, 84, 0]]), fill: k.accent, pattern: true },
      {
        d: 'M-150 -142Q0 -112 150 -142L148 -128Q0 -98 -148 -128Z',
        fill: mix(k.accent, '#fffaf0', 0.3),
        shade: 'none',
        airy: true,
      },
    ],
    focus: [10, -240],
  }),
  incense: (k) => ({
    parts: [
      { d: 'M70 -60L-36 -372', stroke: hue.clay, width: 8 },
      { d: ell(-37, -374, 7, 7), fill: hue.persimmon, shade: 'none', airy: true },
      {
        d: 'M-40 -384C-90 -430 0 -450 -40 -500C-70 -536 -20 -556 -34 -590',
        stroke: hue.porcelain,
        width: 7,
        opacity: 0.6,
        airy: true,
      },
      {
        d: 'M-196 -24C-200 -96 -80 -120 20 -112C130 -104 206 -76 200 -26C196 0 120 6 0 6C-120 6 -194 2 -196 -24Z',
        fill: k.body,
        pattern: true,
      },
      { d: ell(72, -68, 20, 8), fill: k.dark, airy: true },
      { d: 'M-150 -50C-140 -80 -80 -94 -30 -94', stroke: '#ffffff', width: 8, opacity: 0.4, airy: true },
    ],
    focus: [40, -110],
  }),
  incenseBox: (k) => ({
    parts: [
      {
        d: 'M-60 -300L-70 -452M-38 -300L-42 -468M-14 -300L-14 -444M10 -300L14 -472M34 -300L42 -450M58 -300L70 -462',
        stroke: hue.clay,
        width: 9,
      },
      { d: box(-92, -330, 184, 330, 6), fill: k.body, pattern: true },
      { d: 'M-92 -200L92 -200L92 -110L-92 -110Z', fill: hue.hanji },
      { d: ell(0, -155, 24, 24), fill: k.accent, shade: 'none', airy: true },
      { d: box(-92, -330, 184, 20), fill: k.accent, airy: true },
      { d: 'M150 -26L250 -26Q256 -4 230 0L168 0Q146 -4 150 -26Z', fill: k.accent },
    ],
    focus: [0, -260],
  }),
  diffuser: (k) => ({
    parts: [
      { d: 'M-6 -250L-104 -520M0 -250L-30 -548M6 -250L44 -540M10 -250L110 -506', stroke: hue.oak, width: 9 },
      {
        d: lathe(
          [40, -290],
          [
            [42, -240],
            [150, -220, 132, -100],
            [122, 0],
          ],
        ),
        fill: k.body,
        pattern: true,
      },
      { d: box(-50, -300, 100, 34, 8), fill: hue.oak },
      { d: 'M-128 -140Q0 -112 128 -140L124 -60Q0 -32 -124 -60Z', fill: hue.hanji },
      { d: 'M-90 -184L-96 -160', stroke: '#ffffff', width: 12, opacity: 0.45, airy: true },
      {
        d: 'M112 -52C108 -96 150 -108 178 -100C214 -108 246 -80 238 -40C234 -6 206 4 176 2C140 4 114 -14 112 -52Z',
        fill: k.accent,
        shade: 'ball',
      },
      { d: 'M176 -100Q172 -116 186 -126', stroke: '#6b4a33', width: 7 },
    ],
    focus: [30, -200],
  }),
  brush: (k) => ({
    hangs: true,
    parts: [
      { d: ell(0, -500, 13, 13), fill: hue.ink, shade: 'ball' },
      { d: 'M0 -500C-30 -470 -26 -440 0 -432C26 -440 30 -470 0 -500', stroke: hue.clay, width: 6 },
      {
        d: 'M-90 -230L-74 -60M-66 -226L-54 -50M-40 -224L-32 -44M-12 -224L-10 -42M16 -224L14 -42M44 -226L36 -46M70 -230L58 -52M90 -232L78 -62',
        stroke: k.accent,
        width: 16,
        airy: true,
      },
      {
        d: 'M-22 -450Q0 -464 22 -450L30 -290C110 -270 120 -130 96 -70C70 -10 -70 -10 -96 -70C-120 -130 -110 -270 -30 -290Z',
        fill: k.body,
        pattern: true,
      },
      { d: ell(0, -152, 78, 104), fill: k.accent },
      ...[-210, -172, -134, -96].map((y): Part => ({
        d: `M-44 ${y}L-40 ${y}M-14 ${y}L-10 ${y}M16 ${y}L20 ${y}M44 ${y}L48 ${y}`,
        stroke: mix(k.accent, '#2a2420', 0.45),
        width: 9,
        airy: true,
      })),
    ],
    focus: [0, -230],
  }),
  basket: (k) => ({
    parts: [
      { d: 'M-180 -210C-170 -480 170 -480 180 -210', stroke: k.deep, width: 18 },
      { d: ell(-70, -236, 66, 60), fill: hue.persimmon, shade: 'ball' },
      { d: ell(52, -240, 70, 62), fill: mix(hue.persimmon, '#fffaf0', 0.16), shade: 'ball' },
      { d: ell(-6, -258, 62, 56), fill: mix(hue.persimmon, hue.quince, 0.35), shade: 'ball' },
      { d: 'M-24 -310L-6 -300L14 -312L2 -316L-6 -326L-12 -316Z', fill: hue.mugwort, shade: 'none' },
      { d: lathe([206, -216], [[204, -90, 170, -20, 140, 0]]), fill: k.body, pattern: true },
      { d: 'M-210 -220Q0 -164 210 -220L208 -190Q0 -134 -208 -190Z', fill: k.accent },
    ],
    focus: [-40, -160],
  }),
  lamp: (k) => ({
    parts: [
      ...glow(0, -270, 300),
      { d: 'M-118 0L-118 -440M118 0L118 -440', stroke: k.accent, width: 16 },
      {
        d: lathe(
          [110, -430],
          [
            [132, -250],
            [110, -60],
          ],
        ),
        fill: mix(k.body, '#fff3cf', 0.6),
        pattern: true,
        shade: 'none',
      },
      { d: ell(0, -230, 76, 120), fill: '#fff6da', opacity: 0.75, shade: 'none', airy: true },
      {
        d: 'M-116 -370Q0 -346 116 -370M-124 -300Q0 -276 124 -300M-124 -220Q0 -196 124 -220M-118 -140Q0 -116 118 -140',
        stroke: mix(k.accent, '#fffaf0', 0.35),
        width: 4,
        airy: true,
      },
      { d: box(-136, -452, 272, 24, 6), fill: k.accent },
      { d: box(-148, -60, 296, 26, 6), fill: k.accent },
      { d: 'M-40 -452C-40 -500 40 -500 40 -452', stroke: k.accent, width: 8 },
    ],
    focus: [60, -380],
  }),
  broom: (k) => ({
    hangs: true,
    parts: [
      { d: ell(0, -520, 13, 13), fill: hue.ink, shade: 'ball' },
      { d: 'M0 -520C-16 -500 -16 -486 0 -480C16 -486 16 -500 0 -520', stroke: k.accent, width: 5 },
      { d: box(-13, -486, 26, 210, 12), fill: hue.oak },
      {
        d: 'M-24 -300L24 -300C50 -220 120 -120 156 0Q120 -14 100 8Q70 -12 44 10Q20 -10 -6 10Q-30 -10 -56 8Q-90 -12 -112 8Q-130 -10 -156 0C-120 -120 -50 -220 -24 -300Z',
        fill: k.body,
      },
      {
        d: 'M-12 -260L-110 -10M-6 -250L-60 -8M0 -250L-6 -6M6 -250L46 -6M12 -260L104 -10',
        stroke: k.deep,
        width: 5,
        airy: true,
      },
      {
        d: 'M-30 -296L30 -296M-38 -270L38 -270M-56 -222L56 -222M-72 -190L72 -190',
        stroke: k.accent,
        width: 12,
        airy: true,
      },
    ],
    focus: [0, -200],
  }),
  stool: (k) => ({
    parts: [
      { d: 'M30 -290L10 -24L34 -24L58 -290Z', fill: k.dark },
      { d: 'M-136 -296L-178 0L-146 0L-98 -296ZM136 -296L178 0L146 0L98 -296Z', fill: k.deep },
      { d: 'M-160 -120L160 -120', stroke: k.deep, width: 14 },
      { d: 'M-196 -336L196 -336L190 -296Q0 -270 -190 -296Z', fill: k.body, pattern: true },
      { d: ell(0, -336, 196, 30), fill: k.pale, pattern: true, shade: 'none' },
      {
        d: 'M-110 -362L100 -362Q112 -344 98 -330Q0 -318 -104 -330Q-120 -346 -110 -362Z',
        fill: k.accent,
        shade: 'side',
      },
      { d: 'M-78 -398L78 -398Q88 -380 76 -364L-74 -364Q-88 -380 -78 -398Z', fill: hue.hanji },
    ],
    focus: [60, -320],
  }),
} as const satisfies Partial<Record<ShapeName, Shape>>
