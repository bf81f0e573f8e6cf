import { useTranslation } from 'react-i18next'
import { CurrentStays } from './current-stays.tsx'
import { FindHints } from './find-hints.tsx'
import classes from './find-page.module.css'
import { PatientSearch } from './patient-search.tsx'

/** Where the work starts: the cursor stands in the field that finds a patient. */
export function FindPage() {
  const { t } = useTranslation()
  return (
    <div className={classes.page}>
      <div className={classes.middle}>
        <h1>{t('find.title')}</h1>
        <PatientSearch look="page" />
        <FindHints />
        <CurrentStays />
      </div>
    </div>
  )
}
