/**
 * Rows of every fenced table, readers of every kind, and who sees what: asked of PostgreSQL itself and of a model that
 * knows nothing of the policies' text.
 */
import type pg from 'pg'
import { AREA_BITS, bitsOf, type Fence, fenceText, referenceHash } from '#foundation/access-control'

/** One row as the fence knows it. `self` tells them apart. */
interface Row {
  readonly self: number
  readonly facility: 1 | 2
  readonly area: number
  /** name of a patient below; null: nobody's */
  readonly patient: keyof typeof PATIENTS | null
  /** labels of the row itself */
  readonly labels: number
}

const HIV = bitsOf(['HIV'])
const VERY = bitsOf(['V'])

/** Labels of the patients. */
const PATIENTS = { plain: 0, labelled: HIV, famous: VERY } as const

const [WARD, TEAM, LATE, EARLY] = [
  'Organization/ward',
  'Practitioner/team',
  'Practitioner/late',
  'Practitioner/early',
] as const

interface Relation {
  readonly patient: keyof typeof PATIENTS
  readonly holder: string
  readonly labels: number
  /** hours from now */
  readonly since: number
  readonly until: number
}

const RELATIONS: readonly Relation[] = [
  { patient: 'plain', holder: WARD, labels: 0, since: -1, until: 1 },
  { patient: 'labelled', holder: WARD, labels: 0, since: -1, until: 1 },
  { patient: 'labelled', holder: TEAM, labels: HIV, since: -1, until: 1 },
  { patient: 'plain', holder: LATE, labels: HIV, since: -2, until: -1 },
  { patient: 'plain', holder: EARLY, labels: HIV, since: 1, until: 2 },
]

const { person, clinical, directory, definition } = AREA_BITS
const EVERY = Object.values(AREA_BITS).reduce((bits, bit) => bits | bit, 0)

function rows(): readonly Row[] {
  const found: Row[] = []
  let self = 1
  for (const facility of [1, 2] as const)
    for (const area of [person, clinical, directory, definition])
      for (const patient of [null, 'plain', 'labelled', 'famous'] as const)
        for (const labels of [0, HIV]) found.push({ self: self++, facility, area, patient, labels })
  return found
}

export const ROWS = rows()

function fences(): readonly (Fence | null)[] {
  const found: (Fence | null)[] = [null]
  for (const open of [0, person, clinical | directory, EVERY])
    for (const care of [0, clinical, EVERY])
      for (const clearance of [0, HIV, -1])
        for (const holders of [[], [WARD], [TEAM], [LATE], [EARLY], [WARD, TEAM]])
          for (const only of [null, [], ['Patient/plain']]) found.push({ open, care, clearance, holders, only })
  return found
}

export const FENCES = fences()

/** Tables whose rows have facility, self, patient and area, and what else they cannot be without. */
export const TABLES = {
  resource_version: `version, seq, at, type, id, author, method, hash, body) select $1, $2::bigint, $3, $4, 1, $2::bigint, now(), 'Basic', $2::bigint::text, '', 'create', '', '{}'`,
  resource: `version, key, type, id, updated, date_low, date_high, present, ref_parameter, ref_target, terms) select $1, $2::bigint, $3, $4, 1, $2::bigint, 'Basic', $2::bigint::text, 0, 0, 0, 0, '{}', '{}', '{}'`,
  string_value: `parameter, folded) select $1, $2::bigint, $3, $4, 1, 'x'`,
  range_value: `parameter, unit, low, high) select $1, $2::bigint, $3, $4, 1, 0, 0, 0`,
} as const

export type FencedTable = keyof typeof TABLES

/** In words: what the rules of the hospital say, without a look at the policies. */
export function shouldSee(fence: Fence | null, row: Row): boolean {
  if (fence === null || row.facility !== 1) return false
  const isOwn = row.patient !== null && fence.only?.includes(`Patient/${row.patient}`)
  const isNobodys = row.patient === null && [directory, definition].includes(row.area)
  if (fence.only !== null && !isOwn && !isNobodys) return false
  // Whoever is cleared for everything is the product itself, which works without relations.
  if (fence.clearance === -1) return (fence.open & row.area) !== 0
  const labels = row.labels | (row.patient === null ? 0 : PATIENTS[row.patient])
  const hidden = (labels & ~fence.clearance) !== 0
  if ((fence.open & row.area) !== 0 && !hidden) return true
  if ((fence.care & row.area) === 0) return false
  if (row.patient === null) return !hidden
  return RELATIONS.some(
    ({ patient, holder, since, until, labels: covered }) =>
      patient === row.patient &&
      fence.holders.includes(holder) &&
      since < 0 &&
      until > 0 &&
      (labels & ~(fence.clearance | covered)) === 0,
  )
}

const hash = (patient: Row['patient']): string | null =>
  patient === null ? null : referenceHash(`Patient/${patient}`).toString()

/** Puts the rows where the policies look. @param admin of an empty, migrated database */
export async function fillRows(admin: pg.Client): Promise<void> {
  for (const row of ROWS) {
    for (const [table, rest] of Object.entries(TABLES)) {
      const values = [row.facility, row.self, hash(row.patient), row.area]
      await admin.query(`insert into ${table} (facility, self, patient, area, ${rest}`, values)
    }
    if (row.labels !== 0)
      await admin.query('insert into sensitivity values ($1, $2, $3)', [row.facility, row.self, row.labels])
  }
  for (const [patient, labels] of Object.entries(PATIENTS)) {
    if (labels !== 0)
      await admin.query('insert into sensitivity values (1, $1, $2)', [hash(patient as keyof typeof PATIENTS), labels])
  }
  for (const { patient, holder, labels, since, until } of RELATIONS) {
    await admin.query(
      `insert into care_relation values (1, $1, $2, 1, $3, now() + $4 * interval '1 hour', now() + $5 * interval '1 hour', 0)`,
      [hash(patient), referenceHash(holder).toString(), labels, since, until],
    )
  }
}

/** Judges one table for one reader. @returns selves that PostgreSQL shows and should not, or hides and should show */
export async function wrongRows(app: pg.Client, table: FencedTable, fence: Fence | null): Promise<readonly number[]> {
  await app.query('begin')
  if (fence !== null) await app.query(`select set_config('lanh.reader', $1, true)`, [fenceText(1, fence)])
  const { rows: shown } = await app.query<{ self: string }>(`select self from ${table}`)
  await app.query('rollback')
  const seen = new Set(shown.map(({ self }) => Number(self)))
  return ROWS.filter((row) => seen.has(row.self) !== shouldSee(fence, row)).map(({ self }) => self)
}
