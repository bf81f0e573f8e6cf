/** What a write means for the version that is current: the next version, nothing to do, or a refusal. Pure. */
import { type Outcome, type Refusal, accept, no, refuse } from '#fhir/outcome'
import type { Insertion } from './insert.ts'
import type { StoredVersion, Write, Written } from './types.ts'

/** The latest version of a resource as the log has it, and its place in the default order while it is not deleted. */
export interface Current {
  readonly version: number
  readonly method: StoredVersion['method']
  readonly at: number
  readonly key: string | null
  readonly patient: bigint | null
  /** only where the write asked to compare contents */
  readonly body: string | null
}

export interface Decision {
  readonly written: Written
  /** null when nothing is to be stored */
  readonly insertion: Insertion | null
}

const changedMeanwhile = (type: string, current: Current | null): Refusal =>
  no(
    'STORE-1',
    'conflict',
    {
      vi: current
        ? `Bản ghi đã được sửa: phiên bản hiện tại là ${current.version}. Hãy tải lại rồi sửa tiếp.`
        : 'Bản ghi không tồn tại nên không thể sửa theo phiên bản đã nêu.',
      en: current
        ? `The resource has changed: its current version is ${current.version}. Reload it and edit again.`
        : 'The resource does not exist, so the stated version cannot be its current one.',
    },
    type,
  )

const existsAlready = (type: string): Refusal =>
  no(
    'STORE-2',
    'duplicate',
    { vi: 'Bản ghi với mã này đã tồn tại.', en: 'A resource with this id exists already.' },
    type,
  )

function refusalOf(write: Write, current: Current | null): Refusal | null {
  const exists = current !== null && current.method !== 'delete'
  if (write.expected === 'none') return exists ? existsAlready(write.type) : null
  if (write.expected === 'any') return null
  return exists && current.version === write.expected ? null : changedMeanwhile(write.type, current)
}

const unchanged = (write: Write, current: Current, effect: 'unchanged' | 'absent', author: string): Decision => ({
  insertion: null,
  written: {
    effect,
    stored: {
      type: write.type,
      id: write.id,
      version: current.version,
      at: new Date(current.at).toISOString(),
      author,
      method: current.method,
      body: current.body,
      patient: current.patient,
    },
  },
})

/** @param now ms since 1970; a version is never dated before its predecessor, whatever the clock does */
export function decide(
  write: Write,
  current: Current | null,
  self: bigint,
  author: string,
  now: number,
): Outcome<Decision> {
  const refusal = refusalOf(write, current)
  if (refusal) return refuse([refusal])
  const exists = current !== null && current.method !== 'delete'
  if (write.method === 'delete' && !exists) {
    return accept(unchanged(write, current ?? NEVER_EXISTED, 'absent', author))
  }
  if (write.method === 'put' && exists && current.body !== null && write.sameAs?.(current.body)) {
    return accept(unchanged(write, current, 'unchanged', author))
  }
  const version = (current?.version ?? 0) + 1
  const at = Math.max(now, (current?.at ?? 0) + 1)
  const method = write.method === 'delete' ? 'delete' : exists ? 'update' : 'create'
  const iso = new Date(at).toISOString()
  const body = write.method === 'delete' ? null : write.stamp(version, iso)
  const entries = write.method === 'delete' ? null : write.index()
  const patient = entries === null ? (current?.patient ?? null) : entries.patient
  return accept({
    insertion: {
      self,
      type: write.type,
      id: write.id,
      version,
      at,
      author,
      method,
      body,
      entries,
      key: current?.key ?? null,
      replaces: exists,
      patient,
    },
    written: {
      effect: method === 'delete' ? 'deleted' : method === 'update' ? 'updated' : 'created',
      stored: { type: write.type, id: write.id, version, at: iso, author, method, body, patient },
    },
  })
}

const NEVER_EXISTED: Current = { version: 0, method: 'delete', at: 0, key: null, patient: null, body: null }
