import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { AdministrationTexts } from '../administration/text/vi.ts'
import type { AuditTexts } from '../audit/text/vi.ts'
import type { DeskTexts } from '../insurance/text/vi.ts'
import type { PrivacyTexts } from '../privacy/text/vi.ts'
import type { SignInTexts } from '../sign-in/text/vi.ts'
import { en } from './en.ts'
import { vi, type Texts } from './vi.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: {
      translation: Texts
      insurance: DeskTexts
      signIn: SignInTexts
      administration: AdministrationTexts
      privacy: PrivacyTexts
      audit: AuditTexts
    }
  }
}

export type Language = 'vi' | 'en'

const REMEMBERED = 'lanh-language'

const remembered = (): Language => {
  try {
    return localStorage.getItem(REMEMBERED) === 'en' ? 'en' : 'vi'
  } catch {
    return 'vi'
  }
}

/** The language in use. */
export const languageNow = (): Language => (i18next.language === 'en' ? 'en' : 'vi')

export async function startTexts(): Promise<void> {
  const tell = (language: string) => {
    document.documentElement.lang = language
  }
  i18next.on('languageChanged', tell)
  await i18next.use(initReactI18next).init({
    lng: remembered(),
    fallbackLng: 'vi',
    resources: { vi: { translation: vi }, en: { translation: en } },
    interpolation: { escapeValue: false },
    // both languages are in the first script: nothing is loaded later
    initAsync: false,
  })
  tell(i18next.language)
}

/** Switches the whole screen and remembers it on this machine. */
export function switchLanguage(language: Language): void {
  try {
    localStorage.setItem(REMEMBERED, language)
  } catch {
    // storage is switched off: the choice lasts as long as the page
  }
  void i18next.changeLanguage(language)
}
