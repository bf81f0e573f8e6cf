/** @source http://hl7.org/fhir/R4/valueset.html */
import { parseSearch } from '#fhir/search'
import type { RecordStore } from '#foundation/record-store'

interface Code {
  readonly system?: string
  readonly code: string
}

interface Contained {
  readonly system?: string
  readonly code?: string
  readonly abstract?: boolean
  readonly contains?: readonly Contained[]
}

interface ValueSet {
  readonly expansion?: { readonly contains?: readonly Contained[] }
  readonly compose?: {
    readonly include: readonly { readonly system?: string; readonly concept?: readonly { readonly code: string }[] }[]
  }
}

/** The codes of a value set that is in the store: expanded, or listed code by code. @returns null where it is neither */
export async function valueSetCodes(
  url: string,
  store: Pick<RecordStore, 'find'>,
  base: string,
): Promise<readonly Code[] | null> {
  const [canonical = '', version] = url.split('|')
  const asked: [string, string][] = [['url', canonical]]
  if (version !== undefined) asked.push(['version', version])
  const search = await parseSearch('ValueSet', asked, { base, handling: 'strict' })
  if (!search.ok) return null
  const { versions } = await store.find({ ...search.value, count: 1 })
  const body = versions[0]?.body
  return body === undefined || body === null ? null : codesOf(JSON.parse(body) as ValueSet)
}

function codesOf({ expansion, compose }: ValueSet): readonly Code[] | null {
  if (expansion?.contains !== undefined) return expanded(expansion.contains)
  const includes = compose?.include ?? []
  if (includes.length === 0 || includes.some(({ concept }) => concept === undefined)) return null
  return includes.flatMap(({ system, concept = [] }) =>
    concept.map(({ code }) => ({ ...(system && { system }), code })),
  )
}

const expanded = (contains: readonly Contained[]): readonly Code[] =>
  contains.flatMap(({ system, code, abstract, contains: inner = [] }) => [
    ...(code === undefined || abstract ? [] : [{ ...(system && { system }), code }]),
    ...expanded(inner),
  ])
