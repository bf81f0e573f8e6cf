import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { coursesOf } from '#hospital/laboratory'
import { ListEnd } from '../parts/list-end.tsx'
import { Nothing } from '../parts/nothing.tsx'
import { PageSkeleton } from '../parts/page-skeleton.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { ResultTable } from '../results/result-table.tsx'
import { FlowsheetLane } from './flowsheet-lane.tsx'
import { FlowsheetReadout } from './flowsheet-readout.tsx'
import classes from './flowsheet.module.css'
import { useFlowsheet } from './use-visits.ts'

/** Vital signs: the courses above under one cursor, the grid of values below. Older pages follow by themselves. */
export function Flowsheet({ visit }: { readonly visit: string }) {
  const { t } = useTranslation()
  const flowsheet = useFlowsheet(visit)
  const { table, hasMore, isLoadingMore, loadMore, error } = flowsheet
  const { times, courses } = useMemo(() => coursesOf(table), [table])
  const [at, setAt] = useState<number | null>(null)
  const [chosen, setChosen] = useState<string>()

  useEffect(() => {
    if (hasMore && !isLoadingMore && !error) loadMore()
  })

  if (error && table.times.length === 0) return <Trouble error={error} retry={flowsheet.retry} />
  if (flowsheet.isLoading) return <PageSkeleton />
  if (table.times.length === 0) return <Nothing>{t('visits.noFlowsheet')}</Nothing>
  return (
    <div className={classes.sheet}>
      {courses.length > 0 && (
        <>
          <FlowsheetReadout table={table} at={at} />
          <div className={classes.lanes}>
            {courses.map((course, position) => (
              <FlowsheetLane
                key={course.row.key}
                course={course}
                times={times}
                syncKey={visit}
                last={position === courses.length - 1}
                onPoint={setAt}
              />
            ))}
          </div>
        </>
      )}
      {error && <ListEnd pages={flowsheet} />}
      <div className={classes.grid}>
        <ResultTable
          groups={table.groups}
          times={table.times}
          chosen={chosen}
          onChoose={setChosen}
          onNearEnd={loadMore}
          isLoadingMore={isLoadingMore}
        />
      </div>
    </div>
  )
}
