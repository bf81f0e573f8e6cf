/** To whom a resource belongs, who has to do with them, and the question whether something may be written. */
import { type Outcome, accept, refuse } from '#fhir/outcome'
import { selfHash } from '#fhir/search'
import { labelBits, referenceHash } from '#foundation/access-control'
import { type Sql, numbers, texts } from './postgres.ts'
import type { Reference } from './read.ts'
import type { Access, Belonging, Change, HeldRelation, RecordStore, Standing, Write } from './types.ts'

const BELONGINGS = `select asked.place, v.patient, v.method,
    (select coalesce(bit_or(l.labels), 0) from sensitivity l
     where l.facility = $1 and l.subject in (v.patient, asked.self))
  from unnest($2::bigint[]) with ordinality as asked(self, place)
  cross join lateral (select patient, method from resource_version v
    where v.facility = $1 and v.self = asked.self order by v.version desc limit 1) v`

/** @returns for each reference to whom it belongs (deleted ones too), null where it never existed */
export async function belongings(
  sql: Sql,
  facility: number,
  references: readonly Reference[],
): Promise<readonly (Belonging | null)[]> {
  const found: (Belonging | null)[] = references.map(() => null)
  if (references.length === 0) return found
  const selves = numbers(references.map(({ type, id }) => selfHash(type, id)))
  for (const [place, patient, method, labels] of await sql.rows(BELONGINGS, [facility, selves])) {
    found[Number(place) - 1] = {
      patient: patient ? BigInt(patient) : null,
      labels: Number(labels),
      isDeleted: method === 'delete',
    }
  }
  return found
}

const STANDINGS = `select asked.place, (select labels from sensitivity l where l.facility = $1 and l.subject = asked.patient),
    c.kind, c.labels, (extract(epoch from c.until) * 1000)::bigint
  from unnest($2::bigint[], $3::text[]) with ordinality as asked(patient, holders, place)
  left join lateral (select * from care_relation c
    where c.facility = $1 and c.patient = asked.patient and c.holder = any (asked.holders::bigint[])
      and c.since <= now() and c.until > now() offset 0) c on true`

interface Asked {
  readonly patient: bigint
  readonly holders: string
  readonly resolve: (standing: Standing) => void
  readonly reject: (fault: unknown) => void
}

async function standingsOf(sql: Sql, facility: number, asked: readonly Asked[]): Promise<void> {
  const found = asked.map(() => ({ labels: 0, relations: [] as HeldRelation[] }))
  const values = [facility, numbers(asked.map(({ patient }) => patient)), texts(asked.map(({ holders }) => holders))]
  for (const [place, own, kind, labels, until] of await sql.rows(STANDINGS, values)) {
    const standing = found[Number(place) - 1] as (typeof found)[number]
    standing.labels = Number(own ?? 0)
    if (kind) standing.relations.push({ kind: Number(kind), labels: Number(labels), until: Number(until) })
  }
  asked.forEach(({ resolve }, i) => resolve(found[i] as Standing))
}

/** @returns a `standing` whose callers of one turn of the event loop share a query */
export function sharedStandings(sql: Sql, facility: number): RecordStore['standing'] {
  let waiting: Asked[] = []
  const ask = () => {
    const asked = waiting
    waiting = []
    standingsOf(sql, facility, asked).catch((fault: unknown) => asked.forEach(({ reject }) => reject(fault)))
  }
  return (patient, holders) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(ask)
      waiting.push({ patient, holders: numbers(holders.map(referenceHash)), resolve, reject })
    })
}

/** The entries are asked for twice, for the question and for the index; they are made once. */
function indexedOnce(write: Write): Write {
  if (write.method === 'delete') return write
  let entries: ReturnType<typeof write.index> | null = null
  return { ...write, index: () => (entries ??= write.index()) }
}

const afterwards = (write: Write): Belonging | null => {
  if (write.method === 'delete') return null
  const { patient, security } = write.index()
  return { patient, labels: labelBits(security), isDeleted: false }
}

/** What is certainly new has no before, and nothing is asked of the database. */
const isNew = (write: Write): boolean => write.method === 'put' && write.expected === 'none'

/** @returns asks `access` about writes: the same writes where all of them may be stored */
export function checked(sql: Sql, facility: number, access: Access) {
  return async (writes: readonly Write[]): Promise<Outcome<readonly Write[]>> => {
    const prepared = writes.map(indexedOnce)
    const known = prepared.filter((write) => !isNew(write))
    const before = await belongings(sql, facility, known)
    const changes: readonly Change[] = prepared.map((write) => ({
      type: write.type,
      id: write.id,
      before: isNew(write) ? null : (before[known.indexOf(write)] ?? null),
      after: afterwards(write),
    }))
    const refusals = await access.mayWrite(changes)
    return refusals.length > 0 ? refuse(refusals) : accept(prepared)
  }
}
