const firstSyllable = 0xac00
const lastSyllable = 0xd7a3
const initials = [...'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ']
const medials = 'ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ'.split(' ')
const finals =
  ' ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ'.split(' ')

/** Letters that a keyboard makes of two: an input method joins ㄱ and ㅅ to ㄳ when no vowel follows. */
const compounds = new Map([
  ...finals
    .filter((keys) => keys.length === 2)
    .map((keys, index) => [[...'ㄳㄵㄶㄺㄻㄼㄽㄾㄿㅀㅄ'][index] ?? '', keys] as const),
  ...medials
    .filter((keys) => keys.length === 2)
    .map((keys, index) => [[...'ㅘㅙㅚㅝㅞㅟㅢ'][index] ?? '', keys] as const),
])

/** Whether a character is a Hangul syllable or a single Hangul letter. */
export const isHangul = (char: string): boolean => /^[\uac00-\ud7a3\u3131-\u3163]$/.test(char)

/**
 * Hangul as the keys that type it, by the arithmetic of the Unicode standard (section 3.12): 셔츠 is ㅅㅕㅊㅡ, and a word
 * half typed (셔ㅊ, 셫) is the beginning of the whole. Other characters stay as they are. Expects NFC.
 */
export function jamo(text: string): string {
  let keys = ''
  for (const char of text) keys += keysOf(char)
  return keys
}

function keysOf(char: string): string {
  const code = char.codePointAt(0) ?? 0
  if (code < firstSyllable || code > lastSyllable) return compounds.get(char) ?? char
  const index = code - firstSyllable
  const initial = initials[Math.floor(index / (21 * 28))] ?? ''
  return initial + (medials[Math.floor(index / 28) % 21] ?? '') + (finals[index % 28] ?? '')
}

/** The first letter of each syllable, by which Koreans abbreviate: 오가닉 셔츠 is ㅇㄱㄴ ㅅㅊ. */
export function initialsOf(text: string): string {
  let letters = ''
  for (const char of text) letters += keysOf(char).charAt(0)
  return letters
}
