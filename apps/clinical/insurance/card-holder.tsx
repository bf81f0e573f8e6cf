import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { CardHolder, CardLookUpAnswer, CheckIn } from '#apps/server'
import { dateText, dateTimeText } from '#hospital/calendar'
import { CardFactRows, wouldChange } from './card-facts.tsx'
import classes from './cards.module.css'
import { StateMark } from './state-mark.tsx'
import { useDeskText } from './text/use-desk-text.ts'
import { useApplyCard, useCheckIn, useSendCheckIn } from './use-cards.ts'
import { whyNot } from './why-not.ts'

interface Props {
  readonly answer: CardLookUpAnswer
  readonly holder: CardHolder
}

/** A patient of ours: old and new beside each other, and the click that makes the new one ours. */
export function CardHolderBox({ answer: { id, card }, holder }: Props) {
  const t = useDeskText()
  const apply = useApplyCard(id)
  const { patient, coverage, visit } = apply.data ?? holder
  const mayApply = card !== null && wouldChange(card, coverage)
  return (
    <article className={classes.card} aria-label={patient.name}>
      <h2>
        <Link to="/patient/$id/overview" params={{ id: patient.id }}>
          {patient.name}
        </Link>{' '}
        <span className="quiet">
          {dateText(patient.birthDate)} · {patient.code}
        </span>
      </h2>
      {card && <CardFactRows said={card} known={coverage} />}
      <p className={classes.acts}>
        {apply.data && <span role="status">{t('cards.applied')}</span>}
        {apply.error && (
          <span role="alert">{t('cards.notApplied', { why: whyNot(apply.error, t('send.unknown')) })}</span>
        )}
        {mayApply && (
          <Button size="xs" loading={apply.isPending} onClick={() => apply.mutate(patient.id)}>
            {t('cards.apply')}
          </Button>
        )}
        {card && !mayApply && !apply.data && <span className="quiet">{t('cards.same')}</span>}
      </p>
      {visit && <Arrival id={visit.id} since={visit.since} checkIn={visit.checkIn} />}
    </article>
  )
}

interface ArrivalProps {
  readonly id: string
  readonly since: string
  readonly checkIn: CheckIn | null
}

/** The visit that is going on, and whether the portal knows of it. */
function Arrival({ id, since, checkIn: known }: ArrivalProps) {
  const t = useDeskText()
  const { data: checkIn } = useCheckIn(id, known)
  const send = useSendCheckIn(id)
  const isSent = checkIn && checkIn.state !== 'refused'
  return (
    <p className={classes.acts}>
      <span>{t('cards.arrived', { time: since && dateTimeText(since) })}</span>
      {checkIn ? <StateMark state={checkIn.state} /> : <span className="quiet">{t('cards.notAnnounced')}</span>}
      {checkIn?.receipt && <span className="quiet">{t('dossier.receipt', { receipt: checkIn.receipt })}</span>}
      {checkIn?.message && checkIn.state !== 'accepted' && <span>{checkIn.message}</span>}
      {send.error && <span role="alert">{whyNot(send.error, t('send.unknown'))}</span>}
      {!isSent && (
        <Button size="xs" variant="default" loading={send.isPending} onClick={() => send.mutate()}>
          {t('cards.announce')}
        </Button>
      )}
    </p>
  )
}
