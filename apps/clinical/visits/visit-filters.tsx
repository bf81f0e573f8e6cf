import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { hospitalToday } from '../parts/hospital-today.ts'
import type { VisitFilter } from './use-visits.ts'
import classes from './visits-page.module.css'

const KINDS = ['AMB', 'IMP', 'EMER'] as const
const YEARS_BACK = 30

interface Props {
  readonly filter: VisitFilter
  readonly onChange: (filter: VisitFilter) => void
  readonly count: number | undefined
}

/** Narrow a long list to a kind or a year. */
export function VisitFilters({ filter, onChange, count }: Props) {
  const { t } = useTranslation()
  const thisYear = Number(hospitalToday().slice(0, 4))
  const years = Array.from({ length: YEARS_BACK }, (_, at) => String(thisYear - at))
  return (
    <div className={classes.filters}>
      <NativeSelect
        size="xs"
        aria-label={t('visits.filterClass')}
        value={filter.kind ?? ''}
        data={[
          { value: '', label: t('all') },
          ...KINDS.map((kind) => ({ value: kind, label: t(`visits.class.${kind}`) })),
        ]}
        onChange={(event) => onChange({ ...filter, kind: event.currentTarget.value })}
      />
      <NativeSelect
        size="xs"
        aria-label={t('visits.filterYear')}
        value={filter.year ?? ''}
        data={[{ value: '', label: t('visits.allYears') }, ...years]}
        onChange={(event) => onChange({ ...filter, year: event.currentTarget.value })}
      />
      <span className="quiet">{count}</span>
    </div>
  )
}
