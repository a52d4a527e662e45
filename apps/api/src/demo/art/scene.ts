import type { ArtSpec, Hex, PaperName } from '../types.ts'
import { bounds, type Drawing, type Ink, inkOf, mix, type Part } from './pen.ts'
import { patternDef } from './pattern.ts'
import { clay } from './shapes-clay.ts'
import { cloth } from './shapes-cloth.ts'
import { goods } from './shapes-goods.ts'
import { home } from './shapes-home.ts'

const shapes: Record<ArtSpec['shape'], (k: Ink) => Drawing> = { ...clay, ...cloth, ...goods, ...home }

/** The wall, shelf and light of one paper. */
export interface Paper {
  readonly wall: string
  readonly shelf: string
  readonly light: string
  readonly shadow: string
}

const paper = (wall: string, shelf: string, light = '#fffaf0', shadow = '#2a2018'): Paper => ({
  wall,
  shelf,
  light,
  shadow,
})

/** The papers every picture is laid on. */
export const papers: Record<PaperName, Paper> = {
  hanji: paper('#efe5d0', '#dcc8a4'),
  porcelain: paper('#ece8df', '#d6cfc0'),
  celadon: paper('#c3d6ca', '#a3bfb0'),
  persimmon: paper('#f0bd98', '#dd9668'),
  indigo: paper('#b9c7d6', '#96aac0'),
  quince: paper('#f0d793', '#dcb85e'),
  mugwort: paper('#cdd1ac', '#b0b687'),
  bean: paper('#dfbdb3', '#c79a8f'),
  ink: paper('#3d4249', '#2c3036', '#f6dfb0', '#0d0e10'),
}

/** A short name that is the same for the same text and different for others. */
export const hash = (text: string): string => {
  let h = 2166136261
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619)
  return `s${(h >>> 0).toString(36).padStart(7, '0').slice(-5)}`
}

