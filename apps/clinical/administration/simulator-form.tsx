import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SimulationAsked } from '#apps/server'
import { TYPES } from '../audit/type-words.ts'
import { useAuditText } from '../audit/text/use-audit-text.ts'
import { DayField } from '../parts/day-field.tsx'
import type { Pick } from '../parts/pick-field.tsx'
import { useSession } from '../session/session-store.ts'
import { PatientField } from './patient-field.tsx'
import { ROLES } from './role-drafts.ts'
import classes from './simulator.module.css'
import { useAdministrationText } from './text/use-administration-text.ts'
import { useAccounts } from './use-accounts.ts'
import { useDepartments } from './use-directory.ts'

const ACTS = ['read', 'search', 'copy', 'print', 'create', 'edit', 'cancel', 'restore'] as const
const LABELS = ['HIV', 'PSY', 'ETH', 'SDV', 'SEX', 'EMP', 'CEL', 'R', 'V'] as const

interface Draft {
  readonly account: string
  readonly role: NonNullable<SimulationAsked['roles']>[number]
  readonly department: string
  readonly factors: 1 | 2
  readonly act: SimulationAsked['act']
  readonly type: string
  readonly patient: string
  readonly labels: readonly (typeof LABELS)[number][]
  /** `YYYY-MM-DD`; '' for now */
  readonly day: string
  /** `HH:mm` */
  readonly time: string
  readonly network: string
}

const BEGIN: Draft = {
  account: '',
  role: 'nurse',
  department: '',
  factors: 2,
  act: 'read',
  type: 'Observation',
  patient: '',
  labels: [],
  day: '',
  time: '08:00',
  network: '',
}

const patientOf = (code: string): string | undefined => {
  const id = code.trim().replace(/^Patient\//, '')
  return id === '' ? undefined : `Patient/${id}`
}

/** The question as the server takes it. */
const askedOf = ({
  account,
  role,
  department,
  factors,
  act,
  type,
  patient,
  labels,
  day,
  time,
  network,
}: Draft): SimulationAsked => ({
  ...(account === '' ? { roles: [role], departments: department === '' ? [] : [department], factors } : { account }),
  act,
  type,
  labels,
  ...(patientOf(patient) && { patient: patientOf(patient)! }),
  // the clock of the hospital, wherever the browser stands
  ...(day !== '' && { at: `${day}T${time}:00+07:00` }),
  ...(network.trim() !== '' && { network: network.trim() }),
})

interface Props {
  readonly isAsking: boolean
  readonly onAsk: (asked: SimulationAsked) => void
}

/** Who, what, of whom, when and from where. */
export function SimulatorForm({ isAsking, onAsk }: Props) {
  const t = useAdministrationText()
  const [draft, setDraft] = useState(BEGIN)
  const [person, setPerson] = useState<Pick | null>(null)
  const change = (next: Partial<Draft>) => setDraft((now) => ({ ...now, ...next }))
  const maySearch = useSession()?.roles.includes('privacy') ?? false
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        onAsk(askedOf(draft))
      }}
    >
      <Who draft={draft} onChange={change} />
      <What draft={draft} onChange={change} />
      {maySearch ? (
        <PatientField
          label={t('simulator.patient')}
          placeholder={t('simulator.patientSearch')}
          chosen={person}
          onChoose={(pick) => {
            setPerson(pick)
            change({ patient: pick?.key ?? '' })
          }}
        />
      ) : (
        <TextInput
          size="xs"
          label={t('simulator.patientCode')}
          description={t('simulator.patientHint')}
          autoComplete="off"
          value={draft.patient}
          onChange={(event) => change({ patient: event.currentTarget.value })}
        />
      )}
      <Labels draft={draft} onChange={change} />
      <When draft={draft} onChange={change} />
      <TextInput
        size="xs"
        label={t('simulator.network')}
        placeholder="10.0.0.15"
        autoComplete="off"
        value={draft.network}
        onChange={(event) => change({ network: event.currentTarget.value })}
      />
      <p className={classes.ask}>
        <Button type="submit" size="sm" fullWidth loading={isAsking}>
          {t('simulator.ask')}
        </Button>
      </p>
    </form>
  )
}

