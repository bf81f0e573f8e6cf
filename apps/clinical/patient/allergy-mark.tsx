import { IconAlertTriangleFilled, IconHelpCircle, IconShieldCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { AllergyState } from '#hospital/identification'
import { conceptText } from '#hospital/laboratory'
import { Mark } from './mark.tsx'

/** Known, asked and none, never asked: three looks, because they are three answers. */
export function AllergyMark({ allergy }: { readonly allergy: AllergyState }) {
  const { t } = useTranslation()
  if (allergy.kind === 'not-asked') {
    return (
      <Mark tone="open" icon={IconHelpCircle} title={t('allergy.notAskedWhy')}>
        {t('allergy.notAsked')}
      </Mark>
    )
  }
  if (allergy.kind === 'none-known') {
    return (
      <Mark tone="good" icon={IconShieldCheck} title={t('allergy.noneWhy')}>
        {t('allergy.none')}
      </Mark>
    )
  }
  const names = allergy.allergies.map((one) => conceptText(one.code)).join(', ')
  return (
    <Mark tone="danger" icon={IconAlertTriangleFilled} title={t('allergy.known', { names })}>
      {t('allergy.known', { names })}
    </Mark>
  )
}
