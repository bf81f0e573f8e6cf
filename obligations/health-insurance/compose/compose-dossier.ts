import type { FhirResource } from '#fhir/r4'
import { checkDossier, type CheckOptions } from '../check/check-dossier.ts'
import type { TableId } from '../format/table.ts'
import { inTableOrder } from '../mapping/table-order.ts'
import type { Dossier, Finding, Row, Values } from '../types.ts'
import { type ShareOf, benefitShare } from './benefit-share.ts'
import { type Chart, chartVisit, type ChartVisit, referenceTo } from './chart.ts'
import { isDrug, type Line, lineOf } from './line.ts'
import { drugSources, serviceSources } from './line-sources.ts'
import { notesOf, noteSources } from './note-sources.ts'
import { appointmentSources, dischargeSources, firstBooking, papersOf, recordSummarySources } from './paper-sources.ts'
import { coveredTotal, drugCost, pricedLine, type PricedLine, serviceCost, totalsOf } from './price-lines.ts'
import { resultSources, resultsOf } from './result-sources.ts'
import { readSources, type Sources } from './source.ts'
import { facilityCode, settlementOf, visitNumber } from './visit-reading.ts'
import { visitSources } from './visit-sources.ts'

/** What is wrong with a composed dossier, and where in the chart it would be put right. */
export interface ComposeFinding extends Finding {
  /** reference of the resource; null where no resource of the chart is meant */
  readonly resource: string | null
  /** path in R4 that the field is read from, or what it is counted from; null where the field has no source */
  readonly at: string | null
}

export interface Composed {
  readonly dossier: Dossier
  readonly findings: readonly ComposeFinding[]
}

/** A row with what it was read from, so that its findings lead back to the chart. */
interface ComposedRow {
  readonly values: Values
  readonly sources: Sources<never>
  /** the row's own resource first */
  readonly resources: readonly FhirResource[]
}

type ComposedTables = Readonly<Partial<Record<TableId, readonly ComposedRow[]>>>

/**
 * The dossier of decision 3176 of a visit that was recorded in the chart. Amounts are counted here and nowhere else; what
 * the chart does not say stays empty and is found by the check.
 * @returns null where the chart does not have the visit
 */
export function composeDossier(chart: Chart, options: CheckOptions = {}): Composed | null {
  const visit = chartVisit(chart)
  if (!visit) return null
  const composed = tablesOf(visit)
  const tables = Object.fromEntries(
    Object.entries(composed).flatMap(([table, rows]): [string, readonly Row[]][] =>
      rows.length === 0 ? [] : [[table, rows.map(({ values }) => rowOf(table as TableId, values))]],
    ),
  )
  const dossier: Dossier = {
    decision: '3176',
    facility: facilityCode(visit) ?? '',
    made: chart.made,
    visit: visitNumber(visit) ?? '',
    tables,
    signature: null,
  }
  return { dossier, findings: checkDossier(dossier, options).map((finding) => located(finding, composed)) }
}

export const rowOf = (table: TableId, values: Values): Row => ({ values: inTableOrder(table, values), unknown: null })

function tablesOf(visit: ChartVisit): ComposedTables {
  const lines = visit.charges.map((charge) => lineOf(visit, charge))
  const read = readSources(visitSources, { visit })
  const bill = billOf(lines, visit, read)
  const month = settlementOf(read)
  const summary: Values = {
    ...read,
    ...totalsOf({ drugs: bill.drugs.map(({ priced }) => priced), services: bill.services.map(({ priced }) => priced) }),
    ...(month.length === 6 ? { NAM_QT: month.slice(0, 4), THANG_QT: month.slice(4) } : {}),
  }
  const about = aboutVisit(visit)
  const booking = firstBooking(visit)
  const papers = (sources: Sources<never>, ...forms: string[]): readonly ComposedRow[] =>
    papersOf(visit, ...forms).map((paper) =>
      composedRow(sources, { visit, summary, paper } as never, [paper, ...about], {}),
    )
  return {
    XML1: [{ values: summary, sources: visitSources as Sources<never>, resources: about }],
    XML2: bill.drugs.map(({ priced, line }, place) => lineRow(priced, line, drugSources, place, about)),
    XML3: bill.services.map(({ priced, line }, place) => lineRow(priced, line, serviceSources, place, about)),
    XML4: resultsOf(visit).map((result, place) =>
      composedRow(resultSources, result, present(result.observation, result.report, ...about), numbered(place)),
    ),
    XML5: notesOf(visit).map((note, place) => composedRow(noteSources, note, [note.note, ...about], numbered(place))),
    XML7: papers(dischargeSources as Sources<never>, 'TT25-M02', 'XML7').slice(0, 1),
    XML8: papers(recordSummarySources as Sources<never>, 'TT25-M03', 'XML8').slice(0, 1),
    XML14: booking ? [composedRow(appointmentSources, { visit, summary, booking }, [booking, ...about], {})] : [],
  }
}

const numbered = (place: number): Values => ({ STT: String(place + 1) })

const composedRow = <Of>(
  sources: Sources<Of>,
  of: Of,
  resources: readonly FhirResource[],
  counted: Values,
): ComposedRow => ({
  values: { ...readSources(sources, of), ...counted },
  sources: sources as Sources<never>,
  resources,
})

const present = (...resources: readonly (FhirResource | undefined)[]): readonly FhirResource[] =>
  resources.filter((each) => each !== undefined)

const aboutVisit = ({ encounter, patient, coverages, facility }: ChartVisit): readonly FhirResource[] =>
  present(encounter, patient, ...coverages, facility)

interface BilledLine {
  readonly line: Line
  readonly priced: PricedLine
}

interface LineBill {
  readonly drugs: readonly BilledLine[]
  readonly services: readonly BilledLine[]
}

/** Every line is read, then all are added up, then each is split: a small bill is paid whole. */
function billOf(lines: readonly Line[], visit: ChartVisit, summary: Values): LineBill {
  const read = lines.map((line) => {
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
  { values }: PricedLine,
  { charge, prescription, medication, given, order, procedure, report }: Line,
  sources: Sources<Line>,
  place: number,
  about: readonly FhirResource[],
): ComposedRow {
  const resources = present(charge, prescription, medication, given, order, procedure, report, ...about)
  return { values: { ...values, ...numbered(place) }, sources: sources as Sources<never>, resources }
}

/** Where the chart would say it: the resource of the type that the source names, else the row's own. */
function located(finding: Finding, composed: ComposedTables): ComposeFinding {
  const { table, row, field } = finding
  const found = table === null ? undefined : composed[table]?.[(row ?? 1) - 1]
  const at = (field === null ? undefined : found?.sources[field]?.at) ?? null
  const types = at?.match(/\b[A-Z][A-Za-z]+(?=\.)/g) ?? []
  const named = types
    .map((type) => found?.resources.find(({ resourceType }) => resourceType === type))
    .find((each) => each !== undefined)
  const resource = named ?? found?.resources[0]
  return { ...finding, resource: resource ? referenceTo(resource) : null, at }
}
