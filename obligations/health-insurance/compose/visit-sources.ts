import { codeSystems, identifierSystems } from '#fhir/naming'
import type { Encounter, Observation } from '#fhir/r4'
import { insuranceSystems } from '../mapping/code-systems.ts'
import { dayOf, writtenOf } from '../mapping/moments.ts'
import { codeOf } from '../mapping/parts.ts'
import { textOf } from '../mapping/written-number.ts'
import { formatDecimal, parseDecimal } from '../money/decimal.ts'
import { type ChartVisit, identifierOf } from './chart.ts'
import { coverageSources } from './coverage-sources.ts'
import { diagnosisSources } from './diagnosis-sources.ts'
import { type OfVisit, personSources } from './person-sources.ts'
import { counted, facts, from, type Source, type Sources } from './source.ts'
import { treatmentDays } from './treatment-days.ts'
import {
  admittedAt,
  appointmentsOf,
  departmentsOf,
  facilityCode,
  minuteOf,
  visitKind,
  visitNumber,
} from './visit-reading.ts'

const ofEncounter = (at: string, read: (encounter: Encounter) => string | undefined): Source<OfVisit> =>
  from(`Encounter.${at}`, ({ visit: { encounter } }) => read(encounter))

/** The latest of the visit's measurements of one kind. @param loinc its code */
function measured({ of }: ChartVisit, loinc: string): Observation | undefined {
  return of('Observation')
    .filter(({ code, status }) => codeOf(code, codeSystems.loinc) === loinc && !VOID.has(status))
    .toSorted((a, b) => ((a.effectiveDateTime ?? '') < (b.effectiveDateTime ?? '') ? -1 : 1))
    .at(-1)
}

const VOID: ReadonlySet<string> = new Set(['cancelled', 'entered-in-error', 'registered'])

function weightOf(visit: ChartVisit): string | undefined {
  const { valueQuantity } = measured(visit, '29463-7') ?? {}
  const { unit, code } = valueQuantity ?? {}
  const scale = { kg: 3, g: 0 }[code ?? unit ?? ''] as number | undefined
  const value = parseDecimal(textOf(valueQuantity) ?? '', 3)
  if (scale === undefined || value === null) return undefined
  const hundredths = scale === 3 ? (value + 5n) / 10n : (value + 5_000n) / 10_000n
  return formatDecimal(hundredths, 2)
}

/** A blood group is written in up to five characters: O+, AB-. */
function bloodGroupOf(visit: ChartVisit): string | undefined {
  const { valueCodeableConcept, valueString } = measured(visit, '882-1') ?? {}
  const text = valueString ?? valueCodeableConcept?.text ?? valueCodeableConcept?.coding?.[0]?.display
  return text !== undefined && text.length <= 5 ? text : undefined
}

const ICD9 = [insuranceSystems.icd9]

function operationsOf({ of }: ChartVisit): string | undefined {
  const codes = of('Procedure').flatMap(({ code, status }) =>
    status === 'completed' ? (code?.coding ?? []).filter(({ system }) => ICD9.some((each) => each === system)) : [],
  )
  return [...new Set(codes.flatMap(({ code }) => code ?? []))].join(';')
}

const dischargedTo = ({ encounter: { hospitalization } }: ChartVisit): string | undefined =>
  codeOf(hospitalization?.dischargeDisposition, insuranceSystems.discharge)

/** What the summary, and papers after it, say of the visit; money apart. */
export const visitSources: Sources<OfVisit> = {
  MA_LK: from('Encounter.identifier (visitNumber), else Encounter.id', ({ visit }) => visitNumber(visit)),
  STT: counted('1', () => '1'),
  ...personSources,
  NHOM_MAU: from('Observation.value (LOINC 882-1)', ({ visit }) => bloodGroupOf(visit)),
  ...coverageSources,
  LY_DO_VV: ofEncounter('reasonCode.text', ({ reasonCode }) => reasonCode?.[0]?.text),
  ...facts<OfVisit>(
    'Encounter',
    ({ visit }) => visit.encounter,
    'LY_DO_VNT',
    'MA_LY_DO_VNT',
    'MA_TAI_NAN',
    'PP_DIEU_TRI',
  ),
  ...facts<OfVisit>(
    'Encounter',
    ({ visit }) => visit.encounter,
    'KET_QUA_DTRI',
    'GHI_CHU',
    'NGAY_TTOAN',
    'CAN_NANG_CON',
  ),
  ...diagnosisSources,
  MA_PTTT_QT: from('Procedure.code (ICD-9-CM)', ({ visit }) => operationsOf(visit)),
  MA_DOITUONG_KCB: ofEncounter('hospitalization.admitSource', ({ hospitalization }) =>
    codeOf(hospitalization?.admitSource, insuranceSystems.visitReason),
  ),
  MA_NOI_DI: from('Encounter.hospitalization.origin', ({ visit: { encounter, at } }) =>
    identifierOf(at('Organization', encounter.hospitalization?.origin)?.identifier, identifierSystems.facilityCode),
  ),
  MA_NOI_DEN: from('Encounter.hospitalization.destination', ({ visit: { encounter, at } }) =>
    identifierOf(
      at('Organization', encounter.hospitalization?.destination)?.identifier,
      identifierSystems.facilityCode,
    ),
  ),
  NGAY_VAO: ofEncounter('period.start', ({ period }) => minuteOf(period?.start)),
  NGAY_VAO_NOI_TRU: from('Encounter.classHistory (IMP), or the Encounter that is part of it', ({ visit }) =>
    admittedAt(visit),
  ),
  NGAY_RA: ofEncounter('period.end', ({ period, status }) =>
    status === 'finished' ? minuteOf(period?.end) : undefined,
  ),
  GIAY_CHUYEN_TUYEN: ofEncounter(
    'hospitalization.preAdmissionIdentifier',
    ({ hospitalization }) => hospitalization?.preAdmissionIdentifier?.value,
  ),
  SO_NGAY_DTRI: counted('Encounter.period, by MA_LOAI_KCB', ({ visit }) => treatmentDays(visit)),
  MA_LOAI_RV: from('Encounter.hospitalization.dischargeDisposition', ({ visit }) => dischargedTo(visit)),
  MA_LOAI_KCB: from('Encounter.type (insurance-visit-kind)', ({ visit }) => visitKind(visit)),
  MA_KHOA: from('Encounter.location', ({ visit }) => departmentsOf(visit).join(';')),
  MA_CSKCB: from('Organization.identifier (facilityCode), above Encounter.serviceProvider', ({ visit }) =>
    facilityCode(visit),
  ),
  CAN_NANG: from('Observation.valueQuantity (LOINC 29463-7)', ({ visit }) => weightOf(visit)),
  NGAY_TAI_KHAM: from('Appointment.start', ({ visit }) => appointmentDays(visit)),
  MA_HSBA: ofEncounter('identifier (recordNumber)', ({ identifier }) =>
    identifierOf(identifier, identifierSystems.recordNumber),
  ),
  MA_TTDV: from('PractitionerRole.code (insurance-signatory of the facility)', ({ visit }) => visit.signatory),
}

function appointmentDays(visit: ChartVisit): string | undefined {
  const days = appointmentsOf(visit).flatMap(({ start }) => writtenOf(start)?.slice(0, 8) ?? [])
  return [...new Set(days)].filter((day) => dayOf(day) !== undefined).join(';')
}
