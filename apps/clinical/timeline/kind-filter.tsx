import { useTranslation } from 'react-i18next'
import type { EntryKind } from '#hospital/medical-record'
import { Chips } from '../parts/chips.tsx'
import { KIND_ICONS } from './kind-icons.ts'

const KINDS: readonly EntryKind[] = ['visit', 'note', 'result', 'vitals', 'order', 'medicine', 'procedure', 'problem']

interface Props {
  readonly kind: EntryKind | undefined
  readonly onChoose: (kind: EntryKind | undefined) => void
}

/** One kind at a time, or everything. */
export function KindFilter({ kind, onChoose }: Props) {
  const { t } = useTranslation()
  const kinds = KINDS.map((key) => {
    const Icon = KIND_ICONS[key]
    return { key, words: t(`kind.${key}`), icon: <Icon size={14} aria-hidden /> }
  })
  return (
    <Chips
      label={t('timeline.filter')}
      chips={[{ key: null, words: t('all') }, ...kinds]}
      chosen={kind ?? null}
      onChoose={(key) => onChoose(key ?? undefined)}
    />
  )
}
