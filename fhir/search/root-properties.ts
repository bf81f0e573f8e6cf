import { elementNamed, isSubtypeOf } from '#fhir/definitions'
import type { Parameter } from './parameters.ts'

/** A path from the root: names, `as`, and functions that have no value where there is none to start from. */
const PATH =
  /^\(?[A-Z]\w*\.(\w+)(?: as (\w+)\)|\.(?:as|ofType)\((\w+)\))?(?:\.(?:where|as|ofType|extension|first)\((?:[^()]|\([^()]*\))*\)|\.\w+(?!\()|\[\d+\]| as \w+)*\)?(?:\.\w+)*$/

/**
 * The properties of a resource without which a parameter has no value, so that it need not be looked for; null where
 * that cannot be told (`Patient.deceased.exists() and …` is false, not empty, for the living).
 */
export function rootProperties({ owner, type, expression, definition }: Parameter): ReadonlySet<string> | null {
  const alternatives = expression.split(' | ')
  const paths = type === 'composite' ? alternatives.flatMap((path) => partPaths(owner, path, definition)) : alternatives
  const properties = paths.map((path) => propertiesOf(owner, path))
  return properties.includes(null) ? null : new Set(properties.flatMap((each) => each ?? []))
}

/** All parts are needed; the last one, a value, is the rarer. */
function partPaths(owner: string, path: string, { components }: Parameter['definition']): readonly string[] {
  if (path !== owner) return [path]
  const [last] = components.slice(-1)
  return last!.expression.split(' | ').map((expression) => `${owner}.${expression}`)
}

function propertiesOf(owner: string, path: string): readonly string[] | null {
  const [, name, operator, call] = PATH.exec(path) ?? []
  const element = name === undefined ? undefined : elementNamed(owner, name)
  if (element === undefined) return null
  const as = operator ?? call
  const wanted = Object.entries(element.properties).filter(([, { code }]) => as === undefined || isSubtypeOf(code, as))
  const found = wanted.length > 0 ? wanted : Object.entries(element.properties)
  return found.map(([property]) => property)
}
