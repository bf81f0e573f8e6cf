import type { Asked } from './asked.ts'
import { hash64 } from './hash.ts'
import { combinedConstant } from './parameters.ts'
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
    return each.combinable === undefined ? each.criteria : [withPatient(type, each.combinable, patient)]
  })
}

const patientOf = (criterion: Criterion): bigint | undefined =>
  criterion.kind === 'terms' && criterion.negated !== true ? criterion.patientIs : undefined

function withPatient(type: string, { code, forms }: NonNullable<Asked['combinable']>, patient: bigint): Criterion {
  const mix = combinedConstant(type, code) ^ patient
  return { kind: 'terms', anyOf: forms.map((form) => hash64(form) ^ mix), selective: true }
}
