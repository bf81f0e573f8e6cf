/** Policies in the database: adopted with the audit's word of it in one statement, and read by every process. */
import pg from 'pg'
import { accept, no, type Outcome, refuse } from '#fhir/outcome'
import { fenceText, type Policy, readPolicy, SYSTEM_FENCE } from '#foundation/access-control'
import { type AuditEntry, auditInsert, auditRows } from '#foundation/audit-log'
import { holding } from './in-force.ts'

export interface PolicyVersion {
  readonly policy: Policy
  /** account of whoever adopted it */
  readonly author: string
  /** ISO 8601 */
  readonly at: string
}

export interface PolicyBook {
  /** the policy in force now, as this process last read it; the one a hospital begins with where there is none */
  inForce(): Policy
  /** newest first */
  versions(): Promise<readonly PolicyVersion[]>
  /**
   * Makes a document the hospital's next policy, from the time it says.
   *
   * @param told what the audit log says of it (`policy-change`); stored with it or not at all
   * @returns refusals where it is no policy (POLICY-1 to 14), begins in the past (POLICY-20) or is not the version
   * after the last (POLICY-21): somebody else was faster
   */
  adopt(document: unknown, author: string, told: AuditEntry): Promise<Outcome<PolicyVersion>>
  /** reads what other processes adopted; happens every ten seconds by itself */
  refresh(): Promise<void>
  close(): Promise<void>
}

export interface PolicyBookOptions {
  readonly facility?: number
  readonly refreshMs?: number
  readonly now?: () => number
}

interface Row {
  readonly version: number
  readonly document: string
  readonly author: string
  readonly at: Date
}

/** A policy that was written a moment ago may say that it begins now. */
const GRACE_MS = 60_000

const NEWER =
  'select version, document, author, at from policy_version where facility = $1 and version > $2 order by version desc'

const ADOPT = `with adopted as (
  insert into policy_version (facility, version, effective, document, author) values ($1, $2, $3, $4, $5)
  returning version, document, author, at
), told as (${auditInsert(6)})
select * from adopted`

const BEGINS_IN_THE_PAST = no(
  'POLICY-20',
  'business-rule',
  { vi: 'Chính sách mới không được có hiệu lực từ quá khứ', en: 'A new policy does not begin in the past' },
  'from',
)
const NOT_THE_NEXT = no(
  'POLICY-21',
  'conflict',
  { vi: 'Có phiên bản mới hơn, hãy xem lại', en: 'This is not the version after the last one; look again' },
  'version',
)

const isTaken = (fault: unknown) =>
  typeof fault === 'object' && fault !== null && 'code' in fault && fault.code === '23505'

/** @throws where a stored document is no policy for this product any more: nothing wider is put in its place */
function versionOf({ version, document, author, at }: Row): PolicyVersion {
  const outcome = readPolicy(JSON.parse(document))
  if (outcome.ok) return { policy: outcome.value, author, at: at.toISOString() }
  const rules = outcome.refusals.map(({ rule, at: place }) => `${rule} ${place ?? ''}`.trim())
  throw new Error(`version ${version} of the access policy cannot be held: ${rules.join(', ')}`)
}

/** @param config where the database is; its schema is migrated already */
export async function openPolicyBook(config: pg.PoolConfig, options: PolicyBookOptions = {}): Promise<PolicyBook> {
  const { facility = 1, refreshMs = 10_000, now = Date.now } = options
  const settings = [config.options, `-c lanh.reader=${fenceText(facility, SYSTEM_FENCE)}`].filter(Boolean).join(' ')
  const pool = new pg.Pool({ ...config, options: settings, max: 1, idleTimeoutMillis: 60_000 })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))

  let known: readonly PolicyVersion[] = []
  let inForce = holding([])

  const refresh = async () => {
    const last = known[0]?.policy.version ?? 0
    const { rows } = await pool.query<Row>(NEWER, [facility, last])
    // Somebody else of this process may have read the same meanwhile.
    const newer = rows.filter(({ version }) => version > (known[0]?.policy.version ?? 0)).map(versionOf)
    if (newer.length === 0) return
    known = [...newer, ...known]
    inForce = holding(known.map(({ policy }) => policy))
  }

  await refresh()
  const timer = setInterval(() => void refresh().catch(() => undefined), refreshMs)
  timer.unref()
  return {
    inForce: () => inForce(now()),
    versions: async () => {
      await refresh()
      return known
    },
    refresh,
    async adopt(document, author, told) {
      const outcome = readPolicy(document)
      if (!outcome.ok) return outcome
      const policy = outcome.value
      await refresh()
      if (Date.parse(policy.from) < now() - GRACE_MS) return refuse([BEGINS_IN_THE_PAST])
      if (policy.version !== (known[0]?.policy.version ?? 0) + 1) return refuse([NOT_THE_NEXT])
      const values = [facility, policy.version, policy.from, JSON.stringify(policy), author, auditRows([told])]
      try {
        await pool.query(ADOPT, values)
      } catch (fault) {
        if (isTaken(fault)) return refuse([NOT_THE_NEXT])
        throw fault
      }
      await refresh()
      return accept(known[0] as PolicyVersion)
    },
    close: async () => {
      clearInterval(timer)
      await pool.end()
    },
  }
}
