import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { EntryKind } from '#hospital/medical-record'
import { KIND_ICONS } from './kind-icons.ts'
import classes from './timeline-page.module.css'

const KINDS: readonly EntryKind[] = ['visit', 'note', 'result', 'vitals', 'order', 'medicine', 'procedure', 'problem']

interface Props {
  readonly kind: EntryKind | undefined
  readonly onChoose: (kind: EntryKind | undefined) => void
}

/** One kind at a time, or everything. */
export function KindFilter({ kind, onChoose }: Props) {
  const { t } = useTranslation()
  return (
    <div className={classes.filter} role="group" aria-label={t('timeline.filter')}>
      <UnstyledButton className={classes.chip} aria-pressed={!kind} onClick={() => onChoose(undefined)}>
        {t('all')}
      </UnstyledButton>
      {KINDS.map((one) => {
        const Icon = KIND_ICONS[one]
        return (
          <UnstyledButton key={one} className={classes.chip} aria-pressed={kind === one} onClick={() => onChoose(one)}>
            <Icon size={14} aria-hidden />
            {t(`kind.${one}`)}
          </UnstyledButton>
        )
      })}
    </div>
  )
}
