/**
 * The stored text of versions that searches found. A version never changes, so what was fetched once is right for ever
 * and needs no invalidation: searches ask PostgreSQL which versions to show, and only for texts that are not at hand.
 */
import { type Sql, numbers } from './postgres.ts'

/** `self.version`, as SQL writes it: names one version. */
export type VersionKey = string

/** SQL for the key of a row that has self and version. */
export const keyOf = (row: string): string => `${row}.self || '.' || ${row}.version`

export interface Body {
  readonly type: string
  readonly id: string
  readonly body: string
  readonly version: number
  readonly patient: bigint | null
}

export interface Bodies {
  /** in the order of the keys */
  of(keys: readonly VersionKey[]): Promise<readonly Body[]>
}

const FETCH = `select asked.self || '.' || asked.version, v.type, v.id, v.body, v.version, v.patient
  from unnest($2::bigint[], $3::integer[]) as asked(self, version)
  join resource_version v on v.facility = $1 and v.self = asked.self and v.version = asked.version`

/** Characters that are kept, in two generations of half as many; a text of Vietnamese takes two bytes a character. */
const KEPT_CHARACTERS = 16_000_000
/** A longer text is not kept: it would push out hundreds of others. */
const LONGEST_KEPT = 100_000

/** Keeps what was used lately: what is not asked for during one whole generation is forgotten. */
function twoGenerations() {
  let young = new Map<VersionKey, Body>()
  let old = new Map<VersionKey, Body>()
  let size = 0
  const put = (key: VersionKey, body: Body): void => {
    if (body.body.length > LONGEST_KEPT) return
    young.set(key, body)
    size += body.body.length
    if (size < KEPT_CHARACTERS / 2) return
    old = young
    young = new Map()
    size = 0
  }
  return {
    put,
    get(key: VersionKey): Body | undefined {
      const body = young.get(key) ?? old.get(key)
      if (body && !young.has(key)) put(key, body)
      return body
    },
  }
}

export function keptBodies(sql: Sql, facility: number): Bodies {
  const kept = twoGenerations()

  async function fetch(keys: readonly VersionKey[]): Promise<ReadonlyMap<VersionKey, Body>> {
    const parts = keys.map((key) => key.split('.'))
    const selves = numbers(parts.map(([self]) => self as string))
    const rows = await sql.rows(FETCH, [facility, selves, numbers(parts.map(([, version]) => version as string))])
    return new Map(
      rows.map(
        ([key, type, id, body, version, patient]) =>
          [key, { type, id, body, version: Number(version), patient: patient ? BigInt(patient) : null }] as [
            VersionKey,
            Body,
          ],
      ),
    )
  }

  return {
    async of(keys) {
      const found = keys.map((key) => kept.get(key))
      const missing = keys.filter((_, i) => found[i] === undefined)
      if (missing.length === 0) return found as Body[]
      const fetched = await fetch([...new Set(missing)])
      for (const [key, body] of fetched) kept.put(key, body)
      return keys.map((key, i) => {
        const body = found[i] ?? fetched.get(key)
        if (!body) throw new Error('the index names a version that the log does not have')
        return body
      })
    },
  }
}

type Mode = 'match' | 'include'

/**
 * Bundle.entry elements of a searchset with the commas between them, in pieces: the stored texts are not copied, so that
 * an answer of half a megabyte is never one string.
 * @param base address of the FHIR endpoint with a final slash
 * @param matches how many of the bodies, from the first, were searched for; the others were included
 */
export function entryPieces(base: string, bodies: readonly Body[], matches: number): readonly string[] {
  const pieces: string[] = []
  bodies.forEach(({ type, id, body }, i) => {
    const mode: Mode = i < matches ? 'match' : 'include'
    pieces.push(`${i === 0 ? '' : ','}{"fullUrl":"${base}${type}/${id}","resource":`, body, END[mode])
  })
  return pieces
}

const END: Readonly<Record<Mode, string>> = {
  match: ',"search":{"mode":"match"}}',
  include: ',"search":{"mode":"include"}}',
}
