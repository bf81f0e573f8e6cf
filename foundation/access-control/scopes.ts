/**
 * What the scopes of an OAuth client allow. A check of its own: it never allows what the policy refuses.
 *
 * @source http://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html
 */
import { isResourceType } from '#fhir/definitions'
import type { Act } from './types.ts'

/** The letter of SMART v2 that an act needs. What is copied or printed is read; what is restored is changed. */
const LETTER: Readonly<Record<Act, string>> = {
  read: 'r',
  search: 's',
  copy: 'r',
  print: 'r',
  create: 'c',
  edit: 'u',
  restore: 'u',
  cancel: 'd',
}

const V1: Readonly<Record<string, string>> = { read: 'rs', write: 'cud', '*': 'cruds' }

const SCOPE = /^(patient|user|system)\/([A-Za-z]+|\*)\.([a-z]+|\*)$/
const V2 = /^c?r?u?d?s?$/

/** What a list of scopes gives, by resource type (`*`: every type). */
interface Granted {
  readonly context: 'patient' | 'user' | 'system'
  readonly type: string
  readonly letters: string
}

/**
 * One scope, taken apart; null for what says nothing of resources (`openid`, `launch`), for what is written wrongly and
 * for scopes with a query (`patient/Observation.rs?category=…`): what is not understood whole grants nothing.
 */
export function scopeOf(scope: string): Granted | null {
  const [, context, type, permissions] = SCOPE.exec(scope) ?? []
  if (context === undefined || type === undefined || permissions === undefined) return null
  if (type !== '*' && !isResourceType(type)) return null
  const letters = V1[permissions] ?? (V2.test(permissions) ? permissions : '')
  return letters === '' ? null : { context: context as Granted['context'], type, letters }
}

const parsed = new WeakMap<readonly string[], readonly Granted[]>()

function grantedBy(scopes: readonly string[]): readonly Granted[] {
  let known = parsed.get(scopes)
  if (known === undefined) {
    known = scopes.map(scopeOf).filter((scope) => scope !== null)
    parsed.set(scopes, known)
  }
  return known
}

/**
 * @param scopes as granted; null for our own screens, which have none and are held by the policy alone
 * @param limited whether the reader is limited to named patients; scopes of `patient/` mean nothing without such a limit
 */
export function scopeAllows(scopes: readonly string[] | null, act: Act, type: string, limited: boolean): boolean {
  if (scopes === null) return true
  const letter = LETTER[act]
  for (const granted of grantedBy(scopes)) {
    if (granted.type !== '*' && granted.type !== type) continue
    if (granted.letters.includes(letter) && (granted.context !== 'patient' || limited)) return true
  }
  return false
}

/** Types that may be read and searched, `*` among them for every type; null where there are no scopes. */
export function readableTypes(scopes: readonly string[] | null, limited: boolean): ReadonlySet<string> | null {
  if (scopes === null) return null
  const readable = grantedBy(scopes).filter(
    ({ letters, context }) => /[rs]/.test(letters) && (context !== 'patient' || limited),
  )
  return new Set(readable.map(({ type }) => type))
}
