/** For tests: resources indexed in memory, and searches asked of them. */
import type { Refusal } from '#fhir/outcome'
import type { SearchContext } from './asked.ts'
import { indexEntries } from './index-entries.ts'
import { meets, type Indexed } from './meets.ts'
import { parseSearch } from './parse-search.ts'

export interface Resource {
  readonly resourceType: string
  readonly id: string
  readonly [member: string]: unknown
}

export const context: SearchContext = {
  base: 'https://benhvien.example/fhir/R4',
  handling: 'strict',
  now: Date.parse('2024-06-01T00:00:00Z'),
}

/** Names and values of a query as the server decodes them. */
export const pairs = (query: string): (readonly [string, string])[] =>
  query.split('&').map((pair) => {
    const equals = pair.indexOf('=')
    return [pair.slice(0, equals), pair.slice(equals + 1)]
  })

const indexed = (resource: Resource): Indexed => ({
  type: resource.resourceType,
  updated: Date.parse(
    String((resource['meta'] as { lastUpdated?: string } | undefined)?.lastUpdated ?? '2024-05-05T05:05:05Z'),
  ),
  entries: indexEntries(resource),
})

/** The ids of the resources that meet `Type?query`, or the rules that refuse it. */
export async function found(
  resources: readonly Resource[],
  search: string,
  changed: Partial<SearchContext> = {},
): Promise<readonly string[]> {
  const at = search.indexOf('?')
  const type = search.slice(0, at)
  const parsed = await parseSearch(type === '' ? null : type, pairs(search.slice(at + 1)), { ...context, ...changed })
  if (!parsed.ok) return parsed.refusals.map(({ rule }: Refusal) => rule)
  const { types, criteria } = parsed.value
  const world = resources.map(indexed)
  return resources
    .filter((_, i) => (types.length === 0 || types.includes(world[i]!.type)) && meets(world[i]!, criteria, world))
    .map(({ id }) => id)
}
