import { Button } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { Nothing } from '../parts/nothing.tsx'
import { PageSkeleton } from '../parts/page-skeleton.tsx'
import { Panel } from '../parts/panel.tsx'
import { PanelPage } from '../parts/panel-page.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { ActList } from './act-list.tsx'
import classes from './audit.module.css'
import { useAuditText } from './text/use-audit-text.ts'
import { useActsOn } from './use-acts.ts'

/** Who opened this record: for the patient, and for whoever reads the log. */
export function OpenedPage() {
  const { id } = useParams({ from: '/frame/patient/$id' })
  const t = useAuditText()
  const list = useActsOn('opened', { patient: `Patient/${id}` })
  const acts = list.data?.pages.flatMap((page) => page.acts)
  if (list.error && !acts) return <Trouble error={list.error} retry={() => void list.refetch()} />
  if (!acts) return <PageSkeleton />
  return (
    <PanelPage>
      <Panel title={t('opened.label')} aside={t('opened.why')}>
        {acts.length === 0 ? (
          <Nothing>{t('opened.none')}</Nothing>
        ) : (
          <ActList ofOne acts={acts} label={t('opened.label')} />
        )}
        {acts.length > 0 && (
          <p className={classes.more}>
            {list.hasNextPage ? (
              <Button size="xs" variant="default" loading={list.isFetching} onClick={() => void list.fetchNextPage()}>
                {t('opened.more')}
              </Button>
            ) : (
              <span className="quiet">{t('opened.end')}</span>
            )}
          </p>
        )}
      </Panel>
    </PanelPage>
  )
}
