import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { FhirResource } from '#fhir/r4'
import type { Pages } from '../server/index.ts'
import classes from './list-end.module.css'

/** What follows the last line read: more on its way, the end, or that more could not be read and how to ask again. */
export function ListEnd({ pages }: { readonly pages: Pages<FhirResource> }) {
  const { t } = useTranslation()
  if (pages.error) {
    return (
      <p className={classes.end} role="alert">
        <span className={classes.failed}>{t('moreFailed')}</span>{' '}
        <UnstyledButton className={classes.retry} onClick={pages.retry}>
          {t('trouble.retry')}
        </UnstyledButton>
      </p>
    )
  }
  return (
    <p className={classes.end} role="status">
      {pages.hasMore ? t('loadingMore') : t('end')}
    </p>
  )
}
