import { IconAlertTriangle, IconCheck, IconHandStop } from '@tabler/icons-react'
import { useRef } from 'react'
import type { ActLine } from '#apps/server'
import { dateText, timeText } from '#hospital/calendar'
import { useRowFocus } from '../parts/use-row-focus.ts'
import classes from './act-list.module.css'
import { useActWords } from './act-words.ts'
import { useAuditText } from './text/use-audit-text.ts'

const OUTCOMES = { success: IconCheck, refused: IconHandStop, failure: IconAlertTriangle } as const

const seconds = (instant: string): string => {
  const second = new Date(instant).getUTCSeconds()
  return `${timeText(instant)}:${String(second).padStart(2, '0')}`
}

interface Props {
  readonly acts: readonly ActLine[]
  readonly label: string
  /** names of patients by reference, where the reader may know them */
  readonly names?: ReadonlyMap<string, string> | undefined
  /** all are about one patient, who is named above them */
  readonly ofOne?: boolean
}

/** Acts as sentences, newest first: who, in which role, when, what, from where, why. */
export function ActList({ acts, label, names, ofOne = false }: Props) {
  const box = useRef<HTMLOListElement>(null)
  useRowFocus(box)
  return (
    <ol ref={box} className={classes.acts} aria-label={label}>
      {acts.map((act) => (
        <OneAct key={act.id} act={act} names={names} ofOne={ofOne} />
      ))}
    </ol>
  )
}

function OneAct({ act, names, ofOne }: { readonly act: ActLine } & Pick<Props, 'names' | 'ofOne'>) {
  const t = useAuditText()
  const words = useActWords()
  const { at, outcome, network, purpose, reason, who, patients, rule } = act
  const Icon = OUTCOMES[outcome]
  const facts = [
    words.roles(act),
    purpose && t('forWhat', { purpose: words.purpose(purpose) }),
    network && t('fromWhere', { network }),
    who.client && t('through', { client: who.client }),
    rule && t('rule', { rule }),
  ].filter(Boolean)
  return (
    <li data-outcome={outcome}>
      <time dateTime={at}>
        {dateText(at)} <b>{seconds(at)}</b>
      </time>
      <span className={classes.outcome}>
        <Icon size={14} aria-hidden />
        <span>{t(`outcomes.${outcome}`)}</span>
      </span>
      <details>
        <summary data-row>
          <span className={classes.sentence}>{words.sentence(act)}</span>
          <span className="quiet">{facts.join(' · ')}</span>
          {reason && <span>{t('reason', { reason })}</span>}
          {!ofOne && patients.length > 0 && (
            <span className="quiet">
              {t('patients', { patients: patients.map((one) => names?.get(one) ?? one).join(', ') })}
            </span>
          )}
        </summary>
        <ActDetail act={act} />
      </details>
    </li>
  )
}

function ActDetail({ act: { id, who, what, more, query, erased } }: { readonly act: ActLine }) {
  const t = useAuditText()
  return (
    <div className={classes.detail}>
      <p>
        {t('number', { id })} · {who.reference}
      </p>
      {query && <p>{t('query', { query })}</p>}
      {erased && <p>{t('erased')}</p>}
      <ul>
        {what.map(({ reference, version }) => (
          <li key={`${reference} ${version}`}>{version === null ? reference : t('version', { reference, version })}</li>
        ))}
        {more > 0 && <li>{t('more', { count: more })}</li>}
      </ul>
    </div>
  )
}