/** An SVG document with the given view box. */
export const svg = (width: number, height: number, content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-hidden="true">${content}</svg>`

const dim = (opacity: number | undefined): string => (opacity === undefined ? '' : ` opacity="${opacity}"`)

const shadeOf = (part: Part, clip: string): string => {
  const [x0, y0, x1, y1] = bounds(part.d)
  const w = x1 - x0
  const h = y1 - y0
  const r = Math.round
  const d =
    part.shade === 'ball'
      ? `M${x0 - 4} ${y0 - 4}H${x1 + 4}V${y1 + 4}H${x0 - 4}ZM${r(x0 - w * 0.1)} ${r(y0 + h * 0.42)}a${r(w * 0.5)} ${r(h * 0.5)} 0 1 0 ${r(w)} 0a${r(w * 0.5)} ${r(h * 0.5)} 0 1 0 ${-r(w)} 0Z`
      : `M${r(x0 + w * 0.64)} ${y0}Q${r(x0 + w * 0.7)} ${r(y0 + h / 2)} ${r(x0 + w * 0.6)} ${y1 + 20}H${x1 + 4}V${y0}Z`
  return `<path clip-path="url(#${clip})" d="${d}" fill="#2a1c1826"/>`
}

/** An object with its cast shadow, standing on the point given or hanging above it. */
export const place = (spec: ArtSpec, id: string, x: number, y: number, scale: number): string => {
  const k = inkOf(spec.body, spec.accent)
  const drawing = shapes[spec.shape](k)
  const [sx, sy] = spec.stretch ?? [1, 1]
  const { shadow } = papers[spec.paper]
  let defs = spec.pattern ? patternDef(spec.pattern, `${id}p`, k) : ''
  let cast = ''
  let body = ''
  drawing.parts.forEach((part, i) => {
    const ref = `${id}${i.toString(36)}`
    const clip = `${ref}c`
    const shaded = part.fill !== undefined && part.shade !== 'none'
    const reused = shaded || !part.airy || part.pattern === true
    if (!reused) {
      body += part.fill
        ? `<path d="${part.d}" fill="${part.fill}"${dim(part.opacity)}/>`
        : `<path d="${part.d}" fill="none" stroke="${part.stroke}" stroke-width="${part.width}"${dim(part.opacity)}/>`
      return
    }
    const path = `<path id="${ref}" d="${part.d}"${part.fill ? '' : ` fill="none" stroke-width="${part.width}"`}/>`
    defs += shaded ? `<clipPath id="${clip}">${path}</clipPath>` : path
    const use = (paint: string): string => `<use href="#${ref}" ${paint}/>`
    if (!part.airy) cast += `<use href="#${ref}"/>`
    body += use((part.fill ? `fill="${part.fill}"` : `stroke="${part.stroke}"`) + dim(part.opacity))
    if (part.pattern && spec.pattern) body += use(`fill="url(#${id}p)"`)
    if (shaded) body += shadeOf(part, clip)
  })
  const fall = drawing.hangs ? 'translate(30 22)' : 'matrix(1 0 -.8 .19 0 0)'
  return (
    `<defs>${defs}</defs><g transform="translate(${x} ${y}) scale(${Number((scale * sx).toFixed(3))} ${Number((scale * sy).toFixed(3))})" fill-rule="evenodd" stroke-linecap="round">` +
    `<g transform="${fall}" fill="${shadow}" stroke="${shadow}" opacity=".2">${cast}</g>${body}</g>`
  )
}

/** Where a close-up of the object looks. */
export const focusOf = (spec: ArtSpec): readonly [number, number] => {
  const drawing = shapes[spec.shape](inkOf(spec.body, spec.accent))
  const [x, y] = drawing.focus ?? [10, -180]
  const [sx, sy] = spec.stretch ?? [1, 1]
  return [x * sx, y * sy]
}

/** The factor that makes an object fill its picture: small things come closer, large ones step back. */
export const fit = (spec: ArtSpec): number => {
  const solid = shapes[spec.shape](inkOf(spec.body, spec.accent)).parts.filter((part) => !part.airy)
  const boxes = solid.map((part) => bounds(part.d))
  const [sx, sy] = spec.stretch ?? [1, 1]
  const wide = (Math.max(...boxes.map((b) => b[2])) - Math.min(...boxes.map((b) => b[0]))) * sx
  const tall = (Math.max(...boxes.map((b) => b[3])) - Math.min(...boxes.map((b) => b[1]))) * sy
  return Math.round(Math.min(1.5, 520 / wide, 500 / tall) * 100) / 100
}

/** Whether the object hangs on the wall. */
export const hangs = (spec: ArtSpec): boolean => shapes[spec.shape](inkOf(spec.body, spec.accent)).hangs === true

/** The wall with window light and the shelf that runs on from picture to picture. */
export const stage = (name: PaperName, id: string, width: number, height: number, line: number): string => {
  const p = papers[name]
  const lean = (x: number, y: number, w: number, h: number): string =>
    `M${x} ${y}L${x + w} ${y}L${Math.round(x + w - h * 0.3)} ${y + h}L${Math.round(x - h * 0.3)} ${y + h}Z`
  const mid = Math.round(width * 0.46)
  const pane = Math.round(line * (width > height * 1.5 ? 0.46 : 0.3))
  const depth = Math.round(height * 0.16)
  const lip = Math.round(height * 0.028)
  return (
    `<defs><pattern id="${id}h" width="230" height="190" patternUnits="userSpaceOnUse"><path d="M10 30Q30 22 52 34M120 14Q140 30 166 20M190 90Q204 110 226 104M40 110Q62 96 80 112M96 160Q120 150 134 168M8 168Q20 176 36 170M150 60Q158 76 176 74" fill="none" stroke="${mix(p.wall, p.shadow, 0.3)}" stroke-width="1.4" opacity=".26"/></pattern></defs>` +
    `<path d="M0 0H${width}V${height}H0Z" fill="${p.wall}"/>` +
    `<path d="${lean(mid, 0, pane, Math.round(line * 0.36))}${lean(mid + pane + 16, 0, pane, Math.round(line * 0.36))}${lean(mid - Math.round(line * 0.114), Math.round(line * 0.38), pane, line)}${lean(mid + pane + 16 - Math.round(line * 0.114), Math.round(line * 0.38), pane, line)}" fill="${p.light}" opacity="${name === 'ink' ? 0.07 : 0.34}"/>` +
    `<path d="M0 0H${width}V${height}H0Z" fill="url(#${id}h)"/>` +
    `<path d="M0 ${line}H${width}V${line + depth}H0Z" fill="${p.shelf}"/>` +
    `<path d="M0 ${line}H${width}" stroke="${p.shadow}" stroke-width="3" opacity=".16"/>` +
    `<path d="M0 ${line + depth}H${width}V${line + depth + lip}H0Z" fill="${mix(p.shelf, p.shadow, 0.26)}"/>` +
    `<path d="M0 ${line + depth + lip}H${width}V${height}H0Z" fill="${mix(p.wall, p.shadow, 0.14)}"/>`
  )
}

/** The same object in another body colour. */
export const tinted = (spec: ArtSpec, tint: Hex | undefined): ArtSpec => (tint ? { ...spec, body: tint } : spec)
