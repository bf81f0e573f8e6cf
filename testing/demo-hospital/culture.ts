import type { Observation } from 'fhir/r4.js'
import { codeSystems } from '#fhir/naming'
import type { Care } from './care.ts'
import type { Chart } from './chart.ts'
import { categoryOf } from './observe.ts'
import type { Culture } from './tables/cultures.ts'
import { DAY, dateTimeOf, type Minute } from './time.ts'

const susceptibility = { S: 'Nhạy cảm', I: 'Trung gian', R: 'Kháng' } as const

/** Orders a culture and reports it three days later: what grew, and its antibiogram as components. */
export function reportCulture(chart: Chart, care: Care, culture: Culture, ordered: Minute): void {
  const { specimen, organism } = culture
  const laboratory = chart.department('laboratory')
  const name = `Nuôi cấy và định danh vi khuẩn: ${specimen.toLowerCase()}`
  const shared = { subject: chart.patient, encounter: care.encounter, code: { text: name } }
  const released = ordered + 3 * DAY
  const request = chart.file({
    resourceType: 'ServiceRequest',
    status: 'completed',
    intent: 'order',
    category: [{ text: 'Xét nghiệm' }],
    ...shared,
    authoredOn: dateTimeOf(ordered),
    requester: care.doctor.reference,
    performer: [laboratory.organization],
  })
  const result = chart.file({
    resourceType: 'Observation',
    basedOn: [request],
    status: 'final',
    category: categoryOf('laboratory'),
    ...shared,
    effectiveDateTime: dateTimeOf(ordered + 20),
    issued: dateTimeOf(released),
    performer: [laboratory.organization],
    ...growth(culture),
  })
  chart.file({
    resourceType: 'DiagnosticReport',
    basedOn: [request],
    status: 'final',
    category: [{ coding: [{ system: codeSystems.diagnosticSection, code: 'MB' }] }],
    ...shared,
    effectiveDateTime: dateTimeOf(ordered + 20),
    issued: dateTimeOf(released),
    performer: [laboratory.organization],
    resultsInterpreter: [chart.doctor(laboratory).reference],
    result: [result],
    conclusion: organism ? `Dương tính: ${organism}.` : 'Âm tính: không mọc vi khuẩn sau 3 ngày.',
  })
}

function growth({
  organism,
  count,
  antibiogram,
}: Culture): Pick<Observation, 'valueString' | 'interpretation' | 'component'> {
  const flag = (code: string, text: string) => [{ coding: [{ system: codeSystems.interpretation, code }], text }]
  if (!organism) return { valueString: 'Không mọc vi khuẩn', interpretation: flag('NEG', 'Âm tính') }
  return {
    valueString: count ? `${organism}, ${count}` : organism,
    interpretation: flag('POS', 'Dương tính'),
    ...(antibiogram && {
      component: antibiogram.map(([antibiotic, result]) => ({
        code: { text: antibiotic },
        valueString: susceptibility[result],
        interpretation: flag(result, susceptibility[result]),
      })),
    }),
  }
}
