import { useTranslation } from 'react-i18next'
import type { Encounter } from '#fhir/r4'
import { vi } from '../text/vi.ts'

type Known = keyof typeof vi.visits.class

const isKnown = (code: string): code is Known => code in vi.visits.class

/** Outpatient, inpatient, emergency …: what kind of visit it was, in words. */
export function useVisitClass(): (encounter: Encounter) => string {
  const { t } = useTranslation()
  return ({ class: { code = '', display } }) =>
    isKnown(code) ? t(`visits.class.${code}`) : (display ?? t('visits.class.other'))
}
