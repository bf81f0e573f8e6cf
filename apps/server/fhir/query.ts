import { accept, type Outcome, refuse } from '#fhir/outcome'
import { httpRefusal } from './refusals.ts'

/** Name and value of each parameter, decoded, in the order in which they came. */
export type Parameters = readonly (readonly [name: string, value: string])[]

/** @param text what follows `?`, or a form body @returns FHIR-HTTP-22 where it is not properly encoded */
export function parseQuery(text: string): Outcome<Parameters> {
  const parameters: [string, string][] = []
  for (const part of text.split('&')) {
    if (part === '') continue
    const equals = part.indexOf('=')
    const name = decodeText(equals < 0 ? part : part.slice(0, equals))
    const value = equals < 0 ? '' : decodeText(part.slice(equals + 1))
    if (name === null || value === null) return refuse([httpRefusal('FHIR-HTTP-22')])
    parameters.push([name, value])
  }
  return accept(parameters)
}

/** @returns null for malformed percent signs and for U+0000, which no FHIR value has and no database takes */
export function decodeText(encoded: string): string | null {
  const plain = encoded.includes('+') ? encoded.replaceAll('+', ' ') : encoded
  try {
    const text = plain.includes('%') ? decodeURIComponent(plain) : plain
    return text.includes('\u0000') ? null : text
  } catch {
    return null
  }
}

export const formatQuery = (parameters: Parameters): string =>
  parameters.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')

/** Leaves the characters that FHIR values use all the time readable; links are looked at by people. */
const encode = (text: string): string =>
  PLAIN.test(text) ? text : encodeURIComponent(text).replace(/%(3A|2F|2C|24)/g, (escape) => decodeURIComponent(escape))

const PLAIN = /^[\w.~:/,$-]*$/

/** The last value of a parameter that is given once. */
export const valueOf = (parameters: Parameters, name: string): string | undefined =>
  parameters.findLast(([other]) => other === name)?.[1]
