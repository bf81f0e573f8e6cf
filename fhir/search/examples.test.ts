/** Every value of every published example is found by a search for it, and not by a search for another. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { compilePath, type TypedValue } from '#fhir/fhirpath'
import { dateBounds } from './date-bounds.ts'
import { fields, list, text } from './fields.ts'
import { fold } from './fold.ts'
import { localReference } from './forms.ts'
import { indexEntries } from './index-entries.ts'
import { meets } from './meets.ts'
import { parametersOf, promotedPatient, targetsOf, type Parameter } from './parameters.ts'
import { parseSearch } from './parse-search.ts'
import { context } from './search-world.ts'

const examples = new URL('../../../shared/data/fhir-r4-examples/', import.meta.url)

interface Resource {
  readonly resourceType: string
  readonly id: string
}

function* resources(): Generator<Resource> {
  for (const file of readdirSync(examples).filter((name) => name.endsWith('.ndjson.gz'))) {
    for (const line of gunzipSync(readFileSync(new URL(file, examples)))
      .toString()
      .split('\n')
      .filter(Boolean)) {
      yield JSON.parse(line) as Resource
    }
  }
}

/** A search for a value, and one like it for another. */
type Searches = readonly (readonly [modifier: string, value: string, another: string | null])[]

const escaped = (value: string) => value.replace(/[\\,|$]/g, '\\$&')
const coded = (coding: unknown): Searches => {
  const { system, code } = fields(coding)
  const [space, written] = [text(system), text(code)]
  if (written === undefined) return space === undefined ? [] : [['', `${escaped(space)}|`, 'urn:x|']]
  const plain = ['', escaped(written), `${escaped(written)}x`] as const
  if (space === undefined) return [plain, ['', `|${escaped(written)}`, null]]
  return [
    plain,
    ['', `${escaped(space)}|${escaped(written)}`, `urn:x|${escaped(written)}`],
    ['', `${escaped(space)}|`, null],
  ]
}

const TOKENS: Readonly<Record<string, (value: unknown) => Searches>> = {
  Coding: (value) => [...coded(value), ...texts(fields(value)['display'])],
  CodeableConcept: (value) => list(fields(value)['coding']).flatMap(coded),
  Identifier: (value) => coded({ system: fields(value)['system'], code: fields(value)['value'] }),
  ContactPoint: (value) =>
    text(fields(value)['value']) === undefined ? [] : [['', escaped(String(fields(value)['value'])), 'x']],
  boolean: (value) => [['', String(value), String(value !== true)]],
  'System.Boolean': (value) => [['', String(value), String(value !== true)]],
}

const texts = (value: unknown): Searches =>
  typeof value === 'string' && fold(value) !== '' ? [[':text', escaped(value), `x${escaped(value)}`]] : []

const parts = (value: unknown): Searches => {
  const written = text(value)
  if (written === undefined || fold(written) === '') return []
  return [
    ['', escaped(written), `q${escaped(written)}q`],
    ['', escaped(written.toUpperCase()), null],
    [':exact', escaped(written), `${escaped(written)}x`],
    [':contains', escaped(written.slice(1, 9)), `q${escaped(written)}`],
  ].filter(([, each]) => fold(each!.replace(/\\/g, '')) !== '') as unknown as Searches
}

const PLAIN = new Set(['use', 'type', 'period', 'extension', 'id'])

const dates = (value: string): Searches => [
  ['', value, '1500'],
  ['', `ge${value}`, null],
  ['', `le${value}`, null],
]

const references = (literal: string, { type, id }: { type: string; id: string }): Searches => [
  ['', literal, `${type}/another`],
  ['', id, 'another'],
  [`:${type}`, id, 'another'],
]

const quantities = (value: unknown): Searches => {
  const { value: number, system, code, comparator, currency, unit } = fields(value)
  if (typeof number !== 'number' || comparator !== undefined) return []
  const named = text(code) ?? text(currency)
  const found: [string, string, string | null][] = [['', String(number), String(number + 1000)]]
  if (named !== undefined) found.push(['', `${number}||${escaped(named)}`, `${number + 1000}||${escaped(named)}`])
  if (named !== undefined && typeof system === 'string') {
    found.push(['', `${number}|${escaped(system)}|${escaped(named)}`, `${number}|urn:x|x`])
  }
  if (typeof unit === 'string') found.push(['', `le${number}||${escaped(unit)}`, null])
  return found
}

