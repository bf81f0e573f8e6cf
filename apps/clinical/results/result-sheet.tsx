import { Switch } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { dateText } from '#hospital/calendar'
import { ListEnd } from '../parts/list-end.tsx'
import { Nothing } from '../parts/nothing.tsx'
import { PageSkeleton } from '../parts/page-skeleton.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { onlyAbnormalRows } from './only-abnormal.ts'
import { ResultTable } from './result-table.tsx'
import classes from './results-page.module.css'
import { TrendPanel } from './trend-panel.tsx'
import { useResults } from './use-results.ts'

interface Props {
  readonly id: string
  /** the switch to the other reading of results, in the row of the tools */
  readonly tabs: ReactNode
}

/** Tests by date, and the course of the chosen test beside them. */
export function ResultSheet({ id, tabs }: Props) {
  const { t } = useTranslation()
  const { test } = useSearch({ from: '/frame/patient/$id/results' })
  const navigate = useNavigate()
  const results = useResults(id)
  const [onlyAbnormal, setOnlyAbnormal] = useState(false)
  const { table, resources } = results
  const groups = useMemo(() => (onlyAbnormal ? onlyAbnormalRows(table.groups) : table.groups), [table, onlyAbnormal])
  const rows = useMemo(() => groups.flatMap((group) => group.rows), [groups])
  const chosen = rows.find((row) => row.key === test) ?? rows[0]
  const choose = (key: string) =>
    void navigate({ to: '/patient/$id/results', params: { id }, search: { test: key }, replace: true })

  if (results.error && resources.length === 0) return <Trouble error={results.error} retry={results.retry} />
  if (results.isLoading) return <PageSkeleton />
  if (table.times.length === 0) {
    return (
      <section className={classes.sheet}>
        <div className={classes.tools}>{tabs}</div>
        <Nothing>{t('results.empty')}</Nothing>
      </section>
    )
  }
  return (
    <div className={classes.page}>
      <section className={classes.sheet}>
        <div className={classes.tools}>
          {tabs}
          <Switch
            size="xs"
            label={t('results.onlyAbnormal')}
            checked={onlyAbnormal}
            onChange={(event) => setOnlyAbnormal(event.currentTarget.checked)}
          />
          <span className="quiet">
            {t('results.span', {
              count: table.times.length,
              from: dateText(table.times.at(-1)),
              to: dateText(table.times[0]),
            })}
          </span>
        </div>
        {rows.length === 0 ? (
          <Nothing>{t('results.noneAbnormal')}</Nothing>
        ) : (
          <ResultTable
            groups={groups}
            times={table.times}
            chosen={chosen?.key}
            onChoose={choose}
            onNearEnd={results.loadMore}
            isLoadingMore={results.isLoadingMore}
          />
        )}
        {results.error && <ListEnd pages={results} />}
      </section>
      {chosen && <TrendPanel key={chosen.key} id={id} row={chosen} />}
    </div>
  )
}
