/** A proof of one act by itself: that it is in the log whose head was signed, without showing anything else of the log. */
import { readHead } from './head.ts'
import { commitmentOf } from './leaf.ts'
import type { Ledger } from './ledger.ts'
import { inclusionRanges, proofOf } from './merkle/index.ts'
import { nodesOf } from './nodes.ts'
import { ACT_COLUMNS, toAct } from './number-acts.ts'

/** What `verifier/verify.mjs` takes in the place of an export. */
export interface ActProof {
  readonly kind: 'lanh audit proof 1'
  readonly facility: number
  readonly number: number
  readonly seq: string
  readonly tx: string
  readonly statement: string
  /** hex */
  readonly commitment: string
  readonly detail?: string
  readonly salt?: string
  /** the line of the first head that covers the act */
  readonly head: string
  /** hex, as RFC 9162 section 2.1.3 has it */
  readonly path: readonly string[]
}

const ACT = `select l.index, ${ACT_COLUMNS} from audit_leaf l
  join audit_event e on e.facility = l.facility and e.seq = l.seq where l.facility = $1 and l.seq = $2`

const HEAD = 'select head from audit_head where facility = $1 and size > $2 order by size limit 1'

/** @param seq id of the AuditEvent @returns null where there is no such act, or no signed head covers it yet */
export async function proveAct(ledger: Ledger, facility: number, seq: string): Promise<ActProof | null> {
  const [row] = await ledger.rows(ACT, [facility, seq])
  if (row === undefined) return null
  const [index, ...columns] = row
  const number = Number(index)
  const [covering] = await ledger.rows(HEAD, [facility, number])
  const head = covering === undefined ? null : readHead(covering[0] as string)
  if (head === null) return null
  const { tx, statement, detail, salt, commitment } = toAct(facility, columns)
  const isKept = detail !== null && salt !== null
  const bound = isKept ? commitmentOf(salt, detail) : commitment
  const path = await proofOf(nodesOf(ledger, facility), inclusionRanges(number, head.size))
  return {
    kind: 'lanh audit proof 1',
    facility,
    number,
    seq,
    tx,
    statement,
    commitment: bound?.toString('hex') ?? '',
    ...(isKept && { detail, salt: salt.toString('hex') }),
    head: head.line,
    path: path.map((hash) => hash.toString('hex')),
  }
}
