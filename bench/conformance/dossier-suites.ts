/** The published insurance dossiers by which reading, checking and mapping are judged, and the counting. */
import { hash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import type { FhirResource } from '#fhir/r4'
import {
  checkDossier,
  type Dossier,
  type Finding,
  readDossierFile,
  type ReadFile,
  type TableId,
  toDossier,
  toResources,
  writeDossierFile,
} from '#obligations/health-insurance'

export const DOSSIERS = fileURLToPath(new URL('../../../shared/data/bhxh-samples', import.meta.url))

export const hasDossiers = existsSync(DOSSIERS)

/** How many files of a class do what they should, and why not those that do not. */
export interface Score {
  readonly total: number
  readonly missed: readonly string[]
}

interface Counted {
  /** rows of all dossiers of the file, by table */
  readonly rows: Readonly<Record<string, number>>
  /** sums of XML1 over all dossiers of the file */
  readonly totals: Readonly<Record<string, string>>
}

interface SampleFile {
  readonly file: string
  readonly table?: string | null
  readonly row?: number | null
  readonly field?: string | null
  /** other places of the same fault, as "XML3[6].T_TRANTT" */
  readonly related?: readonly string[]
  /** verdicts that are right */
  readonly acceptable?: readonly string[]
  /** the specification does not say */
  readonly ambiguous?: boolean
  /** of decision 4210, whose totals have no certain successors */
  readonly legacy?: string
  readonly expected?: Counted
}

interface Manifest {
  readonly valid: readonly SampleFile[]
  readonly lenient: readonly SampleFile[]
  readonly invalid: readonly SampleFile[]
  readonly checkin: readonly SampleFile[]
}

const json = (name: string): unknown => JSON.parse(readFileSync(join(DOSSIERS, name), 'utf8'))
const manifest = (): Manifest => json('manifest.json') as Manifest
const read = (file: string): ReadFile => readDossierFile(readFileSync(join(DOSSIERS, file)))
const dossiersIn = (file: ReadFile): readonly Dossier[] => (file.ok ? file.dossiers.map(({ dossier }) => dossier) : [])

function findingsOf(file: ReadFile): readonly Finding[] {
  if (!file.ok) return file.refused
  return [
    ...file.findings,
    ...file.dossiers.flatMap(({ dossier, findings }) => [...findings, ...checkDossier(dossier)]),
  ]
}

const isError = ({ severity }: Finding): boolean => severity !== 'warning'

/** @param judge says why a file missed; null where it did what it should */
function score(files: readonly SampleFile[], judge: (file: SampleFile) => string | null): Score {
  const missed = files.flatMap((each) => {
    const why = judge(each)
    return why === null ? [] : [`${each.file}: ${why}`]
  })
  return { total: files.length, missed }
}

const namesOf = (findings: readonly Finding[]): string =>
  findings.map(({ rule, table, field }) => [rule, table, field].filter((part) => part !== null).join(' ')).join(', ')

/** Valid files without an error. */
export const accepted = (): Score =>
  score(manifest().valid, ({ file }) => {
    const errors = findingsOf(read(file)).filter(isError)
    return errors.length === 0 ? null : namesOf(errors)
  })

/** Lenient files that are read, without an error in their content. */
export const tolerated = (): Score =>
  score(manifest().lenient, ({ file }) => {
    const result = read(file)
    return result.ok && !findingsOf(result).some(isError) ? null : namesOf(findingsOf(result))
  })

/** Valid and lenient files of which every row and every total was read. */
export function counted(): Score {
  const ofValid = new Map((json('expected.json') as (SampleFile & Counted)[]).map((each) => [each.file, each]))
  const files = [...manifest().valid, ...manifest().lenient].filter(({ legacy }) => !legacy)
  return score(files, ({ file, expected = ofValid.get(file) }) =>
    expected === undefined ? null : differenceOf(dossiersIn(read(file)), expected),
  )
}

function differenceOf(dossiers: readonly Dossier[], { rows, totals }: Counted): string | null {
  const sum = (of: (dossier: Dossier) => number): number => dossiers.reduce((all, dossier) => all + of(dossier), 0)
  const wrongRows = Object.entries(rows).filter(
    ([table, count]) => sum(({ tables }) => tables[table as TableId]?.length ?? 0) !== count,
  )
  const hundredths = (text: string | undefined): number => Math.round(Number(text ?? 0) * 100)
  const wrongTotals = Object.entries(totals).filter(
    ([field, total]) => sum(({ tables }) => hundredths(tables.XML1?.[0]?.values[field])) !== hundredths(total),
  )
  const wrong = [...wrongRows, ...wrongTotals].map(([name]) => name)
  return wrong.length === 0 ? null : wrong.join(', ')
}

const placeOf = ({ table, row, field }: Pick<SampleFile, 'table' | 'row' | 'field'>): string =>
  `${table ?? ''}:${row ?? ''}:${field ?? ''}`

function relatedPlace(text: string): string {
  const [, table, row, field] = /^(\w+?)(?:\[(\d+)\])?\.(\w+)$/.exec(text) ?? []
  return placeOf({ table, row: row === undefined ? null : Number(row), field })
}

/** Broken files and check-in messages that get a verdict that is right, for a finding at the fault and no error elsewhere. */
export const caught = (): Score =>
  score(
    [...manifest().invalid, ...manifest().checkin].filter(({ ambiguous }) => !ambiguous),
    (asked) => {
      const file = read(asked.file)
      const findings = findingsOf(file)
      const worst = (['error', 'warning'] as const).find((level) => findings.some(({ severity }) => severity === level))
      const verdict = file.ok ? (worst ?? 'valid') : 'reject-file'
      if (!asked.acceptable?.includes(verdict)) return `${verdict}: ${namesOf(findings)}`
      if (verdict === 'reject-file' || asked.acceptable[0] === 'valid') return null
      const places = new Set([placeOf(asked), ...(asked.related ?? []).map(relatedPlace)])
      const isThere = (each: Finding): boolean => places.has(placeOf({ ...each, table: each.table ?? asked.table }))
      const elsewhere = findings.filter((each) => each.severity === 'error' && !isThere(each))
      if (elsewhere.length > 0) return `also ${namesOf(elsewhere)}`
      return findings.some(isThere) ? null : `not at its place: ${namesOf(findings)}`
    },
  )

/** Broken files that are not judged, for the specification does not say. */
export const ambiguousFiles = (): number =>
  [...manifest().invalid, ...manifest().checkin].filter(({ ambiguous }) => ambiguous).length

const identify = (kind: string, ...parts: string[]): string =>
  hash('sha256', JSON.stringify([kind, ...parts]), 'hex').slice(0, 32)

/** An empty element says as much as none: a strict dossier writes every element. */
const filled = ({ tables }: Dossier, withUnknown: boolean): unknown =>
  Object.fromEntries(
    Object.entries(tables)
      .filter(([, rows]) => rows.length > 0)
      .map(([table, rows]) => [
        table,
        rows.map(({ values, unknown }) => [
          Object.fromEntries(Object.entries(values).filter(([, text]) => text !== '')),
          withUnknown ? unknown : null,
        ]),
      ]),
  )

/** As the record gives them back: from JSON, in any order. */
const asStored = (dossier: Dossier): FhirResource[] =>
  (JSON.parse(JSON.stringify(toResources(dossier, identify))) as FhirResource[]).toReversed()

/** Valid files whose dossiers become FHIR and come back field by field, as they do when they are written and read again. */
export const returned = (): Score =>
  score([...manifest().valid, ...manifest().lenient], ({ file }) => {
    for (const dossier of dossiersIn(read(file))) {
      const back = toDossier(asStored(dossier))
      if (!isDeepStrictEqual(filled(back, true), filled(dossier, true))) return 'another dossier came back from FHIR'
      // Decision 4210 is read only, and what no decision knows is not sent.
      if (dossier.decision === '4210') continue
      const [again] = dossiersIn(readDossierFile(Buffer.from(writeDossierFile([back], back.made))))
      if (again === undefined || !isDeepStrictEqual(filled(again, false), filled(dossier, false)))
        return 'another dossier was written'
    }
    return null
  })
