import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import { administrationEn } from './en.ts'
import { administrationVi } from './vi.ts'

// Once, with the first of these pages: the chart's first script does not carry these words.
i18next.addResourceBundle('vi', 'administration', administrationVi)
i18next.addResourceBundle('en', 'administration', administrationEn)

/** The words of accounts and rights in the language in use. */
export const useAdministrationText = () => useTranslation('administration').t
