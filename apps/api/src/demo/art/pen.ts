import type { Hex } from '../types.ts'

/** One piece of an object: a closed shape that is filled, or a line that is stroked. */
export interface Part {
  readonly d: string
  readonly fill?: string
  readonly stroke?: string
  readonly width?: number
  /** Whether the product's pattern lies on it. */
  readonly pattern?: boolean
  /** How the dark side falls: along a standing side, around a ball, or not at all. */
  readonly shade?: 'side' | 'ball' | 'none'
  readonly opacity?: number
  /** Left out of the cast shadow: light, smoke, marks on a surface. */
  readonly airy?: boolean
}

/** The colours one object is drawn with. */
export interface Ink {
  readonly body: string
  readonly accent: string
  /** The body a step darker, for edges and insides. */
  readonly deep: string
  /** The body a step lighter, for rims and folds. */
  readonly pale: string
  /** Dark ink for slits and openings. */
  readonly dark: string
}

/** A drawn object: its pieces from back to front, and whether it hangs on the wall. */
export interface Drawing {
  readonly parts: readonly Part[]
  readonly hangs?: boolean
  /** The point a close-up looks at. */
  readonly focus?: readonly [number, number]
}

const channel = (hex: string, at: number): number => Number.parseInt(hex.slice(at, at + 2), 16)

/** The colour at `t` of the way from `a` to `b`. */
export const mix = (a: string, b: string, t: number): string =>
  `#${[1, 3, 5]
    .map((at) =>
      Math.round(channel(a, at) * (1 - t) + channel(b, at) * t)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`

/** How light a colour is, from 0 to 1. */
export const lightness = (hex: string): number =>
  (channel(hex, 1) * 0.3 + channel(hex, 3) * 0.59 + channel(hex, 5) * 0.11) / 255

/** The ink of a body colour and an accent. */
export const inkOf = (body: Hex, accent: Hex): Ink => {
  const bright = lightness(body) > 0.3
  return {
    body,
    accent,
    deep: mix(body, '#2a2420', bright ? 0.16 : 0.34),
    pale: mix(body, '#fffaf0', bright ? 0.34 : 0.16),
    dark: mix(body, '#241f1c', 0.62),
  }
}

const n = (value: number): string => String(Math.round(value))

/** An ellipse as a path. */
export const ell = (x: number, y: number, rx: number, ry: number): string => {
  const a = rx * 0.552
  const b = ry * 0.552
  const c = (...v: number[]): string => `C${v.map(n).join(' ')}`
  return (
    `M${n(x - rx)} ${n(y)}` +
    c(x - rx, y - b, x - a, y - ry, x, y - ry) +
    c(x + a, y - ry, x + rx, y - b, x + rx, y) +
    c(x + rx, y + b, x + a, y + ry, x, y + ry) +
    `${c(x - a, y + ry, x - rx, y + b, x - rx, y)}Z`
  )
}

/** A rectangle with rounded corners as a path. */
export const box = (x: number, y: number, w: number, h: number, r = 0): string =>
  r === 0
    ? `M${n(x)} ${n(y)}L${n(x + w)} ${n(y)}L${n(x + w)} ${n(y + h)}L${n(x)} ${n(y + h)}Z`
    : `M${n(x + r)} ${n(y)}L${n(x + w - r)} ${n(y)}Q${n(x + w)} ${n(y)} ${n(x + w)} ${n(y + r)}` +
      `L${n(x + w)} ${n(y + h - r)}Q${n(x + w)} ${n(y + h)} ${n(x + w - r)} ${n(y + h)}L${n(x + r)} ${n(y + h)}` +
      `Q${n(x)} ${n(y + h)} ${n(x)} ${n(y + h - r)}L${n(x)} ${n(y + r)}Q${n(x)} ${n(y)} ${n(x + r)} ${n(y)}Z`

/** One step of a profile: a point, or control points followed by a point, as radius and height pairs. */
export type Step = readonly number[]

/** A thing turned on the wheel: its right-hand profile from rim to foot, mirrored. */
export const lathe = (start: readonly [number, number], steps: readonly Step[]): string => {
  const command = (count: number): string => (count === 2 ? 'L' : count === 4 ? 'Q' : 'C')
  let down = ''
  const points: number[][] = [[...start]]
  for (const step of steps) {
    down += command(step.length) + step.map(n).join(' ')
    points.push(step.slice(-2))
  }
  let up = ''
  for (let i = steps.length - 1; i >= 0; i--) {
    const step = steps[i] ?? []
    const back: number[] = []
    for (let j = step.length - 4; j >= 0; j -= 2) back.push(-(step[j] ?? 0), step[j + 1] ?? 0)
    const [r = 0, y = 0] = points[i] ?? []
    up += command(step.length) + [...back, -r, y].map(n).join(' ')
  }
  const [r = 0, y = 0] = points.at(-1) ?? []
  const sag = Math.abs(r) * 0.13
  return `M${n(start[0])} ${n(start[1])}${down}Q0 ${n(y + sag * 2)} ${n(-r)} ${n(y)}${up}Z`
}

/** The box around a path made of absolute commands. */
export const bounds = (d: string): readonly [number, number, number, number] => {
  const numbers = d.match(/-?\d+(\.\d+)?/g)?.map(Number) ?? []
  const xs = numbers.filter((_, i) => i % 2 === 0)
  const ys = numbers.filter((_, i) => i % 2 === 1)
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}
