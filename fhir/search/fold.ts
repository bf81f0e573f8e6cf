/**
 * Text as search compares it: without case, marks, punctuation and superfluous space. Both halves of search use this
 * function, so `nguyen van a` finds `Nguyễn Văn Á`, however its letters were composed.
 *
 * @source http://hl7.org/fhir/R4/search.html#string
 */

const PLAIN = /^[a-z0-9]+(?: [a-z0-9]+)*$/
/** Marks of the Latin, Greek and Cyrillic scripts; vowel signs of other scripts are letters to their readers and stay. */
const MARKS = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+/g
/** An apostrophe joins (`O'Brien` is one word); so do the zero-width characters and the soft hyphen. */
const JOINING = /['’‘ʼ`´\u00ad\u200b-\u200d\u2060\ufeff]+/g
const SEPARATING = /[^\p{L}\p{N}\p{M}]+/gu
const LETTERS = /[đðøłħŧıßæœþ]/g
/** Letters that Unicode does not decompose. */
const LETTER: Readonly<Record<string, string>> = {
  đ: 'd',
  ð: 'd',
  ø: 'o',
  ł: 'l',
  ħ: 'h',
  ŧ: 't',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
}

/** @returns the folded text; empty where nothing but punctuation and space was there. `fold(fold(x))` equals `fold(x)`. */
export function fold(text: string): string {
  if (PLAIN.test(text)) return text
  let folded = kept.get(text)
  if (folded === undefined) {
    folded = folding(text)
    if (text.length <= LONGEST_KEPT) {
      if (kept.size >= MOST_KEPT) kept.clear()
      kept.set(text, folded)
    }
  }
  return folded
}

/** Names of codes repeat all day: the last few thousand are kept. */
const kept = new Map<string, string>()
const MOST_KEPT = 4096
const LONGEST_KEPT = 80

function folding(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(MARKS, '')
    .replace(LETTERS, (letter) => LETTER[letter] ?? letter)
    .replace(JOINING, '')
    .replace(SEPARATING, ' ')
    .trim()
}
