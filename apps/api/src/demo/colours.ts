import type { DemoOptionValue, Hex } from './types.ts'

/** The ten colours of the brand, each named after something in a Korean house. */
export const hue = {
  hanji: '#efe6d3',
  porcelain: '#f7f3ea',
  celadon: '#8fb3a1',
  pine: '#4a6f62',
  persimmon: '#d8662f',
  quince: '#e0b03c',
  mugwort: '#7f8753',
  indigo: '#34506f',
  bean: '#84403c',
  clay: '#9a6242',
  oak: '#c79a63',
  ink: '#2b2d31',
} as const satisfies Record<string, Hex>

/** The same colours as option values, so that a name always means the same swatch. */
export const swatches = {
  hanji: { ko: '한지', en: 'Hanji', swatch: hue.hanji },
  porcelain: { ko: '백자', en: 'Porcelain', swatch: hue.porcelain },
  celadon: { ko: '청자', en: 'Celadon', swatch: hue.celadon },
  pine: { ko: '솔', en: 'Pine', swatch: hue.pine },
  persimmon: { ko: '감', en: 'Persimmon', swatch: hue.persimmon },
  quince: { ko: '모과', en: 'Quince', swatch: hue.quince },
  mugwort: { ko: '쑥', en: 'Mugwort', swatch: hue.mugwort },
  indigo: { ko: '쪽', en: 'Indigo', swatch: hue.indigo },
  bean: { ko: '팥', en: 'Red Bean', swatch: hue.bean },
  clay: { ko: '옹기', en: 'Clay', swatch: hue.clay },
  oak: { ko: '참나무', en: 'Oak', swatch: hue.oak },
  ink: { ko: '먹', en: 'Ink', swatch: hue.ink },
} as const satisfies Record<string, DemoOptionValue>
