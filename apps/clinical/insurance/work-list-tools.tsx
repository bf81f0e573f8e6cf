import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import desk from './desk.module.css'
import { monthChoices } from './months.ts'
import { useDeskText } from './text/use-desk-text.ts'
import type { DossierFilter } from './use-desk.ts'

/** Id of the field that `/` leads to. */
export const SEARCH_FIELD = 'find-dossier'

interface Props {
  readonly filter: DossierFilter
  readonly typed: string
  readonly onType: (typed: string) => void
  readonly onNarrow: (next: Pick<DossierFilter, 'month' | 'department'>) => void
  /** null while nothing is narrowed */
  readonly onClear: (() => void) | null
}

/** What the list is narrowed by besides its state. */
export function WorkListTools({ filter, typed, onType, onNarrow, onClear }: Props) {
  const t = useDeskText()
  const { t: tc } = useTranslation()
  return (
    <div className={desk.tools}>
      <TextInput
        id={SEARCH_FIELD}
        size="xs"
        className={desk.grow}
        aria-label={t('list.search')}
        placeholder={t('list.search')}
        autoComplete="off"
        value={typed}
        onChange={(event) => onType(event.currentTarget.value)}
      />
      <NativeSelect
        size="xs"
        aria-label={t('list.month')}
        value={filter.month ?? ''}
        data={[{ value: '', label: `${t('list.month')}: ${tc('all')}` }, ...monthChoices()]}
        onChange={(event) => onNarrow({ month: event.currentTarget.value || undefined })}
      />
      <TextInput
        size="xs"
        w="7rem"
        aria-label={t('list.department')}
        placeholder={t('list.department')}
        defaultValue={filter.department}
        key={filter.department ?? ''}
        onBlur={(event) => onNarrow({ department: event.currentTarget.value.trim() || undefined })}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
      {onClear && (
        <Button size="xs" variant="subtle" onClick={onClear}>
          {t('list.clear')}
        </Button>
      )}
      <span className="quiet">{t(`statesWhy.${filter.state ?? 'all'}`)}</span>
    </div>
  )
}
