import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dateText } from '#hospital/calendar'
import { hospitalToday } from './hospital-today.ts'
import { readDay } from './read-day.ts'

interface Props {
  readonly label: string
  /** `YYYY-MM-DD`, or '' */
  readonly value: string
  readonly onChange: (day: string) => void
  readonly placeholder?: string
}

/** A day as Vietnamese write it, whatever language the browser speaks; `1503`, `h` and `h-1` are understood. */
export function DayField({ label, value, onChange, placeholder }: Props) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState<string | null>(null)
  const day = typed === null ? value : readDay(typed, hospitalToday())
  return (
    <TextInput
      size="xs"
      label={label}
      placeholder={placeholder ?? t('day.placeholder')}
      title={t('day.hint')}
      autoComplete="off"
      inputMode="text"
      value={typed ?? dateText(value)}
      error={day === null ? t('day.wrong') : undefined}
      onChange={(event) => {
        const text = event.currentTarget.value
        setTyped(text)
        const next = readDay(text, hospitalToday())
        if (next !== null) onChange(next)
      }}
      onBlur={() => day !== null && setTyped(null)}
    />
  )
}
