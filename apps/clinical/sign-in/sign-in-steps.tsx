import { UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import type { OpenSession, SignInStep } from '#apps/server'
import { enter } from '../session/ask-session.ts'
import { CodeStep } from './code-step.tsx'
import { NewPasswordStep } from './new-password-step.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'
import { SetUpStep } from './set-up-step.tsx'
import classes from './sign-in.module.css'
import { StartStep } from './start-step.tsx'
import { useSignInText } from './text/use-sign-in-text.ts'

type Stage =
  | { readonly state: 'start' }
  | Exclude<SignInStep, { state: 'open' }>
  | { readonly state: 'codes'; readonly session: OpenSession; readonly codes: readonly string[] }

const START: Stage = { state: 'start' }

interface Props {
  /** false where the address cannot have passkeys */
  readonly passkeys: boolean
  /** the cursor begins here */
  readonly hasFocus?: boolean
}

/** From nobody to an open session, whatever steps the account needs. The session is entered at the end. */
export function SignInSteps({ passkeys, hasFocus = true }: Props) {
  const t = useSignInText()
  const [stage, setStage] = useState<Stage>(START)
  const onStep = (step: SignInStep) => {
    if (step.state !== 'open') return setStage(step)
    if (step.recoveryCodes) return setStage({ state: 'codes', session: step.session, codes: step.recoveryCodes })
    return enter(step.session)
  }
  if (stage.state === 'start') return <StartStep passkeys={passkeys} hasFocus={hasFocus} onStep={onStep} />
  if (stage.state === 'codes')
    return <RecoveryCodes codes={stage.codes} name={stage.session.display} onKept={() => enter(stage.session)} />
  const { ticket } = stage
  return (
    <>
      {stage.state === 'second-factor' && <CodeStep ticket={ticket} onStep={onStep} />}
      {stage.state === 'change-password' && <NewPasswordStep ticket={ticket} onStep={onStep} />}
      {stage.state === 'set-up-second-factor' && <SetUpStep ticket={ticket} onStep={onStep} />}
      <UnstyledButton className={classes.quietWay} onClick={() => setStage(START)}>
        {t('restart')}
      </UnstyledButton>
    </>
  )
}
