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

/** The versions that If-Match or If-None-Match names, or any. A tag that is no version of ours (`"abc"`) is none of them. */
export type VersionTags = '*' | readonly number[]

const TAG = /^(?:W\/)?"?([1-9]\d{0,8})"?$/

/** @returns null where the header is absent @source RFC 9110 §13.1.1, §13.1.2 */
export function versionTags(headers: Headers, name: 'if-match' | 'if-none-match'): VersionTags | null {
  const value = headerOf(headers, name)?.trim()
  if (value === undefined || value === '') return null
  if (value === '*') return '*'
  return value.split(',').flatMap((tag) => {
    const version = TAG.exec(tag.trim())?.[1]
    return version === undefined ? [] : [Number(version)]
  })
}

/** Whether If-Match is absent or names the current version. @param current null where there is nothing */
export function meetsIfMatch(headers: Headers, current: number | null): boolean {
  const tags = versionTags(headers, 'if-match')
  return tags === null || (current !== null && (tags === '*' || tags.includes(current)))
}

/** If-None-Match: * asks that nothing be replaced. */
export const onlyCreates = (headers: Headers): boolean => versionTags(headers, 'if-none-match') === '*'

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

/**
 * The version a write must be based on, told without looking at the record: a number, or whatever there is.
 * @returns FHIR-HTTP-10 where no version is named, FHIR-HTTP-13 where there are several
 */
export function expectedVersion(headers: Headers): Outcome<'any' | number> {
  const tags = versionTags(headers, 'if-match')
  if (tags === null || tags === '*') return accept('any')
  const [only, ...others] = tags
  if (only === undefined) return refuse([httpRefusal('FHIR-HTTP-10')])
  return others.length === 0 ? accept(only) : refuse([httpRefusal('FHIR-HTTP-13', 'If-Match')])
}

/**
 * The same where the record can be looked at, which `*` and lists of versions need.
 * @param readCurrent the current version, null where there is nothing
 */
export async function expectedOf(
  headers: Headers,
  readCurrent: () => Promise<number | null>,
): Promise<Outcome<'any' | number>> {
  const tags = versionTags(headers, 'if-match')
  if (tags === null || (tags !== '*' && tags.length < 2)) return expectedVersion(headers)
  const current = await readCurrent()
  if (current === null || !meetsIfMatch(headers, current)) return refuse([httpRefusal('FHIR-HTTP-10')])
  return accept(tags === '*' ? 'any' : current)
}
