import { UnstyledButton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { DossierLine } from '#apps/server'
import { dateText } from '#hospital/calendar'
import { kindText } from './kind-text.ts'
import { moneyText } from './money-text.ts'
import { SeverityCounts } from './severity-mark.tsx'
import { mayMove, maySend, StateMark } from './state-mark.tsx'
import { useDeskText } from './text/use-desk-text.ts'
import classes from './work-list.module.css'

interface Props {
  readonly dossier: DossierLine
  /** px from the top of the list */
  readonly start: number
  readonly isChosen: boolean
  readonly onChoose: () => void
  readonly onSend: () => void
  readonly onMove: () => void
}

/** One dossier in one line. */
export function WorkListLine({ dossier, start, isChosen, onChoose, onSend, onMove }: Props) {
  const t = useDeskText()
  const { id, visit, patient, kind, department, to, total, fund, counts, state, receipt } = dossier
  return (
    <div
      id={`dossier ${id}`}
      role="row"
      aria-selected={isChosen}
      className={`${classes.line} ${classes.row}`}
      style={{ transform: `translateY(${start}px)` }}
      onClick={onChoose}
    >
      <span role="gridcell">
        <Link to="/insurance/dossier/$id" params={{ id }} title={visit}>
          {visit}
        </Link>
      </span>
      <span role="gridcell" title={patient.name}>
        <span className={classes.name}>{patient.name}</span>{' '}
        <span className="quiet">
          {patient.birthYear} {patient.code}
        </span>
      </span>
      <span role="gridcell">{kindText(kind, t)}</span>
      <span role="gridcell">{department}</span>
      <span role="gridcell">{to && dateText(to)}</span>
      <span role="gridcell" className={classes.money}>
        {moneyText(total)}
      </span>
      <span role="gridcell" className={classes.money}>
        {moneyText(fund)}
      </span>
      <span role="gridcell">
        <SeverityCounts counts={counts} />
      </span>
      <span role="gridcell">
        <StateMark state={state} />
      </span>
      <span role="gridcell" title={receipt ?? undefined}>
        {receipt}
      </span>
      <span role="gridcell">
        {maySend(state) && (
          <UnstyledButton className={classes.send} onClick={onSend} tabIndex={-1}>
            {t('list.send')}
          </UnstyledButton>
        )}
        {mayMove(state) && (
          <UnstyledButton className={classes.send} onClick={onMove} tabIndex={-1} title={t('list.moveWhy')}>
            {t('list.move')}
          </UnstyledButton>
        )}
      </span>
    </div>
  )
}
