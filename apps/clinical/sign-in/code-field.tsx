import { TextInput } from '@mantine/core'
import { useArrivalFocus } from '../parts/use-arrival-focus.ts'
import classes from './sign-in.module.css'

interface Props {
  readonly label: string
  readonly value: string
  readonly onChange: (digits: string) => void
  /** so many digits at the most */
  readonly most: number
  /** stars instead of digits */
  readonly isSecret?: boolean
  readonly autoComplete?: string
  readonly hasFocus?: boolean
}

/** Digits only: a number pad on tablets, large letters, and spaces of a pasted code fall out. */
export function CodeField({ label, value, onChange, most, isSecret, autoComplete = 'off', hasFocus = true }: Props) {
  const field = useArrivalFocus<HTMLInputElement>(hasFocus)
  return (
    <TextInput
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value.replaceAll(/\D/g, '').slice(0, most))}
      type={isSecret ? 'password' : 'text'}
      inputMode="numeric"
      autoComplete={autoComplete}
      classNames={{ input: classes.digits ?? '' }}
      size="lg"
      ref={field}
      data-autofocus={hasFocus || undefined}
      required
      withAsterisk={false}
    />
  )
}
