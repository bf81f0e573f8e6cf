import { createHash } from 'node:crypto'
import { isUtf8 } from 'node:buffer'
import { isResourceType } from '#fhir/definitions'
import { parseJson } from '#fhir/json'
import { accept, type Outcome, type Refusal, refuse } from '#fhir/outcome'
import { newId } from '../fhir/new-id.ts'
import { isId } from '../fhir/target.ts'
import { EntryCutter } from './entry-cutter.ts'
import { LineCutter } from './line-cutter.ts'
import { importRefusal, placed } from './refusals.ts'

/** Longest resource that is read, bytes; anything longer is no medical record. */
const LONGEST = 64 * 2 ** 20

/** What the first look at a file tells: enough to write its entries one after the other in the second. */
export interface Survey {
  readonly layout: 'bundle' | 'lines' | 'resource'
  /** SHA-256 of the unpacked content, hex: packed or not, the same content is the same source */
  readonly hash: string
  readonly resources: number
  /** entry by entry, the id it is stored under; empty for other layouts */
  readonly ids: readonly string[]
  /** `fullUrl` → `Type/id` of the entries of a Bundle */
  readonly targets: ReadonlyMap<string, string>
}

type Content = AsyncIterable<Buffer>

/** Reads an NDJSON file once: its hash, and how many resources it has. */
export async function surveyLines(content: Content): Promise<Outcome<Survey>> {
  const hash = createHash('sha256')
  const cutter = new LineCutter()
  let resources = 0
  for await (const chunk of content) {
    hash.update(chunk)
    resources += cutter.push(chunk).length
    if (cutter.held > LONGEST) return refuse([importRefusal('IMPORT-7')])
  }
  resources += cutter.rest().length
  return accept({ layout: 'lines', hash: hash.digest('hex'), resources, ids: [], targets: new Map() })
}

/** Reads a JSON file once: its hash, that it is a Bundle we import (or one resource), and who its entries are. */
export async function surveyJson(content: Content): Promise<Outcome<Survey>> {
  const hash = createHash('sha256')
  const cutter = new EntryCutter()
  const heads: Head[] = []
  for await (const chunk of content) {
    hash.update(chunk)
    for (const bytes of cutter.push(chunk)) {
      const head = headOf(bytes, heads.length)
      if (!head.ok) return head
      heads.push(head.value)
    }
    if (cutter.held > LONGEST + heads.length) return refuse([importRefusal('IMPORT-7')])
  }
  const root = parseJson(cutter.rest())
  if (!root.ok) return root
  const about = { hash: hash.digest('hex') }
  const { resourceType, type, entry } = members(root.value.value)
  if (typeof resourceType !== 'string' || !isResourceType(resourceType)) return refuse([importRefusal('IMPORT-1')])
  if (resourceType !== 'Bundle')
    return accept({ ...about, layout: 'resource', resources: 1, ids: [], targets: new Map() })
  if (type !== 'transaction' && type !== 'collection') return refuse([importRefusal('IMPORT-2', 'Bundle.type')])
  if (entry !== undefined && (!Array.isArray(entry) || entry.length !== heads.length)) {
    return refuse([importRefusal('IMPORT-1', 'Bundle.entry')])
  }
  const identified = identify(heads, type)
  return identified.ok
    ? accept({ ...about, layout: 'bundle', resources: heads.length, ...identified.value })
    : identified
}

/** What an entry says about itself. */
interface Head {
  readonly fullUrl: unknown
  readonly type: string
  readonly id: unknown
  readonly method: unknown
  readonly url: unknown
  readonly conditional: boolean
}

function headOf(bytes: Buffer, index: number): Outcome<Head> {
  const place = `Bundle.entry[${index}]`
  const entry = quickly(bytes)
  if (entry === undefined) {
    const strictly = parseJson(bytes)
    return strictly.ok ? refuse([importRefusal('IMPORT-1', place)]) : refuse(placed(place, strictly.refusals))
  }
  const { fullUrl, resource, request } = members(entry)
  const { resourceType, id } = members(resource)
  if (typeof resourceType !== 'string') return refuse([importRefusal('IMPORT-4', place)])
  const { method, url, ...conditions } = members(request)
  const conditional = ['ifNoneExist', 'ifMatch', 'ifNoneMatch', 'ifModifiedSince'].some((name) => name in conditions)
  return accept({ fullUrl, type: resourceType, id, method, url, conditional })
}

/** Only a look: the second reading is strict. */
function quickly(bytes: Buffer): unknown {
  try {
    return isUtf8(bytes) ? JSON.parse(bytes.toString('utf8')) : undefined
  } catch {
    return undefined
  }
}

const members = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

/** Gives every entry its id, and refuses what an import cannot do with it. */
function identify(heads: readonly Head[], type: string): Outcome<Pick<Survey, 'ids' | 'targets'>> {
  const refusals: Refusal[] = []
  const ids: string[] = []
  const targets = new Map<string, string>()
  const taken = new Set<string>()
  heads.forEach((head, index) => {
    const place = `Bundle.entry[${index}]`
    const id = type === 'transaction' ? idByRequest(head) : (head.id ?? newId())
    if (id === null) refusals.push(importRefusal('IMPORT-3', `${place}.request`))
    else if (typeof id !== 'string' || !isId(id)) refusals.push(importRefusal('IMPORT-9', `${place}.resource.id`))
    else {
      const target = `${head.type}/${id}`
      const fullUrl = typeof head.fullUrl === 'string' ? head.fullUrl : target
      if (taken.has(target) || targets.has(fullUrl)) refusals.push(importRefusal('IMPORT-5', place))
      taken.add(target)
      targets.set(fullUrl, target)
      const relative = /^https?:.*\/([A-Z][A-Za-z]+\/[^/]+)$/.exec(fullUrl)?.[1]
      // References inside a Bundle of a REST server are relative to the server it came from.
      if (relative) targets.set(relative, target)
      ids.push(id)
    }
  })
  return refusals.length > 0 ? refuse(refusals) : accept({ ids, targets })
}

/** A POST gets a new id, a PUT has the one of its address. @returns null where an import cannot do what is asked */
function idByRequest({ type, method, url, conditional }: Head): string | null {
  if (conditional || typeof url !== 'string') return null
  if (method === 'POST') return url === type ? newId() : null
  const [ofType, id, ...more] = url.split('/')
  return method === 'PUT' && ofType === type && id && more.length === 0 ? id : null
}
