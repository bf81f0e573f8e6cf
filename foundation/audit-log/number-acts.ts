/**
 * Puts committed acts into the tree. An act is numbered once the snapshot that shows it is compared with the snapshot of
 * the time before: so none is skipped although transactions commit out of order, and none waits for a long transaction
 * (an import) that began before it.
 */
import { leafOf, type StoredAct } from './leaf.ts'
import type { Ledger } from './ledger.ts'
import { growingTree, frontierOf, type GrowingTree } from './merkle/index.ts'
import { bytesOf, HEIGHTS_A_LEVEL, nodesOf } from './nodes.ts'
import { statementIn } from './statement.ts'
import { subjectsOf } from './subjects.ts'

const ACTS_A_STATEMENT = 2000

/** The columns of `StoredAct` without its facility. */
export const ACT_COLUMNS = 'e.seq, e.tx::text, e.statement, e.detail, e.salt, e.commitment'

export function toAct(facility: number, row: readonly (string | null)[]): StoredAct {
  const [seq, tx, statement, detail, salt, commitment] = row
  return {
    facility,
    seq: seq as string,
    tx: tx as string,
    statement: statement as string,
    detail: detail ?? null,
    salt: salt ? bytesOf(salt) : null,
    commitment: commitment ? bytesOf(commitment) : null,
  }
}

const POSITION = `select coalesce(p.size, 0), p.seen::text, pg_current_snapshot()::text,
    coalesce(pg_snapshot_xmax(p.seen) > pg_snapshot_xmax(pg_current_snapshot()), false)
  from (select) one left join audit_position p on p.facility = $1`

/** A snapshot that saw nothing. */
const NOTHING = '1:1:'

/**
 * The range of transactions keeps this short: no act of a transaction outside of it can be new. Its lower end is the
 * beginning of the walk and not a condition of its own, or PostgreSQL walks from the first act to there each time.
 */
const NEW_ACTS = `select ${ACT_COLUMNS} from audit_event e
  where e.facility = $1 and (e.tx, e.seq) > ($2::text::xid8, $3::bigint)
    and e.tx < $5::text::xid8 and not pg_visible_in_snapshot(e.tx, $4::pg_snapshot)
    and not exists (select from audit_leaf l where l.facility = e.facility and l.seq = e.seq)
  order by e.tx, e.seq limit ${ACTS_A_STATEMENT}`

export interface Position {
  readonly size: number
  /** the snapshot up to which acts are numbered */
  readonly seen: string
  /** the snapshot of this transaction */
  readonly now: string
  /** before which transaction new acts are looked for */
  readonly until: string
}

const NEVER = String(2n ** 64n - 1n)

/** A database that was restored from a dump counts its transactions anew: once, every act is then looked at. */
export async function positionOf(ledger: Ledger, facility: number): Promise<Position> {
  const [row] = await ledger.rows(POSITION, [facility])
  const [size, seen, now, isRestored] = row as readonly [string, string | null, string, string]
  return isRestored === 't'
    ? { size: Number(size), seen: NOTHING, now, until: NEVER }
    : { size: Number(size), seen: seen ?? NOTHING, now, until: nextIn(now) }
}

export async function treeAt(ledger: Ledger, facility: number, size: number): Promise<GrowingTree> {
  return growingTree(size, await frontierOf(nodesOf(ledger, facility), size))
}

/**
 * Numbers what has been committed. One at a time: see `Ledgers.alone`.
 * @param known the tree as it was left, or null
 * @returns the tree as it is now
 */
export async function numberActs(ledger: Ledger, facility: number, known: GrowingTree | null): Promise<GrowingTree> {
  const position = await positionOf(ledger, facility)
  const isOurs = known !== null && known.size() === position.size
  const tree = isOurs ? growingTree(known.size(), known.frontier()) : await treeAt(ledger, facility, position.size)
  for (let after = [oldestIn(position.seen), '0']; ;) {
    const rows = await ledger.rows(NEW_ACTS, [facility, ...after, position.seen, position.until])
    const last = rows.at(-1)
    if (last === undefined) break
    await addLeaves(
      ledger,
      facility,
      tree,
      rows.map((row) => toAct(facility, row)),
    )
    after = [last[1] as string, last[0] as string]
  }
  if (tree.size() > position.size || position.seen === NOTHING)
    await keepPosition(ledger, facility, tree.size(), position.now)
  return tree
}

