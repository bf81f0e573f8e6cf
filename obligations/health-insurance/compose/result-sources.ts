import { codeSystems } from '#fhir/naming'
import type { DiagnosticReport, Observation } from '#fhir/r4'
import { insuranceSystems } from '../mapping/code-systems.ts'
import { codeOf } from '../mapping/parts.ts'
import { textOf } from '../mapping/written-number.ts'
import type { ChartVisit } from './chart.ts'
import { from, type Sources } from './source.ts'
import { minuteOf, visitNumber } from './visit-reading.ts'

/** One value of a report, or a report that is all in its conclusion. */
export interface Result {
  readonly visit: ChartVisit
  readonly report: DiagnosticReport
  readonly observation: Observation | undefined
}

const FINAL: ReadonlySet<string> = new Set(['final', 'amended', 'corrected', 'appended'])

/** Results of the visit's finished reports, as the reports have them. Panels are given by their members. */
export function resultsOf(visit: ChartVisit): readonly Result[] {
  const membersOf = (observation: Observation | undefined): readonly Observation[] => {
    if (!observation || !FINAL.has(observation.status)) return []
    const members = (observation.hasMember ?? []).flatMap((reference) => visit.at('Observation', reference) ?? [])
    return members.length > 0 ? members.filter(({ status }) => FINAL.has(status)) : [observation]
  }
  return visit
    .of('DiagnosticReport')
    .filter(({ status }) => FINAL.has(status))
    .toSorted((a, b) => ((a.issued ?? a.effectiveDateTime ?? '') < (b.issued ?? b.effectiveDateTime ?? '') ? -1 : 1))
    .flatMap((report) => {
      const found = (report.result ?? []).flatMap((reference) => membersOf(visit.at('Observation', reference)))
      const observations = found.length > 0 ? found : [undefined]
      return observations.map((observation) => ({ visit, report, observation }))
    })
}

function valueOf({ observation }: Result): string | undefined {
  const { valueQuantity, valueString, valueCodeableConcept, valueInteger, valueBoolean } = observation ?? {}
  if (valueQuantity) return `${valueQuantity.comparator ?? ''}${textOf(valueQuantity) ?? ''}`
  if (valueInteger !== undefined) return String(valueInteger)
  if (valueBoolean !== undefined) return valueBoolean ? 'Dương tính' : 'Âm tính'
  return valueString ?? valueCodeableConcept?.text ?? valueCodeableConcept?.coding?.[0]?.display
}

/** The service that was paid for it: the report's own, else the order's. */
function serviceOf({ visit, report }: Result): string | undefined {
  const orders = (report.basedOn ?? []).map((reference) => visit.at('ServiceRequest', reference)?.code)
  return [report.code, ...orders].map((each) => codeOf(each, codeSystems.technicalService)).find((code) => code)
}

const nameOf = ({ report, observation }: Result): string | undefined => {
  const { text, coding } = (observation ?? report).code
  return text ?? coding?.find(({ display }) => display !== undefined)?.display
}

/** XML4. */
export const resultSources: Sources<Result> = {
  MA_LK: from('Encounter.identifier (visitNumber), else Encounter.id', ({ visit }) => visitNumber(visit)),
  MA_DICH_VU: from('DiagnosticReport.code or that of its ServiceRequest (technicalService)', serviceOf),
  MA_CHI_SO: from(
    'Observation.code (insurance-indicator, else LOINC)',
    ({ observation }) =>
      codeOf(observation?.code, insuranceSystems.indicator) ?? codeOf(observation?.code, codeSystems.loinc),
  ),
  TEN_CHI_SO: from('Observation.code (text, else display), else DiagnosticReport.code', nameOf),
  GIA_TRI: from('Observation.value', valueOf),
  DON_VI_DO: from('Observation.valueQuantity.unit', ({ observation }) => observation?.valueQuantity?.unit),
  MO_TA: from('Observation.note', ({ observation }) => observation?.note?.[0]?.text),
  KET_LUAN: from('DiagnosticReport.conclusion, where no value says it', (result) =>
    valueOf(result) === undefined ? result.report.conclusion : undefined,
  ),
  NGAY_KQ: from('Observation.issued or DiagnosticReport.issued, else effective', ({ report, observation }) =>
    [report.issued, observation?.issued, observation?.effectiveDateTime, report.effectiveDateTime]
      .map(minuteOf)
      .find((minute) => minute !== undefined),
  ),
  MA_BS_DOC_KQ: from(
    'DiagnosticReport.resultsInterpreter or performer, else Observation.performer',
    (result) =>
      result.visit.licences(result.report.resultsInterpreter ?? result.report.performer ?? []) ??
      result.visit.licences(result.observation?.performer ?? []),
  ),
}
