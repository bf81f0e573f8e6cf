/** @source http://hl7.org/fhir/R4/operations.html#request */
import { accept, type Outcome, refuse } from '#fhir/outcome'
import { readContent } from './content.ts'
import type { Exchange } from './exchange.ts'
import { type Parameters, parseQuery } from './query.ts'
import { httpRefusal } from './refusals.ts'

/** The input of an operation that only reads: from the address, and when posted also from a Parameters resource. */
export function operationInput(exchange: Exchange): Outcome<Parameters> {
  const query = parseQuery(exchange.query)
  if (!query.ok || exchange.method !== 'POST' || exchange.body === null) return query
  const content = readContent(exchange)
  if (!content.ok) return content
  const posted = simpleParameters(content.value.value)
  return posted === null
    ? refuse([httpRefusal('FHIR-HTTP-13', 'Parameters', 'Parameters')])
    : accept([...query.value, ...posted])
}

interface Part {
  readonly name?: unknown
  readonly [member: string]: unknown
}

/** Name and value of each parameter with a primitive value; null where it is no Parameters resource of such. */
function simpleParameters(value: unknown): Parameters | null {
  const { resourceType, parameter = [] } = (value ?? {}) as {
    readonly resourceType?: unknown
    readonly parameter?: unknown
  }
  if (resourceType !== 'Parameters' || !Array.isArray(parameter)) return null
  const pairs = (parameter as readonly (Part | null)[]).map((part) => {
    const member = Object.keys(part ?? {}).find((name) => name.startsWith('value'))
    const given = member === undefined ? undefined : part?.[member]
    if (typeof part?.name !== 'string' || given === undefined || typeof given === 'object') return null
    return [part.name, String(given)] as const
  })
  return pairs.some((pair) => pair === null) ? null : pairs.flatMap((pair) => (pair === null ? [] : [pair]))
}
