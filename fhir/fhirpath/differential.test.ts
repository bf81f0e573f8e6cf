/** The compiled expressions against the `fhirpath` library, on published examples. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import library from 'fhirpath'
import r4 from 'fhirpath/fhir-context/r4'
import { expect, test } from 'vitest'
import { elementNamed, invariantsOf, resourceTypes, searchParametersOf, typeDefinition } from '#fhir/definitions'
import { compilePath, compileTest } from './index.ts'

const examples = new URL('../../../shared/data/fhir-r4-examples/', import.meta.url)
const PER_TYPE = 6
const LONGEST = 20_000

interface Resource {
  readonly resourceType: string
}

function* resources(): Generator<Resource> {
  for (const file of readdirSync(examples).filter((name) => name.endsWith('.ndjson.gz'))) {
    const lines = gunzipSync(readFileSync(new URL(file, examples)))
      .toString()
      .split('\n')
    for (const line of lines.filter((each) => each !== '' && each.length < LONGEST).slice(0, PER_TYPE)) {
      yield JSON.parse(line) as Resource
    }
  }
}

const reference = new Map<string, (resource: Resource, variables: object) => unknown[]>()

/** The library's answer; undefined where it refuses (it allows `as` of one value only, which R4's expressions break). */
function expected(expression: string, resource: Resource): unknown[] | undefined {
  let evaluate = reference.get(expression)
  if (evaluate === undefined) {
    evaluate = library.compile(expression, r4) as (resource: Resource, variables: object) => unknown[]
    reference.set(expression, evaluate)
  }
  try {
    return evaluate(resource, { resource, rootResource: resource })
  } catch {
    return undefined
  }
}

test.skipIf(!existsSync(examples))(
  'search parameters and rules give what the library gives (needs ../shared/data)',
  { timeout: 60_000 },
  () => {
    let compared = 0
    for (const resource of resources()) {
      const { resourceType } = resource
      const env = { resource, rootResource: resource }
      for (const { expression, code } of searchParametersOf(resourceType)) {
        if (expression === '' || expression.includes('resolve()')) continue
        const wanted = expected(expression, resource)
        const path = compilePath(expression, resourceType)
        if (wanted === undefined || typeof path !== 'function') continue
        compared++
        expect(
          path(resource, env).map(({ value }) => value),
          `${resourceType}.${code}`,
        ).toEqual(wanted)
      }
      for (const { expression, key, element } of [...invariantsOf(resourceType), ...invariantsOf('DomainResource')]) {
        if (element !== undefined || expression.includes('trace(')) continue
        const wanted = expected(expression, resource)
        const rule = compileTest(expression, resourceType)
        if (wanted === undefined || typeof rule !== 'function') continue
        compared++
        expect(rule(resource, env), `${resourceType} ${key}`).toBe(wanted[0])
      }
    }
    expect(compared).toBeGreaterThan(5000)
  },
)

test('every search parameter of every type is compiled', () => {
  const left = resourceTypes.flatMap((type) =>
    searchParametersOf(type).flatMap(({ code, expression }) =>
      expression === '' || typeof compilePath(expression, type) === 'function' ? [] : [`${type}.${code}`],
    ),
  )
  expect(left).toEqual([])
})

test('every rule of R4 is compiled but for the checks of XHTML, which validation does itself', () => {
  const types = new Set(resourceTypes.flatMap((type) => withParts(type)))
  const left = [...types].flatMap((type) =>
    invariantsOf(type).flatMap(({ key, expression, element }) => {
      const context = element === undefined ? type : elementNamed(type, element)!.types[0]!.code
      return typeof compileTest(expression, context) === 'function' ? [] : [key]
    }),
  )
  expect(new Set(left)).toEqual(new Set(['txt-1', 'txt-2']))
})

/** A type and all types of what is in it. */
function withParts(type: string, seen = new Set<string>()): readonly string[] {
  if (seen.has(type)) return []
  seen.add(type)
  for (const { types } of typeDefinition(type)?.elements ?? []) for (const { code } of types) withParts(code, seen)
  return [...seen]
}
