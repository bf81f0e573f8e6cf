import type { Reference } from 'fhir/r4.js'
import { codeSystems } from '#fhir/naming'
import type { Care } from './care.ts'
import type { Chart } from './chart.ts'
import type { Staff } from './hospital.ts'
import { dateTimeOf, type Minute } from './time.ts'

/**
 * Kinds of paper in a record: form code, title, LOINC document type.
 * @source Thông tư 32/2023/TT-BYT, phụ lục XXIX (forms `NN/BV2`); Thông tư 25/2025/TT-BYT, phụ lục II
 */
export const papers = {
  emergency: { form: 'FAC-EMERGENCY', title: 'Phiếu khám cấp cứu', loinc: '34111-5' },
  visit: { form: 'FAC-VISIT', title: 'Phiếu khám bệnh', loinc: '34131-3' },
  examination: { form: '29/BV2', title: 'Phiếu khám bệnh vào viện', loinc: '34117-2' },
  progress: { form: '36/BV2', title: 'Phiếu theo dõi điều trị', loinc: '11506-3' },
  care: { form: '38/BV2', title: 'Phiếu chăm sóc', loinc: '34746-8' },
  operation: { form: '06/BV2', title: 'Phiếu phẫu thuật', loinc: '11504-8' },
  stage: { form: 'FAC-STAGE15', title: 'Phiếu sơ kết 15 ngày điều trị', loinc: '11506-3' },
  consultation: { form: '27/BV2', title: 'Trích biên bản hội chẩn', loinc: '11488-4' },
  discharge: { form: 'TT25-M02', title: 'Giấy ra viện', loinc: '18842-5' },
  summary: { form: 'TT25-M03', title: 'Bản tóm tắt hồ sơ bệnh án', loinc: '18842-5' },
} as const

export type PaperKind = keyof typeof papers

const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

const paragraphs = (text: string): string =>
  `<div xmlns="http://www.w3.org/1999/xhtml">${text
    .split('\n')
    .map((line) => `<p>${escape(line)}</p>`)
    .join('')}</div>`

export const typeOf = (kind: PaperKind) => ({
  coding: [
    { system: codeSystems.loinc, code: papers[kind].loinc },
    { system: codeSystems.form, code: papers[kind].form, display: papers[kind].title },
  ],
  text: papers[kind].title,
})

interface Note {
  readonly kind: PaperKind
  readonly at: Minute
  readonly author: Staff
  readonly sections: readonly (readonly [title: string, text: string])[]
}

/** Writes a signed note of titled sections. A section's text becomes paragraphs, one per line. */
export function writeNote(chart: Chart, care: Care, { kind, at, author, sections }: Note): Reference {
  return chart.file({
    resourceType: 'Composition',
    status: 'final',
    type: typeOf(kind),
    subject: chart.patient,
    encounter: care.encounter,
    date: dateTimeOf(at),
    author: [author.reference],
    title: papers[kind].title,
    attester: [{ mode: 'professional', time: dateTimeOf(at + 6), party: author.reference }],
    custodian: chart.hospital.reference,
    section: sections.map(([title, text]) => ({ title, text: { status: 'generated', div: paragraphs(text) } })),
  })
}

/** Files a finished paper as readable text, the way it is handed to the patient. */
export function filePaper(
  chart: Chart,
  care: Care,
  kind: PaperKind,
  at: Minute,
  author: Staff,
  text: string,
): Reference {
  return chart.file({
    resourceType: 'DocumentReference',
    status: 'current',
    docStatus: 'final',
    type: typeOf(kind),
    subject: chart.patient,
    date: dateTimeOf(at),
    author: [author.reference],
    custodian: chart.hospital.reference,
    description: papers[kind].title,
    content: [
      {
        attachment: {
          contentType: 'text/plain; charset=utf-8',
          language: 'vi',
          data: Buffer.from(text, 'utf8').toString('base64'),
          title: papers[kind].title,
          creation: dateTimeOf(at),
        },
      },
    ],
    context: { encounter: [care.encounter] },
  })
}
