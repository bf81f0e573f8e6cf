/** One act of the log as a sentence. Pure: the page and the CSV say the same. */
import { useTranslation } from 'react-i18next'
import type { ActLine } from '#apps/server'
import type { Texts } from '../text/vi.ts'
import { useAuditText } from './text/use-audit-text.ts'
import { isWorded } from './type-words.ts'

type AuditText = ReturnType<typeof useAuditText>

/** Acts whose sentence names no data. */
const WITHOUT_DATA: ReadonlySet<ActLine['action']> = new Set([
  'sign-in',
  'sign-out',
  'account-change',
  'policy-change',
  'client-change',
  'key-change',
  'clock-step',
  'start',
  'stop',
])

const PURPOSES = [
  'TREAT',
  'ETREAT',
  'BTG',
  'HPAYMT',
  'HOPERAT',
  'HRESCH',
  'PATRQT',
  'HLEGAL',
  'SYSDEV',
  'HSYSADMIN',
] as const

const typeIn = (reference: string): string => reference.split('/')[0] ?? ''

/** How many of each kind an act touched, in the order in which they come first. */
function whatWords({ what, more }: ActLine, t: AuditText): string {
  const counts = new Map<string, number>()
  for (const { reference } of what) counts.set(typeIn(reference), (counts.get(typeIn(reference)) ?? 0) + 1)
  const words = [...counts].map(([type, count]) => {
    const word = isWorded(type) ? t(`types.${type}`) : type
    return count === 1 ? word : t('counted', { count, type: word })
  })
  if (more > 0) words.push(t('more', { count: more }))
  return words.length === 0 ? t('nothing') : words.join(', ')
}

/** How acts are said, in the language in use. */
export function useActWords() {
  const t = useAuditText()
  const { t: tc } = useTranslation()

  const who = ({ who: { reference, name } }: ActLine): string => {
    if (name !== null) return name
    if (reference === 'Device/lanh') return t('product')
    return reference || t('nobody')
  }
  const roles = ({ who: { roles: held } }: ActLine): string =>
    held.map((role) => tc(`roles.${role as keyof Texts['roles']}`)).join(', ')
  const purpose = (code: string): string => {
    const known = PURPOSES.find((one) => one === code)
    return known ? t(`purposes.${known}`) : code
  }
  const sentence = (act: ActLine): string => {
    const { action, outcome } = act
    const words = { who: who(act), what: whatWords(act, t), act: t(`acts.${action}`) }
    if (outcome === 'success' && action === 'search' && act.what.length === 0)
      return t('sentences.searchNothing', words)
    if (outcome === 'success') return t(`did.${action}`, words)
    const isPlain = WITHOUT_DATA.has(action) || act.what.length === 0
    return t(`sentences.${outcome}${isPlain ? 'Plain' : ''}`, words)
  }
  return { sentence, who, roles, purpose, what: (act: ActLine) => whatWords(act, t) }
}

/** The words of acts, for parts that are handed them. */
export type ActWords = ReturnType<typeof useActWords>
