import { codeSystems } from '#fhir/naming'
import type { Care } from './care.ts'
import type { Chart } from './chart.ts'
import { categoryOf } from './observe.ts'
import { studyOf } from './tables/imaging.ts'
import { dateTimeOf, type Minute } from './time.ts'

const orderCategory = [
  { coding: [{ system: 'http://snomed.info/sct', code: '363679005', display: 'Imaging' }], text: 'Chẩn đoán hình ảnh' },
]

/** Orders a study and reports it: what is seen as an Observation, what it means as the report's conclusion. */
export function orderStudy(chart: Chart, care: Care, key: string, ordered: Minute): string {
  const study = studyOf(key)
  const department = chart.department(study.department)
  const reader = chart.doctor(department)
  const done = ordered + chart.random.int(40, 110)
  const which = chart.random.int(0, study.findings.length - 1)
  const conclusion = study.conclusion[which] ?? study.conclusion[0] ?? ''
  const code = { coding: [{ system: codeSystems.technicalService, code: study.service }], text: study.name }
  const shared = { code, subject: chart.patient, encounter: care.encounter }
  const pending = done > chart.now
  const request = chart.file({
    resourceType: 'ServiceRequest',
    status: pending ? 'active' : 'completed',
    intent: 'order',
    category: orderCategory,
    ...shared,
    authoredOn: dateTimeOf(ordered),
    requester: care.doctor.reference,
    performer: [department.organization],
  })
  if (pending) return ''
  const findings = chart.file({
    resourceType: 'Observation',
    basedOn: [request],
    status: 'final',
    category: categoryOf('imaging'),
    code: { coding: [{ system: codeSystems.loinc, code: '18782-3' }], text: 'Mô tả hình ảnh' },
    subject: chart.patient,
    encounter: care.encounter,
    effectiveDateTime: dateTimeOf(done - 20),
    performer: [reader.reference],
    valueString: study.findings[which],
  })
  chart.file({
    resourceType: 'DiagnosticReport',
    basedOn: [request],
    status: 'final',
    category: [{ coding: [{ system: codeSystems.diagnosticSection, code: study.section }] }],
    ...shared,
    effectiveDateTime: dateTimeOf(done - 20),
    issued: dateTimeOf(done),
    performer: [department.organization],
    resultsInterpreter: [reader.reference],
    result: [findings],
    conclusion,
  })
  return conclusion
}
