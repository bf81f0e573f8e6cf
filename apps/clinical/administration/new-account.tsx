import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Handed } from '#apps/server'
import { foldName } from '#hospital/identification'
import type { Pick } from '../parts/pick-field.tsx'
import { useArrivalFocus } from '../parts/use-arrival-focus.ts'
import classes from './account-panel.module.css'
import { type RoleDraft, rolesGiven } from './role-drafts.ts'
import { RolesEditor } from './roles-editor.tsx'
import { saidBy } from './said.ts'
import { StaffField } from './staff-field.tsx'
import { useAdministrationText } from './text/use-administration-text.ts'
import { useCreateAccount } from './use-accounts.ts'
import { makeStaff } from './use-directory.ts'

/** `an.nv` for BS. Nguyễn Văn An: the given name and the initials of the others, without titles. */
const proposedLogin = (display: string): string => {
  const untitled = display.split(/\s+/).filter((word) => !word.includes('.'))
  const words = foldName(untitled.join(' ')).split(' ').filter(Boolean)
  const given = words.pop() ?? ''
  const initials = words.map(([first]) => first).join('')
  return [given, initials].filter(Boolean).join('.')
}

interface Props {
  readonly onMade: (handed: Handed) => void
  readonly onCancel: () => void
}

/** A new account: who it is, what they are called, which roles. What comes back is shown once. */
export function NewAccount({ onMade, onCancel }: Props) {
  const t = useAdministrationText()
  const first = useArrivalFocus<HTMLInputElement>()
  const [display, setDisplay] = useState('')
  const [name, setName] = useState<string | null>(null)
  const [staff, setStaff] = useState<Pick | null>(null)
  const [drafts, setDrafts] = useState<readonly RoleDraft[]>([])
  const [way, setWay] = useState<'link' | 'password'>('link')
  const [failed, setFailed] = useState<unknown>(null)
  const [isMaking, setMaking] = useState(false)
  const create = useCreateAccount()
  const login = name ?? proposedLogin(display)
  const make = async () => {
    setMaking(true)
    setFailed(null)
    try {
      const person = staff ?? { key: await makeStaff(display.trim()), words: display.trim() }
      // a second try does not make them a second time
      setStaff(person)
      onMade(
        await create.mutateAsync({
          name: login,
          display: display.trim(),
          agent: person.key,
          roles: rolesGiven(drafts),
          way,
        }),
      )
    } catch (error) {
      setFailed(error)
    } finally {
      setMaking(false)
    }
  }
  return (
    <form
      className={classes.panel}
      aria-label={t('form.title')}
      onSubmit={(event) => {
        event.preventDefault()
        void make()
      }}
    >
      <h2>{t('form.title')}</h2>
      <TextInput
        ref={first}
        size="xs"
        label={t('form.display')}
        required
        maxLength={100}
        autoComplete="off"
        value={display}
        onChange={(event) => setDisplay(event.currentTarget.value)}
      />
      <TextInput
        size="xs"
        label={t('form.name')}
        description={t('form.nameHint')}
        required
        autoComplete="off"
        spellCheck={false}
        value={login}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <StaffField
        label={t('form.agent')}
        placeholder={t('form.agentSearch')}
        description={t('form.agentNew')}
        chosen={staff}
        onChoose={setStaff}
      />
      <RolesEditor drafts={drafts} onChange={setDrafts} />
      <NativeSelect
        size="xs"
        label={t('form.way')}
        value={way}
        data={[
          { value: 'link', label: t('form.link') },
          { value: 'password', label: t('form.password') },
        ]}
        onChange={(event) => setWay(event.currentTarget.value === 'password' ? 'password' : 'link')}
      />
      {failed !== null && (
        <p role="alert" className={classes.failed}>
          {t('failed', { why: saidBy(failed, t('unknown')) })}
        </p>
      )}
      <p className={classes.acts}>
        <Button size="xs" variant="default" onClick={onCancel}>
          {t('cancel')}
        </Button>
        <Button size="xs" type="submit" loading={isMaking} disabled={display.trim() === '' || login === ''}>
          {t('form.create')}
        </Button>
      </p>
    </form>
  )
}
