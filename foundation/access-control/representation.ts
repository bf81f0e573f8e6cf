import type { Policy } from './policy/policy.ts'

/**
 * As what somebody reads the record of whom they represent: in the patient's place, or the summary only. The law leaves
 * open which relationship is which, so it is the policy's.
 *
 * @param relationships codes of RelatedPerson.relationship (v3-RoleCode)
 * @returns null where the policy lets nobody of this relationship in
 * @source Luật Khám bệnh, chữa bệnh 15/2023/QH15, Điều 69 khoản 4 điểm d và đ
 */
export function roleOfRepresentative(
  { representations }: Policy,
  relationships: readonly string[],
): 'patient' | 'representative' | null {
  const found = representations.find((each) =>
    each.relationships.some((code) => code === '*' || relationships.includes(code)),
  )
  return found?.role ?? null
}
