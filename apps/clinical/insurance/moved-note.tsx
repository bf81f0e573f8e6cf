import { Button } from '@mantine/core'
import desk from './desk.module.css'
import { useDeskText } from './text/use-desk-text.ts'
import type { Move, useMoveDossiers } from './use-move-dossiers.ts'
import { whyNot } from './why-not.ts'

const OPPOSITE = { ready: 'elsewhere', elsewhere: 'ready' } as const

interface Props {
  readonly moving: ReturnType<typeof useMoveDossiers>
  readonly onUndo: (move: Move) => void
}

/** What became of the last move, and the way back. */
export function MovedNote({ moving: { data, error, variables }, onUndo }: Props) {
  const t = useDeskText()
  if (error) {
    return (
      <p className={desk.alarm} role="alert">
        {t('move.failed', { why: whyNot(error, t('send.unknown')) })}
      </p>
    )
  }
  if (!data || !variables) return null
  const { ids, to } = variables
  return (
    <p className={desk.told}>
      <span role="status">
        {t(`move.done.${to}`, { count: data.moved })} {data.left > 0 && t('move.left', { count: data.left })}
      </span>
      <Button size="compact-xs" variant="default" onClick={() => onUndo({ ids, to: OPPOSITE[to] })}>
        {t('move.undo')}
      </Button>
    </p>
  )
}
