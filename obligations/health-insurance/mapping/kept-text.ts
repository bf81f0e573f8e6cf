/** Text of the tables kept letter for letter on a resource, whatever it is. */
import type { Extension } from '#fhir/r4'

/** What no R4 string may contain. @source http://hl7.org/fhir/R4/datatypes.html#string */
const NO_STRING = /[^\P{Cc}\t\n\r\u007f-\u009f]/u
/** XML has no limit, R4 strings have: a mebibyte. */
const LONGEST = 250_000

/** @param text may be '': that nothing was said is kept as well */
export function keptText(url: string, text: string): Extension {
  if (text === '') return { url, valueBoolean: false }
  if (text.length > LONGEST || NO_STRING.test(text)) return { url, valueBase64Binary: inBase64(text) }
  return { url, valueString: text }
}

/** The text that {@link keptText} was given. */
export const textKept = ({ valueString, valueBase64Binary }: Extension): string =>
  valueString ?? (valueBase64Binary === undefined ? '' : fromBase64(valueBase64Binary))

const inBase64 = (text: string): string =>
  btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''))

const fromBase64 = (text: string): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(atob(text), (char) => char.charCodeAt(0)))
