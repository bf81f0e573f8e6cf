import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import { privacyEn } from './en.ts'
import { privacyVi } from './vi.ts'

// Once, with the first page that needs them: the chart's first script does not carry these words.
i18next.addResourceBundle('vi', 'privacy', privacyVi)
i18next.addResourceBundle('en', 'privacy', privacyEn)

/** The words of this part in the language in use. */
export const usePrivacyText = () => useTranslation('privacy').t
