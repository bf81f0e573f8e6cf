import { tables } from '../format/tables.ts'
import { joinRules } from './join-patients.ts'
import { ROW_PREFIX } from './kept-row.ts'
import { mappings } from './mappings.ts'
import type { TableMapping } from './table-mapping.ts'

/** The mapping for people to read, as Markdown: what stands in docs/rules/insurance-mapping.md. */
export const mappingDocument = (): string =>
  `${[HEAD, ...Object.values(mappings).map(tableSection), joinSection()].join('\n\n')}\n`

const HEAD = `# Insurance dossiers and FHIR

Written from the mapping in \`obligations/health-insurance/mapping\`; a test holds this page equal to it
(with \`--update\` it writes it anew). \`toResources\` makes resources of a dossier,
\`toDossier\` makes the dossier of the resources, field by field.

- **Exact**: the field is read back from its place in R4. Whoever corrects it there corrects the dossier.
- **Shown**: the place says it to people, but shares it with other dossiers or cannot hold every text; the field itself
  stands in the extension of the row.
- **Kept**: R4 has no place; the field stands in the extension of the row alone.

The extension \`${ROW_PREFIX}<TABLE>\` on a resource holds \`row\` (the row's STT where the table counts upwards, else its place from 1) and one
part for each field that is not read from R4. Where an exact place cannot say what was received (letters in a number,
a day that does not exist, leading zeros), the text received is kept beside it and goes before it. Tags that no decision
knows are kept under \`unknown\`. Text that an R4 string may not contain is kept as base64 of its UTF-8.

An empty element comes back empty; elements that a row did not have at all are listed under \`absent\`.
MA_LK is that of the dossier and STT that of the row's place; they are kept only where they say something else.
Results keep the digits they were written with: the number stands in \`value\`, how many decimals it had in
\`quantity-precision\`; more than fifteen digits are kept as text. Amounts and quantities of the bill are plain numbers,
and their text is kept beside them where it has zeros that a number loses. Money is therefore never counted from a
float: whoever adds amounts reads the dossier.

Ids come from facility, MA_LK, table and STT (rows with the same STT are told apart by their order), so that a
corrected dossier writes new versions of the same resources.
Patients are known by facility and MA_BN, cards by patient and number, people by licence number, departments, beds and
machines by facility and code.`

function tableSection({ table: id, becomes, places, keptOn = {} }: TableMapping): string {
  const { english, fields } = tables[id]
  const rows = fields.map(({ name }) => {
    const place = places[name]
    const how = place === undefined ? 'kept' : place.read ? 'exact' : 'shown'
    return [name, how, place?.at ?? (keptOn[name] ? `on ${keptOn[name]}` : '')]
  })
  return `## ${id}: ${english}\n\nBecomes: ${becomes}.\n\n${markdownTable(['Field', 'How', 'Where'], rows)}`
}

function joinSection(): string {
  const rows = joinRules.map(({ when, verdict, why }) => [
    Object.entries(when)
      .map(([aspect, comparisons]) => `${aspect}: ${comparisons.join(' or ')}`)
      .join(', ') || 'anything else',
    verdict,
    why,
  ])
  const table = markdownTable(['When', 'Verdict', 'Sentence'], rows)
  return `## Whose chart

\`joinPatients\` compares two patients; the first line that fits decides. \`identity\`: personal ID, former ID or
passport; \`insurance\`: the last ten digits of a card; \`childCard\`: the same on a card TE; \`code\`: MA_BN. A name is
compared without marks and case, and \`near\` when one letter differs; a birth known only by year or month is \`near\`. A
telephone says nothing: families share one.

${table}`
}

/** With columns of one width, as the formatter of the project writes them. */
function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')))
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const [first = [], ...others] = cells
  return [line(first), line(widths.map((width) => '-'.repeat(width))), ...others.map(line)].join('\n')
}
