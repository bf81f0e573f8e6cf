import { Button } from '@mantine/core'
import type { DossierPage, DossierState } from '#apps/server'
import { Chips } from '../parts/chips.tsx'
import { STATES } from './state-mark.tsx'
import { useDeskText } from './text/use-desk-text.ts'
import classes from './work-list.module.css'

interface Props {
  readonly states: DossierPage['states'] | undefined
  readonly chosen: DossierState | undefined
  readonly onChoose: (state: DossierState | undefined) => void
  readonly onSendAll: () => void
  readonly onMoveAll: () => void
}

/** How many dossiers are in each state, and what can be done with all that are ready or another program's. */
export function WorkListStates({ states, chosen, onChoose, onSendAll, onMoveAll }: Props) {
  const t = useDeskText()
  const total = states ? STATES.reduce((sum, state) => sum + states[state], 0) : 0
  const mayMove = chosen === 'elsewhere' && states !== undefined && states.elsewhere > 0
  return (
    <div className={classes.states}>
      <Chips
        label={t('list.states')}
        chosen={chosen ?? null}
        chips={[
          { key: null, words: `${t('states.all')} ${states ? total : ''}` },
          ...STATES.map((key) => ({ key, words: `${t(`states.${key}`)} ${states?.[key] ?? ''}` })),
        ]}
        onChoose={(state) => onChoose(state ?? undefined)}
      />
      {mayMove && (
        <Button size="xs" variant="default" className={classes.all} onClick={onMoveAll}>
          {t('list.moveAll')} ({states.elsewhere})
        </Button>
      )}
      {states && states.ready > 0 && !mayMove && (
        <Button size="xs" className={classes.all} onClick={onSendAll}>
          {t('list.sendAll')} ({states.ready})
        </Button>
      )}
    </div>
  )
}
