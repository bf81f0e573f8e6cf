import { IconAlertTriangleFilled, IconHelpCircle, IconLock, IconShieldCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { AllergyState } from '#hospital/identification'
import { conceptText } from '#hospital/laboratory'
import { Mark } from './mark.tsx'

/** The reader may not see whether there are allergies: a fourth look, which promises nothing. */
export function ClosedAllergyMark() {
  const { t } = useTranslation()
  return (
    <Mark tone="open" icon={IconLock} title={t('allergy.closedWhy')}>
      {t('allergy.closed')}
    </Mark>
  )
}

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
