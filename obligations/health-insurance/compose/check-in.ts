import { checkDossier, type CheckOptions } from '../check/check-dossier.ts'
import type { Dossier } from '../types.ts'
import { type Chart, chartVisit, type ChartVisit } from './chart.ts'
import { coverageSources } from './coverage-sources.ts'
import { composedRowOf, type ComposeFinding, locatedIn } from './composed-row.ts'
import { isDrug, type Line, lineOf, orderedAt } from './line.ts'
import { drugSources, serviceSources } from './line-sources.ts'
import { identitySources, type OfVisit } from './person-sources.ts'
import { from, type Source, type Sources } from './source.ts'
import { admittedAt, facilityCode, visitNumber } from './visit-reading.ts'
import { visitSources } from './visit-sources.ts'

/** A visit at its first cost. */
export interface Arrival {
  readonly visit: ChartVisit
  /** what was charged first, since the patient was admitted where that has happened; undefined before */
  readonly first: Line | undefined
}

/** Of several cards the one that a visit begins with: the message takes one. */
const firstOf = ({ at, read }: Source<OfVisit>): Source<Arrival> => from(at, (of) => read(of)?.split(';')[0])

const ofFirst = (sources: Sources<Line>, field: string, holds: (line: Line) => boolean): Source<Arrival> => {
  const source = sources[field]!
  return from(source.at, ({ first }) => (first && holds(first) ? source.read(first) : undefined))
}

const isService = (line: Line): boolean => !isDrug(line)
const onFirst = (sources: Sources<Line>, holds: (line: Line) => boolean, ...fields: string[]): Sources<Arrival> =>
  Object.fromEntries(fields.map((field) => [field, ofFirst(sources, field, holds)]))

const taken = (...fields: string[]): Sources<Arrival> =>
  Object.fromEntries(fields.map((field) => [field, visitSources[field]!]))

/** XML0. */
export const checkInSources: Sources<Arrival> = {
  ...taken('MA_LK', 'STT'),
  ...identitySources,
  MA_THE_BHYT: firstOf(coverageSources.MA_THE_BHYT!),
  MA_DKBD: firstOf(coverageSources.MA_DKBD!),
  GT_THE_TU: firstOf(coverageSources.GT_THE_TU!),
  GT_THE_DEN: firstOf(coverageSources.GT_THE_DEN!),
  ...taken('MA_DOITUONG_KCB', 'NGAY_VAO', 'NGAY_VAO_NOI_TRU', 'LY_DO_VNT', 'MA_LY_DO_VNT', 'MA_LOAI_KCB', 'MA_CSKCB'),
  ...onFirst(serviceSources, isService, 'MA_DICH_VU', 'TEN_DICH_VU', 'MA_VAT_TU', 'TEN_VAT_TU'),
  ...onFirst(drugSources, isDrug, 'MA_THUOC', 'TEN_THUOC'),
  NGAY_YL: from(
    'ServiceRequest.authoredOn or MedicationRequest.authoredOn, else ChargeItem.occurrence',
    ({ first }) => first && orderedAt(first),
  ),
}

/** A check-in message with what is wrong with it. */
export interface CheckIn {
  readonly dossier: Dossier
  readonly findings: readonly ComposeFinding[]
}

/**
 * The check-in message (XML0) of a visit: sent when its first cost arises, and again at the first cost in the ward.
 * @returns null where the chart does not have the visit
 */
export function composeCheckIn(chart: Chart, options: CheckOptions = {}): CheckIn | null {
  const visit = chartVisit(chart)
  if (!visit) return null
  const admitted = admittedAt(visit) ?? ''
  const lines = visit.charges.map((charge) => lineOf(visit, charge))
  const first = lines
    .filter((line) => (orderedAt(line) ?? '') >= admitted)
    .toSorted((a, b) => ((orderedAt(a) ?? '') < (orderedAt(b) ?? '') ? -1 : 1))[0]
  const { encounter, patient, coverages, facility } = visit
  const about = [first?.charge, first?.order, first?.prescription, encounter, patient, ...coverages, facility]
  const row = composedRowOf('XML0', checkInSources, { visit, first }, about, {})
  const dossier = {
    decision: '3176',
    facility: facilityCode(visit) ?? '',
    made: chart.made,
    visit: visitNumber(visit) ?? '',
    tables: { XML0: [{ values: row.values, unknown: null }] },
    signature: null,
  } as const
  return { dossier, findings: checkDossier(dossier, options).map((finding) => locatedIn(finding, { XML0: [row] })) }
}
