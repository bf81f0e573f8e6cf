import { PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { useArrivalFocus } from '../parts/use-arrival-focus.ts'
import { useSignInText } from './text/use-sign-in-text.ts'

export interface NewPassword {
  readonly first: string
  readonly again: string
}

export const NO_PASSWORD: NewPassword = { first: '', again: '' }

export const isWhole = ({ first, again }: NewPassword): boolean => first !== '' && first === again

interface Props {
  readonly value: NewPassword
  readonly onChange: (value: NewPassword) => void
  readonly hasFocus?: boolean
}

/** A password twice, so that a slip of the finger locks nobody out. */
export function NewPasswordFields({ value, onChange, hasFocus = true }: Props) {
  const field = useArrivalFocus<HTMLInputElement>(hasFocus)
  const t = useSignInText()
  const [left, setLeft] = useState(false)
  const differs =
    value.again !== '' && value.first !== value.again && (left || value.again.length >= value.first.length)
  return (
    <>
      <PasswordInput
        label={t('newPassword.field')}
        description={t('newPassword.rule')}
        value={value.first}
        onChange={(event) => onChange({ ...value, first: event.currentTarget.value })}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': t('newPassword.show') }}
        ref={field}
        required
        withAsterisk={false}
      />
      <PasswordInput
        label={t('newPassword.again')}
        value={value.again}
        onChange={(event) => onChange({ ...value, again: event.currentTarget.value })}
        onBlur={() => setLeft(true)}
        error={differs && t('newPassword.differs')}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': t('newPassword.show') }}
        required
        withAsterisk={false}
      />
    </>
  )
}
