import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import { deskEn } from './en.ts'
import { deskVi } from './vi.ts'

// Once, with the first page of the desk: the chart's first script does not carry these words.
i18next.addResourceBundle('vi', 'insurance', deskVi)
i18next.addResourceBundle('en', 'insurance', deskEn)

/** The words of the insurance desk in the language in use. */
export const useDeskText = () => useTranslation('insurance').t
