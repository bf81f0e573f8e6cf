/**
 * Composites: several parts that must hold of the same element. Where that element is the resource itself, or occurs
 * once, the parts are conditions like any other and nothing is kept for the composite. Where it repeats
 * (Observation.component), each element is kept: its code and its value in one term or range.
 *
 * @source http://hl7.org/fhir/R4/search.html#combining
 */
import type { SearchParameter } from '#fhir/definitions'
import { compilePath, compileTest, pathShape, type Path, type Test } from '#fhir/fhirpath'
import { parameter, parametersOf, type Parameter } from './parameters.ts'

export interface CompositePart {
  /** the parameter of the resource that keeps the same value without the other parts */
  readonly parameter: Parameter
  /** relative to the element */
  readonly values: Path
  readonly exists: Test
}

/** One kind of element a composite is about. */
export type CompositeElement =
  | { readonly repeats: false; readonly parts: readonly CompositePart[] }
  | {
      readonly repeats: true
      readonly elements: Path
      /** the composite under which they are kept: `component-code-value-concept` also for `combo-code-value-concept` */
      readonly keptUnder: string
      readonly parts: readonly CompositePart[]
    }

const known = new Map<string, readonly CompositeElement[]>()

/** The kinds of elements of a composite parameter; none where the code names no composite. */
export function compositeElements(owner: string, code: string): readonly CompositeElement[] {
  const key = `${owner}.${code}`
  let elements = known.get(key)
  if (elements === undefined) {
    const found = parameter(owner, code)
    elements =
      found?.type === 'composite'
        ? found.expression.split(' | ').map((path, _, paths) => elementOf(found, path, paths))
        : []
    known.set(key, elements)
  }
  return elements
}

function elementOf(composite: Parameter, path: string, paths: readonly string[]): CompositeElement {
  const { owner, code, definition } = composite
  const shape = pathShape(path, owner)
  const type = shape?.types?.[0]
  if (type === undefined) throw new Error(`composite ${owner}.${code} is not understood`)
  const repeats = shape?.single !== true
  const parts = definition.components.map(({ code: part, expression }) => ({
    parameter: namedBy(owner, `${path}.${expression}`) ?? partParameter(owner, part, path, paths),
    values: compiled(expression, type),
    exists: existence(expression, type),
  }))
  return repeats
    ? { repeats, parts, elements: compiled(path, owner), keptUnder: repeatedIn(owner, path, definition) ?? code }
    : { repeats, parts }
}

/** R4 has the names of the parts of DocumentReference.relationship the wrong way round; their expressions are right. */
const namedBy = (owner: string, expression: string): Parameter | undefined =>
  [...parametersOf(owner).values()].find((each) => each.expression === expression)

/** Of a part that stands for several parameters (`combo-code`), the one that is about this element. */
function partParameter(owner: string, code: string, path: string, paths: readonly string[]): Parameter {
  const part = parameter(owner, code)!
  const others = paths.filter((other) => other.startsWith(`${path}.`))
  const concerns = ({ expression }: Parameter) =>
    expression.includes(`${path}.`) && !others.some((other) => expression.includes(`${other}.`))
  return part.kept.map((each) => parameter(owner, each.code)!).find(concerns) ?? part
}

/** The composite about just this element with the same parts. */
function repeatedIn(owner: string, path: string, { components }: SearchParameter): string | undefined {
  const written = (parts: SearchParameter['components']) => parts.map(({ expression }) => expression).join()
  return [...parametersOf(owner).values()].find(
    ({ type, expression, definition }) =>
      type === 'composite' && expression === path && written(definition.components) === written(components),
  )?.code
}

function existence(expression: string, type: string): Test {
  const test = compileTest(`(${expression}).exists()`, type)
  if (typeof test !== 'function') throw new Error(`search expression ${expression}: ${test.unsupported}`)
  return test
}

function compiled(expression: string, type: string): Path {
  const path = compilePath(expression, type)
  if (typeof path !== 'function') throw new Error(`search expression ${expression}: ${path.unsupported}`)
  return path
}
