import { elementNamed, isSubtypeOf, typeDefinition, type ElementDefinition } from '#fhir/definitions'

/** A place in a resource that an expression names without conditions: `Patient.name.family`, `(Observation.value as Quantity)`. */
export interface ElementPath {
  /** JSON properties from the resource down; the first of a list is `0` */
  readonly properties: readonly string[]
  readonly element: ElementDefinition
  /** type of the value there */
  readonly type: string
}

const SIMPLE = /^\(?([A-Z]\w*)((?:\.\w+)+)(?: as (\w+))?\)?$|^([A-Z]\w*)((?:\.\w+)+)\.as\((\w+)\)$/

/** The places of an expression's alternatives; null where one of them has a condition. */
export function elementPaths(owner: string, expression: string): readonly ElementPath[] | null {
  const paths = expression.split(' | ').map((alternative) => placesOf(owner, alternative.trim()))
  return paths.includes(null) ? null : paths.flatMap((each) => each ?? [])
}

function placesOf(owner: string, alternative: string): readonly ElementPath[] | null {
  const found = SIMPLE.exec(alternative)
  const root = found?.[1] ?? found?.[4]
  const names = (found?.[2] ?? found?.[5])?.slice(1).split('.')
  if (root === undefined || names === undefined || !isSubtypeOf(owner, root)) return null
  return walk(owner, names, found?.[3] ?? found?.[6])
}

function walk(type: string, [name, ...rest]: readonly string[], as: string | undefined): readonly ElementPath[] | null {
  const element = elementNamed(type, name!)
  if (element === undefined) return null
  const wanted = as !== undefined && rest.length === 0 ? as : null
  const choices = Object.entries(element.properties).filter(
    ([, { code }]) => wanted === null || isSubtypeOf(code, wanted),
  )
  const found = choices.map(([property, { code }]) => {
    const own = element.max > 1 ? [property, '0'] : [property]
    if (rest.length === 0) return [{ properties: own, element, type: code }]
    if (typeDefinition(code) === undefined) return null
    return walk(code, rest, as)?.map((each) => ({ ...each, properties: [...own, ...each.properties] })) ?? null
  })
  return found.includes(null) ? null : found.flatMap((each) => each ?? [])
}
