import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Nothing } from '../parts/nothing.tsx'
import { useDeskText } from './text/use-desk-text.ts'

/** Why the list is empty and what leads on. @param onClear null while nothing is narrowed */
export function EmptyList({ onClear }: { readonly onClear: (() => void) | null }) {
  const t = useDeskText()
  if (onClear) {
    return (
      <Nothing way={<Button onClick={onClear}>{t('list.clear')}</Button>}>
        <strong>{t('list.none')}</strong> {t('list.noneWay')}
      </Nothing>
    )
  }
  return (
    <Nothing
      way={
        <Button component={Link} to="/insurance/import">
          {t('pages.import')}
        </Button>
      }
    >
      <strong>{t('list.noneYet')}</strong> {t('list.noneYetWay')}
    </Nothing>
  )
}
