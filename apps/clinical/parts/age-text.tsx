import { useTranslation } from 'react-i18next'
import type { Age } from '#hospital/calendar'

/** An age in the words of the screen; nothing when unknown. */
export function AgeText({ age }: { readonly age: Age | null }) {
  const { t } = useTranslation()
  if (!age) return null
  const text = t(`person.age_${age.unit}`, { value: age.value })
  return <>{age.approximate ? t('person.approximately', { age: text }) : text}</>
}
