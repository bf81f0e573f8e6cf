import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { IconFileInvoice, IconKeyboard, IconLanguage, IconMoon, IconSun } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { OpenCharts } from './open-charts.tsx'
import { PatientSearch } from '../find/patient-search.tsx'
import { languageNow, switchLanguage } from '../text/index.ts'
import { AccountMenu } from './account-menu.tsx'
import { BarButton } from './bar-button.tsx'
import { OnlineMark } from './online-mark.tsx'
import classes from './top-bar.module.css'

interface Props {
  /** false on the find page, where the search stands in the middle */
  readonly withSearch: boolean
  readonly onKeys: () => void
}

/** Product, search, open charts and the switches. Never scrolls away. */
export function TopBar({ withSearch, onKeys }: Props) {
  const { t } = useTranslation()
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false })
  const dark = scheme === 'dark'
  return (
    <header className={classes.bar} data-screen-only>
      <Link to="/" className={classes.brand} title={t('frame.home')}>
        <img src="/lanh.svg" alt="" width={24} height={24} />
        <strong>{t('product')}</strong>
        <span className={classes.place}>{t('hospital')}</span>
      </Link>
      {withSearch && (
        <div className={classes.search}>
          <PatientSearch look="bar" />
        </div>
      )}
      <Link to="/insurance" className={classes.button} aria-label={t('frame.insurance')} title={t('frame.insurance')}>
        <IconFileInvoice size={16} aria-hidden />
        <span className={classes.word}>{t('frame.insurance')}</span>
      </Link>
      <OpenCharts />
      <OnlineMark />
      <BarButton
        icon={IconLanguage}
        word={t('frame.language')}
        hint={t('frame.languageHint')}
        onPress={() => switchLanguage(languageNow() === 'vi' ? 'en' : 'vi')}
      />
      <BarButton
        icon={dark ? IconSun : IconMoon}
        word={t(dark ? 'frame.toLight' : 'frame.toDark')}
        onPress={() => setColorScheme(dark ? 'light' : 'dark')}
      />
      <BarButton icon={IconKeyboard} word={t('frame.keys')} hint={`${t('frame.keys')} (?)`} onPress={onKeys} />
      <AccountMenu />
    </header>
  )
}
