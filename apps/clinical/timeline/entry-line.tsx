import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { timeText } from '#hospital/calendar'
import type { TimelineEntry } from '#hospital/medical-record'
import { EntryTitle } from './entry-title.tsx'
import { FindingList } from './finding-list.tsx'
import { KIND_ICONS } from './kind-icons.ts'
import classes from './timeline-page.module.css'

interface Props {
  readonly id: string
  readonly entry: TimelineEntry
}

/** When, what kind, what, and by whom. */
export const EntryLine = memo(function EntryLine({ id, entry }: Props) {
  const { t } = useTranslation()
  const Icon = KIND_ICONS[entry.kind]
  return (
    <article className={classes.entry} data-kind={entry.kind}>
      <time className={classes.time} dateTime={entry.at}>
        {timeText(entry.at)}
      </time>
      <span className={classes.kind}>
        <Icon size={15} aria-hidden />
        {t(`kind.${entry.kind}`)}
      </span>
      <div className={classes.what}>
        <EntryTitle id={id} entry={entry} /> {/* what a single measurement would say here is its finding */}
        {entry.resource.resourceType !== 'Observation' && <span className={classes.detail}>{entry.detail}</span>}
        <FindingList findings={entry.findings} />
      </div>
      <span className={classes.author}>{entry.author}</span>
    </article>
  )
})
