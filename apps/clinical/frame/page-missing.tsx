import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Nothing } from '../parts/nothing.tsx'

/** An address that leads nowhere. */
export function PageMissing() {
  const { t } = useTranslation()
  return (
    <Nothing
      way={
        <Button component={Link} to="/">
          {t('trouble.home')}
        </Button>
      }
    >
      <strong>{t('trouble.page')}.</strong> {t('trouble.pageWay')}
    </Nothing>
  )
}
