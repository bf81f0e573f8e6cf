import { Button, Group, Modal, Progress } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { DossierLine } from '#apps/server'
import { tellDesk } from './desk-requests.ts'
import { useChosenDossiers } from './dossiers-in-state.ts'
import { moneyText, sumOfMoney } from './money-text.ts'
import { useDeskText } from './text/use-desk-text.ts'
import type { DossierFilter } from './use-desk.ts'
import { whyNot } from './why-not.ts'

interface Props {
  /** these, or all that are ready within the filter */
  readonly dossiers: readonly DossierLine[] | 'all'
  readonly filter: DossierFilter
  readonly onClose: () => void
}

interface Sending {
  readonly done: number
  readonly failed: number
  readonly why: string
  readonly isOver: boolean
}

/** Asks with number and sum before anything leaves the house, then hands them to the outbox one after the other. */
export function SendDialog({ dossiers, filter, onClose }: Props) {
  const t = useDeskText()
  const client = useQueryClient()
  const isStopped = useRef(false)
  const [sending, setSending] = useState<Sending>()
  const ready = useChosenDossiers({ dossiers, state: 'ready', filter })
  const lines = ready.data ?? []
  const send = async () => {
    let progress: Sending = { done: 0, failed: 0, why: '', isOver: false }
    for (const { id } of lines) {
      if (isStopped.current) break
      setSending(progress)
      const why = await tellDesk('POST', `dossiers/${encodeURIComponent(id)}/send`).then(
        () => '',
        (error: unknown) => whyNot(error, t('send.unknown')),
      )
      const isSent = why === ''
      progress = {
        ...progress,
        done: progress.done + (isSent ? 1 : 0),
        failed: progress.failed + (isSent ? 0 : 1),
        why: isSent ? progress.why : why,
      }
    }
    setSending({ ...progress, isOver: true })
    await client.invalidateQueries({ queryKey: ['insurance'] })
  }
  const leave = () => {
    isStopped.current = true
    onClose()
  }
  return (
    <Modal opened onClose={leave} title={<strong>{t('send.title')}</strong>} centered>
      {ready.isPending && <p role="status">{t('send.counting')}</p>}
      {ready.error && <p role="alert">{t('send.failed', { why: whyNot(ready.error, t('send.unknown')) })}</p>}
      {ready.data && !sending && <Question lines={lines} onSend={() => void send()} onClose={leave} />}
      {sending && (
        <>
          <Progress value={((sending.done + sending.failed) / lines.length) * 100} aria-label={t('send.title')} />
          <p role="status">
            {sending.isOver
              ? t('send.done', { sent: sending.done, failed: sending.failed })
              : t('send.progress', { done: sending.done, count: lines.length })}
          </p>
          {sending.why && <p role="alert">{t('send.failed', { why: sending.why })}</p>}
          <Group justify="flex-end">
            <Button variant="default" onClick={leave}>
              {t(sending.isOver ? 'send.close' : 'send.stop')}
            </Button>
          </Group>
        </>
      )}
    </Modal>
  )
}

interface QuestionProps {
  readonly lines: readonly DossierLine[]
  readonly onSend: () => void
  readonly onClose: () => void
}

function Question({ lines, onSend, onClose }: QuestionProps) {
  const t = useDeskText()
  const count = lines.length
  const total = moneyText(sumOfMoney(lines.map(({ fund }) => fund)))
  return (
    <>
      <p>{count > 0 ? t('send.ask', { count, total }) : t('send.nothing')}</p>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('send.cancel')}
        </Button>
        {count > 0 && <Button onClick={onSend}>{t('send.yes', { count })}</Button>}
      </Group>
    </>
  )
}
