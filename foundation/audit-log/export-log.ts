/**
 * The log for an outside auditor, as lines of JSON: what it begins with, acts in the order of the tree, every head. With
 * the heads of the second place it is all that `verifier/verify.mjs` needs; that file says the form in words.
 */
import type { JsonWebKey } from 'node:crypto'
import { commitmentOf } from './leaf.ts'
import type { Ledger } from './ledger.ts'
import { frontierOf } from './merkle/index.ts'
import { nodesOf } from './nodes.ts'
import { ACT_COLUMNS, positionOf, toAct } from './number-acts.ts'

export interface ExportAsked {
  readonly facility: number
  readonly keys: ReadonlyMap<string, JsonWebKey>
  /** now, ISO 8601: heads of the second place that are older must be among the exported ones */
  readonly at: string
  /** ms since 1970, `from` included, `to` not; without them everything */
  readonly from?: number
  readonly to?: number
}

const ACTS_A_STATEMENT = 2000

const ACTS = `select l.index, ${ACT_COLUMNS} from audit_leaf l
  join audit_event e on e.facility = l.facility and e.seq = l.seq
  where l.facility = $1 and l.index >= $2 and l.index < $3 order by l.index limit ${ACTS_A_STATEMENT}`

/** @returns lines without their ends */
export async function* exportLog(ledger: Ledger, asked: ExportAsked): AsyncGenerator<string> {
  const { facility, keys, at } = asked
  const { first, end } = await rangeOf(ledger, asked)
  const frontier = await frontierOf(nodesOf(ledger, facility), first)
  yield JSON.stringify({
    kind: 'lanh audit log 1',
    facility,
    at,
    whole: asked.from === undefined && asked.to === undefined,
    first,
    end,
    frontier: frontier.map((hash) => hash.toString('hex')),
    keys: [...keys].map(([kid, jwk]) => ({ ...jwk, kid })),
  })
  for (let next = first; next < end;) {
    const rows = await ledger.rows(ACTS, [facility, next, end])
    if (rows.length === 0) break
    for (const row of rows) yield actLine(facility, row)
    next = Number(rows.at(-1)?.[0]) + 1
  }
  const heads = await ledger.rows('select head from audit_head where facility = $1 order by size', [facility])
  for (const [head] of heads) yield JSON.stringify({ kind: 'head', head })
}

function actLine(facility: number, [index, ...columns]: readonly (string | null)[]): string {
  const { seq, tx, statement, detail, salt, commitment } = toAct(facility, columns)
  const bound = detail !== null && salt !== null ? commitmentOf(salt, detail) : commitment
  return JSON.stringify({
    kind: 'act',
    number: Number(index),
    seq,
    tx,
    statement,
    commitment: bound?.toString('hex') ?? '',
    ...(detail !== null && salt !== null && { detail, salt: salt.toString('hex') }),
  })
}

const RANGE = `select coalesce(min(l.index), 0), coalesce(max(l.index) + 1, 0) from audit_subject s
  join audit_leaf l on l.facility = s.facility and l.seq = s.seq
  where s.facility = $1 and s.kind = 0 and s.subject = 0 and s.at >= $2 and s.at < $3`

const NEXT_HEAD = 'select size from audit_head where facility = $1 and size >= $2 order by size limit 1'

/** Acts stand in the order in which they were numbered, so a few of other times come along; up to the next head that covers them. */
async function rangeOf(
  ledger: Ledger,
  { facility, from, to }: ExportAsked,
): Promise<{ readonly first: number; readonly end: number }> {
  const { size } = await positionOf(ledger, facility)
  if (from === undefined && to === undefined) return { first: 0, end: size }
  const [row] = await ledger.rows(RANGE, [facility, from ?? 0, to ?? Number.MAX_SAFE_INTEGER])
  const [first, last] = [Number(row?.[0]), Number(row?.[1])]
  const [head] = await ledger.rows(NEXT_HEAD, [facility, last])
  return { first, end: head ? Number(head[0]) : size }
}
