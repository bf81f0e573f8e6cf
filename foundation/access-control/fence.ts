/** What PostgreSQL is told of a reader: the last fence, which holds also where our own code forgot to ask. */
import { selfHash } from '#fhir/search'
import { AREA_BITS } from './areas.ts'

export interface Fence {
  /** areas that are open without a relation with the patient, as AREA_BITS */
  readonly open: number
  /** areas that need such a relation, as AREA_BITS */
  readonly care: number
  /** labels that this reader may see, as bits of LABELS */
  readonly clearance: number
  /** references that relations are held by: the agent, the departments on duty, care teams */
  readonly holders: readonly string[]
  /** patients (`Patient/…`) outside of whose compartments nothing of a patient is shown; null without such a limit */
  readonly only: readonly string[] | null
}

const EVERY_AREA = Object.values(AREA_BITS).reduce((bits, bit) => bits | bit, 0)

/** What the product itself sees: everything of its facility. */
export const SYSTEM_FENCE: Fence = { open: EVERY_AREA, care: 0, clearance: -1, holders: [], only: null }

/** Nothing at all. */
export const CLOSED_FENCE: Fence = { open: 0, care: 0, clearance: 0, holders: [], only: [] }

export const referenceHash = (reference: string): bigint => {
  const [type = '', id = ''] = reference.split('/')
  return selfHash(type, id)
}

/** The value of the setting `lanh.reader`, as the row policies read it: facility|open|care|clearance|holders|only. */
export function fenceText(facility: number, { open, care, clearance, holders, only }: Fence): string {
  const array = (references: readonly string[]) => `{${references.map((one) => referenceHash(one)).join(',')}}`
  return [facility, open, care, clearance, array(holders), only === null ? '' : array(only)].join('|')
}
