import { useTranslation } from 'react-i18next'
import classes from './find-page.module.css'

/** What the field understands, by example. */
export function FindHints() {
  const { t } = useTranslation()
  const hints = t('find.hints', { returnObjects: true })
  return (
    <div className={classes.hints} aria-label={t('find.hintTitle')} role="note">
      {hints.map(([example, meaning]) => (
        <span key={example}>
          <code>{example}</code> {meaning}
        </span>
      ))}
    </div>
  )
}