interface PartProps {
  readonly draft: Draft
  readonly onChange: (next: Partial<Draft>) => void
}

function Who({ draft, onChange }: PartProps) {
  const t = useAdministrationText()
  const { t: tc } = useTranslation()
  const isAdministrator = useSession()?.roles.includes('administrator') ?? false
  const { data: departments = [] } = useDepartments()
  return (
    <>
      {isAdministrator && <WhichAccount draft={draft} onChange={onChange} />}
      {draft.account === '' && (
        <>
          <NativeSelect
            size="xs"
            label={t('simulator.role')}
            value={draft.role}
            data={ROLES.map((value) => ({ value, label: tc(`roles.${value}`) }))}
            onChange={(event) => onChange({ role: event.currentTarget.value as Draft['role'] })}
          />
          <NativeSelect
            size="xs"
            label={t('simulator.department')}
            value={draft.department}
            data={[
              { value: '', label: t('simulator.nowhere') },
              ...departments.map(({ reference, name }) => ({ value: reference, label: name })),
            ]}
            onChange={(event) => onChange({ department: event.currentTarget.value })}
          />
          <NativeSelect
            size="xs"
            label={t('simulator.factors')}
            value={String(draft.factors)}
            data={[
              { value: '2', label: t('simulator.factorsTwo') },
              { value: '1', label: t('simulator.factorsOne') },
            ]}
            onChange={(event) => onChange({ factors: event.currentTarget.value === '1' ? 1 : 2 })}
          />
        </>
      )}
    </>
  )
}

/** Only administrators have the list of accounts; others ask about roles. */
function WhichAccount({ draft, onChange }: PartProps) {
  const t = useAdministrationText()
  const { data: accounts = [] } = useAccounts()
  const active = accounts.filter(({ state }) => state === 'active')
  return (
    <NativeSelect
      size="xs"
      label={t('simulator.account')}
      value={draft.account}
      data={[
        { value: '', label: t('simulator.whoRoles') },
        ...active.map(({ id, display, name }) => ({ value: id, label: `${display} (${name})` })),
      ]}
      onChange={(event) => onChange({ account: event.currentTarget.value })}
    />
  )
}

function What({ draft, onChange }: PartProps) {
  const t = useAdministrationText()
  const words = useAuditText()
  return (
    <>
      <NativeSelect
        size="xs"
        label={t('simulator.act')}
        value={draft.act}
        data={ACTS.map((value) => ({ value, label: t(`acts.${value}`) }))}
        onChange={(event) => onChange({ act: event.currentTarget.value as Draft['act'] })}
      />
      <NativeSelect
        size="xs"
        label={t('simulator.type')}
        value={draft.type}
        data={TYPES.map((value) => ({ value, label: `${words(`types.${value}`)} (${value})` }))}
        onChange={(event) => onChange({ type: event.currentTarget.value })}
      />
    </>
  )
}

function When({ draft: { day, time }, onChange }: PartProps) {
  const t = useAdministrationText()
  return (
    <div className={classes.when}>
      <DayField
        label={t('simulator.at')}
        placeholder={t('simulator.atNow')}
        value={day}
        onChange={(next) => onChange({ day: next })}
      />
      <TextInput
        size="xs"
        label={t('simulator.time')}
        pattern="([01]\d|2[0-3]):[0-5]\d"
        placeholder="08:00"
        required={day !== ''}
        disabled={day === ''}
        value={time}
        onChange={(event) => onChange({ time: event.currentTarget.value })}
      />
    </div>
  )
}

function Labels({ draft, onChange }: PartProps) {
  const t = useAdministrationText()
  return (
    <fieldset className={classes.labels}>
      <legend>{t('simulator.labels')}</legend>
      {LABELS.map((label) => (
        <label key={label}>
          <input
            type="checkbox"
            checked={draft.labels.includes(label)}
            onChange={(event) =>
              onChange({
                labels: event.currentTarget.checked
                  ? [...draft.labels, label]
                  : draft.labels.filter((one) => one !== label),
              })
            }
          />
          {t(`labels.${label}`)}
        </label>
      ))}
    </fieldset>
  )
}
