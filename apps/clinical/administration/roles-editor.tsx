import { Button, NativeSelect, TextInput, UnstyledButton } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { RoleGiven } from '#apps/server'
import { DayField } from '../parts/day-field.tsx'
import { ROLES, type RoleDraft } from './role-drafts.ts'
import classes from './roles-editor.module.css'
import { useAdministrationText } from './text/use-administration-text.ts'
import { useDepartments } from './use-directory.ts'

interface Props {
  readonly drafts: readonly RoleDraft[]
  readonly onChange: (drafts: readonly RoleDraft[]) => void
}

const NEW: RoleDraft = { role: 'doctor', department: '', since: '', until: '' }

/** The roles of an account, one a line: which, where, from when and until when. */
export function RolesEditor({ drafts, onChange }: Props) {
  const t = useAdministrationText()
  const change = (at: number, next: Partial<RoleDraft>) =>
    onChange(drafts.map((draft, index) => (index === at ? { ...draft, ...next } : draft)))
  return (
    <fieldset className={classes.roles}>
      <legend>{t('panel.roles')}</legend>
      {drafts.length === 0 && <p className="quiet">{t('roles.none')}</p>}
      {drafts.map((draft, at) => (
        <RoleRow
          // the place is what a line is: two of them may say the same while they are written
          key={at}
          draft={draft}
          onChange={(next) => change(at, next)}
          onRemove={() => onChange(drafts.filter((_, index) => index !== at))}
        />
      ))}
      {drafts.some(({ role }) => role === 'administrator') && <p className="quiet">{t('roles.administratorNote')}</p>}
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => onChange([...drafts, NEW])}
      >
        {t('roles.add')}
      </Button>
    </fieldset>
  )
}

interface RowProps {
  readonly draft: RoleDraft
  readonly onChange: (next: Partial<RoleDraft>) => void
  readonly onRemove: () => void
}

function RoleRow({ draft, onChange, onRemove }: RowProps) {
  const t = useAdministrationText()
  const { t: tc } = useTranslation()
  const role = tc(`roles.${draft.role}`)
  const remove = t('roles.remove', { role })
  return (
    <div className={classes.row} role="group" aria-label={role}>
      <NativeSelect
        size="xs"
        label={t('roles.role')}
        value={draft.role}
        data={ROLES.map((value) => ({ value, label: tc(`roles.${value}`) }))}
        onChange={(event) => onChange({ role: event.currentTarget.value as RoleGiven['role'], department: '' })}
      />
      <RoleScope draft={draft} onChange={onChange} />
      <DayField
        label={t('roles.since')}
        value={draft.since}
        onChange={(since) => onChange({ since })}
        placeholder={t('roles.sinceNone')}
      />
      <DayField
        label={t('roles.until')}
        value={draft.until}
        onChange={(until) => onChange({ until })}
        placeholder={t('roles.untilNone')}
      />
      <UnstyledButton className={classes.remove} aria-label={remove} title={remove} onClick={onRemove}>
        <IconX size={16} aria-hidden />
      </UnstyledButton>
    </div>
  )
}

function RoleScope({ draft, onChange }: Omit<RowProps, 'onRemove'>) {
  const t = useAdministrationText()
  const { data: departments = [] } = useDepartments()
  if (draft.role === 'representative') {
    return (
      <TextInput
        size="xs"
        label={t('roles.scopePatient')}
        placeholder="Patient/…"
        value={draft.department}
        onChange={(event) => onChange({ department: event.currentTarget.value })}
      />
    )
  }
  const isListed = draft.department === '' || departments.some(({ reference }) => reference === draft.department)
  return (
    <NativeSelect
      size="xs"
      label={t('roles.scope')}
      value={draft.department}
      data={[
        { value: '', label: t('roles.everywhere') },
        ...(isListed ? [] : [{ value: draft.department, label: draft.department }]),
        ...departments.map(({ reference, name }) => ({ value: reference, label: name })),
      ]}
      onChange={(event) => onChange({ department: event.currentTarget.value })}
    />
  )
}
