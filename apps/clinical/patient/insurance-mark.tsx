import { IconCalendarX, IconId, IconIdOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { dateText } from '#hospital/calendar'
import type { InsuranceState } from '#hospital/identification'
import { Mark } from './mark.tsx'

/** Whether the insurance card holds today. */
export function InsuranceMark({ insurance }: { readonly insurance: InsuranceState }) {
  const { t } = useTranslation()
  const { kind, card = '', level } = insurance
  const until = dateText(insurance.until)
  const title = until ? t('insurance.until', { card, until, date: until }) : card && t('insurance.card', { card })
  switch (kind) {
    case 'none':
      return (
        <Mark tone="plain" icon={IconIdOff}>
          {t('insurance.none')}
        </Mark>
      )
    case 'valid':
      return (
        <Mark tone="good" icon={IconId} title={title}>
          {level ? t('insurance.validLevel', { level }) : t('insurance.valid')}
        </Mark>
      )
    case 'expired':
    case 'not-yet':
      return (
        <Mark tone="warning" icon={IconCalendarX} title={title}>
          {kind === 'expired' ? t('insurance.expired', { date: until }) : t('insurance.notYet')}
        </Mark>
      )
  }
}
