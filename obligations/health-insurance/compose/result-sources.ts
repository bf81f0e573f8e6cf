import { codeSystems } from '#fhir/naming'
import type { DiagnosticReport, Observation } from '#fhir/r4'
import { insuranceSystems } from '../mapping/code-systems.ts'
import { codeOf } from '../mapping/parts.ts'
import { textOf } from '../mapping/written-number.ts'
import type { ChartVisit } from './chart.ts'
import { from, type Sources } from './source.ts'
import { minuteOf, visitNumber } from './visit-reading.ts'

/** One value of a report, a report that is all in its conclusion, or a value that no report gathers. */
export interface Result {
  readonly visit: ChartVisit
  readonly report: DiagnosticReport | undefined
  readonly observation: Observation | undefined
}

const FINAL: ReadonlySet<string> = new Set(['final', 'amended', 'corrected', 'appended'])

/** Values of the laboratory and of imaging are results; vital signs and what was asked are not. */
const RESULTS: ReadonlySet<string> = new Set(['laboratory', 'imaging'])

/** Results of the visit's finished reports, then those without a report, as the chart has them. Panels are given by their members. */
export function resultsOf(visit: ChartVisit): readonly Result[] {
  const reports = visit
    .of('DiagnosticReport')
    .filter(({ status }) => FINAL.has(status))
    .toSorted((a, b) => ((a.issued ?? a.effectiveDateTime ?? '') < (b.issued ?? b.effectiveDateTime ?? '') ? -1 : 1))
  const reported = reports.flatMap((report) => {
    const found = (report.result ?? []).flatMap((reference) => membersOf(visit, visit.at('Observation', reference)))
    const observations = found.length > 0 ? found : [undefined]
    return observations.map((observation) => ({ visit, report, observation }))
  })
  const alone = unreported(visit).map((observation) => ({ visit, report: undefined, observation }))
  return [...reported, ...alone]
}

/** The final values of a panel, or the one value that it is. */
function membersOf(visit: ChartVisit, observation: Observation | undefined): readonly Observation[] {
  if (!observation || !FINAL.has(observation.status)) return []
  const members = (observation.hasMember ?? []).flatMap((reference) => visit.at('Observation', reference) ?? [])
  return members.length > 0 ? members.filter(({ status }) => FINAL.has(status)) : [observation]
}

/** What a report names comes with it, when it is finished. */
function unreported(visit: ChartVisit): readonly Observation[] {
  const named = visit.of('DiagnosticReport').flatMap(({ result = [] }) => result)
  const all = visit.of('Observation')
  const members = [...named.flatMap((each) => visit.at('Observation', each) ?? []), ...all]
    .flatMap(({ hasMember = [] }) => hasMember)
    .concat(named)
  const inOthers = new Set(members.map((reference) => visit.at('Observation', reference)))
  return all
    .filter((each) => !inOthers.has(each) && isResult(each))
    .toSorted((a, b) => ((a.effectiveDateTime ?? '') < (b.effectiveDateTime ?? '') ? -1 : 1))
    .flatMap((each) => membersOf(visit, each))
}

const isResult = ({ category }: Observation): boolean =>
  category?.some((each) => RESULTS.has(codeOf(each, codeSystems.observationCategory) ?? '')) ?? false

function valueOf({ observation }: Result): string | undefined {
  const { valueQuantity, valueString, valueCodeableConcept, valueInteger, valueBoolean } = observation ?? {}
  if (valueQuantity) return `${valueQuantity.comparator ?? ''}${textOf(valueQuantity) ?? ''}`
  if (valueInteger !== undefined) return String(valueInteger)
  if (valueBoolean !== undefined) return valueBoolean ? 'Dương tính' : 'Âm tính'
  return valueString ?? valueCodeableConcept?.text ?? valueCodeableConcept?.coding?.[0]?.display
}

/** The service that was paid for it: the report's own, else the order's, else the value's. */
function serviceOf({ visit, report, observation }: Result): string | undefined {
  const basedOn = [...(report?.basedOn ?? []), ...(observation?.basedOn ?? [])]
  const orders = basedOn.map((reference) => visit.at('ServiceRequest', reference)?.code)
  return [report?.code, ...orders, observation?.code]
    .map((each) => codeOf(each, codeSystems.technicalService))
    .find((code) => code)
}

const nameOf = ({ report, observation }: Result): string | undefined => {
  const { text, coding } = (observation ?? report)?.code ?? {}
  return text ?? coding?.find(({ display }) => display !== undefined)?.display
}

/** XML4. */
export const resultSources: Sources<Result> = {
  MA_LK: from('Encounter.identifier (visitNumber), else Encounter.id', ({ visit }) => visitNumber(visit)),
  MA_DICH_VU: from(
    'DiagnosticReport.code, that of the ServiceRequest, else Observation.code (technicalService)',
    serviceOf,
  ),
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
    valueOf(result) === undefined ? result.report?.conclusion : undefined,
  ),
  NGAY_KQ: from('Observation.issued or DiagnosticReport.issued, else effective', ({ report, observation }) =>
    [report?.issued, observation?.issued, observation?.effectiveDateTime, report?.effectiveDateTime]
      .map(minuteOf)
      .find((minute) => minute !== undefined),
  ),
  MA_BS_DOC_KQ: from(
    'DiagnosticReport.resultsInterpreter or performer, else Observation.performer',
    (result) =>
      result.visit.licences(result.report?.resultsInterpreter ?? result.report?.performer ?? []) ??
      result.visit.licences(result.observation?.performer ?? []),
  ),
}
