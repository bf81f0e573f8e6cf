import type { Asked, Combinable } from './asked.ts'
import { hash64 } from './hash.ts'
import { combinedConstant, parameterBit } from './parameters.ts'
import type { Criterion } from './types.ts'

/**
 * The conditions of a request. Where one patient is asked for together with a code or category, their combined terms
 * take the place of both: the index then finds exactly the rows.
 */
export function combined(type: string, asked: readonly Asked[]): readonly Criterion[] {
  const patients = asked.flatMap(({ criteria }) => criteria.map(patientOf)).filter((patient) => patient !== undefined)
  const combinable = asked.filter((each) => each.combinable !== undefined)
  const [patient] = patients
  if (patient === undefined || patients.length > 1 || combinable.length === 0)
    return asked.flatMap(({ criteria }) => criteria)
  return asked.flatMap((each) => {
    if (each.criteria.length === 1 && patientOf(each.criteria[0]!) !== undefined) return []
    return each.combinable === undefined ? each.criteria : withPatient(type, each.criteria, each.combinable, patient)
  })
}

const patientOf = (criterion: Criterion): bigint | undefined =>
  criterion.kind === 'terms' && criterion.negated !== true ? criterion.patientIs : undefined

/** Combined are codes without their system: where one is asked for, it is asked of the few rows that are found. */
function withPatient(
  type: string,
  criteria: readonly Criterion[],
  combinable: Combinable,
  patient: bigint,
): readonly Criterion[] {
  const anyOf = combinedTerms(type, combinable).map((each) => each ^ patient)
  const found: Criterion = { kind: 'terms', anyOf, selective: true }
  return combinable.complete ? [found] : [found, ofRow(type, combinable.code, criteria)]
}

/** Combined terms before the patient is mixed in. */
export const combinedTerms = (type: string, { code, codes }: Combinable): readonly bigint[] =>
  codes.map((each) => hash64(each) ^ combinedConstant(type, code))

/**
 * The same conditions, for rows that are found already and have a code. The second alternative is never met by them; no
 * index answers it, so that PostgreSQL does not fetch all rows of a common code beside the patient's few.
 */
const ofRow = (type: string, code: string, criteria: readonly Criterion[]): Criterion => ({
  kind: 'any',
  of: [criteria, [{ kind: 'missing', bit: parameterBit(type, code), missing: true }]],
})
