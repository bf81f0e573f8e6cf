import { codeSystems, identifierSystems } from '#fhir/naming'
import type { Appointment, Composition, CompositionSection } from '#fhir/r4'
import type { TableId } from '../format/table.ts'
import { insuranceSystems } from '../mapping/code-systems.ts'
import { writtenOf } from '../mapping/moments.ts'
import { codeOf } from '../mapping/parts.ts'
import type { Values } from '../types.ts'
import { type ChartVisit, identifierOf } from './chart.ts'
import { factOf } from './facts.ts'
import { nameOf } from './person-sources.ts'
import { plainText } from './plain-text.ts'
import { copiedFromSummary, from, type Source, type Sources } from './source.ts'
import { appointmentsOf } from './visit-reading.ts'

/** A signed paper of the record. */
export interface Paper {
  readonly visit: ChartVisit
  readonly summary: Values
  readonly paper: Composition
}

/** An appointment that was made at the visit. */
export interface Booking {
  readonly visit: ChartVisit
  readonly summary: Values
  readonly booking: Appointment
}

const SIGNED: ReadonlySet<string> = new Set(['final', 'amended'])

/** Papers of a form, signed. @param forms codes of the form, and the table that it becomes */
export const papersOf = (visit: ChartVisit, ...forms: readonly string[]): readonly Composition[] =>
  visit
    .of('Composition')
    .filter(({ type, status }) => SIGNED.has(status) && forms.includes(codeOf(type, codeSystems.form) ?? ''))

const sectionsIn = (sections: readonly CompositionSection[] = []): readonly CompositionSection[] =>
  sections.flatMap((each) => [each, ...sectionsIn(each.section)])

/** A field that the paper says in a section coded with the field, or as a fact. */
export const inPaper = (table: TableId, field: string, ...titles: readonly string[]): Source<Paper> =>
  from(
    `Composition.section (insurance-field ${table}.${field})${titles.length > 0 ? ', or by its title' : ''}, else facts`,
    ({ paper }) => {
      const sections = sectionsIn(paper.section)
      const coded = sections.find(({ code }) => codeOf(code, insuranceSystems.field) === `${table}.${field}`)
      const titled = sections.find(({ title }) => titles.includes(title ?? ''))
      return plainText((coded ?? titled)?.text?.div) ?? factOf(paper, field)
    },
  )

const inPapers = (table: TableId, ...fields: readonly string[]): Sources<Paper> =>
  Object.fromEntries(fields.map((field) => [field, inPaper(table, field)]))

/** Who signs for the facility. */
export const signatory: Source<Paper | Booking> = from(
  'PractitionerRole.code (insurance-signatory of the facility)',
  ({ visit }) => visit.signatory,
)

/** Day of the paper. */
export const paperDay: Source<Paper> = from('Composition.date', ({ paper }) => writtenOf(paper.date)?.slice(0, 8))

/** Licence and name of who wrote the paper. */
export const paperAuthor: Source<Paper> = from('Composition.author', ({ visit, paper }) => visit.licences(paper.author))
export const paperAuthorName: Source<Paper> = from('Practitioner.name, of Composition.author', ({ visit, paper }) => {
  const [person] = paper.author.flatMap((reference) => visit.at('Practitioner', reference) ?? [])
  return person && nameOf(person)
})

