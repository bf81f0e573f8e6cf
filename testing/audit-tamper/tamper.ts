/** Tampers with an audit log as a superuser would, once at a time, and looks whether it is noticed. */
import pg from 'pg'
import {
  auditEntry,
  auditInsert,
  auditRows,
  type AuditKeys,
  keysOf,
  type Ledger,
  newKey,
  numberActs,
  type SignedHead,
  signTree,
  verifyLog,
} from '#foundation/audit-log'
import { anAct } from './an-act.ts'
import { type Scene, TAMPERINGS } from './tampering.ts'

export interface TamperResult {
  readonly tamperings: number
  readonly detected: number
  /** how often each kind was done */
  readonly kinds: ReadonlyMap<string, number>
  /** what was not noticed, in words */
  readonly missed: readonly string[]
}

const FACILITY = 7
const ACTS_A_HEAD = 97
const HEADS = 6

/** Nothing of this holds up somebody who owns the tables. */
const CONSTRAINTS = [
  'audit_event drop constraint audit_event_pkey, drop constraint audit_event_check',
  'audit_leaf drop constraint audit_leaf_pkey, drop constraint audit_leaf_facility_seq_key',
  'audit_node drop constraint audit_node_pkey, drop constraint audit_node_level_check',
  'audit_head drop constraint audit_head_pkey',
  'audit_subject drop constraint audit_subject_pkey',
]

/** The same numbers for the same seed. */
function chanceFrom(seed: number): Scene['chance'] {
  let state = seed >>> 0
  return (n) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0
    const mixed = Math.imul(state ^ (state >>> 12), 0x297a2d39)
    return ((mixed ^ (mixed >>> 15)) >>> 0) % n
  }
}

const asText = { getTypeParser: () => (value: string) => value } as unknown as pg.CustomTypesConfig

const ledgerOver = (client: pg.Client): Ledger => ({
  async rows(text, values) {
    const result = await client.query<(string | null)[]>({
      text,
      values: values as unknown[],
      rowMode: 'array',
      types: asText,
    })
    return result.rows
  },
})

/** Some hundred acts, signed several times, one of them erased by law. */
async function fill(ledger: Ledger, keys: AuditKeys, chance: Scene['chance']): Promise<readonly SignedHead[]> {
  const heads: SignedHead[] = []
  for (let i = 0; i < HEADS; i += 1) {
    const entries = Array.from({ length: ACTS_A_HEAD }, () => auditEntry(anAct(chance)))
    await ledger.rows(auditInsert(2), [FACILITY, auditRows(entries)])
    if (i === 2) await eraseOne(ledger)
    const tree = await numberActs(ledger, FACILITY, null)
    const head = await signTree(ledger, FACILITY, tree, keys, `2026-07-01T0${i}:00:00.000Z`)
    if (head !== null) heads.push(head)
  }
  return heads
}

async function eraseOne(ledger: Ledger): Promise<void> {
  const [row] = await ledger.rows('select min(seq) from audit_event where facility = $1', [FACILITY])
  const seq = row?.[0] as string
  const erasure = { ...anAct(() => 0), action: 'erase' as const, entities: [{ reference: `AuditEvent/${seq}` }] }
  const { statement, detail, salt } = auditEntry(erasure)
  await ledger.rows(`select erase_audit_detail($1, array[$2]::bigint[], $3, $4, decode($5, 'hex'))`, [
    FACILITY,
    seq,
    statement,
    detail,
    salt,
  ])
}

/** @param admin a superuser of a migrated database that nobody else uses */
export async function tamper(
  admin: pg.ClientConfig,
  { times, seed, onDone }: { times: number; seed: number; onDone?: (done: number) => void },
): Promise<TamperResult> {
  const client = new pg.Client({ ...admin, options: `-c lanh.reader=${FACILITY}|1024|0|-1|{}|` })
  await client.connect()
  try {
    const keys = keysOf([newKey()])
    const ledger = ledgerOver(client)
    const chance = chanceFrom(seed)
    // Each batch commits by itself, so that acts are of many transactions.
    const copy = await fill(ledger, keys, chance)
    await expectWhole(ledger, keys, copy)
    for (const constraint of CONSTRAINTS) await client.query(`alter table ${constraint}`)
    const kinds = new Map<string, number>()
    const missed: string[] = []
    for (let done = 0; done < times; done += 1) {
      const { deed, isNoticed } = await tamperOnce(client, { ledger, facility: FACILITY, keys, chance }, copy)
      const kind = deed.replace(/\d+/g, '…')
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
      if (!isNoticed) missed.push(deed)
      onDone?.(done + 1)
    }
    await expectWhole(ledger, keys, copy)
    return { tamperings: times, detected: times - missed.length, kinds, missed }
  } finally {
    await client.end()
  }
}

async function tamperOnce(client: pg.Client, scene: Scene, copy: readonly SignedHead[]) {
  for (;;) {
    await client.query('begin isolation level repeatable read')
    await client.query('set local session_replication_role = replica')
    try {
      const deed = await (TAMPERINGS[scene.chance(TAMPERINGS.length)] as (typeof TAMPERINGS)[number])(scene)
      if (deed !== null) return { deed, isNoticed: (await findings(scene.ledger, scene.keys, copy)).length > 0 }
    } finally {
      await client.query('rollback')
    }
  }
}

async function findings(ledger: Ledger, { publicKeys }: AuditKeys, copy: readonly SignedHead[]) {
  const now = Date.parse('2026-07-02T00:00:00.000Z')
  return (await verifyLog(ledger, { facility: FACILITY, keys: publicKeys, copy, now })).findings
}

async function expectWhole(ledger: Ledger, keys: AuditKeys, copy: readonly SignedHead[]): Promise<void> {
  const [first] = await findings(ledger, keys, copy)
  if (first) throw new Error(`an untouched log is not whole: ${first.rule} ${first.place}`)
}
