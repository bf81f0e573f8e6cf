import { useTranslation } from 'react-i18next'
import type { RoleLine } from '#apps/server'
import { dateText } from '#hospital/calendar'
import { useAdministrationText } from './text/use-administration-text.ts'
import { useDepartments } from './use-directory.ts'

/** Roles in words: which, where, and when that is not simply now. */
export function RoleWords({ roles }: { readonly roles: readonly RoleLine[] }) {
  const t = useAdministrationText()
  const { t: tc } = useTranslation()
  const { data: departments = [] } = useDepartments()
  if (roles.length === 0) return <span className="quiet">{t('accounts.noRole')}</span>
  const words = roles.map(({ role, department, since, until, holds }) => {
    const name = departments.find(({ reference }) => reference === department)?.name ?? department
    const where = name === null ? tc(`roles.${role}`) : t('roles.in', { role: tc(`roles.${role}`), place: name })
    const future = !holds && t('roles.future', { since: dateText(since) })
    const limited = until !== null && t('roles.limited', { until: dateText(until) })
    const when = [future, limited].filter(Boolean).join(', ')
    return when ? `${where} (${when})` : where
  })
  const text = words.join('; ')
  return <span title={text}>{text}</span>
}