/** XML7, from the form TT25-M02. @source Thông tư 25/2025/TT-BYT, phụ lục II */
export const dischargeSources: Sources<Paper> = {
  ...copiedFromSummary<Paper>('MA_LK', ['MA_YTE', 'MA_BN'], 'NGAY_VAO', 'NGAY_RA', 'CHAN_DOAN_RV', [
    'PP_DIEUTRI',
    'PP_DIEU_TRI',
  ]),
  SO_LUU_TRU: from('Encounter.identifier (archiveNumber)', ({ visit }) =>
    identifierOf(visit.encounter.identifier, identifierSystems.archiveNumber),
  ),
  MA_KHOA_RV: {
    how: 'copied',
    at: 'XML1.MA_KHOA, the last',
    read: ({ summary }) => summary.MA_KHOA?.split(';').at(-1),
  },
  GHI_CHU: inPaper('XML7', 'GHI_CHU', 'Ghi chú'),
  ...inPapers('XML7', 'MA_DINH_CHI_THAI', 'NGUYENNHAN_DINHCHI', 'THOIGIAN_DINHCHI', 'TUOI_THAI', 'MA_CHA', 'MA_ME'),
  ...inPapers('XML7', 'MA_THE_TAM', 'HO_TEN_CHA', 'HO_TEN_ME', 'SO_NGAY_NGHI', 'NGOAITRU_TUNGAY', 'NGOAITRU_DENNGAY'),
  MA_TTDV: signatory,
  MA_BS: paperAuthor,
  TEN_BS: paperAuthorName,
  NGAY_CT: paperDay,
}

/** XML8, from the form TT25-M03. @source Thông tư 25/2025/TT-BYT, phụ lục II */
export const recordSummarySources: Sources<Paper> = {
  ...copiedFromSummary<Paper>(
    'MA_LK',
    'MA_LOAI_KCB',
    'CHAN_DOAN_VAO',
    'CHAN_DOAN_RV',
    'NGAY_VAO',
    'NGAY_RA',
    'KET_QUA_DTRI',
  ),
  QT_BENHLY: inPaper('XML8', 'QT_BENHLY', 'Quá trình bệnh lý và diễn biến lâm sàng'),
  TOMTAT_KQ: inPaper('XML8', 'TOMTAT_KQ', 'Tóm tắt kết quả cận lâm sàng'),
  PP_DIEUTRI: inPaper('XML8', 'PP_DIEUTRI', 'Phương pháp điều trị'),
  ...inPapers(
    'XML8',
    'HO_TEN_CHA',
    'HO_TEN_ME',
    'NGUOI_GIAM_HO',
    'DON_VI',
    'NGAY_SINHCON',
    'NGAY_CONCHET',
    'SO_CONCHET',
    'GHI_CHU',
    'MA_THE_TAM',
  ),
  MA_TTDV: signatory,
  NGAY_CT: paperDay,
}

/** XML14, from an appointment. */
export const appointmentSources: Sources<Booking> = {
  ...copiedFromSummary<Booking>('MA_LK', 'MA_CSKCB', 'HO_TEN', 'NGAY_SINH', 'GIOI_TINH', 'DIA_CHI', 'MA_THE_BHYT'),
  ...copiedFromSummary<Booking>('GT_THE_DEN', 'NGAY_VAO', 'NGAY_VAO_NOI_TRU', 'NGAY_RA', 'CHAN_DOAN_RV'),
  ...copiedFromSummary<Booking>('MA_BENH_CHINH', 'MA_BENH_KT', 'MA_BENH_YHCT', 'MA_DOITUONG_KCB'),
  SO_GIAYHEN_KL: from(
    'Appointment.identifier, else Appointment.id',
    ({ booking: { identifier, id } }) => identifier?.[0]?.value ?? id,
  ),
  NGAY_HEN_KL: from('Appointment.start', ({ booking }) => writtenOf(booking.start)?.slice(0, 8)),
  MA_BAC_SI: from(
    'Appointment.participant, else Encounter.participant',
    ({ visit, booking }) =>
      visit.licences(booking.participant.map(({ actor }) => actor)) ??
      visit.licences((visit.encounter.participant ?? []).slice(0, 1).map(({ individual }) => individual)),
  ),
  MA_TTDV: signatory,
  NGAY_CT: from('Appointment.created', ({ booking }) => writtenOf(booking.created)?.slice(0, 8)),
}

/** A visit has one appointment paper: for the day that comes first. */
export const firstBooking = (visit: ChartVisit): Appointment | undefined =>
  appointmentsOf(visit)
    .filter(({ start }) => start !== undefined)
    .toSorted((a, b) => ((a.start ?? '') < (b.start ?? '') ? -1 : 1))[0]
