import { IconUsers } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { areNearNames, fullName, type BannerFacts } from '#hospital/identification'
import { useCurrentStays } from '../find/use-current-stays.ts'
import { Mark } from './mark.tsx'

/** Warns of somebody in the same department whose name is easily taken for this one. */
export function NearNameMark({ facts }: { readonly facts: BannerFacts }) {
  const { t } = useTranslation()
  const [department] = facts.place
  const { data } = useCurrentStays(department !== undefined)
  const others = (data ?? [])
    .filter(({ encounter }) => encounter.serviceProvider?.display === department)
    .filter(({ patient }) => patient.id !== facts.id && areNearNames(fullName(patient), facts.name))
  if (others.length === 0) return null
  const names = others.map(({ patient }) => `${fullName(patient)} (${patient.birthDate?.slice(0, 4)})`).join(', ')
  return (
    <Mark tone="warning" icon={IconUsers} title={t('person.nearNameHint', { names })}>
      {t('person.nearName')}
    </Mark>
  )
}
