/** Verifies the whole log in one snapshot: every act, leaf, node and index row against the heads that were signed. */
import { hash } from 'node:crypto'
import { type Finding, type Findings, newFindings } from './findings.ts'
import type { SignedHead } from './head.ts'
import { leafOf } from './leaf.ts'
import type { Ledger, Row } from './ledger.ts'
import { growingTree } from './merkle/index.ts'
import { HEIGHTS_A_LEVEL, bytesOf } from './nodes.ts'
import { ACT_COLUMNS, positionOf, type SubjectRow, subjectRows, toAct } from './number-acts.ts'
import { statementIn } from './statement.ts'
import { type HeadsAsked, verifyHeads } from './verify-heads.ts'

export interface Verified {
  /** in the order of the tree; the first of them is where to look */
  readonly findings: readonly Finding[]
  readonly acts: number
  readonly heads: number
  readonly lastHead: SignedHead | null
  /** acts in the tree behind the last head: nothing is signed of them yet */
  readonly unsigned: number
}

export interface VerifyAsked extends HeadsAsked {
  readonly onProgress?: (acts: number, of: number) => void
}

const LEAVES_A_STATEMENT = 5000

const LEAVES = `select l.index, l.seq, l.hash, e.seq is not null, ${ACT_COLUMNS}
  from audit_leaf l left join audit_event e on e.facility = l.facility and e.seq = l.seq
  where l.facility = $1 and l.index >= $2 order by l.index limit ${LEAVES_A_STATEMENT}`

/** @param ledger one snapshot, of the app's role or of a superuser */
export async function verifyLog(ledger: Ledger, asked: VerifyAsked): Promise<Verified> {
  const { facility } = asked
  const findings = newFindings()
  const heads = await verifyHeads(ledger, asked, findings)
  const walk = newWalk(heads, findings)
  const { size } = await positionOf(ledger, facility)
  for (let next = '0'; ;) {
    const rows = await ledger.rows(LEAVES, [facility, next])
    const last = rows.at(-1)
    if (last === undefined) break
    for (const row of rows) walk.leaf(facility, row)
    await compareNodes(ledger, facility, walk.takeNodes(), findings)
    asked.onProgress?.(walk.size(), size)
    next = String(BigInt(last[0] as string) + 1n)
  }
  walk.end()
  await countNodes(ledger, facility, walk.size(), findings)
  await findUnnumbered(ledger, facility, walk.size(), findings)
  await compareSubjects(ledger, facility, walk.subjects, findings)
  const lastHead = heads.at(-1) ?? null
  const unsigned = walk.size() - (lastHead?.size ?? 0)
  return { findings: findings.all, acts: walk.size(), heads: heads.length, lastHead, unsigned: Math.max(0, unsigned) }
}

interface Node {
  readonly level: number
  readonly index: number
  readonly hash: string
}

/** The tree built again from the acts, and what it is compared with on the way. */
function newWalk(heads: readonly SignedHead[], findings: Findings) {
  const tree = growingTree()
  const subjects = newSubjectSums()
  const erased = new Map<string, string>()
  const confessed = new Set<string>()
  let nodes: Node[] = []
  let expected = 0
  let nextHead = 0
  let areRootsRight = true

  function compareRoot(): void {
    for (; nextHead < heads.length && (heads[nextHead] as SignedHead).size === tree.size(); nextHead += 1) {
      const { root, size } = heads[nextHead] as SignedHead
      if (areRootsRight && tree.root().toString('hex') !== root) {
        areRootsRight = false
        findings.add('AUDIT-15', `tree of ${size} acts`)
      }
    }
  }

  return {
    subjects,
    size: tree.size,
    takeNodes(): readonly Node[] {
      const taken = nodes
      nodes = []
      return taken
    },
    leaf(facility: number, [index, seq, stored, isThere, ...columns]: Row): void {
      const place = `act ${seq}, number ${index}`
      if (Number(index) !== expected) findings.add('AUDIT-12', `number ${expected}`)
      expected = Number(index) + 1
      const act = isThere === 't' ? toAct(facility, columns) : null
      const leaf = act && leafOf(act)
      const hash = bytesOf(stored as string)
      if (act === null) findings.add('AUDIT-10', place)
      else if (!leaf?.equals(hash) || !isKeptRight(act)) findings.add('AUDIT-11', place)
      tree.append(leaf ?? hash, (height, at, node) => {
        if (height > 0 && height % HEIGHTS_A_LEVEL === 0)
          nodes.push({ level: height / HEIGHTS_A_LEVEL, index: at, hash: node.toString('hex') })
      })
      if (act !== null) {
        for (const row of subjectRows(act)) subjects.add(row, 1n)
        if (act.detail === null) erased.set(act.seq, place)
        for (const confession of erasuresIn(act.statement)) confessed.add(confession)
      }
      compareRoot()
    },
    end(): void {
      for (const [seq, place] of erased) if (!confessed.has(seq)) findings.add('AUDIT-22', place)
      const missing = heads[nextHead]
      if (missing) findings.add('AUDIT-21', `${tree.size()} acts, signed for ${heads.at(-1)?.size}`)
    },
  }
}

