import type { Composition, FhirResource } from '#fhir/r4'
import { checkDossier, type CheckOptions } from '../check/check-dossier.ts'
import type { TableId } from '../format/table.ts'
import type { Dossier, Row, Values } from '../types.ts'
import { benefitShare, type ShareOf } from './benefit-share.ts'
import { type Chart, chartVisit, type ChartVisit } from './chart.ts'
import {
  type ComposedRow,
  composedRowOf,
  type ComposedTables,
  type ComposeFinding,
  locatedIn,
  readRow,
} from './composed-row.ts'
import { countedInDrugs, countedInServices, countedInSummary } from './counted-fields.ts'
import { isDrug, type Line, lineOf } from './line.ts'
import { drugSources, serviceSources } from './line-sources.ts'
import { notesOf, noteSources } from './note-sources.ts'
import {
  appointmentSources,
  dischargeSources,
  firstBooking,
  type Paper,
  papersOf,
  recordSummarySources,
} from './paper-sources.ts'
import { coveredTotal, drugCost, pricedLine, type PricedLine, serviceCost, totalsOf } from './price-lines.ts'
import { resultSources, resultsOf } from './result-sources.ts'
import { readSources, type Sources } from './source.ts'
import { facilityCode, settlementOf, visitNumber } from './visit-reading.ts'
import { visitSources } from './visit-sources.ts'
import { writtenPapers } from './written-papers.ts'

/** A dossier that was made of a chart. */
export interface Composed {
  readonly dossier: Dossier
  /** what is wrong with it, and where in the chart; catalogues are of the facility whose dossier it is */
  readonly findings: (options?: CheckOptions) => readonly ComposeFinding[]
}

/**
 * The dossier of decision 3176 of a visit that was recorded in the chart. Amounts are counted here and nowhere else; what
 * the chart does not say stays empty and is found by the check.
 * @returns null where the chart does not have the visit
 */
export function composeDossier(chart: Chart): Composed | null {
  const visit = chartVisit(chart)
  if (!visit) return null
  const composed = tablesOf(visit)
  const tables = Object.entries(composed).flatMap(([table, rows]): [string, readonly Row[]][] =>
    rows.length === 0 ? [] : [[table, rows.map(({ values }) => ({ values, unknown: null }))]],
  )
  const dossier: Dossier = {
    decision: '3176',
    facility: facilityCode(visit) ?? '',
    made: chart.made,
    visit: visitNumber(visit) ?? '',
    tables: Object.fromEntries(tables),
    signature: null,
  }
  return {
    dossier,
    findings: (options) => checkDossier(dossier, options).map((finding) => locatedIn(finding, composed)),
  }
}

function tablesOf(visit: ChartVisit): ComposedTables {
  const read = readSources(visitSources, { visit })
  const bill = billOf(visit, read)
  const month = settlementOf(read)
  const summary: Values = {
    ...read,
    ...totalsOf({ drugs: bill.drugs.map(({ priced }) => priced), services: bill.services.map(({ priced }) => priced) }),
    ...(month.length === 6 ? { NAM_QT: month.slice(0, 4), THANG_QT: month.slice(4) } : {}),
  }
  const about = aboutVisit(visit)
  const booking = firstBooking(visit)
  return {
    XML1: [readRow('XML1', { ...visitSources, ...countedInSummary }, summary, about)],
    XML2: bill.drugs.map((line, place) => lineRow('XML2', { ...drugSources, ...countedInDrugs }, line, place, about)),
    XML3: bill.services.map((line, place) =>
      lineRow('XML3', { ...serviceSources, ...countedInServices }, line, place, about),
    ),
    XML4: resultsOf(visit).map((result, place) =>
      composedRowOf('XML4', resultSources, result, [result.observation, result.report, ...about], numbered(place)),
    ),
    XML5: notesOf(visit).map((note, place) =>
      composedRowOf('XML5', noteSources, note, [note.note, ...about], numbered(place)),
    ),
    XML7: paperRows('XML7', dischargeSources, { visit, summary }, papersOf(visit, 'TT25-M02', 'XML7')),
    XML8: paperRows('XML8', recordSummarySources, { visit, summary }, papersOf(visit, 'TT25-M03', 'XML8')),
    ...writtenTables({ visit, summary }),
    XML14: booking
      ? [composedRowOf('XML14', appointmentSources, { visit, summary, booking }, [booking, ...about], {})]
      : [],
  }
}

const numbered = (place: number): Values => ({ STT: String(place + 1) })

const aboutVisit = ({ encounter, patient, coverages, facility }: ChartVisit): readonly (FhirResource | undefined)[] => [
  encounter,
  patient,
  ...coverages,
  facility,
]

const writtenTables = (of: Omit<Paper, 'paper'>): ComposedTables =>
  Object.fromEntries(
    writtenPapers.map(({ table, forms, sources, most }) => [
      table,
      paperRows(table, sources, of, papersOf(of.visit, ...forms), most),
    ]),
  )

/** A visit has one paper of a kind, the latest that was signed; of a birth one a child. */
const paperRows = (
  table: TableId,
  sources: Sources<Paper>,
  of: Omit<Paper, 'paper'>,
  papers: readonly Composition[],
  most = 1,
): readonly ComposedRow[] =>
  papers
    .toSorted((a, b) => (a.date < b.date ? 1 : -1))
    .slice(0, most)
    .map((paper) => composedRowOf(table, sources, { ...of, paper }, [paper, ...aboutVisit(of.visit)], {}))

interface BilledLine {
  readonly line: Line
  readonly priced: PricedLine
}

/** Every line is read, then all are added up, then each is split: a small bill is paid whole. */
function billOf(
  visit: ChartVisit,
  summary: Values,
): { readonly drugs: readonly BilledLine[]; readonly services: readonly BilledLine[] } {
  const read = visit.charges.map((charge) => {
    const line = lineOf(visit, charge)
    const drug = isDrug(line)
    const values = readSources(drug ? drugSources : serviceSources, line)
    return { line, drug, values, amounts: drug ? drugCost(values) : serviceCost(values) }
  })
  const share: ShareOf = {
    reason: summary.MA_DOITUONG_KCB,
    kind: summary.MA_LOAI_KCB,
    left: summary.NGAY_RA,
    total: coveredTotal(read.map(({ amounts }) => amounts)),
  }
  const billed = read.map(({ line, drug, values, amounts }) => {
    const level = values.MUC_HUONG ?? levelOf(visit, share, values)
    return { line, drug, priced: pricedLine(level === undefined ? values : { ...values, MUC_HUONG: level }, amounts) }
  })
  return { drugs: billed.filter(({ drug }) => drug), services: billed.filter(({ drug }) => !drug) }
}

/** Outside the scope the fund pays nothing. */
const levelOf = (visit: ChartVisit, share: ShareOf, { PHAM_VI, NGAY_YL }: Values): string | undefined =>
  PHAM_VI === '2' ? '0' : benefitShare(visit, share, NGAY_YL)

function lineRow(
  table: TableId,
  places: ComposedRow['places'],
  { priced, line }: BilledLine,
  place: number,
  about: readonly (FhirResource | undefined)[],
): ComposedRow {
  const { charge, prescription, medication, given, order, procedure, report } = line
  const resources = [charge, prescription, medication, given, order, procedure, report, ...about]
  return readRow(table, places, { ...priced.values, ...numbered(place) }, resources)
}
