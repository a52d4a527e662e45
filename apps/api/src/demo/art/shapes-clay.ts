import { hue } from '../colours.ts'
import type { ShapeName } from '../types.ts'
import { box, type Drawing, ell, type Ink, lathe, mix, type Part } from './pen.ts'

type Shape = (k: Ink) => Drawing

const rim = (y: number, r: number, lip: string, inside: string): Part[] => [
  { d: ell(0, y, r, r * 0.17), fill: lip, shade: 'none', airy: true },
  { d: ell(0, y + 3, r - 9, r * 0.17 - 5), fill: inside, airy: true },
]

const bowlOf = (k: Ink, r: number, h: number): Part[] => [
  { d: lathe([r * 0.44, -30], [[r * 0.4, 0]]), fill: k.deep },
  { d: lathe([r, -h], [[r * 1.01, -h * 0.36, r * 0.62, -40, r * 0.44, -24]]), fill: k.body, pattern: true },
  ...rim(-h, r, k.pale, k.deep),
]

/** Things made of clay, glass and lacquered wood for the table. */
export const clay = {
  mug: (k) => ({
    parts: [
      { d: 'M112 -238C226 -262 222 -80 100 -98', stroke: k.deep, width: 28 },
      { d: 'M112 -242C220 -264 216 -86 100 -104', stroke: k.body, width: 20, airy: true },
      { d: lathe([86, -34], [[80, 0]]), fill: k.deep },
      { d: lathe([128, -300], [[132, -140, 126, -54, 86, -26]]), fill: k.body, pattern: true },
      ...rim(-300, 128, k.pale, mix('#5a3522', k.dark, 0.3)),
    ],
    focus: [96, -200],
  }),
  cup: (k) => ({
    parts: [
      { d: lathe([66, -30], [[60, 0]]), fill: k.deep },
      { d: lathe([128, -214], [[126, -90, 104, -44, 66, -24]]), fill: k.body, pattern: true },
      { d: 'M-128 -214Q0 -168 128 -214L127 -180C104 -150 62 -178 30 -148C-6 -120 -60 -168 -126 -174Z', fill: k.accent },
      ...rim(-214, 128, mix(k.accent, '#fffaf0', 0.3), mix('#b98a3e', k.deep, 0.25)),
    ],
  }),
  glass: (k) => ({
    parts: [
      {
        d: lathe(
          [112, -300],
          [
            [104, -190],
            [90, 0],
          ],
        ),
        fill: k.body,
        opacity: 0.5,
      },
      { d: lathe([103, -182], [[92, -22]]), fill: mix(k.body, '#ffffff', 0.25), opacity: 0.75, airy: true },
      { d: ell(0, -182, 103, 17), fill: k.pale, opacity: 0.9, shade: 'none', airy: true },
      { d: lathe([91, -22], [[90, 0]]), fill: k.deep, opacity: 0.7, airy: true },
      { d: ell(0, -300, 112, 18), stroke: k.pale, width: 5, airy: true },
      { d: 'M-84 -270L-72 -40', stroke: '#ffffff', width: 9, opacity: 0.6, airy: true },
      { d: ell(38, -12, 5, 5), fill: '#ffffff', opacity: 0.7, shade: 'none', airy: true },
    ],
  }),
  bowl: (k) => ({
    parts: [
      ...bowlOf(k, 176, 212),
      {
        d: 'M-158 -214C-120 -262 -70 -252 -40 -272C0 -292 60 -276 92 -256C130 -246 150 -232 158 -214Q0 -178 -158 -214Z',
        fill: '#fbf7ec',
        airy: true,
      },
      {
        d: 'M-96 -236L-82 -240M-30 -258L-16 -254M34 -246L46 -252M84 -230L98 -228M-60 -222L-46 -218M6 -226L20 -224',
        stroke: '#d9cfb8',
        width: 7,
        airy: true,
      },
    ],
    focus: [-60, -150],
  }),
  noodleBowl: (k) => ({
    parts: [
      ...bowlOf(k, 226, 190),
      { d: ell(0, -186, 204, 26), fill: '#e3c48c', shade: 'none', airy: true },
      {
        d: 'M-150 -190Q-90 -214 -30 -188T90 -190M-120 -180Q-60 -204 0 -178T120 -184',
        stroke: '#fbf3df',
        width: 8,
        airy: true,
      },
      { d: ell(96, -190, 34, 14), fill: '#fbf7ec', shade: 'none', airy: true },
      { d: ell(98, -190, 15, 8), fill: hue.quince, shade: 'none', airy: true },
      { d: 'M-250 -252L196 -206M-246 -226L204 -200', stroke: hue.clay, width: 8, airy: true },
    ],
  }),
  plate: (k) => ({
    parts: [
      { d: box(-120, -34, 240, 34, 8), fill: hue.oak },
      { d: ell(0, -228, 210, 210), fill: k.deep, shade: 'none' },
      { d: ell(-5, -232, 206, 206), fill: k.body, shade: 'ball' },
      { d: ell(-5, -232, 152, 152), fill: k.pale, pattern: true, shade: 'ball' },
      { d: ell(-5, -232, 194, 194), stroke: k.accent, width: 5, airy: true },
    ],
  }),
  plateStack: (k) => {
    const glaze = [k.body, k.accent, hue.hanji, mix(k.body, hue.ink, 0.45), hue.porcelain]
    return {
      parts: [
        ...glaze.flatMap((fill, i): Part[] => {
          const y = -i * 38
          return [
            {
              d: `M-196 ${y - 46}C-180 ${y - 6} -110 ${y + 6} 0 ${y + 8}C110 ${y + 6} 180 ${y - 6} 196 ${y - 46}Z`,
              fill,
            },
            { d: ell(0, y - 46, 196, 25), fill: mix(fill, '#fffaf0', 0.3), shade: 'none', airy: true },
          ]
        }),
        { d: ell(0, -196, 150, 16), fill: '#e9e0cc', airy: true },
        { d: ell(-20, -214, 40, 36), fill: hue.persimmon, shade: 'ball' },
        { d: 'M-44 -246L-20 -240L4 -248L-14 -252L-20 -262L-26 -252Z', fill: hue.mugwort, shade: 'none' },
      ],
      focus: [-10, -150],
    }
  },
  dish: (k) => ({
    parts: [
      { d: 'M-150 -60C-140 -12 -90 0 -40 0C10 0 62 -12 72 -60Z', fill: k.deep },
      { d: ell(-39, -60, 111, 19), fill: k.pale, shade: 'none', airy: true },
      { d: 'M-146 -98C-138 -50 -88 -40 -38 -40C12 -40 60 -50 70 -98Z', fill: k.body, pattern: true },
      { d: ell(-38, -98, 108, 18), fill: k.pale, shade: 'none', airy: true },
      { d: ell(-38, -96, 90, 13), fill: '#4a2618', shade: 'none', airy: true },
      { d: 'M60 -42C66 -6 100 4 136 4C172 4 208 -6 214 -42Z', fill: k.accent },
      { d: ell(137, -42, 77, 14), fill: mix(k.accent, '#fffaf0', 0.35), shade: 'none', airy: true },
      { d: ell(137, -41, 62, 9), fill: hue.quince, shade: 'none', airy: true },
    ],
    focus: [0, -70],
  }),
  teapot: (k) => ({
    parts: [
      {
        d: 'M-112 -66C-184 -84 -196 -150 -244 -214L-208 -232C-176 -186 -158 -160 -104 -158Z',
        fill: k.deep,
      },
      { d: 'M118 -150L252 -196C272 -202 278 -176 260 -166L128 -106Z', fill: k.accent, pattern: false },
      { d: lathe([92, -22], [[84, 0]]), fill: k.deep },
      { d: lathe([74, -226], [[150, -216, 176, -60, 92, -16]]), fill: k.body, pattern: true },
      { d: ell(0, -226, 76, 13), fill: k.deep, shade: 'none', airy: true },
      { d: lathe([22, -262], [[70, -256, 74, -230]]), fill: k.pale },
      { d: ell(0, -274, 21, 18), fill: k.accent, shade: 'ball' },
    ],
    focus: [30, -170],
  }),
  moonJar: (k) => ({
    parts: [
      {
        d: 'M0 -360C-20 -430 -60 -470 -128 -502M-34 -432C-10 -470 20 -490 60 -510M-84 -480C-96 -510 -92 -530 -84 -546',
        stroke: '#6b4a33',
        width: 8,
      },
      { d: ell(-128, -492, 26, 24), fill: hue.persimmon, shade: 'ball' },
      { d: ell(-72, -440, 29, 27), fill: hue.persimmon, shade: 'ball' },
      { d: ell(62, -498, 24, 22), fill: hue.persimmon, shade: 'ball' },
      { d: lathe([84, -20], [[76, 0]]), fill: k.deep },
      {
        d: lathe(
          [80, -378],
          [
            [76, -350],
            [216, -330, 236, -80, 84, -14],
          ],
        ),
        fill: k.body,
        pattern: true,
        shade: 'ball',
      },
      { d: 'M-178 -186Q-10 -172 176 -190', stroke: k.deep, width: 3, opacity: 0.6, airy: true },
      ...rim(-378, 80, k.pale, k.dark),
      { d: 'M-20 -376L0 -400L12 -374Z', fill: '#6b4a33', shade: 'none', airy: true },
    ],
    focus: [60, -300],
  }),
  pitcher: (k) => ({
    parts: [
      { d: 'M84 -330C210 -350 206 -130 108 -120', stroke: k.deep, width: 26 },
      { d: 'M84 -334C204 -350 200 -136 108 -126', stroke: k.body, width: 18, airy: true },
      {
        d: lathe(
          [84, -384],
          [
            [80, -300],
            [150, -240, 150, -40, 96, 0],
          ],
        ),
        fill: k.body,
        pattern: true,
      },
      {
        d: 'M-150 -130C-140 -60 -122 -20 -96 0Q0 24 96 0C122 -20 140 -60 150 -130C90 -96 40 -150 -20 -120C-70 -96 -110 -140 -150 -130Z',
        fill: k.accent,
      },
      { d: 'M-84 -384L-128 -398L-80 -340Z', fill: k.body },
      ...rim(-384, 86, k.pale, k.dark),
    ],
    focus: [40, -250],
  }),
  soban: (k) => ({
    parts: [
      { d: 'M-150 -178C-196 -120 -150 -70 -168 0L-132 0C-118 -60 -150 -110 -104 -172Z', fill: k.deep },
      { d: 'M150 -178C196 -120 150 -70 168 0L132 0C118 -60 150 -110 104 -172Z', fill: k.deep },
      {
        d: 'M-70 -176C-86 -110 -62 -60 -70 -18L-46 -18C-36 -60 -52 -120 -34 -176ZM70 -176C86 -110 62 -60 70 -18L46 -18C36 -60 52 -120 34 -176Z',
        fill: k.dark,
      },
      {
        d: 'M-196 -204L196 -204L172 -146Q120 -170 86 -138Q40 -170 0 -140Q-40 -170 -86 -138Q-120 -170 -172 -146Z',
        fill: k.body,
        pattern: true,
      },
      { d: 'M-244 -246L244 -246L216 -196L-216 -196Z', fill: k.body },
      { d: ell(0, -246, 244, 32), fill: k.pale, shade: 'none' },
      { d: ell(0, -243, 226, 25), fill: k.body, pattern: true, airy: true },
      { d: 'M-118 -290C-112 -254 -90 -240 -60 -240C-30 -240 -8 -254 -2 -290Z', fill: k.accent },
      { d: ell(-60, -290, 58, 11), fill: '#fbf7ec', shade: 'none', airy: true },
      { d: 'M44 -274C48 -250 62 -242 84 -242C106 -242 120 -250 124 -274Z', fill: hue.persimmon },
      { d: ell(84, -274, 40, 8), fill: hue.clay, shade: 'none', airy: true },
    ],
    focus: [-40, -230],
  }),
} as const satisfies Partial<Record<ShapeName, Shape>>
