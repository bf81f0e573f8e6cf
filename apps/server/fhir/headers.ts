/** @source http://hl7.org/fhir/R4/http.html#versioning, #cread, #ops (Prefer) */
import { accept, type Outcome, refuse } from '#fhir/outcome'
import type { Exchange } from './exchange.ts'
import { httpRefusal } from './refusals.ts'

type Headers = Exchange['headers']

export const headerOf = (headers: Headers, name: string): string | undefined => {
  const value = headers[name]
  return typeof value === 'string' ? value : value?.join(', ')
}

export const etagOf = (version: number): string => `W/"${version}"`

/** A version as If-Match or If-None-Match names it; 0 for one that never existed (`"abc"`). */
export type VersionTag = number | '*' | null

const TAG = /^(?:W\/)?"?([^"]*)"?$/

/** @returns null where the header is absent */
export function versionTag(headers: Headers, name: 'if-match' | 'if-none-match'): VersionTag {
  const value = headerOf(headers, name)?.trim()
  if (value === undefined || value === '') return null
  if (value === '*') return '*'
  const tag = TAG.exec(value)?.[1] ?? ''
  return /^[1-9]\d{0,8}$/.test(tag) ? Number(tag) : 0
}

/** If-Modified-Since as milliseconds since 1970. A date that is none is ignored, as RFC 9110 §13.1.3 asks. */
export function modifiedSince(headers: Headers): number | null {
  const value = headerOf(headers, 'if-modified-since')
  const time = value === undefined ? Number.NaN : Date.parse(value)
  return Number.isNaN(time) ? null : time
}

export interface Preferences {
  readonly return: 'representation' | 'minimal' | 'OperationOutcome'
  readonly handling: 'strict' | 'lenient'
}

const RETURNS = { minimal: 'minimal', representation: 'representation', operationoutcome: 'OperationOutcome' } as const
const DEFAULTS: Preferences = { return: 'representation', handling: 'lenient' }

/** The Prefer header; what it does not say, or says in unknown words, is left at representation and lenient. */
export function preferences(headers: Headers): Preferences {
  const value = headerOf(headers, 'prefer')
  if (value === undefined) return DEFAULTS
  const words = new Map(
    value.split(/[;,]/).map((part) => {
      const [name = '', word = ''] = part.split('=')
      return [name.trim().toLowerCase(), word.trim().replaceAll('"', '').toLowerCase()]
    }),
  )
  const wanted = words.get('return') ?? ''
  return {
    return: Object.hasOwn(RETURNS, wanted) ? RETURNS[wanted as keyof typeof RETURNS] : DEFAULTS.return,
    handling: words.get('handling') === 'strict' ? 'strict' : 'lenient',
  }
}

/** The version a write must be based on: a number, or whatever there is. @returns FHIR-HTTP-10 for a tag of no version */
export function expectedVersion(headers: Headers): Outcome<'any' | number> {
  const tag = versionTag(headers, 'if-match')
  if (tag === 0) return refuse([httpRefusal('FHIR-HTTP-10')])
  return accept(tag === null || tag === '*' ? 'any' : tag)
}
