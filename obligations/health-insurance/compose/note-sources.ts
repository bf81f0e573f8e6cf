import { codeSystems } from '#fhir/naming'
import type { ClinicalImpression, Composition, CompositionSection } from '#fhir/r4'
import { codeOf } from '../mapping/parts.ts'
import type { ChartVisit } from './chart.ts'
import { plainText } from './plain-text.ts'
import { from, type Sources } from './source.ts'
import { minuteOf, visitNumber } from './visit-reading.ts'

/** A note of the course: an assessment, or a signed sheet of the record. */
export interface Note {
  readonly visit: ChartVisit
  readonly note: ClinicalImpression | Composition
}

/** The sheet of the course of treatment. @source Thông tư 32/2023/TT-BYT, phụ lục XXIX */
const SHEETS: ReadonlySet<string | undefined> = new Set(['36/BV2'])

const timeOf = ({ note }: Note): string | undefined =>
  note.resourceType === 'Composition' ? note.date : (note.effectiveDateTime ?? note.effectivePeriod?.start ?? note.date)

/** Finished notes of the visit, as they were made. */
export function notesOf(visit: ChartVisit): readonly Note[] {
  const impressions = visit.of('ClinicalImpression').filter(({ status }) => status === 'completed')
  const sheets = visit
    .of('Composition')
    .filter(({ type, status }) => SHEETS.has(codeOf(type, codeSystems.form)) && ['final', 'amended'].includes(status))
  return [...impressions, ...sheets]
    .map((note) => ({ visit, note }))
    .toSorted((a, b) => ((timeOf(a) ?? '') < (timeOf(b) ?? '') ? -1 : 1))
}

/** Words that stand before what a note says of one thing. @param words as the mapping of XML5 writes them */
const remarkOf =
  (words: string) =>
  ({ note }: Note): string | undefined => {
    const remarks = note.resourceType === 'ClinicalImpression' ? (note.note ?? []) : []
    return remarks.find(({ text }) => text.startsWith(`${words}: `))?.text.slice(words.length + 2)
  }

const sectionText = ({ title, text, section = [] }: CompositionSection): string =>
  [[title, plainText(text?.div)].filter((part) => part).join(': '), ...section.map(sectionText)].join('\n')

const courseOf = ({ note }: Note): string | undefined =>
  note.resourceType === 'ClinicalImpression'
    ? (note.summary ?? note.description)
    : note.section?.map(sectionText).join('\n')

/** XML5. */
export const noteSources: Sources<Note> = {
  MA_LK: from('Encounter.identifier (visitNumber), else Encounter.id', ({ visit }) => visitNumber(visit)),
  DIEN_BIEN_LS: from('ClinicalImpression.summary, or Composition.section of the sheet 36/BV2', courseOf),
  GIAI_DOAN_BENH: from('ClinicalImpression.note ("Giai đoạn bệnh: …")', remarkOf('Giai đoạn bệnh')),
  HOI_CHAN: from('ClinicalImpression.note ("Hội chẩn: …")', remarkOf('Hội chẩn')),
  PHAU_THUAT: from('ClinicalImpression.note ("Phẫu thuật: …")', remarkOf('Phẫu thuật')),
  THOI_DIEM_DBLS: from('ClinicalImpression.effective, or Composition.date', (note) => minuteOf(timeOf(note))),
  NGUOI_THUC_HIEN: from('ClinicalImpression.assessor, or Composition.author', ({ visit, note }) =>
    visit.licences(note.resourceType === 'Composition' ? note.author : [note.assessor]),
  ),
}
