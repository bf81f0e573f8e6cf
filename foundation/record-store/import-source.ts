/** A file's resources as one transaction, remembered by the hash of its bytes, so that the same file adds nothing twice. */
import { type Outcome, accept } from '#fhir/outcome'
import type { Connections, Sql } from './postgres.ts'
import type { Author, ImportedSource, Write } from './types.ts'
import { untilUncontested, writeWithin } from './write.ts'

export interface Source {
  /** SHA-256 of the file's bytes, hex */
  readonly hash: string
  /** name without folders, for people */
  readonly name: string
}

class Refused extends Error {
  readonly outcome: Outcome<never>
  constructor(outcome: Outcome<never>) {
    super('the source was refused')
    this.outcome = outcome
  }
}

async function writeBatches(
  sql: Sql,
  facility: number,
  batches: AsyncIterable<Outcome<readonly Write[]>>,
  author: Author,
  round: number,
): Promise<number> {
  let written = 0
  let underWay: Promise<void> = Promise.resolve()
  const store = async (writes: readonly Write[]) => {
    const outcome = await writeWithin(sql, facility, writes, { author }, round)
    if (!outcome.ok) throw new Refused(outcome)
    written += outcome.value.length
  }
  try {
    // The next batch is prepared while PostgreSQL stores this one.
    for await (const batch of batches) {
      if (!batch.ok) throw new Refused(batch)
      await underWay
      underWay = store(batch.value)
      underWay.catch(() => {})
    }
  } finally {
    await underWay
  }
  return written
}

/** Claims the hash; whoever imports the same bytes at the same time waits here, and then finds them imported. */
const CLAIM = `insert into import_source (facility, hash, name, resources) values ($1, decode($2, 'hex'), $3, 0)
  on conflict do nothing returning true`
const SETTLE = `update import_source set resources = $3::integer where facility = $1 and hash = decode($2, 'hex')`

/** @param batches prepared anew by each call, because a lost race starts the transaction again */
export async function importSource(
  connections: Connections,
  facility: number,
  source: Source,
  batches: () => AsyncIterable<Outcome<readonly Write[]>>,
  author: Author,
): Promise<Outcome<ImportedSource>> {
  try {
    return await untilUncontested((round) =>
      connections.transaction(async (sql) => {
        const claimed = await sql.rows(CLAIM, [facility, source.hash, source.name])
        if (claimed.length === 0) return accept<ImportedSource>({ already: true, resources: 0 })
        const resources = await writeBatches(sql, facility, batches(), author, round)
        await sql.rows(SETTLE, [facility, source.hash, resources])
        return accept<ImportedSource>({ already: false, resources })
      }),
    )
  } catch (fault) {
    if (fault instanceof Refused) return fault.outcome
    throw fault
  }
}
