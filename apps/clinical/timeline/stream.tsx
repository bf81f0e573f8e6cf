import { useTranslation } from 'react-i18next'
import { LongList } from '../parts/long-list.tsx'
import { useArrivalFocus } from '../parts/use-arrival-focus.ts'
import { DayHeading } from './day-heading.tsx'
import { EntryLine } from './entry-line.tsx'
import type { StreamRow } from './stream-rows.ts'
import classes from './timeline-page.module.css'
import type { useStream } from './use-stream.ts'

const AHEAD = 30

const heightOf = (row: StreamRow | undefined): number => (row?.kind === 'day' ? 34 : 36)

interface Props {
  readonly id: string
  readonly stream: ReturnType<typeof useStream>
}

/** Days and what happened on them; the day in view stays above. */
export function Stream({ id, stream }: Props) {
  const { t } = useTranslation()
  const box = useArrivalFocus<HTMLDivElement>()
  return (
    <LongList
      box={box}
      className={classes.stream}
      label={t('timeline.list')}
      items={stream.rows}
      keyOf={(row) => row.key}
      height={heightOf}
      ahead={AHEAD}
      pages={stream}
      drawTop={(row) => <DayHeading day={row.day} />}
      draw={(row) => (row.kind === 'day' ? <DayHeading day={row.day} /> : <EntryLine id={id} entry={row.entry} />)}
    />
  )
}
