/**
 * Puts committed acts into the tree. An act is numbered once the snapshot that shows it is compared with the snapshot of
 * the time before: so none is skipped although transactions commit out of order, and none waits for a long transaction
 * (an import) that began before it.
 */
import { committedLeaf, type StoredAct } from './leaf.ts'
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
const NEW_ACTS = `select e.seq, e.tx::text, e.statement,
    encode(coalesce(e.commitment, sha256(e.salt || convert_to(e.detail, 'UTF8'))), 'hex') from audit_event e
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
    await addLeaves(ledger, facility, tree, rows as readonly NewAct[])
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

/** In the order of the index, so that neighbours are on one page. */
const SUBJECTS = `insert into audit_subject (facility, kind, subject, at, seq)
  select $1, s.* from unnest($2::smallint[], $3::bigint[], $4::bigint[], $5::bigint[]) as s(kind, subject, at, seq)
  order by s.kind, s.subject`

type NewAct = readonly [seq: string, tx: string, statement: string, commitment: string]

async function addLeaves(ledger: Ledger, facility: number, tree: GrowingTree, acts: readonly NewAct[]): Promise<void> {
  const first = tree.size()
  const nodes: { level: number; index: number; hash: string }[] = []
  const hashes: Buffer[] = []
  const seqs: string[] = []
  const subjects = subjectColumns()
  for (const [seq, tx, statement, commitment] of acts) {
    const leaf = committedLeaf({ facility, seq, tx, statement, commitment })
    hashes.push(leaf)
    seqs.push(seq)
    subjects.add(seq, statement)
    tree.append(leaf, (height, index, node) => {
      if (height > 0 && height % HEIGHTS_A_LEVEL === 0)
        nodes.push({ level: height / HEIGHTS_A_LEVEL, index, hash: node.toString('hex') })
    })
  }
  await ledger.rows(LEAVES, [facility, first, literal(seqs), Buffer.concat(hashes)])
  if (nodes.length > 0) {
    const columns = [nodes.map(({ level }) => level), nodes.map(({ index }) => index), nodes.map(({ hash }) => hash)]
    await ledger.rows(NODES, [facility, ...columns.map(literal)])
  }
  await ledger.rows(SUBJECTS, [facility, ...subjects.columns.map(literal)])
}

/** Rows of the index, column by column: thousands of small objects a second would be as many to clear away. */
function subjectColumns() {
  const columns: readonly (number | bigint | string)[][] = [[], [], [], []]
  const [kinds, hashes, times, seqs] = columns as [number[], bigint[], number[], string[]]
  return {
    columns,
    add(seq: string, text: string): void {
      const said = statementIn(text)
      if (said === null) return
      const at = Date.parse(said.at)
      for (const { kind, subject } of subjectsOf(said)) {
        kinds.push(kind)
        hashes.push(subject)
        times.push(at)
        seqs.push(seq)
      }
    },
  }
}

/** An array literal of values that need no quotation marks: the driver's own are several times dearer. */
const literal = (values: readonly (number | bigint | string)[]): string => `{${values.join(',')}}`

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
