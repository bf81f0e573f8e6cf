import { codeSystems } from '#fhir/naming'
import type { Composition, CompositionSection, Reference } from '#fhir/r4'
import type { Table, TableId } from '../format/table.ts'
import { fieldLabel } from '../format/labels.ts'
import { tables } from '../format/tables.ts'
import type { Row, Values } from '../types.ts'
import { bookedDay } from './booked-day.ts'
import { insuranceSystems } from './code-systems.ts'
import { codedText } from './coded-texts.ts'
import { momentOf } from './moments.ts'
import { codingOf, listed, some, textIn } from './parts.ts'
import { type MadeRow, type Named, type Place, shown, type TableMapping, type Visit } from './table-mapping.ts'

/** When a paper was written, and by whom: the first of these that it has. */
const WRITTEN_ON = ['NGAY_CT', 'NGAY_RA', 'NGAY_VAO'] as const
const WRITTEN_BY = ['MA_BS', 'MA_BAC_SI', 'NGUOI_GHI_PHIEU', 'MA_TTDV'] as const

/** Fields that papers repeat from the visit and the patient: whoever reads the chart has them before the eyes. */
const REPEATED: ReadonlySet<string> = new Set(
  `MA_LK STT DU_PHONG MA_BN HO_TEN NGAY_SINH GIOI_TINH SO_CCCD MA_QUOCTICH MA_DANTOC MA_NGHE_NGHIEP DIA_CHI
  MATINH_CU_TRU MAHUYEN_CU_TRU MAXA_CU_TRU`.split(/\s+/),
)

/** What a doctor wrote in sentences has a section of its own; the rest stands in lines of the first. */
const WRITTEN: ReadonlySet<string> = new Set(
  `CHAN_DOAN_VAO CHAN_DOAN_RV DAU_HIEU_LS QT_BENHLY TOMTAT_KQ PP_DIEUTRI TINH_TRANG_CT HUONG_DIEU_TRI GHI_CHU
  NGUYENNHAN_DINHCHI TINH_TRANG_CON`.split(/\s+/),
)

/** Who or what stands behind a code. */
const NAMED: Readonly<Record<string, keyof Named>> = {
  MA_KHOA_RV: 'departments',
  MA_CSKCB: 'facilities',
  MA_CSKCB_DI: 'facilities',
  MA_CSKCB_DEN: 'facilities',
  MA_BS: 'people',
  MA_BAC_SI: 'people',
  MA_TTDV: 'people',
}

/** Tables that are one of the forms of a medical record. @source Thông tư 25/2025/TT-BYT, phụ lục II */
const FORMS: Readonly<Partial<Record<TableId, string>>> = { XML7: 'TT25-M02', XML8: 'TT25-M03', XML11: 'TT25-M07' }

/** A table that is a paper: a Composition that a person can read, of the type of its table. */
export function documentMapping(id: TableId): TableMapping {
  const table = tables[id]
  const fields = new Set(table.fields.map(({ name }) => name))
  const named = (names: readonly string[], at: string): [string, Place][] =>
    names.filter((name) => fields.has(name)).map((name) => [name, shown(at)])
  return {
    table: id,
    becomes: 'Composition: lines of labelled fields, and a section for each field of sentences',
    places: Object.fromEntries([
      ...named(WRITTEN_ON.slice(0, 1), 'Composition.date'),
      ...named(WRITTEN_BY, 'Composition.author, the first that is there'),
      ...named(['NGAY_HEN_KL'], 'Appointment.requestedPeriod'),
    ]),
    make: (row, key, visit) => makeDocument(table, row, key, visit),
  }
}

function makeDocument(table: Table, { values }: Row, key: string, visit: Visit): MadeRow {
  const date = dateOf(values, visit)
  const composition = some({
    resourceType: 'Composition',
    id: visit.id('Composition', table.id, key),
    status: 'final',
    type: {
      coding: [FORMS[table.id], table.id].flatMap((code) => codingOf(codeSystems.form, code, table.name)),
      text: table.name,
    },
    subject: visit.subject,
    encounter: visit.inVisit,
    ...(date === undefined ? { _date: { extension: [UNKNOWN] } } : { date }),
    author: [authorOf(values, visit)],
    title: table.name,
    section: sectionsOf(table, values, visit),
  }) as Composition
  const booked = table.id === 'XML14' ? bookedDay(values, key, visit) : null
  if (booked && composition.section?.[0]) composition.section[0].entry = [{ reference: `Appointment/${booked.id}` }]
  return { carriers: [composition], others: booked ? [booked] : [] }
}

/** @source http://hl7.org/fhir/R4/extension-data-absent-reason.html */
const UNKNOWN = { url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }

const dateOf = (values: Values, { summary, dossier }: Visit): string | undefined =>
  [...WRITTEN_ON.map((field) => values[field]), summary.NGAY_RA, summary.NGAY_VAO, dossier.made]
    .map(momentOf)
    .find((moment) => moment !== undefined)

function authorOf(values: Values, { named, dossier, encounter }: Visit): Reference {
  const [person] = WRITTEN_BY.flatMap((field) => named.people(values[field]))
  return person ?? encounter.serviceProvider ?? { display: dossier.facility || 'Không rõ' }
}

function sectionsOf(table: Table, values: Values, visit: Visit): Composition['section'] {
  const said = table.fields.flatMap(({ name, kind }) => {
    const text = REPEATED.has(name) ? undefined : textIn(values[name])
    return text === undefined ? [] : [{ name, text: readable(text, name, kind, visit) }]
  })
  const lines = said.filter(({ name }) => !WRITTEN.has(name))
  const written = said.filter(({ name }) => WRITTEN.has(name))
  return listed([
    lines.length > 0
      ? section(
          table.name,
          lines.map(({ name, text }) => `<p><b>${fieldLabel(name)}:</b> ${inXhtml(text)}</p>`),
        )
      : undefined,
    ...written.map(({ name, text }) => ({
      ...section(fieldLabel(name), [`<p>${inXhtml(text)}</p>`]),
      code: { coding: codingOf(insuranceSystems.field, `${table.id}.${name}`) },
    })),
  ])
}

const section = (title: string, paragraphs: readonly string[]): CompositionSection => ({
  title,
  text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${paragraphs.join('')}</div>` },
})

/** Codes by their names, days and minutes as a person writes them. */
function readable(text: string, name: string, kind: string, { named }: Visit): string {
  const behind = NAMED[name]
  if (behind)
    return named[behind](text)
      .map(({ display }) => display)
      .join(', ')
  const [, year, month, day, hour, minute] = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2}))?$/.exec(text) ?? []
  if (!year || !/day|minute/.test(kind)) return codedText(name, text)
  return hour === undefined ? `${day}/${month}/${year}` : `${hour}:${minute} ${day}/${month}/${year}`
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const inXhtml = (text: string): string => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign]!)
