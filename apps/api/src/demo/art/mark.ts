import { hue } from '../colours.ts'

const mark = (ink: string, drop: string, label: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" role="img" aria-label="${label}">` +
  `<path d="M25 9H39L40.500 14H23.500Z" fill="${ink}"/>` +
  `<path d="M8 37C8 24 18 14 32 14S56 24 56 37Z" fill="${ink}"/>` +
  `<path d="M3 42H12M17 42H28M36 42H47M52 42H61" stroke="${ink}" stroke-width="4"/>` +
  `<path d="M32 41C36 47 38 49.500 38 53A6 6 0 0 1 26 53C26 49.500 28 47 32 41Z" fill="${drop}"/></svg>`

/** The brand's mark: a washed bowl turned over on the slats, and the last drop falling through. */
export const brandMark = (): string => mark('currentColor', hue.persimmon, 'Salgang')

/** The mark in a single colour, for stamps and small sizes. */
export const brandMarkMono = (): string => mark('currentColor', 'currentColor', 'Salgang')
