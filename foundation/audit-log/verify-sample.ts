/**
 * A look at a small part of the log, cheap enough for every day: the signed root, the newest acts, and random blocks of
 * 256 acts with the way from each to the root. `verifyLog` looks at everything.
 */
import { type Finding, newFindings, type Findings } from './findings.ts'
import { leafOf } from './leaf.ts'
import type { Ledger } from './ledger.ts'
import { innerHash, type NodeReader, rangeRoot } from './merkle/index.ts'
import { bytesOf, HEIGHTS_A_LEVEL, nodesOf, TreeHole } from './nodes.ts'
import { ACT_COLUMNS, positionOf, toAct } from './number-acts.ts'
import { lastHead } from './sign-tree.ts'

const BLOCK = 2 ** HEIGHTS_A_LEVEL

export interface SampleAsked {
  readonly facility: number
  /** of the complete blocks, 0 to 1; at least one is looked at */
  readonly share: number
  /** a number from 0 to below 1 */
  readonly random: () => number
}

/** @returns nothing when all that was looked at is right */
export async function verifySample(
  ledger: Ledger,
  { facility, share, random }: SampleAsked,
): Promise<readonly Finding[]> {
  const findings = newFindings()
  const { size } = await positionOf(ledger, facility)
  await compareSignedRoot(ledger, facility, size, findings)
  const blocks = Math.floor(size / BLOCK)
  const wanted = blocks === 0 ? 0 : Math.max(1, Math.ceil(blocks * share))
  for (const block of new Set(Array.from({ length: wanted }, () => Math.floor(random() * blocks)))) {
    await compareActs(ledger, facility, block * BLOCK, (block + 1) * BLOCK, findings)
    await compareWayUp(ledger, facility, block, size, findings)
  }
  await compareActs(ledger, facility, blocks * BLOCK, size, findings)
  return findings.all
}

async function compareSignedRoot(ledger: Ledger, facility: number, size: number, findings: Findings): Promise<void> {
  const head = await lastHead(ledger, facility)
  if (head === null) return
  if (head.size > size) findings.add('AUDIT-21', `${size} acts, signed for ${head.size}`)
  else if (!(await hasRoot(ledger, facility, head))) findings.add('AUDIT-15', `tree of ${head.size} acts`)
}

const ACTS = `select l.index, l.seq, l.hash, e.seq is not null, ${ACT_COLUMNS}
  from audit_leaf l left join audit_event e on e.facility = l.facility and e.seq = l.seq
  where l.facility = $1 and l.index >= $2 and l.index < $3 order by l.index`

async function compareActs(
  ledger: Ledger,
  facility: number,
  start: number,
  end: number,
  findings: Findings,
): Promise<void> {
  const rows = await ledger.rows(ACTS, [facility, start, end])
  if (rows.length !== end - start) findings.add('AUDIT-12', `numbers ${start} to ${end - 1}`)
  for (const [index, seq, hash, isThere, ...columns] of rows) {
    const place = `act ${seq}, number ${index}`
    if (isThere !== 't') findings.add('AUDIT-10', place)
    else if (!leafOf(toAct(facility, columns))?.equals(bytesOf(hash as string))) findings.add('AUDIT-11', place)
  }
}

/** Each node of the way is what its 256 children make; where its parent is not complete the root has been worked out from it. */
async function compareWayUp(
  ledger: Ledger,
  facility: number,
  block: number,
  size: number,
  findings: Findings,
): Promise<void> {
  const read = nodesOf(ledger, facility)
  for (
    let level = 1, index = block;
    (index + 1) * BLOCK ** level <= size;
    level += 1, index = Math.floor(index / BLOCK)
  ) {
    const height = HEIGHTS_A_LEVEL * level
    if (!(await isMadeOfChildren(read, height, index))) findings.add('AUDIT-14', `node ${index} of level ${level}`)
  }
}

async function isMadeOfChildren(read: NodeReader, height: number, index: number): Promise<boolean> {
  try {
    const made = innerHash(await read(height - 1, 2 * index), await read(height - 1, 2 * index + 1))
    return made.equals(await read(height, index))
  } catch (fault) {
    if (fault instanceof TreeHole) return false
    throw fault
  }
}

/** @returns false as well where the hashes that would make it are not all there */
export const hasRoot = (ledger: Ledger, facility: number, head: { size: number; root: string }): Promise<boolean> =>
  rangeRoot(nodesOf(ledger, facility), { start: 0, end: head.size }).then(
    (root) => root.toString('hex') === head.root,
    (fault: unknown) => {
      if (fault instanceof TreeHole) return false
      throw fault
    },
  )
