import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { PageSkeleton } from '../parts/page-skeleton.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { Flowsheet } from './flowsheet.tsx'
import { useVisit } from './use-visits.ts'
import { VisitDossier } from './visit-dossier.tsx'
import { VISIT_PARTS, type VisitPart } from './visit-parts.ts'
import { VisitHead } from './visit-head.tsx'
import { VisitNotes } from './visit-notes.tsx'
import { VisitSummary } from './visit-summary.tsx'
import classes from './visits-page.module.css'

const WORDS = { summary: 'tabs.overview', vitals: 'visits.flowsheet', notes: 'visits.notes' } as const

interface Props {
  readonly id: string
  readonly visit: string
  readonly part: VisitPart
  readonly onPart: (part: VisitPart) => void
}

/** One visit: its head, and the chosen reading of it. */
export function VisitDetail({ id, visit, part, onPart }: Props) {
  const { t } = useTranslation()
  const { data, error, refetch } = useVisit(visit)
  if (error && !data) return <Trouble error={error} retry={() => void refetch()} />
  if (!data?.encounter) return <PageSkeleton />
  return (
    <>
      <header className={classes.head}>
        <VisitHead encounter={data.encounter} conditions={data.conditions} />
        {data.encounter.status === 'finished' && <VisitDossier visit={visit} />}
        <div className={classes.parts} role="tablist">
          {VISIT_PARTS.map((one) => (
            <UnstyledButton
              key={one}
              role="tab"
              aria-selected={one === part}
              className={classes.part}
              onClick={() => onPart(one)}
            >
              {t(WORDS[one])}
            </UnstyledButton>
          ))}
        </div>
      </header>
      {part === 'summary' && <VisitSummary visit={data} id={id} />}
      {part === 'vitals' && <Flowsheet visit={visit} />}
      {part === 'notes' && <VisitNotes visit={visit} />}
    </>
  )
}
