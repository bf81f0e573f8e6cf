import { codeSystems } from '#fhir/naming'
import type { Condition, EncounterDiagnosis, Reference } from '#fhir/r4'
import type { Values } from '../types.ts'
import { insuranceSystems } from './code-systems.ts'
import { diagnosisNames } from './diagnosis-names.ts'
import { momentOf } from './moments.ts'
import { codingOf, conceptOf, listOf, some, textIn } from './parts.ts'

/** A diagnosis and the part it plays in its visit. */
export interface VisitDiagnosis {
  readonly condition: Condition
  readonly inEncounter: EncounterDiagnosis
}

/** @source http://hl7.org/fhir/R4/valueset-diagnosis-role.html */
const ROLES = { AD: 'Chẩn đoán vào viện', DD: 'Chẩn đoán ra viện', CM: 'Bệnh kèm theo' } as const
type Role = keyof typeof ROLES

interface Said {
  readonly kind: string
  readonly role: Role
  readonly system: string
  readonly codes: readonly string[]
  /** by code */
  readonly names: ReadonlyMap<string, string>
  readonly certain: boolean
  readonly at: string | undefined
}

const NO_NAMES: ReadonlyMap<string, string> = new Map()

/** What the summary says the patient had: the main disease first, the admission diagnosis last. */
function diagnosesSaid(summary: Values): readonly Said[] {
  const { MA_BENH_CHINH, MA_BENH_KT, MA_BENH_YHCT, CHAN_DOAN_RV, CHAN_DOAN_VAO, NGAY_VAO, NGAY_RA } = summary
  const atEnd = { certain: true, at: NGAY_RA || NGAY_VAO }
  const icd10 = codeSystems.icd10
  const traditional = insuranceSystems.traditional
  const main = (MA_BENH_CHINH ?? '').trim()
  const secondary = listOf(MA_BENH_KT)
  const names = diagnosisNames(CHAN_DOAN_RV ?? '', [main, ...secondary])
  const mainNames = names ?? new Map([[main, CHAN_DOAN_RV ?? '']])
  return [
    { kind: 'main', role: 'DD', system: icd10, codes: [main], names: mainNames, ...atEnd },
    { kind: 'secondary', role: 'CM', system: icd10, codes: secondary, names: names ?? NO_NAMES, ...atEnd },
    { kind: 'traditional', role: 'CM', system: traditional, codes: listOf(MA_BENH_YHCT), names: NO_NAMES, ...atEnd },
    {
      kind: 'admission',
      role: 'AD',
      system: icd10,
      codes: [''],
      names: new Map([['', CHAN_DOAN_VAO ?? '']]),
      certain: false,
      at: NGAY_VAO,
    },
  ]
}

/** @param id of a Condition by its kind and code */
export function diagnosesOf(
  summary: Values,
  id: (kind: string, code: string) => string,
  subject: Reference,
  encounter: Reference,
): readonly VisitDiagnosis[] {
  return diagnosesSaid(summary).flatMap(({ kind, role, system, codes, names, certain, at }) =>
    [...new Set(codes)].flatMap((code, place) => {
      const text = names.get(code)
      const concept = conceptOf(codingOf(system, code), text)
      if (!concept) return []
      const condition = some<Condition>({
        resourceType: 'Condition',
        id: id(kind, code),
        clinicalStatus: kind === 'main' && summary.KET_QUA_DTRI === '1' ? RESOLVED : undefined,
        verificationStatus: certain ? CONFIRMED : PROVISIONAL,
        category: [{ coding: [{ system: codeSystems.conditionCategory, code: 'encounter-diagnosis' }] }],
        code: concept,
        subject,
        encounter,
        recordedDate: momentOf(at),
      })
      const use = { coding: [{ system: codeSystems.diagnosisRole, code: role }], text: ROLES[role] }
      const reference = { reference: `Condition/${condition.id}`, display: textIn(text) ?? code }
      return [{ condition, inEncounter: { condition: reference, use, rank: place + 1 } }]
    }),
  )
}

const CLINICAL = 'http://terminology.hl7.org/CodeSystem/condition-clinical'
const VERIFICATION = 'http://terminology.hl7.org/CodeSystem/condition-ver-status'
const RESOLVED = { coding: [{ system: CLINICAL, code: 'resolved' }] }
const CONFIRMED = { coding: [{ system: VERIFICATION, code: 'confirmed' }] }
const PROVISIONAL = { coding: [{ system: VERIFICATION, code: 'provisional' }] }
