import { IconCircleCheck, IconCircleX, IconClock } from '@tabler/icons-react'
import type { GlassShown } from '#apps/server'
import pickable from '../parts/pickable.module.css'
import { serverNow } from '../session/session-store.ts'
import classes from './broken-glass.module.css'
import { glassAge } from './glass-age.ts'
import { usePrivacyText } from './text/use-privacy-text.ts'

interface Props {
  readonly glass: GlassShown
  readonly isChosen: boolean
  readonly onChoose: () => void
}

/** One broken glass in the list: how old, who, of whom, why. */
export function GlassLine({ glass, isChosen, onChoose }: Props) {
  const t = usePrivacyText()
  const { agent, agentName, patient, patientName, since, verdict } = glass
  const age = glassAge(since, serverNow())
  const words = {
    agent: agentName ?? agent,
    patient: patientName ?? patient,
    age: t(`age.${age.unit}`, { count: age.count }),
  }
  return (
    <li>
      <button
        type="button"
        data-row
        className={`${classes.line} ${pickable.line}`}
        aria-current={isChosen}
        aria-label={t('item', words)}
        onClick={onChoose}
      >
        <span className={classes.age} data-late={(verdict === null && age.isLate) || undefined}>
          <IconClock size={14} aria-hidden />
          {words.age}
          {verdict === null && age.isLate && ` · ${t('late')}`}
        </span>
        <strong>{words.agent}</strong>
        <span>{words.patient}</span>
        <span className="quiet">{t(`reasons.${glass.reason as 'emergency'}`, { defaultValue: glass.reason })}</span>
        {verdict && <Verdict verdict={verdict} />}
      </button>
    </li>
  )
}

/** What was said of it: shape, word and colour. */
export function Verdict({ verdict }: { readonly verdict: 'justified' | 'unjustified' }) {
  const t = usePrivacyText()
  const Icon = verdict === 'justified' ? IconCircleCheck : IconCircleX
  return (
    <span className={classes.verdict} data-verdict={verdict}>
      <Icon size={14} aria-hidden />
      {t(verdict)}
    </span>
  )
}
