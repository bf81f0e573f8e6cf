import type { ReactNode } from 'react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { languageNow, switchLanguage } from '../text/index.ts'
import classes from './sign-in.module.css'

interface Props {
  readonly title: string
  readonly children: ReactNode
  /** room for the demo hospital's roles */
  readonly isWide?: boolean
}

/** What stands around every page before somebody is in: whose door this is, and the language. */
export function Entrance({ title, children, isWide = false }: Props) {
  const { t } = useTranslation()
  useEffect(() => {
    document.title = `${title} · Lành`
    return () => {
      document.title = 'Lành'
    }
  }, [title])
  return (
    <main className={classes.entrance}>
      <div className={classes.card} data-wide={isWide || undefined}>
        <header className={classes.brand}>
          <img src="/lanh.svg" alt="" width={32} height={32} />
          <strong>{t('product')}</strong>
          <span className="quiet">{t('hospital')}</span>
          <button
            type="button"
            className={classes.quietWay}
            title={t('frame.languageHint')}
            onClick={() => switchLanguage(languageNow() === 'vi' ? 'en' : 'vi')}
          >
            {t('frame.language')}
          </button>
        </header>
        {children}
      </div>
    </main>
  )
}
