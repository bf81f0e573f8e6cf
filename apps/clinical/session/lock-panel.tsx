import { UnstyledButton } from '@mantine/core'
import { IconLock, IconUser, IconUserPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { DeviceState, OpenSession } from '#apps/server'
import { DemoRoles } from '../sign-in/demo-roles.tsx'
import { SignInSteps } from '../sign-in/sign-in-steps.tsx'
import { useSignInText } from '../sign-in/text/use-sign-in-text.ts'
import { useDevice } from '../sign-in/use-device.ts'
import { signOut } from './ask-session.ts'
import classes from './session.module.css'
import { UnlockForm } from './unlock-form.tsx'

type Person = DeviceState['sessions'][number]

/** Nobody of the device: somebody else signs in. */
const OTHER = ''

/** Who works at this machine, the last first: one touch on the name, then a PIN or a passkey. */
export function LockPanel({ session }: { readonly session: OpenSession }) {
  const t = useSignInText()
  const device = useDevice()
  const [chosen, setChosen] = useState(session.id)
  const own: Person = { id: session.id, display: session.display, hasPin: session.hasPin, current: true }
  const people = device ? [own, ...device.sessions.filter(({ id }) => id !== session.id)] : [own]
  const person = people.find(({ id }) => id === chosen)
  const passkeys = device?.passkeys ?? true
  return (
    <div className={classes.panel}>
      <section className={classes.people}>
        <h1>
          <IconLock size={22} aria-hidden /> {t('lock.title')}
        </h1>
        <p className={classes.hint}>{t('lock.kept')}</p>
        <h2>{t('lock.who')}</h2>
        <ul>
          {people.map((one) => (
            <li key={one.id}>
              <UnstyledButton
                className={classes.person}
                aria-pressed={one.id === chosen}
                onClick={() => setChosen(one.id)}
              >
                <IconUser size={20} aria-hidden />
                <strong>{one.display}</strong>
                {one.current && <span>{t('lock.here')}</span>}
              </UnstyledButton>
            </li>
          ))}
          <li>
            <UnstyledButton className={classes.person} aria-pressed={chosen === OTHER} onClick={() => setChosen(OTHER)}>
              <IconUserPlus size={20} aria-hidden />
              <strong>{t('lock.other')}</strong>
            </UnstyledButton>
          </li>
        </ul>
      </section>
      <section className={classes.opening}>
        {person ? (
          <UnlockForm
            key={person.id}
            person={person}
            demoRole={person.current && session.demo ? session.roles[0] : undefined}
            passkeys={passkeys && !session.demo}
          />
        ) : (
          <>
            {session.demo && <DemoRoles />}
            <SignInSteps passkeys={passkeys} />
          </>
        )}
        {person?.current && (
          <UnstyledButton className={classes.leave} title={t('lock.signOutWhy')} onClick={() => void signOut()}>
            {t('lock.signOut', { name: session.display })}
          </UnstyledButton>
        )}
      </section>
    </div>
  )
}
