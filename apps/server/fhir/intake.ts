/** From a resource as it came to the write that stores it: validated, with its server-owned members and index. */
import { isResourceType } from '#fhir/definitions'
import { type Edit, endOf, jsonRefusal, splice, stamped, startOf } from '#fhir/json'
import { accept, type Outcome, type Refusal, refuse } from '#fhir/outcome'
import { indexEntries } from '#fhir/search'
import type { Write } from '#foundation/record-store'
import type { Content } from './content.ts'
import type { Check } from './definition-shelf.ts'

export type Put = Extract<Write, { method: 'put' }>

export interface Prepared {
  readonly write: Put
  /** what validation found doubtful but not wrong */
  readonly warnings: readonly Refusal[]
}

export interface Resource {
  readonly resourceType: string
  readonly id?: unknown
}

/** The resource at hand, if it is one of R4's. @returns FHIR-JSON-10 */
export function resourceOf({ value }: Content): Outcome<Resource> {
  const type = typeof value === 'object' && value !== null ? (value as Record<string, unknown>).resourceType : undefined
  if (typeof type !== 'string' || !isResourceType(type)) return refuse([jsonRefusal('FHIR-JSON-10')])
  return accept(value as Resource)
}

/**
 * Prepares one resource for the store.
 * @param id under which it is stored; a valid FHIR id
 * @param expected see `Write`
 * @param check what validation says
 * @param edits to its text, such as references that now point to what a transaction creates
 * @returns every error of validation, with its FHIRPath
 */
export async function prepareResource(
  content: Content,
  id: string,
  expected: Put['expected'],
  check: Check,
  edits: readonly Edit[] = [],
): Promise<Outcome<Prepared>> {
  const resource = resourceOf(content)
  if (!resource.ok) return resource
  const { document, node } = content
  const value = edits.length === 0 ? resource.value : editedValue(content, edits)
  const findings = await check(value)
  if (findings.some(isError)) return refuse(findings)
  const text = stamped(document, node, id, edits)
  if (!text.ok) return text
  const write: Put = {
    method: 'put',
    type: resource.value.resourceType,
    id,
    expected,
    stamp: text.value.stamp,
    sameAs: text.value.sameAs,
    index: () => indexEntries({ ...value, id }),
  }
  return accept({ write, warnings: findings })
}

export const isError = ({ severity }: Refusal): boolean => severity === 'error' || severity === 'fatal'

function editedValue({ document, node }: Content, edits: readonly Edit[]): Resource {
  return JSON.parse(splice(document.text, startOf(document, node), endOf(document, node), edits)) as Resource
}
