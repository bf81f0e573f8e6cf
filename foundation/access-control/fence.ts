/** What PostgreSQL is told of a reader: the last fence, which holds also where our own code forgot to ask. */
import { selfHash } from '#fhir/search'
import { AREA_BITS, areaBits, NOBODYS } from './areas.ts'

export interface Fence {
  /** areas that are open without a relation with the patient, as AREA_BITS */
  readonly open: number
  /** areas that such a relation opens, as AREA_BITS; also open ones, of which it opens what clearance does not */
  readonly care: number
  /** labels that this reader may see, as bits of LABELS */
  readonly clearance: number
  /** references that relations are held by: the agent, the departments on duty, the agent coming for a purpose */
  readonly holders: readonly string[]
  /** patients (`Patient/…`) outside of whose compartments nothing of a patient is shown; null without such a limit */
  readonly only: readonly string[] | null
}

const EVERY_AREA = Object.values(AREA_BITS).reduce((bits, bit) => bits | bit, 0)

/** What the product itself sees: everything of its facility. */
export const SYSTEM_FENCE: Fence = { open: EVERY_AREA, care: 0, clearance: -1, holders: [], only: null }

/** Nothing at all. */
export const CLOSED_FENCE: Fence = { open: 0, care: 0, clearance: 0, holders: [], only: [] }

/** What the row policies look at. */
export interface Row {
  /** one of AREA_BITS */
  readonly area: number
  /** labels of the row and of its patient, as bits */
  readonly labels: number
  /** `Patient/…`; null for what belongs to nobody */
  readonly patient: string | null
  /** relations of the fence's holders with that patient that hold now: the labels that each covers, as bits */
  readonly relations: readonly number[]
}

/** What the row policies of the database say, in our own words: migration 0006 says the same in SQL. */
export function fenceAllows(
  { open, care, clearance, only }: Fence,
  { area, labels, patient, relations }: Row,
): boolean {
  if (only !== null && (patient === null ? (area & areaBits(NOBODYS)) === 0 : !only.includes(patient))) return false
  const uncleared = labels & ~clearance
  if ((area & open) !== 0 && uncleared === 0) return true
  if ((area & care) === 0) return false
  return patient === null ? uncleared === 0 : relations.some((covered) => (uncleared & ~covered) === 0)
}

export const referenceHash = (reference: string): bigint => {
  const [type = '', id = ''] = reference.split('/')
  return selfHash(type, id)
}

/** The value of the setting `lanh.reader`, as the row policies read it: facility|open|care|clearance|holders|only. */
export function fenceText(facility: number, { open, care, clearance, holders, only }: Fence): string {
  const array = (references: readonly string[]) => `{${references.map((one) => referenceHash(one)).join(',')}}`
  return [facility, open, care, clearance, array(holders), only === null ? '' : array(only)].join('|')
}
