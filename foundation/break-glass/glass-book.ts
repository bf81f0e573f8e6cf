/** Records that were opened without a relation: the rows, the relations they give, and what came of them. */
import pg from 'pg'
import { type AuditEntry, auditInsert, auditRows } from '#foundation/audit-log'
import {
  bitsOf,
  type BrokenGlass,
  fenceText,
  type Reader,
  referenceHash,
  RELATION_KINDS,
  SYSTEM_FENCE,
} from '#foundation/access-control'

/** One breaking, as the privacy officer and whoever broke it see it. */
export interface GlassRow {
  readonly id: string
  readonly agent: string
  readonly roles: readonly string[]
  /** `Patient/…` */
  readonly patient: string
  /** code of the policy */
  readonly reason: string
  readonly words: string
  /** ISO 8601 */
  readonly since: string
  readonly until: string
  readonly ended: string | null
  readonly reviewer: string | null
  readonly reviewed: string | null
  readonly verdict: 'justified' | 'unjustified' | null
  readonly note: string | null
}

export interface GlassBook {
  /** opens the record and tells of it, in one transaction */
  open(reader: Reader, glass: BrokenGlass, told: AuditEntry): Promise<GlassRow>
  /** what is open now for this agent */
  openOf(agent: string): Promise<readonly GlassRow[]>
  /** takes the relation away before its time. @returns false where this agent has no such open row */
  end(id: string, agent: string): Promise<boolean>
  /** newest first, those nobody looked at before the others */
  list(limit: number): Promise<readonly GlassRow[]>
  /** @returns null where there is none or somebody looked at it already */
  review(
    id: string,
    found: { readonly reviewer: string; readonly verdict: 'justified' | 'unjustified'; readonly note: string },
    told: AuditEntry,
  ): Promise<GlassRow | null>
  close(): Promise<void>
}

const COLUMNS = `g.id, g.agent, g.roles, g.patient, g.reason, g.words, g.since, g.until, g.ended, g.reviewer, g.reviewed, g.verdict, g.note`

/** The relation's source must not be taken for that of a resource: negative numbers of its own. */
const OPEN = `with opened as (
  insert into break_glass as g (facility, account, agent, roles, patient, reason, words, since, until)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning ${COLUMNS}
), related as (
  insert into care_relation (facility, patient, holder, kind, labels, since, until, source)
  select $1, $10, $11, ${RELATION_KINDS['break-glass']}, $12, $8::timestamptz, $9::timestamptz, -o.id from opened o
), told as (${auditInsert(13)})
select * from opened`

const END = `with ended as (
  update break_glass set ended = now()
  where facility = $1 and id = $2 and agent = $3 and ended is null and until > now() returning id
), gone as (
  delete from care_relation c using ended e
  where c.facility = $1 and c.kind = ${RELATION_KINDS['break-glass']} and c.source = -e.id
)
select id from ended`

const REVIEW = `update break_glass g set reviewer = $3, reviewed = now(), verdict = $4, note = $5
  where facility = $1 and id = $2 and reviewed is null returning ${COLUMNS}`

interface Raw extends Omit<GlassRow, 'since' | 'until' | 'ended' | 'reviewed'> {
  readonly since: Date
  readonly until: Date
  readonly ended: Date | null
  readonly reviewed: Date | null
}

const shown = ({ since, until, ended, reviewed, ...row }: Raw): GlassRow => ({
  ...row,
  since: since.toISOString(),
  until: until.toISOString(),
  ended: ended?.toISOString() ?? null,
  reviewed: reviewed?.toISOString() ?? null,
})

async function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  client.on('error', () => {})
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    client.release()
    return result
  } catch (fault) {
    await client.query('rollback').then(
      () => client.release(),
      (broken: Error) => client.release(broken),
    )
    throw fault
  }
}

/** @param config where the database is; its schema is migrated already */
export function openGlassBook(config: pg.PoolConfig, facility = 1): GlassBook {
  const options = [config.options, `-c lanh.reader=${fenceText(facility, SYSTEM_FENCE)}`].filter(Boolean).join(' ')
  const pool = new pg.Pool({ ...config, options, max: 2 })
  pool.on('error', () => {})
  const rows = async (sql: string, values: readonly unknown[]): Promise<readonly GlassRow[]> =>
    (await pool.query<Raw>(sql, [facility, ...values])).rows.map(shown)
  return {
    async open(reader, glass, told) {
      const values = [
        reader.account,
        reader.agent,
        reader.roles,
        glass.patient,
        glass.reason,
        glass.text,
        glass.since,
        glass.until,
        referenceHash(glass.patient).toString(),
        referenceHash(reader.agent).toString(),
        bitsOf(glass.labels),
        auditRows([told]),
      ]
      return (await rows(OPEN, values))[0] as GlassRow
    },
    openOf: (agent) =>
      rows(
        `select ${COLUMNS} from break_glass g
         where facility = $1 and agent = $2 and ended is null and until > now() order by since`,
        [agent],
      ),
    end: async (id, agent) => (await pool.query(END, [facility, id, agent])).rowCount === 1,
    list: (limit) =>
      rows(
        `select ${COLUMNS} from break_glass g where facility = $1
         order by (reviewed is null) desc, since desc limit $2`,
        [limit],
      ),
    review: (id, { reviewer, verdict, note }, told) =>
      inTransaction(pool, async (client) => {
        const found = await client.query<Raw>(REVIEW, [facility, id, reviewer, verdict, note])
        const [row] = found.rows.map(shown)
        if (row) await client.query(auditInsert(2), [facility, auditRows([told])])
        return row ?? null
      }),
    close: () => pool.end(),
  }
}
