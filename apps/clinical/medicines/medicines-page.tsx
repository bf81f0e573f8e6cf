import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Nothing } from '../parts/nothing.tsx'
import { PageSkeleton } from '../parts/page-skeleton.tsx'
import { Panel } from '../parts/panel.tsx'
import { PanelPage } from '../parts/panel-page.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { MedicineTable } from './medicine-table.tsx'
import { useMedicines } from './use-medicines.ts'

/** In use first, with how and since when; then everything that was taken before. */
export function MedicinesPage() {
  const { t } = useTranslation()
  const { id } = useParams({ from: '/frame/patient/$id' })
  const { active, others, inUse, past, today } = useMedicines(id)
  const error = active.error ?? others.error
  if (error && active.resources.length + others.resources.length === 0) {
    return (
      <Trouble
        error={error}
        retry={() => {
          active.retry()
          others.retry()
        }}
      />
    )
  }
  if (active.isLoading || others.isLoading) return <PageSkeleton />
  if (inUse.length === 0 && past.length === 0) return <Nothing>{t('medicines.none')}</Nothing>
  return (
    <PanelPage>
      <Panel title={t('medicines.active')} count={inUse.length}>
        {inUse.length === 0 ? (
          <Nothing>{t('medicines.noneActive')}</Nothing>
        ) : (
          <MedicineTable requests={inUse} today={today} />
        )}
      </Panel>
      <Panel title={t('medicines.past')} aside={past.length > 0 && past.length}>
        {past.length === 0 ? (
          <Nothing>{t('medicines.noPast')}</Nothing>
        ) : (
          <MedicineTable requests={past} more={others} />
        )}
      </Panel>
    </PanelPage>
  )
}
