import type { Finding } from '#obligations/health-insurance'
import { languageNow } from '../text/index.ts'
import classes from './finding.module.css'
import { SeverityMark } from './severity-mark.tsx'
import { useDeskText } from './text/use-desk-text.ts'

interface Props {
  readonly finding: Finding
  /** which dossier, where several stand in one list */
  readonly before?: string
}

/** How bad, where, and what is wrong. */
export function FindingWords({ finding, before = '' }: Props) {
  const t = useDeskText()
  const { table, row, field, severity, rule, message, english } = finding
  const place = [
    before,
    table ?? t('dossier.wholeDossier'),
    row === null ? '' : t('dossier.row', { row }),
    field ?? (table === null ? '' : t('dossier.wholeTable')),
  ]
  return (
    <span className={classes.words}>
      <span className={classes.top}>
        <SeverityMark severity={severity} />
        <span className={classes.place}>{place.filter(Boolean).join(' · ')}</span>
        <span className={classes.rule}>{rule}</span>
      </span>
      <span>{languageNow() === 'vi' ? message : english}</span>
    </span>
  )
}
