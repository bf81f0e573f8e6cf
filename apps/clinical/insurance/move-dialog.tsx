import { Button, Group, Modal } from '@mantine/core'
import { moneyText, sumOfMoney } from './money-text.ts'
import { useChosenDossiers } from './dossiers-in-state.ts'
import { useDeskText } from './text/use-desk-text.ts'
import type { DossierFilter } from './use-desk.ts'
import { whyNot } from './why-not.ts'

interface Props {
  readonly filter: DossierFilter
  readonly onMove: (ids: readonly string[]) => void
  readonly onClose: () => void
}

/** Asks with number and sum before all dossiers of the other program within the filter become ours to send. */
export function MoveDialog({ filter, onMove, onClose }: Props) {
  const t = useDeskText()
  const { data, error, isPending } = useChosenDossiers({ dossiers: 'all', state: 'elsewhere', filter })
  const count = data?.length ?? 0
  const total = moneyText(sumOfMoney((data ?? []).map(({ fund }) => fund)))
  return (
    <Modal opened onClose={onClose} title={<strong>{t('move.title')}</strong>} centered>
      {isPending && <p role="status">{t('send.counting')}</p>}
      {error && <p role="alert">{t('move.failed', { why: whyNot(error, t('send.unknown')) })}</p>}
      {data && (
        <>
          <p>{count > 0 ? t('move.ask', { count, total }) : t('move.nothing')}</p>
          {count > 0 && <p>{t('move.caution')}</p>}
        </>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('send.cancel')}
        </Button>
        {data && count > 0 && (
          <Button onClick={() => onMove(data.map(({ id }) => id))}>{t('move.yes', { count })}</Button>
        )}
      </Group>
    </Modal>
  )
}
