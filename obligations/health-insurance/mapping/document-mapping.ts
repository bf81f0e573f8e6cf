import { codeSystems } from '#fhir/naming'
import type { Composition, Reference } from '#fhir/r4'
import type { Table, TableId } from '../format/table.ts'
import { tables } from '../format/tables.ts'
import type { Row, Values } from '../types.ts'
import { fieldLabel } from './field-labels.ts'
import { momentOf } from './moments.ts'
import { some, textIn } from './parts.ts'
import { type MadeRow, type Place, shown, type TableMapping, type Visit } from './table-mapping.ts'

/** When a paper was written, and by whom: the first of these that it has. */
const WRITTEN_ON = ['NGAY_CT', 'NGAY_RA', 'NGAY_VAO'] as const
const WRITTEN_BY = ['MA_BS', 'MA_BAC_SI', 'NGUOI_GHI_PHIEU', 'MA_TTDV'] as const

/** Fields that every paper repeats from the visit: not worth a line. */
const REPEATED: ReadonlySet<string> = new Set(['MA_LK', 'STT', 'DU_PHONG'])

/** A table that is a paper: a Composition that a person can read, of the type of its table. */
export function documentMapping(id: TableId): TableMapping {
  const table = tables[id]
  const fields = new Set(table.fields.map(({ name }) => name))
  const named = (names: readonly string[], at: string): [string, Place][] =>
    names.filter((name) => fields.has(name)).map((name) => [name, shown(at)])
  return {
    table: id,
    becomes: 'Composition with a readable section',
    places: Object.fromEntries([
      ...named(WRITTEN_ON.slice(0, 1), 'Composition.date'),
      ...named(WRITTEN_BY, 'Composition.author, the first that is there'),
    ]),
    make: (row, number, visit) => makeDocument(table, row, number, visit),
  }
}

function makeDocument(table: Table, { values }: Row, number: number, visit: Visit): MadeRow {
  const date = dateOf(values, visit)
  const composition = some({
    resourceType: 'Composition',
    id: visit.id('Composition', table.id, String(number)),
    status: 'final',
    type: { coding: [{ system: codeSystems.form, code: table.id, display: table.name }], text: table.name },
    subject: visit.subject,
    encounter: visit.inVisit,
    ...(date === undefined ? { _date: { extension: [UNKNOWN] } } : { date }),
    author: [authorOf(values, visit)],
    title: table.name,
    section: sectionsOf(table, values),
  }) as Composition
  return { carriers: [composition], others: [] }
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

function sectionsOf(table: Table, values: Values): Composition['section'] {
  const lines = table.fields.flatMap(({ name, kind }) => {
    const text = REPEATED.has(name) ? undefined : textIn(values[name])
    return text === undefined ? [] : [`<p><b>${fieldLabel(name)}:</b> ${inXhtml(readable(text, kind))}</p>`]
  })
  if (lines.length === 0) return undefined
  const div = `<div xmlns="http://www.w3.org/1999/xhtml">${lines.join('')}</div>`
  return [{ title: table.name, text: { status: 'generated', div } }]
}

/** Days and minutes as a person writes them. */
function readable(text: string, kind: string): string {
  const [, year, month, day, hour, minute] = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2}))?$/.exec(text) ?? []
  if (!year || !/day|minute/.test(kind)) return text
  return hour === undefined ? `${day}/${month}/${year}` : `${hour}:${minute} ${day}/${month}/${year}`
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const inXhtml = (text: string): string => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign]!)
