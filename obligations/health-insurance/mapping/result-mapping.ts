import { codeSystems } from '#fhir/naming'
import type { DiagnosticReport, FhirResource, Observation } from '#fhir/r4'
import type { Row, Values } from '../types.ts'
import { insuranceSystems } from './code-systems.ts'
import { momentOf, writtenOf } from './moments.ts'
import { codeOf, codingOf, conceptOf, listed, some, textIn } from './parts.ts'
import { exact, type MadeRow, type Place, shown, type TableMapping, type Visit } from './table-mapping.ts'
import { ucumOf } from './units.ts'
import { textOf, writtenNumberOf } from './written-number.ts'

const PLACES: Readonly<Record<string, Place>> = {
  MA_DICH_VU: shown('DiagnosticReport.code, one DiagnosticReport a service and time'),
  MA_CHI_SO: exact<Observation>('Observation.code.coding[0].code', ({ code }) =>
    codeOf(code, insuranceSystems.indicator),
  ),
  TEN_CHI_SO: exact<Observation>('Observation.code.text', ({ code }) => code.text),
  GIA_TRI: exact<Observation>(
    'Observation.valueQuantity.value where it is a number, else Observation.valueString',
    ({ valueQuantity, valueString }) => (valueQuantity ? textOf(valueQuantity) : valueString),
  ),
  DON_VI_DO: exact<Observation>('Observation.valueQuantity.unit', ({ valueQuantity }) => valueQuantity?.unit),
  MO_TA: exact<Observation>('Observation.note[0].text', ({ note }) => note?.[0]?.text),
  KET_LUAN: shown('Observation.valueString where GIA_TRI says nothing; DiagnosticReport.conclusion'),
  NGAY_KQ: exact<Observation>('Observation.effectiveDateTime (and issued)', ({ effectiveDateTime }) =>
    writtenOf(effectiveDateTime),
  ),
  MA_BS_DOC_KQ: shown('Observation.performer, DiagnosticReport.resultsInterpreter'),
}

/** XML4: a result a row, gathered in a report for each service and time. */
export const resultMapping: TableMapping = {
  table: 'XML4',
  becomes: 'Observation; DiagnosticReport a service and time',
  places: PLACES,
  make: makeResult,
  together: reportsOf,
}

function makeResult({ values }: Row, key: string, visit: Visit): MadeRow {
  const at = momentOf(values.NGAY_KQ)
  const note = textIn(values.MO_TA)
  const performer = visit.named.people(values.MA_BS_DOC_KQ)
  const observation = some<Observation>({
    resourceType: 'Observation',
    id: visit.id('Observation', 'XML4', key),
    status: 'final',
    category: [{ coding: [{ system: codeSystems.observationCategory, code: categoryOf(values, visit) }] }],
    code: conceptOf(codingOf(insuranceSystems.indicator, values.MA_CHI_SO), values.TEN_CHI_SO) ?? { text: 'Kết quả' },
    subject: visit.subject,
    encounter: visit.inVisit,
    effectiveDateTime: at,
    issued: at !== undefined && at.length > 10 ? at : undefined,
    performer: listed(performer),
    ...valueOf(values),
    note: note === undefined ? undefined : [{ text: note }],
  })
  return { carriers: [observation], others: [] }
}

function valueOf(values: Values): Pick<Observation, 'valueQuantity' | 'valueString'> {
  const number = writtenNumberOf(values.GIA_TRI)
  if (number) {
    const code = ucumOf(values.DON_VI_DO)
    const system = code === undefined ? undefined : codeSystems.ucum
    return { valueQuantity: some({ ...number, unit: textIn(values.DON_VI_DO), system, code }) }
  }
  const valueString = textIn(values.GIA_TRI) ?? textIn(values.KET_LUAN)
  return valueString === undefined ? {} : { valueString }
}

/** Of the line that was paid for it. @source 5937/QĐ-BYT, MA_NHOM */
function categoryOf({ MA_DICH_VU }: Values, { dossier }: Visit): string {
  const line = dossier.tables.XML3?.find((row) => row.values.MA_DICH_VU === MA_DICH_VU)?.values
  if (line?.MA_NHOM === '2') return 'imaging'
  return line?.MA_NHOM === '3' ? 'procedure' : 'laboratory'
}

function reportsOf(rows: readonly MadeRow[], visit: Visit): readonly FhirResource[] {
  const groups = new Map<string, { values: Values; observations: Observation[] }>()
  rows.forEach(({ carriers }, place) => {
    const { values } = visit.dossier.tables.XML4![place]!
    const key = JSON.stringify([values.MA_DICH_VU ?? '', values.NGAY_KQ ?? ''])
    const group = groups.get(key) ?? { values, observations: [] }
    group.observations.push(carriers[0] as Observation)
    groups.set(key, group)
  })
  return [...groups].map(([key, { values, observations }]) => reportOf(key, values, observations, visit))
}

function reportOf(key: string, values: Values, observations: readonly Observation[], visit: Visit): DiagnosticReport {
  const line = visit.dossier.tables.XML3?.find((row) => row.values.MA_DICH_VU === values.MA_DICH_VU)?.values
  const [first] = observations
  const conclusion = textIn(values.KET_LUAN)
  return some<DiagnosticReport>({
    resourceType: 'DiagnosticReport',
    id: visit.id('DiagnosticReport', key),
    status: 'final',
    code: conceptOf(codingOf(codeSystems.technicalService, values.MA_DICH_VU), line?.TEN_DICH_VU) ?? first!.code,
    subject: visit.subject,
    encounter: visit.inVisit,
    effectiveDateTime: first?.effectiveDateTime,
    issued: first?.issued,
    resultsInterpreter: first?.performer,
    result: observations.map(({ id }) => ({ reference: `Observation/${id}` })),
    conclusion,
  })
}
