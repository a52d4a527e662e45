import { initialsOf, isHangul, jamo } from './hangul.ts'
import { folded } from './slug.ts'

/** How much a word says about a product: 0 starts a word of the name, 1 stands inside one, 16 is from another field: more than eight words inside. */
export type TokenRank = 0 | 1 | 16

const longest = 24
const mostWords = 8
const innerLatin = 3

const hangul = /^[\uac00-\ud7a3\u3131-\u3163]+$/
const ideographs = /^[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ー]+$/v
const segments =
  /[\uac00-\ud7a3\u3131-\u3163]+|[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ー]+|[[\p{L}\p{M}\p{N}]--[\uac00-\ud7a3\u3131-\u3163\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ー]]+/gv

const segmentsOf = (text: string): string[] => folded(text).match(segments) ?? []
const cut = (token: string) => [...token].slice(0, longest).join('')

/**
 * What a product is found by: the beginnings of which its search words must be. Hangul is spelled in jamo, from every
 * syllable on and across spaces, which Korean sets as it likes, and once more in initial consonants; Chinese and Japanese
 * from every character on; other words whole and, in names, from every letter on that leaves three.
 */
export function tokensOf(names: readonly string[], others: readonly string[]): Map<string, TokenRank> {
  const tokens = new Map<string, TokenRank>()
  const add = (token: string, rank: TokenRank) => {
    const known = tokens.get(token)
    if (token !== '' && (known === undefined || rank < known)) tokens.set(token, rank)
  }
  for (const name of names) addField(segmentsOf(name), true, add)
  for (const other of others) addField(segmentsOf(other), false, add)
  return tokens
}

type Add = (token: string, rank: TokenRank) => void

function addField(words: readonly string[], isName: boolean, add: Add): void {
  words.forEach((word, index) => {
    if (hangul.test(word)) addHangul(word, words.slice(index + 1), isName, add)
    else if (ideographs.test(word))
      [...word].forEach((_, start, all) => add(cut(all.slice(start).join('')), rankOf(isName, start)))
    else addWord(word, isName, add)
  })
}

const rankOf = (isName: boolean, start: number): TokenRank => (isName ? (start === 0 ? 0 : 1) : 16)

function addHangul(word: string, rest: readonly string[], isName: boolean, add: Add): void {
  const end = rest.findIndex((next) => !hangul.test(next))
  const run = (word + rest.slice(0, end < 0 ? rest.length : end).join('')).slice(0, word.length + longest)
  for (let start = 0; start < word.length; start++) {
    const part = run.slice(start, start + longest)
    add(cut(jamo(part)), rankOf(isName, start))
    add(initialsOf(part), rankOf(isName, start))
  }
}

function addWord(word: string, isName: boolean, add: Add): void {
  add(cut(word), isName ? 0 : 16)
  const letters = [...word]
  if (isName)
    for (let start = 1; start <= letters.length - innerLatin; start++) add(cut(letters.slice(start).join('')), 1)
}

/** The words of a search, spelled as the index is, at most eight; each must be the beginning of one of a product's tokens. */
export function searchWords(query: string): string[] {
  const words = segmentsOf(query).map((word) => cut(isHangul(word.charAt(0)) ? jamo(word) : word))
  return [...new Set(words)].slice(0, mostWords)
}
