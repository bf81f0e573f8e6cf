import { codeSystems } from '#fhir/naming'
import type { Composition, FhirResource } from '#fhir/r4'
import { minuteOf, reference } from './native-parts.ts'
import type { NativeVisit } from './native-visit.ts'

const narrative = (text: string) => ({
  status: 'generated' as const,
  div: `<div xmlns="http://www.w3.org/1999/xhtml"><p>${text}</p></div>`,
})

const paper = (
  { id, patient, encounter, doctor, plan }: NativeVisit,
  form: string,
  title: string,
  sections: readonly (readonly [title: string, text: string])[],
): Composition => ({
  resourceType: 'Composition',
  id: `${id}-${form.toLowerCase()}`,
  status: 'final',
  type: { coding: [{ system: codeSystems.form, code: form }], text: title },
  subject: patient,
  encounter,
  date: minuteOf(plan.nights, 830),
  author: [doctor],
  title,
  section: sections.map(([name, text]) => ({ title: name, text: narrative(text) })),
})

/** What a stay leaves behind in writing, and the day to come again. */
export function notesAndPapers(visit: NativeVisit): readonly FhirResource[] {
  const { plan, id, patient, encounter, doctor } = visit
  const notes = Array.from({ length: plan.nights }, (_, night): FhirResource => ({
    resourceType: 'ClinicalImpression',
    id: `${id}-db-${night}`,
    status: 'completed',
    subject: patient,
    encounter,
    effectiveDateTime: minuteOf(night + 1, 480),
    assessor: doctor,
    summary: `Ngày ${night + 1}: tỉnh, bụng mềm. CSST<M78_T36.8_HA120/80_NT18>`,
  }))
  const papers =
    plan.nights === 0
      ? []
      : [
          paper(visit, 'TT25-M02', 'Giấy ra viện', [['Ghi chú', 'Nghỉ ngơi, ăn nhẹ']]),
          paper(visit, 'TT25-M03', 'Bản tóm tắt hồ sơ bệnh án', [
            ['Quá trình bệnh lý và diễn biến lâm sàng', 'Đau bụng hai ngày trước khi vào viện.'],
            ['Tóm tắt kết quả cận lâm sàng', 'Bạch cầu &lt; 10 G/L.'],
            ['Phương pháp điều trị', 'Điều trị nội khoa'],
          ]),
        ]
  const appointment: FhirResource = {
    resourceType: 'Appointment',
    id: `${id}-hen`,
    status: 'booked',
    start: minuteOf(plan.nights + (plan.again ?? 0), 480),
    end: minuteOf(plan.nights + (plan.again ?? 0), 495),
    created: minuteOf(plan.nights, plan.nights > 0 ? 835 : 655),
    supportingInformation: [reference('Encounter', id)],
    participant: [{ actor: patient, status: 'accepted' }],
  }
  return [...notes, ...papers, ...(plan.again === null ? [] : [appointment])]
}
