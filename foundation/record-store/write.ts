/**
 * Writes. The version is the lock: two writers of the same version meet at the primary key of the log, one is stored
 * and the other looks again. No row is locked while a client thinks.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { type Outcome, type Refusal, accept, refuse } from '#fhir/outcome'
import { selfHash } from '#fhir/search'
import { type Current, type Decision, decide } from './decide.ts'
import { insertVersions } from './insert.ts'
import { type Connections, type Sql, isUniqueViolation, mayHaveCommitted, numbers } from './postgres.ts'
import type { AuditEntry } from '#foundation/audit-log'
import type { Access, Author, StoredVersion, Write, Written } from './types.ts'

const CURRENT = `
select asked.place, v.version, v.method, (extract(epoch from v.at) * 1000)::bigint, r.key, v.type, v.id, v.body, v.patient
from unnest($2::bigint[], $3::boolean[]) with ordinality as asked(self, compare, place)
cross join lateral (
  select version, method, at, type, id, patient, case when asked.compare then body end as body from resource_version
  where facility = $1 and self = asked.self order by version desc limit 1) v
left join resource r on r.facility = $1 and r.self = asked.self`

async function currentOf(sql: Sql, facility: number, writes: readonly Write[], selves: readonly bigint[]) {
  const found: (Current | null)[] = writes.map(() => null)
  const compare = `{${writes.map((w) => w.method === 'put' && w.sameAs !== undefined).join(',')}}`
  for (const row of await sql.rows(CURRENT, [facility, numbers(selves), compare])) {
    const place = Number(row[0]) - 1
    const write = writes[place] as Write
    if (row[5] !== write.type || row[6] !== write.id) throw new Error('two resources share one 64-bit hash')
    found[place] = {
      version: Number(row[1]),
      method: row[2] as StoredVersion['method'],
      at: Number(row[3]),
      key: row[4] ?? null,
      body: row[7] ?? null,
      patient: row[8] ? BigInt(row[8]) : null,
    }
  }
  return found
}

/** How often a write that lost a race looks again before it gives up; each round somebody else has made progress. */
const ATTEMPTS = 100
/** From this round on a loser waits a little, at random, so that many of them do not meet again and again. */
const PATIENT_ROUND = 3
const LONGEST_WAIT_MS = 20
/** One statement carries this much; a larger write is several statements in one transaction. */
const STATEMENT_RESOURCES = 1000

const selfOf = (write: Write): bigint => selfHash(write.type, write.id)

/** True when nothing needs to be read first: the primary key alone says whether the resource is new. */
const isNew = (write: Write): boolean => write.method === 'put' && write.expected === 'none'

/** Who writes, and what the audit log shall say of it. */
export interface Writer {
  readonly author: Author
  readonly audit?: Access['audit'] | undefined
}

type Authored = Writer & { readonly write: Write }

function decideAll(
  asked: readonly Authored[],
  selves: readonly bigint[],
  current: readonly (Current | null)[],
): readonly Outcome<Decision>[] {
  const now = Date.now()
  return asked.map(({ write, author }, i) =>
    decide(write, current[i] ?? null, selves[i] as bigint, author.reference, now),
  )
}

async function storeDecisions(
  sql: Sql,
  facility: number,
  decisions: readonly Decision[],
  audited: readonly AuditEntry[],
): Promise<void> {
  const insertions = decisions.flatMap(({ insertion }) => insertion ?? [])
  const last = Math.max(0, insertions.length - 1)
  for (let start = 0; start <= last; start += STATEMENT_RESOURCES) {
    const end = start + STATEMENT_RESOURCES
    await insertVersions(sql, facility, insertions.slice(start, end), end > last ? audited : [])
  }
}

const accepted = (outcomes: readonly Outcome<Decision>[]): readonly Decision[] =>
  outcomes.flatMap((outcome) => (outcome.ok ? outcome.value : []))

/**
 * Writes inside a transaction that is already open, or as one statement where there is none.
 * @param round 0 at the first attempt: what is to be created is then taken for new, and the primary key says if not
 * @throws a unique violation when somebody was faster; the transaction is then lost and the caller may try again
 */
export async function writeWithin(
  sql: Sql,
  facility: number,
  writes: readonly Write[],
  { author, audit }: Writer,
  round: number,
): Promise<Outcome<readonly Written[]>> {
  const asked = writes.map((write) => ({ write, author }))
  const selves = writes.map(selfOf)
  const current = round === 0 && writes.every(isNew) ? [] : await currentOf(sql, facility, writes, selves)
  const outcomes = decideAll(asked, selves, current)
  const refusals: readonly Refusal[] = outcomes.flatMap((outcome) => (outcome.ok ? [] : outcome.refusals))
  if (refusals.length > 0) return refuse(refusals)
  const decisions = accepted(outcomes)
  const written = decisions.map((decision) => decision.written)
  const entry = writes.length === 0 ? null : audit?.(written)
  await storeDecisions(sql, facility, decisions, entry ? [entry] : [])
  return accept(written)
}