/** A snapshot is written oldest running:next:running ones. */
const oldestIn = (snapshot: string): string => snapshot.split(':')[0] as string
const nextIn = (snapshot: string): string => snapshot.split(':')[1] as string

const LEAVES = `insert into audit_leaf (facility, index, seq, hash)
  select $1, $2::bigint + l.place - 1, l.seq, substring($4::bytea from (32 * (l.place - 1) + 1)::integer for 32)
  from unnest($3::bigint[]) with ordinality as l(seq, place)`

const NODES = `insert into audit_node (facility, level, index, hash)
  select $1, n.level, n.index, decode(n.hash, 'hex') from unnest($2::smallint[], $3::bigint[], $4::text[]) as n(level, index, hash)`

const SUBJECTS = `insert into audit_subject (facility, kind, subject, at, seq)
  select $1, s.* from unnest($2::smallint[], $3::bigint[], $4::bigint[], $5::bigint[]) as s on conflict do nothing`

/** An act without anything to commit to cannot be stored by us; it gets a leaf that no verifier takes for right. */
const NOTHING_TO_SAY = Buffer.alloc(32)

async function addLeaves(
  ledger: Ledger,
  facility: number,
  tree: GrowingTree,
  acts: readonly StoredAct[],
): Promise<void> {
  const first = tree.size()
  const nodes: { level: number; index: number; hash: string }[] = []
  const hashes = acts.map((act) => leafOf(act) ?? NOTHING_TO_SAY)
  for (const hash of hashes) {
    tree.append(hash, (height, index, node) => {
      if (height > 0 && height % HEIGHTS_A_LEVEL === 0)
        nodes.push({ level: height / HEIGHTS_A_LEVEL, index, hash: node.toString('hex') })
    })
  }
  await ledger.rows(LEAVES, [facility, first, acts.map(({ seq }) => seq), Buffer.concat(hashes)])
  if (nodes.length > 0) await ledger.rows(NODES, [facility, ...columns(nodes, ['level', 'index', 'hash'])])
  const subjects = acts.flatMap(subjectRows)
  await ledger.rows(SUBJECTS, [facility, ...columns(subjects, ['kind', 'subject', 'at', 'seq'])])
}

const columns = <T extends object>(rows: readonly T[], names: readonly (keyof T)[]): readonly unknown[][] =>
  names.map((name) => rows.map((row) => row[name]))

export interface SubjectRow {
  readonly kind: number
  readonly subject: string
  readonly at: number
  readonly seq: string
}

export function subjectRows({ seq, statement }: Pick<StoredAct, 'seq' | 'statement'>): readonly SubjectRow[] {
  const said = statementIn(statement)
  if (said === null) return []
  const at = Date.parse(said.at)
  return subjectsOf(said).map(({ kind, subject }) => ({ kind, subject: subject.toString(), at, seq }))
}

const KEEP = `insert into audit_position (facility, size, seen) values ($1, $2, $3::pg_snapshot)
  on conflict (facility) do update set size = excluded.size, seen = excluded.seen`

const keepPosition = (ledger: Ledger, facility: number, size: number, seen: string): Promise<unknown> =>
  ledger.rows(KEEP, [facility, size, seen])

const WAITING = `select count(*) from (select from audit_event e
  where e.facility = $1 and e.tx >= pg_snapshot_xmin($2::pg_snapshot) and e.tx < $3::text::xid8
    and not pg_visible_in_snapshot(e.tx, $2::pg_snapshot)
    and not exists (select from audit_leaf l where l.facility = e.facility and l.seq = e.seq) limit 100000) w`

/** @returns how many acts are committed but not numbered, up to 100,000 */
export async function waitingActs(ledger: Ledger, facility: number): Promise<number> {
  const { seen, until } = await positionOf(ledger, facility)
  const [row] = await ledger.rows(WAITING, [facility, seen, until])
  return Number(row?.[0])
}
