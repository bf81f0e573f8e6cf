import { UnstyledButton } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DemoRole, SignInStep } from '#apps/server'
import { goOn, readSignIn, tellSignIn } from '../session/ask-session.ts'
import { RefusedLine } from './refused-line.tsx'
import classes from './sign-in.module.css'
import { useTry } from './use-try.ts'

/** One touch for each role of the invented hospital. */
export function DemoRoles() {
  const { t } = useTranslation()
  const trying = useTry()
  const [roles, setRoles] = useState<readonly DemoRole[]>([])
  useEffect(() => {
    let isHere = true
    void readSignIn<{ roles: readonly DemoRole[] }>('demo').then(
      (answer) => isHere && setRoles(answer.roles),
      () => undefined,
    )
    return () => {
      isHere = false
    }
  }, [])
  const comeIn = ({ role }: DemoRole) =>
    trying.run(async () => void goOn(await tellSignIn<SignInStep>('demo', { role })))
  return (
    <>
      <ul className={classes.roles}>
        {roles.map((one, at) => (
          <li key={one.role}>
            <UnstyledButton
              className={classes.role}
              onClick={() => comeIn(one)}
              disabled={trying.isBusy}
              data-autofocus={at === 0 || undefined}
            >
              <strong>{t(`roles.${one.role}`)}</strong>
              <span>
                {one.display}
                {one.department && ` · ${one.department}`}
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      <RefusedLine trying={trying} />
    </>
  )
}
