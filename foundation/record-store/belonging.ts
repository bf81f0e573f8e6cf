/** To whom a resource belongs, who has to do with them, and the question whether something may be written. */
import { type Outcome, accept, refuse } from '#fhir/outcome'
import { selfHash } from '#fhir/search'
import { labelBits, referenceHash } from '#foundation/access-control'
import { type Sql, numbers } from './postgres.ts'
import type { Reference } from './read.ts'
import type { Access, Belonging, Change, HeldRelation, Write } from './types.ts'

const BELONGINGS = `select asked.place, v.patient,
    (select coalesce(bit_or(l.labels), 0) from sensitivity l
     where l.facility = $1 and l.subject in (v.patient, asked.self))
  from unnest($2::bigint[]) with ordinality as asked(self, place)
  cross join lateral (select patient from resource_version v
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
  for (const [place, patient, labels] of await sql.rows(BELONGINGS, [facility, selves])) {
    found[Number(place) - 1] = { patient: patient ? BigInt(patient) : null, labels: Number(labels) }
  }
  return found
}

const RELATIONS = `select kind, labels, until from care_relation
  where facility = $1 and patient = $2::bigint and holder = any($3::bigint[]) and since <= now() and until > now()`

export async function heldRelations(
  sql: Sql,
  facility: number,
  patient: bigint,
  holders: readonly string[],
): Promise<readonly HeldRelation[]> {
  const rows = await sql.rows(RELATIONS, [facility, patient.toString(), numbers(holders.map(referenceHash))])
  return rows.map(([kind, labels, until]) => ({
    kind: Number(kind),
    labels: Number(labels),
    until: new Date(until as string).toISOString(),
  }))
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
  return { patient, labels: labelBits(security) }
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
