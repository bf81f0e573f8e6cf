import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import { auditEn } from './en.ts'
import { auditVi } from './vi.ts'

// Once, with the first page that needs them: the chart's first script does not carry these words.
i18next.addResourceBundle('vi', 'audit', auditVi)
i18next.addResourceBundle('en', 'audit', auditEn)

/** The words of this part in the language in use. */
export const useAuditText = () => useTranslation('audit').t
