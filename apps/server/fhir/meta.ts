/** @source http://hl7.org/fhir/R4/resource-operation-meta.html */
import { accept, type Outcome } from '#fhir/outcome'
import type { StoredVersion } from '#foundation/record-store'
import { jsonAnswer, refused, versionAnswer } from './answers.ts'
import type { Answer, Exchange } from './exchange.ts'
import { isPresent, readIdentity } from './identity.ts'
import { readSearch } from './search-request.ts'

interface Coding {
  readonly system?: string
  readonly code?: string
}
interface Meta {
  readonly profile?: readonly string[]
  readonly tag?: readonly Coding[]
  readonly security?: readonly Coding[]
}

/** The meta of one resource. */
export async function metaOfInstance({ store, target }: Exchange): Promise<Answer> {
  const stored = await readIdentity(store, target)
  if (!isPresent(stored)) return versionAnswer(stored)
  return jsonAnswer(parametersOf(metaOf(stored)))
}

/** Every profile, tag and security label in use, of one type or of all. */
export async function metaOfMany(exchange: Exchange): Promise<Answer> {
  const metas: Meta[] = []
  for (const name of ['_profile', '_tag', '_security']) {
    const found = await labelled(exchange, name)
    if (!found.ok) return refused(found.refusals)
    metas.push(...found.value)
  }
  return jsonAnswer(parametersOf(union(metas)))
}

/** A label that is used by fewer than one in this many labelled resources may be missed; a full scan would stop others. */
const PAGES = 20
const PAGE = 500

async function labelled(exchange: Exchange, name: string): Promise<Outcome<Meta[]>> {
  const type = exchange.target.type === '' ? null : exchange.target.type
  const search = await readSearch(type, [[`${name}:missing`, 'false']], 'strict', exchange)
  if (!search.ok) return search
  const metas: Meta[] = []
  let cursor: string | null = null
  for (let page = 0; page < PAGES; page++) {
    const found = await exchange.store.find({ ...search.value, count: PAGE, cursor })
    metas.push(...found.versions.map(metaOf))
    cursor = found.next
    if (cursor === null) break
  }
  return accept(metas)
}

const metaOf = ({ body }: Pick<StoredVersion, 'body'>): Meta => (JSON.parse(body!) as { readonly meta: Meta }).meta

function union(metas: readonly Meta[]): Meta {
  const distinct = (labels: readonly Coding[]): Coding[] => [
    ...new Map(labels.map((label) => [`${label.system ?? ''}|${label.code ?? ''}`, label])).values(),
  ]
  const profile = [...new Set(metas.flatMap((meta) => meta.profile ?? []))]
  const tag = distinct(metas.flatMap((meta) => meta.tag ?? []))
  const security = distinct(metas.flatMap((meta) => meta.security ?? []))
  return {
    ...(profile.length > 0 && { profile }),
    ...(security.length > 0 && { security }),
    ...(tag.length > 0 && { tag }),
  }
}

const parametersOf = (meta: Meta) => ({ resourceType: 'Parameters', parameter: [{ name: 'return', valueMeta: meta }] })
