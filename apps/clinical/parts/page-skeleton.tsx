import { Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './page-skeleton.module.css'

/** Grey shapes where the page will stand. */
export function PageSkeleton() {
  const { t } = useTranslation()
  return (
    <div className={classes.page} role="status" aria-label={t('loading')}>
      {[0, 1, 2].map((column) => (
        <div key={column}>
          <Skeleton height={140} mb="sm" />
          <Skeleton height={220} />
        </div>
      ))}
    </div>
  )
}
