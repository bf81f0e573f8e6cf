/** @source http://hl7.org/fhir/R4/http.html#history */
import { STATUS_CODES } from 'node:http'
import { accept, type Outcome } from '#fhir/outcome'
import type { StoredVersion } from '#foundation/record-store'
import { refused, refusedBy } from './answers.ts'
import { bundleText } from './bundle-text.ts'
import type { Answer, Exchange } from './exchange.ts'
import { etagOf } from './headers.ts'
import { momentsOf } from './moments.ts'
import { countOf } from './paging.ts'
import { listed, type Pieces } from './pieces.ts'
import { formatQuery, type Parameters, parseQuery, valueOf } from './query.ts'
import { isId } from './target.ts'

/** Versions of one resource, of a type, or of everything, newest first. */
export async function history(exchange: Exchange): Promise<Answer> {
  const { store, target, base } = exchange
  const parameters = parseQuery(exchange.query)
  if (!parameters.ok) return refused(parameters.refusals)
  const options = optionsOf(parameters.value)
  if (!options.ok) return refused(options.refusals)
  const scope = scopeOf(exchange)
  if (scope === null) return refusedBy('FHIR-HTTP-2')
  const { cursor } = options.value
  const badCursor = cursor === undefined ? null : store.cursorRefusal({ history: scope }, cursor)
  if (badCursor !== null) return refused([badCursor])
  const { count } = options.value
  // nothing can be asked of the store with a count of 0; the one that comes back instead is not shown
  const page = await store.history(scope, { ...options.value, count: Math.max(count, 1) })
  if (target.id !== '' && page.versions.length === 0 && (await store.read(target.type, target.id)) === null)
    return refusedBy('FHIR-HTTP-2')
  const address = [base, target.type, target.id, '_history'].filter(Boolean).join('/')
  const asked = parameters.value.filter(([name]) => KNOWN.includes(name))
  const next = page.next === null || count === 0 ? [] : [nextLink(address, asked, page.next)]
  const links = [{ relation: 'self', url: withQuery(address, asked) } as const, ...next]
  const entries = listed(page.versions.slice(0, count).map((version) => entryPieces(version, base)))
  return { status: 200, body: bundleText({ type: 'history', total: page.total, links, entries }) }
}

const KNOWN: readonly string[] = ['_count', '_since', '_at', '_cursor']

function scopeOf({ target: { type, id } }: Exchange): { type?: string; id?: string } | null {
  if (type === '') return {}
  if (id === '') return { type }
  return isId(id) ? { type, id } : null
}

interface Options {
  readonly count: number
  readonly since?: string
  readonly at?: string
  readonly cursor?: string
}

/** `_at` with a day or a month means what was current when it ended. */
function optionsOf(parameters: Parameters): Outcome<Options> {
  const count = countOf(parameters)
  if (!count.ok) return count
  const [since, at] = (['_since', '_at'] as const).map((name) => {
    const text = valueOf(parameters, name)
    return text === undefined ? undefined : momentsOf(name, text)
  })
  if (since !== undefined && !since.ok) return since
  if (at !== undefined && !at.ok) return at
  const cursor = valueOf(parameters, '_cursor')
  return accept({
    count: count.value ?? DEFAULT_COUNT,
    ...(since === undefined ? {} : { since: new Date(since.value.low).toISOString() }),
    ...(at === undefined ? {} : { at: new Date(at.value.high).toISOString() }),
    ...(cursor === undefined ? {} : { cursor }),
  })
}

const DEFAULT_COUNT = 100

const withQuery = (address: string, parameters: Parameters): string =>
  parameters.length === 0 ? address : `${address}?${formatQuery(parameters)}`

function nextLink(address: string, asked: Parameters, cursor: string) {
  const kept = asked.filter(([name]) => name !== '_cursor')
  return { relation: 'next', url: withQuery(address, [...kept, ['_cursor', cursor]]) } as const
}

const METHODS: Readonly<Record<StoredVersion['method'], string>> = { create: 'POST', update: 'PUT', delete: 'DELETE' }
const STATUSES: Readonly<Record<StoredVersion['method'], number>> = { create: 201, update: 200, delete: 204 }

function entryPieces({ type, id, version, at, method, body }: StoredVersion, base: string): Pieces {
  const status = `${STATUSES[method]} ${STATUS_CODES[STATUSES[method]]}`
  const url = method === 'create' ? type : `${type}/${id}`
  const request = `"request":{"method":"${METHODS[method]}","url":"${url}"}`
  const etag = JSON.stringify(etagOf(version))
  const response = `"response":{"status":"${status}","etag":${etag},"lastModified":"${at}"}`
  const head = `{"fullUrl":"${base}/${type}/${id}",`
  const tail = `${request},${response}}`
  return body === null ? [head, tail] : [`${head}"resource":`, body, `,${tail}`]
}
