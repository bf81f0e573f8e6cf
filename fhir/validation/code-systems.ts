/** Code systems of the standard and of the hospital. @source http://hl7.org/fhir/R4/codesystem.html */
import { codeSystem } from '#fhir/definitions'
import { objectsOf, textOf } from './json-view.ts'
import { isObject, type JsonObject, type Run } from './run.ts'

/** What a stored code system says of its codes: each with the codes above it, the nearest first. */
type Hierarchy = ReadonlyMap<string, readonly string[]>

/** The code system that the hospital keeps under this address. */
export function foundSystem(system: string, run: Run): JsonObject | undefined {
  const found = run.find(system, 'CodeSystem')
  return isObject(found) && found['resourceType'] === 'CodeSystem' ? found : undefined
}

/** Is the code one of the system's? undefined where nobody can tell. */
export function isInSystem(system: string, code: string, run: Run): boolean | undefined {
  const standard = codeSystem(system)
  if (standard !== undefined) return standard.has(code)
  const found = foundSystem(system, run)
  return found?.['content'] === 'complete' ? hierarchyOf(found).has(code) : undefined
}

/** Is the code, in a stored code system, the other or below it? undefined where nobody can tell. */
export function isBelow(system: string, code: string, other: string, run: Run): boolean | undefined {
  const found = foundSystem(system, run)
  return found?.['content'] === 'complete' ? hierarchyOf(found).get(code)?.includes(other) === true : undefined
}

const hierarchies = new WeakMap<JsonObject, Hierarchy>()

export function hierarchyOf(system: JsonObject): Hierarchy {
  const known = hierarchies.get(system)
  if (known !== undefined) return known
  const codes = new Map<string, readonly string[]>()
  const waiting: [concept: JsonObject, above: readonly string[]][] = objectsOf(system['concept']).map((each) => [
    each,
    [],
  ])
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [concept, above] = next
    const code = textOf(concept['code'])
    if (code !== undefined) codes.set(code, above)
    const here = code === undefined ? above : [code, ...above]
    for (const child of objectsOf(concept['concept'])) waiting.push([child, here])
  }
  hierarchies.set(system, codes)
  return codes
}
