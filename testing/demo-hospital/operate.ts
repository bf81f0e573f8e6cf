import type { Reference } from 'fhir/r4.js'
import { codeSystems } from '#fhir/naming'
import type { Care } from './care.ts'
import type { Chart } from './chart.ts'
import { writeNote } from './note.ts'
import { procedureOf, type ProcedureRow } from './tables/procedures.ts'
import { dateTimeOf, spokenTime, type Minute } from './time.ts'

/** Writes a procedure, with an operation sheet when it is surgery. Nothing yet when it lies in the future. */
export function operate(chart: Chart, care: Care, key: string, start: Minute, reason?: Reference, end?: Minute): void {
  const row = procedureOf(key)
  const finish = end ?? start + row.minutes
  if (start > chart.now) return
  const department = chart.department(row.department)
  const surgeon = row.department === 'theatre' ? care.doctor : chart.doctor(department)
  chart.file({
    resourceType: 'Procedure',
    status: finish <= chart.now ? 'completed' : 'in-progress',
    category: categoryOf(row),
    code: { coding: [{ system: codeSystems.technicalService, code: row.service }], text: row.name },
    subject: chart.patient,
    encounter: care.encounter,
    performedPeriod: { start: dateTimeOf(start), ...(finish <= chart.now && { end: dateTimeOf(finish) }) },
    performer: [{ actor: surgeon.reference }],
    location: department.area.reference,
    ...(reason && { reasonReference: [reason] }),
    outcome: { text: row.outcome },
  })
  if (!row.surgical || finish > chart.now) return
  writeNote(chart, care, {
    kind: 'operation',
    at: finish + 20,
    author: surgeon,
    sections: [
      ['Phương pháp phẫu thuật', `${row.name}. Bắt đầu ${spokenTime(start)}, kết thúc ${spokenTime(finish)}.`],
      ['Trình tự phẫu thuật', row.outcome],
      ['Ê kíp', `Phẫu thuật viên: ${surgeon.name}. Bác sĩ gây mê: ${chart.doctor(chart.department('theatre')).name}.`],
    ],
  })
}

const categoryOf = ({ surgical }: ProcedureRow) =>
  surgical
    ? {
        coding: [{ system: 'http://snomed.info/sct', code: '387713003', display: 'Surgical procedure' }],
        text: 'Phẫu thuật',
      }
    : { text: 'Thủ thuật' }
