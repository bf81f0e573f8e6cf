/** What `_summary`, `_elements` and `_pretty` do to the text of an answer. */
import { elementNamed, elementsOf, summaryElementsOf } from '#fhir/definitions'
import { parseJsonText, prettyPrinted, subsetOf } from '#fhir/json'
import type { JsonDocument } from '#fhir/json'
import { accept, type Outcome, refuse } from '#fhir/outcome'
import { type Parameters, valueOf } from './query.ts'
import { httpRefusal } from './refusals.ts'

/** How resources are reduced. @source http://hl7.org/fhir/R4/search.html#summary */
export interface Reduction {
  readonly summary: 'true' | 'text' | 'data' | 'count' | 'false'
  readonly elements: readonly string[]
}

const SUMMARIES: readonly string[] = ['true', 'text', 'data', 'count', 'false']

/** @returns what `_summary` and `_elements` ask of one resource, null where they ask nothing */
export function reductionOf(parameters: Parameters): Outcome<Reduction | null> {
  const summary = valueOf(parameters, '_summary') ?? 'false'
  if (!SUMMARIES.includes(summary)) return refuse([httpRefusal('FHIR-HTTP-13', '_summary')])
  const elements = parameters
    .flatMap(([name, value]) => (name === '_elements' ? value.split(',') : []))
    .map((element) => element.trim())
    .filter(Boolean)
  if (elements.some((element) => !/^[A-Za-z.]+$/.test(element)))
    return refuse([httpRefusal('FHIR-HTTP-13', '_elements')])
  const reduction = { summary: summary as Reduction['summary'], elements }
  return accept(reduces(reduction) ? reduction : null)
}

export const reduces = ({ summary, elements }: Reduction): boolean =>
  elements.length > 0 || (summary !== 'false' && summary !== 'count')

/** @param body of a stored resource */
export function reduced(body: string, type: string, reduction: Reduction): string {
  return subsetOf(documentOf(body), keeper(type, reduction))
}

function keeper(type: string, { summary, elements }: Reduction): (name: string) => boolean {
  const elementOf = (name: string): string => elementNamed(type, name)?.name ?? name
  if (elements.length > 0) {
    const wanted = new Set([...elements.map((element) => elementOf(element.split('.').at(-1)!)), ...mandatory(type)])
    return (name) => wanted.has(elementOf(name))
  }
  if (summary === 'data') return (name) => name !== 'text'
  const wanted = summary === 'text' ? new Set(['text', ...mandatory(type)]) : summaryElementsOf(type)
  return (name) => wanted.has(elementOf(name))
}

const mandatory = (type: string): readonly string[] =>
  elementsOf(type).flatMap(({ name, min }) => (min > 0 ? [name] : []))

/** Whether `_pretty=true` was asked. */
export const wantsPretty = (parameters: Parameters): boolean => valueOf(parameters, '_pretty') === 'true'

export const pretty = (body: string): string => prettyPrinted(documentOf(body))

function documentOf(body: string): JsonDocument {
  const outcome = parseJsonText(body)
  if (!outcome.ok) throw new Error('an answer of ours cannot be read')
  return outcome.value
}
