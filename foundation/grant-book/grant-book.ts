/** Grants in the database: given and taken back with the relation and the audit's word in one statement. */
import pg from 'pg'
import { accept, type Outcome } from '#fhir/outcome'
import {
  bitsOf,
  fenceText,
  type Grant,
  grantAllowed,
  grantHolder,
  type Policy,
  type Purpose,
  type Reader,
  referenceHash,
  RELATION_KINDS,
  SYSTEM_FENCE,
} from '#foundation/access-control'
import { type AuditEntry, auditInsert, auditRows } from '#foundation/audit-log'

/** A grant as it was given. */
export interface GrantRow extends Grant {
  readonly id: string
  /** ISO 8601; null while nobody took it back */
  readonly ended: string | null
}

export interface GrantBook {
  /** @returns refusals where the policy does not let it be given (GRANT-1 to 5) */
  give(policy: Policy, grant: Grant, told: AuditEntry): Promise<Outcome<GrantRow>>
  /** takes it back before its time. @returns false where it ended already or never was */
  end(id: string, told: AuditEntry): Promise<boolean>
  /** newest first */
  list(limit: number): Promise<readonly GrantRow[]>
  /**
   * A guest as their grants of now have them: limited to the patients of one purpose, the newest grant's. Somebody who
   * is no guest is returned as they are; a guest without grants is limited to nobody.
   */
  narrowed(reader: Reader): Promise<Reader>
  close(): Promise<void>
}

const COLUMNS = 'g.id, g.holder, g.patient, g.purpose, g.labels, g.since, g.until, g.basis, g.granted_by, g.ended'

/** Sources of resources are hashes and those of broken glass small negative numbers; these lie far below. */
const SOURCE = '-(1000000000000000::bigint + o.id)'

const GIVE = `with given as (
  insert into access_grant as g (facility, holder, patient, purpose, labels, since, until, basis, granted_by)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning ${COLUMNS}
), related as (
  insert into care_relation (facility, patient, holder, kind, labels, since, until, source)
  select $1, $10, $11, ${RELATION_KINDS.grant}, $12, o.since, o.until, ${SOURCE} from given o
), told as (${auditInsert(13)})
select * from given`

const END = `with ended as (
  update access_grant set ended = now() where facility = $1 and id = $2 and ended is null and until > now()
  returning id
), gone as (
  delete from care_relation c using ended o where c.facility = $1 and c.source = ${SOURCE}
), told as (${auditInsert(3)} where exists (select from ended))
select id from ended`

const NOW = `select ${COLUMNS} from access_grant g
  where facility = $1 and holder = $2 and ended is null and since <= now() and until > now() order by id desc`

interface Raw {
  readonly id: string
  readonly holder: string
  readonly patient: string
  readonly purpose: Purpose
  readonly labels: Grant['labels']
  readonly since: Date
  readonly until: Date
  readonly basis: string
  readonly granted_by: string
  readonly ended: Date | null
}

const shown = ({ since, until, ended, granted_by: grantedBy, ...row }: Raw): GrantRow => ({
  ...row,
  grantedBy,
  since: since.toISOString(),
  until: until.toISOString(),
  ended: ended?.toISOString() ?? null,
})

/** @param config where the database is; its schema is migrated already */
export function openGrantBook(config: pg.PoolConfig, facility = 1): GrantBook {
  const options = [config.options, `-c lanh.reader=${fenceText(facility, SYSTEM_FENCE)}`].filter(Boolean).join(' ')
  const pool = new pg.Pool({ ...config, options, max: 2, idleTimeoutMillis: 60_000 })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const rows = async (sql: string, values: readonly unknown[]): Promise<readonly GrantRow[]> =>
    (await pool.query<Raw>(sql, [facility, ...values])).rows.map(shown)
  return {
    async give(policy, grant, told) {
      const outcome = grantAllowed(policy, grant)
      if (!outcome.ok) return outcome
      const { holder, patient, purpose, labels, since, until, basis, grantedBy } = grant
      const hashes = [referenceHash(patient), referenceHash(grantHolder(holder, purpose))].map(String)
      const values = [holder, patient, purpose, labels, since, until, basis, grantedBy]
      const given = await rows(GIVE, [...values, ...hashes, bitsOf(labels), auditRows([told])])
      return accept(given[0] as GrantRow)
    },
    end: async (id, told) =>
      /^\d{1,18}$/.test(id) && (await pool.query(END, [facility, id, auditRows([told])])).rowCount === 1,
    list: (limit) =>
      rows(`select ${COLUMNS} from access_grant g where facility = $1 order by id desc limit $2`, [limit]),
    async narrowed(reader) {
      if (!reader.roles.includes('guest')) return reader
      const held = await rows(NOW, [reader.agent])
      const purpose = held[0]?.purpose ?? reader.purpose
      const patients = held.filter((grant) => grant.purpose === purpose).map(({ patient }) => patient)
      return { ...reader, purpose, patients: [...new Set(patients)] }
    },
    close: () => pool.end(),
  }
}