/** Repeats `attempt` while it loses races at the log's primary key. */
export async function untilUncontested<T>(attempt: (round: number) => Promise<T>): Promise<T> {
  for (let round = 0; ; round += 1) {
    try {
      return await attempt(round)
    } catch (fault) {
      if (!isUniqueViolation(fault) || round + 1 >= ATTEMPTS) throw fault
      if (round >= PATIENT_ROUND) await delay(Math.random() * LONGEST_WAIT_MS)
    }
  }
}

/** All of the writes or none of them. */
export const writeAll = (
  connections: Connections,
  facility: number,
  writes: readonly Write[],
  writer: Writer,
): Promise<Outcome<readonly Written[]>> =>
  untilUncontested((round) =>
    writes.length > STATEMENT_RESOURCES
      ? connections.transaction((sql) => writeWithin(sql, facility, writes, writer, round))
      : writeWithin(connections.steady, facility, writes, writer, round),
  )

/** One group is stored while the next lies with PostgreSQL already, so that neither waits for the other to look up … */
const CONCURRENT_GROUPS = 2
/** … but only once so many wait: a statement for many costs far less than several for few. */
const WORTH_ANOTHER = 4
const LARGEST_GROUP = 64

interface Waiting extends Authored {
  readonly self: bigint
  readonly resolve: (outcome: Outcome<Written>) => void
  readonly reject: (fault: unknown) => void
}

/**
 * The first waiting writes of distinct resources: two writes of one resource never share a statement.
 * @param storing resources that are being written already; another write of theirs would only lose the race
 */
function takeGroup(waiting: Waiting[], storing: ReadonlySet<bigint>): readonly Waiting[] {
  const group: Waiting[] = []
  const later: Waiting[] = []
  const seen = new Set(storing)
  while (waiting.length > 0 && group.length < LARGEST_GROUP) {
    const next = waiting.shift() as Waiting
    if (seen.has(next.self)) later.push(next)
    else group.push(next)
    seen.add(next.self)
  }
  waiting.unshift(...later)
  return group
}

/** @returns a `writeOne` whose simultaneous callers share a statement, and so one flush of the disk */
export function groupedWrites(connections: Connections, facility: number) {
  const waiting: Waiting[] = []
  const storing = new Set<bigint>()
  let underWay = 0

  /** @param stored called before anybody is answered, so that PostgreSQL has the next group while we answer this one */
  async function storeGroup(group: readonly Waiting[], stored: () => void): Promise<void> {
    const selves = group.map(({ self }) => self)
    const current = group.every(({ write }) => isNew(write))
      ? []
      : await currentOf(
          connections.steady,
          facility,
          group.map(({ write }) => write),
          selves,
        )
    const outcomes = decideAll(group, selves, current)
    const audited = outcomes.flatMap((outcome, i) =>
      outcome.ok ? (group[i]?.audit?.([outcome.value.written]) ?? []) : [],
    )
    await storeDecisions(connections.grouped, facility, accepted(outcomes), audited)
    stored()
    outcomes.forEach((outcome, i) => group[i]?.resolve(outcome.ok ? accept(outcome.value.written) : outcome))
  }

  async function storeAlone({ write, author, audit, resolve, reject }: Waiting): Promise<void> {
    try {
      const outcome = await untilUncontested((round) =>
        writeWithin(connections.steady, facility, [write], { author, audit }, round),
      )
      resolve(outcome.ok ? accept(outcome.value[0] as Written) : outcome)
    } catch (fault) {
      reject(fault)
    }
  }

  /**
   * What fails for one must not fail for its neighbours, nor what has to wait: after a refused statement each is tried
   * by itself, and the next group goes on meanwhile.
   */
  const settle = (group: readonly Waiting[], stored: () => void): Promise<unknown> =>
    storeGroup(group, stored).catch((fault: unknown) => {
      stored()
      if (!mayHaveCommitted(fault)) return Promise.all(group.map(storeAlone))
      for (const { reject } of group) reject(fault)
      return undefined
    })

  function start(group: readonly Waiting[]): void {
    underWay += 1
    for (const { self } of group) storing.add(self)
    let isOver = false
    const over = () => {
      if (isOver) return
      isOver = true
      underWay -= 1
      for (const { self } of group) storing.delete(self)
      pump()
    }
    void settle(group, over).then(over)
  }

  function pump(): void {
    while (waiting.length > (underWay === 0 ? 0 : WORTH_ANOTHER) && underWay < CONCURRENT_GROUPS) {
      const group = takeGroup(waiting, storing)
      if (group.length === 0) return
      start(group)
    }
  }

  return (write: Write, writer: Writer): Promise<Outcome<Written>> =>
    new Promise((resolve, reject) => {
      waiting.push({ ...writer, write, self: selfOf(write), resolve, reject })
      pump()
    })
}
