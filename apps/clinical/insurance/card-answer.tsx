import { IconCircleCheck, IconCircleX, IconHelpCircle, IconReplace } from '@tabler/icons-react'
import type { CardLookUp, CardLookUpAnswer, VisitElsewhere } from '#apps/server'
import { dateTimeText } from '#hospital/calendar'
import { languageNow } from '../text/index.ts'
import { CardHolderBox } from './card-holder.tsx'
import { CardFactRows } from './card-facts.tsx'
import classes from './cards.module.css'
import { useDeskText } from './text/use-desk-text.ts'

const ICONS = {
  usable: IconCircleCheck,
  replaced: IconReplace,
  unusable: IconCircleX,
  unknown: IconHelpCircle,
} as const

interface Props {
  readonly answer: CardLookUpAnswer
  readonly asked: CardLookUp
}

/** What the portal said, beside what our record says of whoever has the card. */
export function CardAnswer({ answer, asked }: Props) {
  const t = useDeskText()
  const { code, means, vi, en, card, replaces, visits, holders } = answer
  const Icon = ICONS[means]
  return (
    <>
      <p className={classes.verdict} data-means={means} role="status">
        <Icon size={22} aria-hidden />
        <strong>{languageNow() === 'vi' ? vi : en}</strong>
        <span className="quiet">
          {asked.name} · {t('cards.code', { code })}
        </span>
      </p>
      {replaces && card && <p className={classes.note}>{t('cards.replaced', { old: replaces, next: card.number })}</p>}
      {card && holders.length === 0 && (
        <article className={classes.card} aria-label={t('cards.portal')}>
          <CardFactRows said={card} known={undefined} />
          <p className={classes.note}>{t('cards.nobody')}</p>
        </article>
      )}
      {holders.map((holder) => (
        <CardHolderBox key={holder.patient.id} answer={answer} holder={holder} />
      ))}
      {visits.length > 0 && <Elsewhere visits={visits} />}
    </>
  )
}

const written = (moment: string): string => (moment.includes('T') ? dateTimeText(moment) : moment)

function Elsewhere({ visits }: { readonly visits: readonly VisitElsewhere[] }) {
  const t = useDeskText()
  return (
    <article className={classes.card} aria-label={t('cards.visits')}>
      <h2>{t('cards.visits')}</h2>
      <table>
        <thead>
          <tr>
            {(['facility', 'from', 'to', 'disease'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`cards.visit.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {visits.map(({ facility, from, to, disease }) => (
            <tr key={`${facility} ${from}`}>
              <td>{facility}</td>
              <td>{written(from)}</td>
              <td>{written(to)}</td>
              <td>{disease}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </article>
  )
}
