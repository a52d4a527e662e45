/** Letters without the accents of Latin, Greek and Cyrillic, in lower case; Hangul and kana stay whole. NFC. */
export const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase()

const longest = 100

/**
 * The words of a name as part of a URL: Hangul stays Hangul, Latin becomes lower case without accents, all else a hyphen.
 * At most 100 characters; empty when the name has neither letter nor digit.
 */
export function slugify(name: string): string {
  const words =
    folded(name)
      .replaceAll(/['’]/g, '')
      .match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu) ?? []
  const slug = words.join('-')
  return slug.length <= longest ? slug : shortened(slug)
}

function shortened(slug: string): string {
  const start = slug.slice(0, longest)
  const cut = start.lastIndexOf('-')
  return (cut > longest / 2 ? start.slice(0, cut) : start).replace(/[-\ud800-\udbff]$/, '')
}

/** The first of `base`, `base-2`, `base-3`… that is not taken. */
export function freeSlug(base: string, isTaken: (slug: string) => boolean): string {
  if (!isTaken(base)) return base
  for (let number = 2; ; number++) if (!isTaken(`${base}-${number}`)) return `${base}-${number}`
}