const BY_TYPE: Readonly<Record<string, (value: TypedValue, parameter: Parameter) => Searches>> = {
  token: ({ type, value }) => TOKENS[type]?.(value) ?? coded({ code: value }),
  string: ({ type, value }) =>
    type === 'HumanName' || type === 'Address'
      ? Object.entries(fields(value)).flatMap(([key, each]) =>
          PLAIN.has(key) || key.startsWith('_') ? [] : list(each).flatMap(parts),
        )
      : parts(value),
  uri: ({ value }) => {
    const uri = escaped(String(value))
    return [['', uri, `${uri}x`], ...(uri.includes('://') ? [[':above', `${uri}/more`, null] as const] : [])]
  },
  reference: ({ type, value }, parameter) => {
    const literal = text(type === 'Reference' ? fields(value)['reference'] : value)
    const local = literal === undefined ? null : localReference(literal)
    if (literal === undefined) return []
    if (local === null) return /^#|:/.test(literal) ? [['', escaped(literal), 'urn:another']] : []
    // A reference to a type that the parameter does not allow cannot be asked for by id alone.
    const targets = targetsOf(parameter)
    return targets.length > 0 && !targets.includes(local.type) ? [] : references(literal, local)
  },
  date: ({ type, value }) => {
    const start = fields(value)['start']
    if (type === 'Period' && typeof start === 'string' && dateBounds(start) !== null)
      return [['', `ge${start}`, 'eb1500']]
    return typeof value === 'string' && type !== 'string' && dateBounds(value) !== null ? dates(value) : []
  },
  number: ({ value }) =>
    typeof value === 'number'
      ? [
          ['', String(value), String(value + 1000)],
          ['', `ge${value}`, null],
          ['', `le${value}`, `lt${value}`],
        ]
      : [],
  quantity: ({ value }) => quantities(value),
}

const valuesOf = (resource: Resource, code: string): readonly TypedValue[] => {
  const path = compilePath(parametersOf(resource.resourceType).get(code)!.expression, resource.resourceType)
  return typeof path === 'function' ? path(resource, { resource }).filter(({ value }) => value !== undefined) : []
}

/** Ours are tested beside them: what is searched for is not the value. */
const isStandard = ({ reading }: Parameter): boolean => reading === undefined

/** The patient whose record it is, as one more condition: together with a code it is answered by other terms. */
function patientOf(resource: Resource): readonly [string, string] | null {
  const code = promotedPatient(resource.resourceType)
  const literal = code === null ? undefined : text(fields(valuesOf(resource, code)[0]?.value)['reference'])
  return literal?.startsWith('Patient/') === true ? [code!, literal] : null
}

type Ask = (...query: readonly (readonly [string, string])[]) => Promise<unknown>

/** @returns what was asked, each with `wrong` where the answer was not the wanted one */
async function askParameter(
  resource: Resource,
  parameter: Parameter,
  ask: Ask,
): Promise<{ asked: number; wrong: string[] }> {
  const { code, type } = parameter
  const patient = patientOf(resource)
  const values = valuesOf(resource, code)
  const wrong: string[] = []
  let asked = 0
  const expecting = async (answer: boolean, ...query: readonly (readonly [string, string])[]) => {
    asked++
    const given = await ask(...query)
    if (given !== answer) wrong.push(`${resource.resourceType}/${resource.id}?${query.join('&')} ${String(given)}`)
  }
  if (type !== 'composite') await expecting(values.length === 0, [`${code}:missing`, 'true'])
  for (const value of values.slice(0, 5)) {
    for (const [modifier, wanted, another] of BY_TYPE[type]?.(value, parameter) ?? []) {
      await expecting(true, [code + modifier, wanted])
      if (patient !== null) await expecting(true, patient, [code + modifier, wanted])
      if (another !== null && values.length === 1) await expecting(false, [code + modifier, another])
    }
  }
  return { asked, wrong }
}

test.skipIf(!existsSync(examples))(
  'searches find what is there and nothing else (needs ../shared/data)',
  { timeout: 120_000 },
  async () => {
    let asked = 0
    for (const resource of resources()) {
      const { resourceType } = resource
      const indexed = { type: resourceType, updated: 0, entries: indexEntries(resource) }
      const ask: Ask = async (...query) => {
        const parsed = await parseSearch(resourceType, query, context)
        return parsed.ok ? meets(indexed, parsed.value.criteria) : parsed.refusals[0]!.rule
      }
      for (const parameter of [...parametersOf(resourceType).values()].filter(isStandard)) {
        const result = await askParameter(resource, parameter, ask)
        expect(result.wrong).toEqual([])
        asked += result.asked
      }
    }
    expect(asked).toBeGreaterThan(10_000)
  },
)
