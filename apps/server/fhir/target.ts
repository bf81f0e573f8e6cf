/** @source http://hl7.org/fhir/R4/http.html#summary */
import { isResourceType } from '#fhir/definitions'
import { accept, type Outcome, refuse } from '#fhir/outcome'
import type { Target } from './exchange.ts'
import { decodeText } from './query.ts'
import { httpRefusal } from './refusals.ts'

const FIXED = /^(?:_history|_search|metadata|\$.*)$/
const ID = /^(?!\.{1,2}$)[A-Za-z0-9\-.]{1,64}$/

/**
 * `.` and `..` are no ids here: every program that resolves an address with them arrives somewhere else.
 * @source http://hl7.org/fhir/R4/datatypes.html#id
 */
export const isId = (text: string): boolean => ID.test(text)

/** @param path after the endpoint, without query: `Patient/1/_history/2`; a slash at either end does not matter */
export function parseTarget(path: string): Outcome<Target> {
  const parts = path.split('/')
  if (parts[0] === '') parts.shift()
  if (parts.at(-1) === '') parts.pop()
  const decoded = path.includes('%') ? parts.map((part) => decodeText(part)) : parts
  if (decoded.includes(null)) return refuse([httpRefusal('FHIR-HTTP-22')])
  const target = shapeOf(decoded as readonly string[])
  if (target === null) return refuse([httpRefusal('FHIR-HTTP-21')])
  if (target.type !== '' && !isResourceType(target.type)) return refuse([httpRefusal('FHIR-HTTP-1')])
  return accept(target)
}

function shapeOf(parts: readonly string[]): Target | null {
  const [a = '', b = '', c = '', d = ''] = parts
  switch (parts.length) {
    case 0:
      return target('system', '')
    case 1:
      return FIXED.test(a) ? target('system', a) : target('type', '', a)
    case 2:
      return FIXED.test(b) ? target('type', b, a) : target('instance', '', a, b)
    case 3:
      return FIXED.test(c) ? target('instance', c, a, b) : target('compartment', c, a, b)
    case 4:
      return c === '_history' ? target('version', '', a, b, d) : null
    default:
      return null
  }
}

const target = (level: Target['level'], name: string, type = '', id = '', version = ''): Target => ({
  level,
  name,
  type,
  id,
  version,
})
