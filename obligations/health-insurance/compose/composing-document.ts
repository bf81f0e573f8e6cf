import type { TableId } from '../format/table.ts'
import { tables } from '../format/tables.ts'
import { checkInSources } from './check-in.ts'
import {
  countedInDrugs,
  countedInNotes,
  countedInResults,
  countedInServices,
  countedInSummary,
} from './counted-fields.ts'
import { FACTS } from './facts.ts'
import { drugSources, serviceSources } from './line-sources.ts'
import { noteSources } from './note-sources.ts'
import { appointmentSources, dischargeSources, recordSummarySources } from './paper-sources.ts'
import { resultSources } from './result-sources.ts'
import { visitSources } from './visit-sources.ts'
import { writtenPapers } from './written-papers.ts'

type Place = { readonly how: string; readonly at: string }

/** Tables that are composed: when there is a row, and where each field comes from. */
const COMPOSED: readonly (readonly [TableId, when: string, sources: Readonly<Record<string, Place>>])[] = [
  ['XML0', 'one row: the first charge, since admission where there was one', checkInSources],
  ['XML1', 'one row: the visit', { ...visitSources, ...countedInSummary }],
  ['XML2', 'a row for each ChargeItem of a drug (groups 4 to 7 and 17)', { ...drugSources, ...countedInDrugs }],
  ['XML3', 'a row for every other ChargeItem', { ...serviceSources, ...countedInServices }],
  [
    'XML4',
    'a row for each Observation of a finished DiagnosticReport, and for each of laboratory or imaging without one',
    { ...resultSources, ...countedInResults },
  ],
  ['XML5', 'a row for each finished ClinicalImpression or signed sheet', { ...noteSources, ...countedInNotes }],
  ['XML7', 'the signed Composition of the form TT25-M02', dischargeSources],
  ['XML8', 'the signed Composition of the form TT25-M03', recordSummarySources],
  ...writtenPapers.map(
    ({ table, forms, sources }) =>
      [table, `the signed Composition of the form ${forms.join(' or ')}`, sources] as const,
  ),
  ['XML14', 'the first Appointment that was made at the visit', appointmentSources],
]

const HEAD = `# Insurance dossiers from the chart

Written from the sources in \`obligations/health-insurance/compose\`; a test holds this page equal to it
(with \`--update\` it writes it anew). \`composeDossier\` makes the dossier of a visit that was recorded in FHIR, without any
file before it; \`composeCheckIn\` makes its check-in message.

- **read**: the field stands there in the chart.
- **counted**: the field follows from others, by the rules of the decision; amounts are whole numbers, never floats.
- **copied**: the field is what another table says.

Nothing is made up: what the chart does not say stays empty, and the check names the field, the resource and the place
where it would stand. Fields that are not listed are never filled.

A visit is an Encounter with those that are \`partOf\` it. Lines of the bill are its ChargeItems with the status billable or
billed; orders are found by \`ChargeItem.supportingInformation\` or \`service\`. Prices in another money than VND count as absent.

What R4 has no place for stands in the extension \`${FACTS}\` of the resource that it is said of: one part for each
field, its url the field's name, its value the text of the table. "(facts)" means this extension.`

/** The sources for people to read, as Markdown: what stands in docs/rules/insurance-composing.md. */
export const composingDocument = (): string => `${[HEAD, ...COMPOSED.map(section)].join('\n\n')}\n`

function section([id, when, sources]: (typeof COMPOSED)[number]): string {
  const { english, fields } = tables[id]
  const rows = fields.flatMap(({ name }) => {
    const source = Object.hasOwn(sources, name) ? sources[name] : undefined
    return source ? [[name, source.how, source.at]] : []
  })
  return `## ${id}: ${english}\n\n${upper(when)}.\n\n${tableOf([['Field', 'How', 'Where'], ...rows])}`
}

const upper = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

/** Columns as wide as their widest cell, as the formatter wants them. */
function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_cell, column) => Math.max(...rows.map((row) => row[column]!.length)))
  const lineOf = (row: readonly string[], fill = ' ') =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column]!, fill)).join(' | ')} |`
  const [head = [], ...rest] = rows
  return [
    lineOf(head),
    lineOf(
      widths.map(() => ''),
      '-',
    ),
    ...rest.map((row) => lineOf(row)),
  ].join('\n')
}

export const composedSources = COMPOSED
