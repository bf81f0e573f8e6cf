import { UnstyledButton } from '@mantine/core'
import { type Finding, type TableId, tables as format } from '#obligations/health-insurance'
import type { DossierDetail } from '#apps/server'
import { languageNow } from '../text/index.ts'
import { Nothing } from '../parts/nothing.tsx'
import classes from './dossier.module.css'
import type { DossierPlace } from './sheet.ts'
import { FieldSheet } from './field-sheet.tsx'
import { RowSheet } from './row-sheet.tsx'
import { useDeskText } from './text/use-desk-text.ts'

const isTable = (name: string): name is TableId => name in format

const namedIn = (table: string): string => {
  if (!isTable(table)) return table
  return languageNow() === 'vi' ? format[table].name : format[table].english
}

interface Props {
  readonly tables: DossierDetail['tables']
  readonly findings: readonly Finding[]
  readonly place: DossierPlace
  readonly onTable: (table: string) => void
}

/** Tabs of the tables that are there, and of those that should be. */
export function DossierTables({ tables, findings, place, onTable }: Props) {
  const t = useDeskText()
  const wanted = new Set([...Object.keys(tables), ...findings.flatMap(({ table }) => table ?? [])])
  const names = Object.keys(format).filter((name) => wanted.has(name))
  const table = place.table !== undefined && wanted.has(place.table) ? place.table : (names[0] ?? '')
  const rows = tables[table] ?? []
  const inTable = (name: string) => findings.filter((finding) => finding.table === name)
  const Sheet = isTable(table) && format[table].repeats ? RowSheet : FieldSheet
  return (
    <section className={classes.tables} aria-label={t('dossier.tables')}>
      <div className={classes.tabs} role="tablist">
        {names.map((name) => (
          <UnstyledButton
            key={name}
            role="tab"
            aria-selected={name === table}
            className={classes.tab}
            title={namedIn(name)}
            onClick={() => onTable(name)}
          >
            {name}
            {inTable(name).length > 0 && <span className={classes.wrong}>{inTable(name).length}</span>}
          </UnstyledButton>
        ))}
      </div>
      {names.length === 0 ? (
        <Nothing>{t('dossier.noTables')}</Nothing>
      ) : (
        <>
          <p className={classes.caption}>
            <strong>{namedIn(table)}</strong>
            <span className="quiet">{t('dossier.rows', { count: rows.length })}</span>
          </p>
          {rows.length === 0 ? (
            <Nothing>{t('dossier.missing')}</Nothing>
          ) : (
            <Sheet key={table} table={table} rows={rows} findings={inTable(table)} place={place} />
          )}
        </>
      )}
    </section>
  )
}
