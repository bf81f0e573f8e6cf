import { useSimulate } from './use-policy.ts'
import { SimulatorAnswer } from './simulator-answer.tsx'
import { SimulatorForm } from './simulator-form.tsx'
import classes from './simulator.module.css'
import { useAdministrationText } from './text/use-administration-text.ts'

/** "May nurse X open patient Y, and why": the question on the left, every step of the decision on the right. */
export function SimulatorPage() {
  const t = useAdministrationText()
  const simulate = useSimulate()
  return (
    <section className={classes.page} aria-label={t('simulator.label')}>
      <SimulatorForm isAsking={simulate.isPending} onAsk={simulate.mutate} />
      <SimulatorAnswer
        answer={simulate.data}
        error={simulate.error}
        isOfPatient={simulate.variables?.patient !== undefined}
      />
    </section>
  )
}
