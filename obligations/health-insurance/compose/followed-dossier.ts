import type { Coverage, Encounter, FhirResource, Patient } from '#fhir/r4'
import type { TableId } from '../format/table.ts'
import { ROW_PREFIX } from '../mapping/kept-row.ts'
import { toDossier as keptDossier } from '../mapping/to-dossier.ts'
import { visitOf } from '../mapping/visit.ts'
import type { Dossier, Row, Values } from '../types.ts'
import { type ChartVisit, chartVisit } from './chart.ts'
import { coverageSources } from './coverage-sources.ts'
import { diagnosisSources } from './diagnosis-sources.ts'
import { type OfVisit, personSources } from './person-sources.ts'
import { readSources, type Sources } from './source.ts'

/** Lists that are parallel: where one of them was changed, all are read from the chart. */
const CARDS = ['MA_THE_BHYT', 'MA_DKBD', 'GT_THE_TU', 'GT_THE_DEN'] as const

const { MA_BN: _hospitalNumber, ...person } = personSources

/** What the chart may say otherwise than a dossier that came from a file. The patient's number says whose dossier it is. */
const FOLLOWED: Sources<OfVisit> = { ...person, ...coverageSources, ...diagnosisSources }

/**
 * The dossier that these resources came from, with what was changed in them since. The row as it was received holds for a
 * field as long as the chart says what it said then.
 * @param resources in any order; those that belong to no dossier are passed over
 * @param asImported Patient and Coverages as they stood when the dossier came, for a chart that is older than it or has
 *   had others since; of the rest it is known from the rows themselves
 */
export function toDossier(resources: readonly FhirResource[], asImported: readonly FhirResource[] = []): Dossier {
  const dossier = keptDossier(resources)
  const summary = dossier.tables.XML1?.[0]?.values
  const encounter = resources.find(carriesSummary)
  if (!summary || !encounter) return dossier
  const now = chartVisit({ encounter: encounter.id ?? '', resources, made: '', everyCard: true })
  const then = now && visitThen(dossier, asImported)
  if (!then) return dossier
  const changed = changedBetween(readSources(FOLLOWED, { visit: then }), readSources(FOLLOWED, { visit: now }))
  return Object.keys(changed).length > 0 ? withChanges(dossier, summary, changed) : dossier
}

const carriesSummary = (resource: FhirResource): resource is Encounter =>
  resource.resourceType === 'Encounter' && (resource.extension ?? []).some(({ url }) => url === `${ROW_PREFIX}XML1`)

/** The visit as the mapping made it of the summary. */
function visitThen({ tables, ...envelope }: Dossier, asImported: readonly FhirResource[]): ChartVisit | null {
  const summaryOnly = { ...envelope, tables: { XML1: tables.XML1?.slice(0, 1) ?? [] } }
  const { visit, resources } = visitOf(summaryOnly, (...parts) => JSON.stringify(parts))
  const then = chartVisit({ encounter: visit.encounter.id ?? '', resources: resources(), made: '', everyCard: true })
  const patient = asImported.find((each): each is Patient => each.resourceType === 'Patient')
  const coverages = asImported.filter((each): each is Coverage => each.resourceType === 'Coverage')
  return (
    then && {
      ...then,
      patient: patient ?? then.patient,
      coverages: coverages.length > 0 ? inOrder(coverages) : then.coverages,
    }
  )
}

const inOrder = (cards: readonly Coverage[]): readonly Coverage[] =>
  cards.toSorted((a, b) => ((a.period?.start ?? '') < (b.period?.start ?? '') ? -1 : 1))

/** What the chart no longer says is no change: nothing is taken away that nothing stands for. */
function changedBetween(then: Values, now: Values): Values {
  const changed = Object.keys(now).filter((field) => now[field] !== then[field])
  const cards = CARDS.some((field) => changed.includes(field)) ? CARDS : []
  const fields = new Set([...changed, ...cards])
  return Object.fromEntries([...fields].flatMap((field) => (now[field] === undefined ? [] : [[field, now[field]]])))
}

/** The summary follows the chart, and so do copies of it in other tables. */
function withChanges(dossier: Dossier, summary: Values, changed: Values): Dossier {
  const follow = ({ values, unknown }: Row): Row => {
    const copies = Object.entries(changed).filter(
      ([field]) => Object.hasOwn(values, field) && values[field] === (summary[field] ?? ''),
    )
    return copies.length > 0 ? { values: { ...values, ...Object.fromEntries(copies) }, unknown } : { values, unknown }
  }
  const tables = Object.entries(dossier.tables).map(([table, rows]): [string, readonly Row[]] => {
    if (table === 'XML1')
      return [table, rows.map((row, place) => (place === 0 ? { ...row, values: { ...row.values, ...changed } } : row))]
    return [table, COPYING.has(table as TableId) ? rows.map(follow) : rows]
  })
  return { ...dossier, tables: Object.fromEntries(tables) }
}

/** Papers that repeat what the summary says of person, card and diagnoses. Lines have diagnoses of their own. */
const COPYING: ReadonlySet<TableId> = new Set([
  'XML0',
  'XML6',
  'XML7',
  'XML8',
  'XML9',
  'XML10',
  'XML11',
  'XML13',
  'XML14',
  'XML15',
] satisfies TableId[])
