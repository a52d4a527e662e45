import { hue } from '../colours.ts'
import type { ShapeName } from '../types.ts'
import { box, type Drawing, ell, type Ink, lathe, mix, type Part } from './pen.ts'

type Shape = (k: Ink) => Drawing

const pencil = (x: number, y: number, fill: string): Part[] => [
  { d: `M${x - 11} ${y}L${x + 11} ${y}L${x + 11} ${y - 190}L${x} ${y - 226}L${x - 11} ${y - 190}Z`, fill },
  {
    d: `M${x - 11} ${y - 190}L${x} ${y - 226}L${x + 11} ${y - 190}Q${x} ${y - 200} ${x - 11} ${y - 190}Z`,
    fill: '#e9cfa4',
    shade: 'none',
    airy: true,
  },
  { d: `M${x - 4} ${y - 213}L${x} ${y - 226}L${x + 4} ${y - 213}Z`, fill: hue.ink, shade: 'none', airy: true },
]

/** Things for the pantry and the desk. */
export const goods = {
  tin: (k) => ({
    parts: [
      { d: lathe([124, -262], [[124, 0]]), fill: k.body, pattern: true },
      { d: 'M-124 -176Q0 -146 124 -176L124 -76Q0 -46 -124 -76Z', fill: hue.hanji },
      { d: ell(0, -108, 27, 27), fill: k.accent, shade: 'none', airy: true },
      { d: lathe([130, -334], [[130, -262]]), fill: k.accent },
      { d: ell(0, -334, 130, 21), fill: mix(k.accent, '#fffaf0', 0.3), shade: 'none', airy: true },
      { d: ell(0, -340, 24, 9), fill: k.deep, airy: true },
    ],
    focus: [10, -210],
  }),
  pouch: (k) => ({
    parts: [
      { d: 'M-134 -330L134 -330Q148 -160 156 -14Q0 16 -156 -14Q-148 -160 -134 -330Z', fill: k.body, pattern: true },
      { d: 'M-140 -392L140 -392L136 -318L-136 -318Z', fill: k.pale },
      { d: 'M-136 -318L136 -318', stroke: k.deep, width: 4, airy: true },
      { d: box(-36, -408, 72, 96, 10), fill: hue.oak },
      { d: box(-36, -364, 72, 8), fill: '#8a6238', shade: 'none', airy: true },
      { d: ell(0, -160, 76, 76), fill: hue.hanji, shade: 'none', airy: true },
      {
        d: 'M0 -104L0 -210M0 -190Q-40 -200 -36 -226Q-6 -222 0 -190Q6 -222 36 -226Q40 -200 0 -190M0 -150Q-40 -160 -36 -186Q-6 -182 0 -150Q6 -182 36 -186Q40 -160 0 -150',
        stroke: k.accent,
        width: 8,
        airy: true,
      },
    ],
    focus: [0, -230],
  }),
  jar: (k) => ({
    parts: [
      {
        d: lathe(
          [96, -262],
          [
            [140, -236, 134, -190],
            [130, 0],
          ],
        ),
        fill: k.body,
        pattern: true,
      },
      { d: lathe([96, -262], [[128, -246, 128, -222]]), fill: mix(k.body, '#ffffff', 0.62), opacity: 0.8, airy: true },
      { d: 'M-131 -150Q0 -126 131 -150L130 -58Q0 -34 -130 -58Z', fill: hue.hanji },
      { d: 'M-60 -92Q0 -72 60 -92', stroke: k.accent, width: 6, airy: true },
      {
        d: 'M-112 -330Q0 -372 112 -330L128 -238Q104 -254 84 -236Q60 -254 40 -234Q10 -250 -14 -232Q-40 -250 -62 -234Q-90 -254 -128 -240Z',
        fill: k.accent,
      },
      { d: 'M-110 -284Q0 -262 110 -284', stroke: hue.clay, width: 8, airy: true },
      { d: 'M-110 -210L-106 -170', stroke: '#ffffff', width: 12, opacity: 0.55, airy: true },
    ],
    focus: [10, -230],
  }),
  bottle: (k) => ({
    parts: [
      {
        d: lathe(
          [34, -372],
          [
            [36, -300],
            [114, -256, 108, -190],
            [102, 0],
          ],
        ),
        fill: k.body,
      },
      { d: 'M-107 -170Q0 -146 107 -170L104 -50Q0 -26 -104 -50Z', fill: hue.hanji, pattern: true },
      { d: lathe([26, -414], [[30, -366]]), fill: hue.oak },
      { d: box(-42, -378, 84, 30, 8), fill: k.accent },
      { d: 'M-78 -216L-82 -190', stroke: '#ffffff', width: 11, opacity: 0.45, airy: true },
      { d: ell(0, -100, 26, 26), fill: k.accent, shade: 'none', airy: true },
    ],
    focus: [0, -250],
  }),
  sack: (k) => ({
    parts: [
      { d: 'M-40 -290C-110 -370 -60 -390 -30 -360C-16 -396 20 -396 34 -362C70 -392 110 -360 42 -290Z', fill: k.pale },
      {
        d: 'M-44 -296L46 -296C70 -240 170 -200 176 -96C180 -30 160 0 120 4Q0 20 -122 4C-164 0 -184 -40 -176 -100C-160 -210 -70 -240 -44 -296Z',
        fill: k.body,
        pattern: true,
      },
      { d: 'M-50 -292Q0 -272 50 -292', stroke: k.accent, width: 16 },
      { d: 'M0 -286C-60 -230 -70 -190 -56 -160M0 -286C30 -240 70 -230 60 -176', stroke: k.accent, width: 7 },
      {
        d: 'M-20 -270Q-50 -180 -110 -130M24 -270Q50 -190 100 -150',
        stroke: k.dark,
        width: 4,
        opacity: 0.3,
        airy: true,
      },
    ],
    focus: [0, -210],
  }),
  giftBox: (k) => {
    const flower = (x: number, y: number): Part[] => [
      {
        d: `M${x} ${y - 40}Q${x + 22} ${y - 50} ${x + 30} ${y - 28}Q${x + 54} ${y - 22} ${x + 44} ${y}Q${x + 54} ${y + 24} ${x + 28} ${y + 28}Q${x + 20} ${y + 50} ${x} ${y + 40}Q${x - 20} ${y + 50} ${x - 28} ${y + 28}Q${x - 54} ${y + 24} ${x - 44} ${y}Q${x - 54} ${y - 22} ${x - 30} ${y - 28}Q${x - 22} ${y - 50} ${x} ${y - 40}Z`,
        fill: '#b5703a',
        shade: 'ball',
      },
      { d: ell(x, y, 13, 13), fill: '#e3a85c', shade: 'none', airy: true },
    ]
    return {
      parts: [
        ...flower(-92, -190),
        ...flower(4, -206),
        ...flower(98, -190),
        { d: box(-180, -172, 360, 172, 5), fill: k.body, pattern: true },
        { d: box(-180, -172, 360, 16), fill: k.deep, airy: true },
        { d: box(-42, -172, 60, 172), fill: k.accent, airy: true },
        {
          d: 'M-12 -60C-70 -110 -90 -40 -12 -60C66 -110 80 -40 -12 -60M-12 -60L-44 -14M-12 -60L28 -16',
          stroke: hue.porcelain,
          width: 9,
          airy: true,
        },
      ],
      focus: [-30, -150],
    }
  },
  noodles: (k) => ({
    parts: [
      { d: 'M-104 0L-60 -170L-118 -392Q0 -414 122 -392L60 -170L104 0Q0 18 -104 0Z', fill: k.body },
      {
        d: 'M-84 0L-46 -170L-92 -396M-58 4L-32 -170L-62 -400M-30 6L-16 -170L-32 -402M0 8L0 -170L0 -404M30 6L16 -170L34 -402M58 4L32 -170L64 -400M84 0L46 -170L94 -396',
        stroke: k.deep,
        width: 3,
        airy: true,
      },
      { d: 'M-74 -226Q0 -206 74 -226L68 -124Q0 -104 -68 -124Z', fill: k.accent, pattern: true },
      { d: ell(0, -166, 22, 22), fill: hue.hanji, shade: 'none', airy: true },
    ],
    focus: [0, -230],
  }),
  notebook: (k) => ({
    parts: [
      { d: 'M-196 -52L170 -52L196 -14L196 0L-180 0Z', fill: k.accent },
      { d: 'M-192 -40L172 -40M-188 -26L184 -26', stroke: mix(k.accent, '#fffaf0', 0.5), width: 4, airy: true },
      { d: 'M-118 -408L140 -428L160 -76L-98 -54Z', fill: '#f1e8d4' },
      { d: 'M-132 -412L126 -432L146 -78L-112 -56Z', fill: k.body, pattern: true },
      { d: 'M-132 -412L-94 -415L-74 -59L-112 -56Z', fill: k.deep, shade: 'none', airy: true },
      {
        d: 'M-92 -404L-74 -70M-130 -360L-92 -362M-126 -290L-88 -292M-122 -220L-84 -222M-118 -150L-80 -152M-114 -90L-76 -93',
        stroke: k.accent,
        width: 4,
        airy: true,
      },
      { d: 'M-30 -356L54 -362L58 -292L-26 -286Z', fill: hue.hanji, shade: 'none', airy: true },
    ],
    focus: [-60, -300],
  }),
  memoBlock: (k) => ({
    parts: [
      { d: 'M-206 -22L206 -22L186 0L-186 0Z', fill: k.accent },
      { d: box(-214, -40, 428, 20, 8), fill: mix(k.accent, '#fffaf0', 0.2) },
      { d: 'M-160 -220L-100 -282L170 -282L110 -220Z', fill: k.pale, shade: 'none' },
      { d: 'M110 -220L170 -282L170 -96L110 -40Z', fill: k.deep, shade: 'none' },
      { d: 'M-160 -220L110 -220L110 -40L-160 -40Z', fill: k.body, pattern: true, shade: 'none' },
      {
        d: 'M110 -196L170 -258M110 -164L170 -226M110 -130L170 -192M110 -98L170 -160M110 -68L170 -128M-160 -196L110 -196M-160 -130L110 -130M-160 -68L110 -68',
        stroke: k.deep,
        width: 2,
        opacity: 0.7,
        airy: true,
      },
      { d: 'M-160 -220L-100 -282L-20 -282Q-70 -300 -120 -252Z', fill: hue.persimmon, shade: 'none', airy: true },
    ],
    focus: [20, -200],
  }),
  pencilCup: (k) => ({
    parts: [
      ...pencil(-52, -150, hue.quince),
      ...pencil(-18, -176, k.accent),
      ...pencil(22, -156, hue.ink),
      { d: 'M54 -180L96 -400Q118 -440 122 -386L76 -180Z', fill: hue.oak },
      { d: lathe([116, -226], [[112, 0]]), fill: k.body, pattern: true },
      { d: 'M-116 -226Q0 -190 116 -226L115 -190Q0 -150 -115 -190Z', fill: k.pale },
    ],
    focus: [-20, -220],
  }),
  penTray: (k) => ({
    parts: [
      { d: 'M-232 -66L232 -66L246 0Q0 6 -246 0Z', fill: k.body, pattern: true },
      { d: 'M-206 -96L206 -96L232 -66L-232 -66Z', fill: k.deep, shade: 'none' },
      { d: 'M-180 -92L90 -104Q120 -102 92 -92L-178 -80Z', fill: k.accent, shade: 'none' },
      { d: 'M90 -104L132 -98L92 -92Z', fill: '#e9cfa4', shade: 'none' },
      { d: 'M-150 -70L150 -84L152 -74L-148 -62Z', fill: hue.ink, shade: 'none' },
      { d: 'M150 -84L196 -76L152 -74Z', fill: '#f1e8d4', shade: 'none' },
      { d: ell(176, -92, 26, 22), fill: hue.porcelain, shade: 'ball' },
    ],
    focus: [60, -70],
  }),
  pencils: (k) => {
    const fills = [k.body, k.accent, hue.quince, hue.celadon, hue.ink, hue.bean]
    return {
      parts: [
        ...fills.flatMap((fill, i): Part[] => {
          const x = -75 + i * 30
          const top = -360 - ((i * 37) % 60)
          return [
            { d: `M${x - 15} 0L${x + 15} 0L${x + 15} ${top + 44}L${x} ${top}L${x - 15} ${top + 44}Z`, fill },
            {
              d: `M${x - 15} ${top + 44}L${x} ${top}L${x + 15} ${top + 44}L${x} ${top + 34}Z`,
              fill: '#e9cfa4',
              shade: 'none',
              airy: true,
            },
            { d: `M${x - 5} ${top + 14}L${x} ${top}L${x + 5} ${top + 14}Z`, fill: hue.ink, shade: 'none', airy: true },
          ]
        }),
        { d: 'M-98 -190Q0 -170 98 -190L98 -96Q0 -76 -98 -96Z', fill: hue.hanji },
        { d: 'M-98 -150Q0 -130 98 -150', stroke: k.body, width: 6, airy: true },
      ],
      focus: [0, -270],
    }
  },
  letters: (k) => ({
    parts: [
      { d: 'M-120 -420L96 -440L120 -150L-96 -130Z', fill: k.body, pattern: true },
      { d: 'M-80 -370L60 -383M-77 -330L63 -343M-74 -290L30 -300', stroke: k.deep, width: 4, airy: true },
      { d: box(-200, -230, 400, 230, 6), fill: k.pale },
      { d: 'M-200 -224L0 -92L200 -224Q200 -230 194 -230L-194 -230Q-200 -230 -200 -224Z', fill: k.body },
      { d: 'M-200 -222L0 -92L200 -222', stroke: k.deep, width: 4, airy: true },
      { d: ell(0, -98, 33, 33), fill: k.accent, shade: 'ball' },
      { d: 'M0 -116L0 -80M-18 -98L18 -98', stroke: mix(k.accent, '#fffaf0', 0.45), width: 5, airy: true },
    ],
    focus: [0, -160],
  }),
} as const satisfies Partial<Record<ShapeName, Shape>>