/** A detail has its salt and no commitment beside it; an erased one has neither. */
const isKeptRight = ({ detail, salt, commitment }: { detail: unknown; salt: unknown; commitment: unknown }): boolean =>
  (detail === null) === (salt === null) && (detail === null) === (commitment !== null)

const ACT = 'AuditEvent/'

function erasuresIn(text: string): readonly string[] {
  if (!text.includes('"action":"erase"')) return []
  const statement = statementIn(text)
  return (statement?.entities ?? []).flatMap((entity) => (entity.startsWith(ACT) ? entity.slice(ACT.length) : []))
}

const NODES = `select n.level, n.index, encode(a.hash, 'hex')
  from unnest($2::smallint[], $3::bigint[]) with ordinality as n(level, index, place)
  left join audit_node a on a.facility = $1 and a.level = n.level and a.index = n.index order by n.place`

async function compareNodes(
  ledger: Ledger,
  facility: number,
  nodes: readonly Node[],
  findings: Findings,
): Promise<void> {
  if (nodes.length === 0) return
  const asked = [nodes.map(({ level }) => level), nodes.map(({ index }) => index)]
  const rows = await ledger.rows(NODES, [facility, ...asked])
  rows.forEach(([level, index, stored], i) => {
    if (stored !== nodes[i]?.hash) findings.add('AUDIT-14', `node ${index} of level ${level}`)
  })
}

async function countNodes(ledger: Ledger, facility: number, size: number, findings: Findings): Promise<void> {
  const rows = await ledger.rows('select level, count(*) from audit_node where facility = $1 group by level', [
    facility,
  ])
  for (const [level, count] of rows) {
    if (Number(count) > Math.floor(size / 2 ** (HEIGHTS_A_LEVEL * Number(level))))
      findings.add('AUDIT-14', `level ${level}: ${count} nodes`)
  }
}

/** Acts that the last numbering must have seen, or of transactions that have not been yet. */
const UNNUMBERED = `select e.seq from audit_event e
  left join audit_position p on p.facility = e.facility
  where e.facility = $1
    and (coalesce(pg_visible_in_snapshot(e.tx, p.seen), $2) or e.tx >= pg_snapshot_xmax(pg_current_snapshot()))
    and not exists (select from audit_leaf l where l.facility = e.facility and l.seq = e.seq)
  order by e.seq limit 100`

async function findUnnumbered(ledger: Ledger, facility: number, size: number, findings: Findings): Promise<void> {
  for (const [seq] of await ledger.rows(UNNUMBERED, [facility, size > 0])) findings.add('AUDIT-16', `act ${seq}`)
  const [row] = await ledger.rows('select size from audit_position where facility = $1', [facility])
  if (Number(row?.[0] ?? 0) !== size) findings.add('AUDIT-24', `${row?.[0] ?? 'none'}, acts in the tree: ${size}`)
}

const SUBJECT_ROWS_A_STATEMENT = 20_000

const SUBJECTS = `select kind, subject, at, seq from audit_subject
  where facility = $1 and (kind, subject, at, seq) > ($2::smallint, $3::bigint, $4::bigint, $5::bigint)
  order by kind, subject, at, seq limit ${SUBJECT_ROWS_A_STATEMENT}`

async function compareSubjects(ledger: Ledger, facility: number, sums: SubjectSums, findings: Findings): Promise<void> {
  for (let after: Row = ['-1', '0', '0', '0']; ;) {
    const rows = await ledger.rows(SUBJECTS, [facility, ...after])
    const last = rows.at(-1)
    if (last === undefined) break
    for (const [kind, subject, at, seq] of rows) {
      sums.add({ kind: Number(kind), subject: subject as string, at: Number(at), seq: seq as string }, -1n)
    }
    after = last
  }
  for (const [from, to] of sums.uneven()) findings.add('AUDIT-23', `acts ${from} to ${to}`)
}

const ACTS_A_SUM = 1024n

type SubjectSums = ReturnType<typeof newSubjectSums>

/** Compares two sets of rows in different orders without holding either: their hashes are added here and taken away there. */
function newSubjectSums() {
  const sums = new Map<bigint, bigint>()
  return {
    add({ kind, subject, at, seq }: SubjectRow, sign: 1n | -1n): void {
      const bucket = BigInt(seq) / ACTS_A_SUM
      sums.set(bucket, (sums.get(bucket) ?? 0n) + sign * numberOf(`${kind} ${subject} ${at} ${seq}`))
    },
    uneven: (): readonly (readonly [bigint, bigint])[] =>
      [...sums].flatMap(([bucket, sum]) =>
        sum === 0n ? [] : [[bucket * ACTS_A_SUM, (bucket + 1n) * ACTS_A_SUM - 1n] as const],
      ),
  }
}

/** 128 bits of a hash that nobody can choose rows by. */
function numberOf(text: string): bigint {
  const digest = hash('sha256', text, 'buffer')
  return (digest.readBigUInt64LE(0) << 64n) | digest.readBigUInt64LE(8)
}
