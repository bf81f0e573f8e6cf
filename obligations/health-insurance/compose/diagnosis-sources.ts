import { codeSystems } from '#fhir/naming'
import type { Condition } from '#fhir/r4'
import { insuranceSystems } from '../mapping/code-systems.ts'
import { codeOf } from '../mapping/parts.ts'
import type { ChartVisit } from './chart.ts'
import type { OfVisit } from './person-sources.ts'
import { from, type Sources } from './source.ts'

/** @source http://hl7.org/fhir/R4/valueset-diagnosis-role.html */
type Role = 'AD' | 'DD' | 'CM' | 'CC'

/** Diagnoses that play a part in the visit, by rank; those that were refuted or entered in error play none. */
export function diagnosesOf({ encounters, at }: ChartVisit, role: Role): readonly Condition[] {
  const uses = encounters
    .flatMap(({ diagnosis = [] }) => diagnosis)
    .filter(({ use }) => codeOf(use, codeSystems.diagnosisRole) === role)
    .toSorted((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || 0)
  const conditions = uses.flatMap(({ condition }) => at('Condition', condition) ?? [])
  return [...new Set(conditions)].filter(
    (condition) => !WITHDRAWN.has(codeOf(condition.verificationStatus, VERIFICATION)),
  )
}

const VERIFICATION = 'http://terminology.hl7.org/CodeSystem/condition-ver-status'
const WITHDRAWN: ReadonlySet<string | undefined> = new Set(['refuted', 'entered-in-error'])

/** What was treated: the diagnosis at the end; of a visit for an hour, which has no other, what the patient came with. */
function mainOf(visit: ChartVisit): readonly Condition[] {
  const final = diagnosesOf(visit, 'DD')
  return final.length > 0 ? final : diagnosesOf(visit, 'CC')
}

/** What was thought at the door; of a visit for an hour the same as at its end. */
function admissionOf(visit: ChartVisit): readonly Condition[] {
  const said = diagnosesOf(visit, 'AD')
  return said.length > 0 ? said : diagnosesOf(visit, 'CC')
}

const icd = ({ code }: Condition): string | undefined => codeOf(code, codeSystems.icd10)
const traditional = ({ code }: Condition): string | undefined => codeOf(code, insuranceSystems.traditional)

const nameOf = ({ code }: Condition): string | undefined =>
  code?.text ?? code?.coding?.find(({ display }) => display !== undefined)?.display

export const mainDisease = (visit: ChartVisit): string | undefined =>
  mainOf(visit)
    .map(icd)
    .find((code) => code !== undefined)

const joined = (codes: readonly (string | undefined)[]): string | undefined => {
  const said = [...new Set(codes.filter((code) => code !== undefined))]
  return said.length > 0 ? said.join(';') : undefined
}

/** Main and secondary diagnoses with their codes behind them where there are several, as programs print them. */
function finalDiagnosis(visit: ChartVisit): string | undefined {
  const [main] = mainOf(visit)
  if (!main || nameOf(main) === undefined) return undefined
  const all = [main, ...diagnosesOf(visit, 'CM')]
  if (all.length === 1) return nameOf(main)
  return all
    .map((each) => {
      const code = icd(each) ?? traditional(each)
      return code === undefined ? nameOf(each) : `${nameOf(each) ?? ''} (${code})`.trim()
    })
    .filter((part) => part !== undefined)
    .join('; ')
}

export const diagnosisSources: Sources<OfVisit> = {
  CHAN_DOAN_VAO: from('Condition.code.text (Encounter.diagnosis AD, else CC)', ({ visit }) =>
    admissionOf(visit)
      .map(nameOf)
      .filter((name) => name !== undefined)
      .join('; '),
  ),
  CHAN_DOAN_RV: from('Condition.code.text (Encounter.diagnosis DD, else CC; then CM)', ({ visit }) =>
    finalDiagnosis(visit),
  ),
  MA_BENH_CHINH: from('Condition.code (Encounter.diagnosis DD, else CC)', ({ visit }) => mainDisease(visit)),
  MA_BENH_KT: from('Condition.code (Encounter.diagnosis CM)', ({ visit }) =>
    joined(
      diagnosesOf(visit, 'CM')
        .map(icd)
        .filter((code) => code !== mainDisease(visit)),
    ),
  ),
  MA_BENH_YHCT: from('Condition.code (traditional medicine; Encounter.diagnosis DD or CC, CM)', ({ visit }) =>
    joined([...mainOf(visit), ...diagnosesOf(visit, 'CM')].map(traditional)),
  ),
}
