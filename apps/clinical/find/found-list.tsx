import { useTranslation } from 'react-i18next'
import type { FoundPatient } from '#hospital/identification'
import { Trouble } from '../parts/trouble.tsx'
import { Nothing } from '../parts/nothing.tsx'
import { FoundRow } from './found-row.tsx'
import classes from './found-list.module.css'
import type { useFoundPatients } from './use-found-patients.ts'

interface Props {
  readonly found: ReturnType<typeof useFoundPatients>
  readonly people: readonly FoundPatient[]
  readonly at: number
  readonly onChoose: (id: string | undefined) => void
}

/** Who was found; empty and broken say what to do. */
export function FoundList({ found, people, at, onChoose }: Props) {
  const { t } = useTranslation()
  const words = found.data?.more
    ? t('find.countMore', { count: people.length })
    : t('find.count', { count: people.length })
  return (
    <div className={classes.found}>
      <p className={classes.count} role="status">
        {found.isFetching ? t('find.searching') : found.data && people.length > 0 ? words : ''}
      </p>
      {found.error && <Trouble error={found.error} retry={() => void found.refetch()} />}
      {!found.error && found.data && !found.isFetching && people.length === 0 && (
        <Nothing way={<p>{t('find.noneWhy')}</p>}>
          <strong>{t('find.none')}</strong>
        </Nothing>
      )}
      <ul id="found-patients" role="listbox" aria-label={t('find.results')} className={classes.list}>
        {people.map((one, position) => (
          <FoundRow
            key={one.patient.id}
            found={one}
            selected={position === at}
            onChoose={() => onChoose(one.patient.id)}
          />
        ))}
      </ul>
    </div>
  )
}
