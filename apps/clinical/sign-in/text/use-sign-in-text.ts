import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import { signInEn } from './en.ts'
import { signInVi } from './vi.ts'

// Once, with the first of these pages: the chart's first script does not carry these words.
i18next.addResourceBundle('vi', 'signIn', signInVi)
i18next.addResourceBundle('en', 'signIn', signInEn)

/** The words of signing in, the lock and one's own account in the language in use. */
export const useSignInText = () => useTranslation('signIn').t
