import { hue } from '../colours.ts'
import type { ShapeName } from '../types.ts'
import { box, type Drawing, ell, type Ink, mix, type Part } from './pen.ts'

type Shape = (k: Ink) => Drawing

const fold = (x: number, y: number, w: number, h: number, fill: string, edge: string): Part[] => [
  {
    d: `M${x} ${y}L${x + w} ${y}Q${x + w + 18} ${y + h / 2} ${x + w} ${y + h}L${x} ${y + h}Q${x - 34} ${y + h / 2} ${x} ${y}Z`,
    fill,
    pattern: true,
  },
  { d: `M${x + w} ${y + h / 2}L${x + 20} ${y + h / 2}`, stroke: edge, width: 3, airy: true },
]

const peg: Part[] = [
  { d: ell(0, -470, 17, 17), fill: hue.oak, shade: 'ball' },
  { d: ell(-3, -473, 8, 8), fill: '#e0bd8c', shade: 'none', airy: true },
]

/** Things woven, sewn and quilted. */
export const cloth = {
  clothStack: (k) => ({
    parts: [
      ...fold(-160, -58, 330, 56, k.deep, k.dark),
      ...fold(-166, -114, 330, 56, k.body, k.deep),
      ...fold(-158, -170, 318, 56, k.pale, k.deep),
      ...fold(-162, -222, 322, 52, k.body, k.deep),
      { d: box(-20, -226, 26, 228), fill: k.accent, shade: 'none', airy: true },
      {
        d: 'M-8 -226C-70 -282 -92 -222 -8 -226C64 -286 94 -222 -8 -226M-8 -226L-44 -186M-8 -226L36 -190',
        stroke: k.accent,
        width: 9,
      },
    ],
    focus: [-40, -150],
  }),
  hangingCloth: (k) => ({
    hangs: true,
    parts: [
      { d: box(-230, -478, 460, 14, 7), fill: hue.oak },
      { d: 'M-150 -482L140 -482L150 -120Q100 -104 60 -118T-40 -112T-158 -120Z', fill: k.deep },
      { d: 'M-160 -486L112 -486L118 -78Q70 -62 20 -76T-80 -70T-168 -78Z', fill: k.body, pattern: true },
      { d: 'M-168 -96Q-120 -90 -80 -88T20 -94T118 -96', stroke: k.accent, width: 8, airy: true },
      { d: 'M-90 -470Q-80 -260 -96 -100M30 -470Q24 -260 38 -100', stroke: k.dark, width: 5, opacity: 0.16, airy: true },
    ],
    focus: [20, -160],
  }),
  wrapCloth: (k) => ({
    parts: [
      { d: 'M-40 -250C-150 -330 -210 -290 -150 -240C-110 -210 -60 -230 -20 -236Z', fill: k.accent },
      { d: 'M40 -250C150 -340 214 -280 150 -240C110 -212 60 -230 20 -236Z', fill: mix(k.accent, '#2a2420', 0.14) },
      {
        d: 'M-210 0C-236 -90 -190 -180 -60 -244L60 -244C190 -180 236 -90 210 0Q0 22 -210 0Z',
        fill: k.body,
        pattern: true,
      },
      {
        d: 'M-30 -236C-90 -160 -150 -110 -200 -70M30 -236C80 -160 150 -110 204 -70M0 -230Q-10 -130 4 -20',
        stroke: k.dark,
        width: 4,
        opacity: 0.35,
        airy: true,
      },
      { d: 'M-46 -262Q0 -292 46 -262Q56 -232 0 -218Q-56 -232 -46 -262Z', fill: k.accent, shade: 'ball' },
      { d: 'M-36 -226L-90 -150L-40 -168ZM36 -226L84 -146L44 -166Z', fill: k.accent, shade: 'none' },
    ],
    focus: [-60, -120],
  }),
  mitt: (k) => ({
    hangs: true,
    parts: [
      ...peg,
      { d: 'M0 -466C-34 -420 34 -420 0 -466', stroke: k.accent, width: 9 },
      {
        d: 'M-96 -430L96 -430L104 -300C170 -330 212 -250 150 -206L112 -160C120 -60 70 -30 0 -30C-80 -30 -122 -70 -112 -180Z',
        fill: k.body,
        pattern: true,
      },
      { d: 'M-100 -436L100 -436L104 -384Q0 -370 -104 -384Z', fill: k.accent },
      { d: 'M106 -200Q92 -240 104 -296', stroke: k.dark, width: 4, opacity: 0.5, airy: true },
    ],
    focus: [0, -300],
  }),
  towelStack: (k) => ({
    parts: [
      ...fold(-186, -92, 376, 92, k.deep, k.dark),
      ...fold(-176, -182, 360, 92, mix(k.body, k.accent, 0.55), k.deep),
      ...fold(-182, -270, 356, 90, k.body, k.deep),
      {
        d: 'M-96 -270L-60 -270Q-54 -226 -60 -180L-96 -180Q-90 -226 -96 -270Z',
        fill: k.accent,
        opacity: 0.8,
        airy: true,
      },
    ],
    focus: [-60, -190],
  }),
  towelRoll: (k) => {
    const roll = (x: number, y: number, fill: string): Part[] => [
      { d: ell(x, y, 104, 104), fill, pattern: true, shade: 'ball' },
      {
        d: `M${x + 80} ${y}C${x + 80} ${y - 106} ${x - 78} ${y - 106} ${x - 78} ${y}C${x - 78} ${y + 90} ${x + 54} ${y + 84} ${x + 52} ${y}C${x + 50} ${y - 66} ${x - 46} ${y - 66} ${x - 46} ${y}C${x - 46} ${y + 46} ${x + 22} ${y + 44} ${x + 20} ${y}`,
        stroke: k.dark,
        width: 5,
        opacity: 0.5,
        airy: true,
      },
    ]
    return {
      parts: [...roll(-110, -104, k.body), ...roll(104, -104, mix(k.body, k.accent, 0.5)), ...roll(-4, -280, k.pale)],
      focus: [-20, -230],
    }
  },
  washMitt: (k) => ({
    hangs: true,
    parts: [
      ...peg,
      { d: 'M0 -470L-60 -380M0 -470L60 -380', stroke: k.accent, width: 7 },
      {
        d: 'M-122 -390L122 -390Q132 -200 120 -70Q60 -44 0 -52T-120 -70Q-132 -200 -122 -390Z',
        fill: k.body,
        pattern: true,
      },
      { d: 'M-122 -394L122 -394L124 -346Q0 -334 -124 -346Z', fill: k.accent },
      { d: 'M-104 -326L-100 -92Q0 -66 100 -92L104 -326', stroke: k.accent, width: 4, opacity: 0.7, airy: true },
    ],
    focus: [-10, -260],
  }),
  cushion: (k) => ({
    parts: [
      {
        d: 'M-204 -46C-220 -80 220 -80 204 -46C214 -20 214 -16 200 0Q0 14 -200 0C-214 -16 -214 -20 -204 -46Z',
        fill: k.accent,
      },
      {
        d: 'M-150 -400Q-10 -376 132 -404Q166 -410 164 -376Q146 -230 172 -96Q176 -58 138 -62Q0 -84 -150 -58Q-188 -54 -182 -92Q-160 -230 -184 -370Q-188 -406 -150 -400Z',
        fill: k.body,
        pattern: true,
      },
      {
        d: 'M-154 -372Q-10 -350 134 -376Q120 -230 142 -88Q0 -110 -152 -88Q-134 -230 -154 -372Z',
        stroke: k.accent,
        width: 5,
        airy: true,
      },
    ],
    focus: [40, -280],
  }),
  blanket: (k) => ({
    parts: [
      ...fold(-196, -74, 400, 74, k.deep, k.dark),
      ...fold(-200, -148, 404, 74, k.body, k.deep),
      ...fold(-190, -222, 386, 74, k.pale, k.deep),
      {
        d: 'M-204 -296L190 -296Q214 -262 200 -222L60 -222L64 10L-150 14L-146 -222L-200 -222Q-226 -260 -204 -296Z',
        fill: k.body,
        pattern: true,
      },
      { d: 'M-148 -8L62 -12', stroke: k.accent, width: 12, airy: true },
      {
        d: 'M-150 14L-146 40M-120 14L-118 40M-90 13L-88 39M-60 12L-58 38M-30 12L-28 38M0 11L2 37M30 11L32 37M58 10L60 36',
        stroke: k.accent,
        width: 6,
      },
    ],
    focus: [-40, -170],
  }),
  apron: (k) => ({
    hangs: true,
    parts: [
      ...peg,
      { d: 'M-70 -400C-60 -450 -20 -466 0 -468C20 -466 60 -450 70 -400', stroke: k.accent, width: 10 },
      {
        d: 'M-82 -408L82 -408C84 -330 120 -290 172 -280L184 -16Q90 4 0 -8T-184 -16L-172 -280C-120 -290 -84 -330 -82 -408Z',
        fill: k.body,
        pattern: true,
      },
      { d: 'M-84 -166L84 -166L78 -70Q0 -54 -78 -70Z', fill: k.deep },
      { d: 'M-84 -166L84 -166', stroke: k.accent, width: 6, airy: true },
      {
        d: 'M-172 -272C-230 -250 -216 -180 -236 -130M172 -272C222 -250 212 -190 226 -140',
        stroke: k.accent,
        width: 10,
      },
    ],
    focus: [0, -220],
  }),
  tote: (k) => ({
    parts: [
      {
        d: 'M40 -300C60 -420 80 -470 120 -520M60 -300C90 -400 130 -440 168 -470M20 -300C30 -420 20 -480 36 -540',
        stroke: '#6f8a57',
        width: 16,
      },
      { d: 'M32 -300L44 -380M62 -300L78 -372', stroke: '#f2efe0', width: 18 },
      { d: 'M-96 -296C-96 -470 60 -470 64 -296', stroke: k.deep, width: 20 },
      { d: 'M-176 -304L170 -304L190 -10Q0 14 -196 -10Z', fill: k.body, pattern: true },
      { d: 'M-178 -304L172 -304L174 -262L-180 -262Z', fill: k.deep },
      { d: 'M-120 -250C-116 -440 96 -440 96 -250', stroke: k.accent, width: 20 },
      { d: box(-134, -262, 30, 36, 3), fill: k.accent, airy: true },
      { d: box(82, -262, 30, 36, 3), fill: k.accent, airy: true },
    ],
    focus: [-80, -240],
  }),
  slippers: (k) => {
    const slipper = (x: number, y: number, fill: string): Part[] => [
      {
        d: `M${x - 190} ${y - 12}Q${x - 196} ${y - 34} ${x - 150} ${y - 36}L${x + 120} ${y - 34}Q${x + 176} ${y - 34} ${x + 176} ${y - 10}Q${x + 170} ${y + 4} ${x - 160} ${y + 2}Q${x - 184} ${y + 2} ${x - 190} ${y - 12}Z`,
        fill: k.accent,
      },
      {
        d: `M${x - 182} ${y - 34}Q${x - 60} ${y - 46} ${x + 20} ${y - 36}L${x - 20} ${y - 28}Z`,
        fill: mix(k.accent, '#fffaf0', 0.4),
        shade: 'none',
        airy: true,
      },
      {
        d: `M${x - 76} ${y - 30}C${x - 60} ${y - 92} ${x - 10} ${y - 118} ${x + 56} ${y - 112}C${x + 130} ${y - 104} ${x + 182} ${y - 72} ${x + 178} ${y - 24}Z`,
        fill,
        pattern: true,
      },
      {
        d: `M${x - 74} ${y - 34}C${x - 58} ${y - 92} ${x - 10} ${y - 115} ${x + 50} ${y - 112}`,
        stroke: k.pale,
        width: 9,
        airy: true,
      },
    ]
    return { parts: [...slipper(44, -62, k.deep), ...slipper(-30, 0, k.body)], focus: [40, -80] }
  },
  vest: (k) => ({
    hangs: true,
    parts: [
      { d: 'M0 -470C30 -490 26 -520 0 -516', stroke: hue.ink, width: 7 },
      { d: 'M-120 -396C-60 -440 -20 -446 0 -468C20 -446 60 -440 120 -396L116 -384L-116 -384Z', fill: hue.oak },
      {
        d: 'M-128 -400L-58 -424Q0 -330 56 -424L128 -400C112 -320 130 -290 168 -262L176 -34Q90 -14 0 -24T-176 -34L-168 -262C-130 -290 -112 -320 -128 -400Z',
        fill: k.body,
        pattern: true,
      },
      { d: 'M0 -374L2 -24', stroke: k.dark, width: 5, opacity: 0.7, airy: true },
      { d: 'M-62 -424Q0 -326 60 -424', stroke: k.accent, width: 12, airy: true },
      { d: 'M-14 -300L16 -300M-14 -220L16 -220M-14 -140L16 -140', stroke: k.accent, width: 10, airy: true },
      {
        d: 'M-140 -150L-62 -150L-64 -70L-142 -76ZM140 -150L62 -150L64 -70L142 -76Z',
        fill: k.deep,
        opacity: 0.7,
        shade: 'none',
        airy: true,
      },
    ],
    focus: [-20, -250],
  }),
} as const satisfies Partial<Record<ShapeName, Shape>>
