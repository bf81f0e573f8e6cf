import { IconAlertTriangle, IconArrowDown, IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import type { Simulation } from '#apps/server'
import { dateTimeText } from '#hospital/calendar'
import { Nothing } from '../parts/nothing.tsx'
import { languageNow } from '../text/index.ts'
import { saidBy } from './said.ts'
import classes from './simulator.module.css'
import { useAdministrationText } from './text/use-administration-text.ts'

const EFFECTS = { allows: IconCircleCheck, refuses: IconCircleX, passes: IconArrowDown } as const
const VERDICTS = { allowed: IconCircleCheck, glass: IconAlertTriangle, refused: IconCircleX } as const

interface Props {
  readonly answer: Simulation | undefined
  readonly error: unknown
  /** a patient was named */
  readonly isOfPatient: boolean
}

/** The decision, and each step that led to it. */
export function SimulatorAnswer({ answer, error, isOfPatient }: Props) {
  const t = useAdministrationText()
  if (error) {
    return (
      <p role="alert" className={classes.failed}>
        {t('failed', { why: saidBy(error, t('unknown')) })}
      </p>
    )
  }
  if (!answer) return <Nothing>{t('simulator.why')}</Nothing>
  const verdict = answer.allowed ? 'allowed' : answer.breakGlass ? 'glass' : 'refused'
  const Icon = VERDICTS[verdict]
  return (
    <div className={classes.answer} tabIndex={0}>
      <p className={classes.verdict} data-verdict={verdict} role="status">
        <Icon size={22} aria-hidden />
        <strong>{t(`simulator.${verdict}`)}</strong>
      </p>
      {isOfPatient && <Relations relations={answer.relations} />}
      <h2>{t('simulator.steps')}</h2>
      <ol className={classes.steps}>
        {answer.trace.map((step, at) => {
          const Effect = EFFECTS[step.effect]
          return (
            // a line of the policy may be met twice
            <li key={`${at} ${step.rule}`} data-effect={step.effect}>
              <span className={classes.effect}>
                <Effect size={16} aria-hidden />
                {t(`simulator.effects.${step.effect}`)}
              </span>
              <span>
                {step[languageNow()]} <code className="quiet">{step.rule}</code>
              </span>
            </li>
          )
        })}
      </ol>
    </div>
  )
}

function Relations({ relations }: Pick<Simulation, 'relations'>) {
  const t = useAdministrationText()
  if (relations.length === 0) return <p className="quiet">{t('simulator.noRelations')}</p>
  return (
    <>
      <h2>{t('simulator.relations')}</h2>
      <ul>
        {relations.map(({ kind, until }) => (
          <li key={`${kind} ${until}`}>
            {t('simulator.relation', {
              kind: t(`relationKinds.${kind as 'grant'}`),
              until: dateTimeText(until),
            })}
          </li>
        ))}
      </ul>
    </>
  )
}
