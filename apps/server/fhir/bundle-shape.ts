/**
 * The members of a Bundle around its resources. One that is misspelt, misplaced or of another kind is refused: a client
 * that writes `ifmatch` means a condition, and must not have it dropped.
 * @source http://hl7.org/fhir/R4/bundle.html#resource
 */
import { accept, type Outcome, type Refusal, refuse } from '#fhir/outcome'
import { httpRefusal } from './refusals.ts'

type Kind = 'string' | 'number' | 'boolean' | 'array' | 'object'
type Shape = Readonly<Record<string, Kind>>

const BUNDLE: Shape = {
  resourceType: 'string',
  id: 'string',
  meta: 'object',
  language: 'string',
  identifier: 'object',
  type: 'string',
  timestamp: 'string',
  total: 'number',
  link: 'array',
  entry: 'array',
  signature: 'object',
}

const ENTRY: Shape = {
  id: 'string',
  extension: 'array',
  link: 'array',
  fullUrl: 'string',
  resource: 'object',
  search: 'object',
  request: 'object',
  response: 'object',
}

const REQUEST: Shape = {
  id: 'string',
  extension: 'array',
  method: 'string',
  url: 'string',
  ifNoneMatch: 'string',
  ifModifiedSince: 'string',
  ifMatch: 'string',
  ifNoneExist: 'string',
}

/** Most entries of each type of Bundle that is carried out; a transaction is what imports send. */
const MOST_ENTRIES: Readonly<Record<string, number>> = { batch: 20_000, transaction: 50_000 }

/** Refusals of a Bundle are collected up to here: nobody reads more, and each entry may have many. */
export const MOST_ISSUES = 500

/** The Bundle itself, looked at before anything is made for each of its entries. */
export function bundleRefusals(bundle: object): readonly Refusal[] {
  const { type, entry } = bundle as { readonly type?: unknown; readonly entry?: unknown }
  const most = typeof type === 'string' && Object.hasOwn(MOST_ENTRIES, type) ? MOST_ENTRIES[type] : undefined
  if (most === undefined) return [httpRefusal('FHIR-HTTP-16', 'type', 'Bundle.type')]
  if (Array.isArray(entry) && entry.length > most) return [httpRefusal('FHIR-HTTP-26', `> ${most}`, 'Bundle.entry')]
  return misfits(bundle, BUNDLE, 'Bundle')
}

type Condition = 'ifMatch' | 'ifNoneMatch' | 'ifModifiedSince' | 'ifNoneExist'

/** An entry whose members and those of its request are what the standard says. */
export interface EntryShape {
  readonly fullUrl?: string
  readonly resource?: object
  readonly request: Readonly<Partial<Record<'method' | 'url' | Condition, string>>>
}

/** @param at `Bundle.entry[n]` */
export function entryShape(entry: unknown, at: string): Outcome<EntryShape> {
  if (kindOf(entry) !== 'object') return refuse([httpRefusal('FHIR-HTTP-16', 'entry', at)])
  const { request } = entry as { readonly request?: unknown }
  if (kindOf(request) !== 'object') return refuse([httpRefusal('FHIR-HTTP-16', 'request', `${at}.request`)])
  const refusals = [...misfits(entry as object, ENTRY, at), ...misfits(request as object, REQUEST, `${at}.request`)]
  return refusals.length > 0 ? refuse(refusals) : accept(entry as EntryShape)
}

const misfits = (value: object, shape: Shape, at: string): readonly Refusal[] =>
  Object.entries(value)
    .filter(([name, member]) => !fits(value, name, member, shape))
    .slice(0, MOST_ISSUES)
    .map(([name]) => httpRefusal('FHIR-HTTP-16', 'element', placeIn(at, name)))

function fits(value: object, name: string, member: unknown, shape: Shape): boolean {
  if (Object.hasOwn(shape, name)) return member !== '' && kindOf(member) === shape[name]
  const extended = name.slice(1)
  return name.startsWith('_') && isPrimitive(shape, extended) && Object.hasOwn(value, extended) && isExtension(member)
}

/** `_url` stands beside `url`, never instead of it: what is missing there would be missing here too. */
const isPrimitive = (shape: Shape, name: string): boolean =>
  Object.hasOwn(shape, name) && shape[name] !== 'object' && shape[name] !== 'array'

const isExtension = (member: unknown): boolean => kindOf(member) === 'object'

/** A name that could be one of an element is told; any other may be a value in the wrong place. */
const placeIn = (at: string, name: string): string => (/^_?[A-Za-z]{1,30}$/.test(name) ? `${at}.${name}` : at)

function kindOf(value: unknown): Kind | null {
  if (value === null) return null
  if (Array.isArray(value)) return 'array'
  const kind = typeof value
  return kind === 'string' || kind === 'number' || kind === 'boolean' || kind === 'object' ? kind : null
}
