import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { ActLine, ActsAsked } from '#apps/server'
import { PatientField } from '../administration/patient-field.tsx'
import { StaffField } from '../administration/staff-field.tsx'
import { DayField } from '../parts/day-field.tsx'
import type { Pick } from '../parts/pick-field.tsx'
import { useSession } from '../session/session-store.ts'
import classes from './audit.module.css'
import { dayBegin, dayEnd } from './days.ts'
import { auditVi } from './text/vi.ts'
import { useAuditText } from './text/use-audit-text.ts'

const ACTIONS = Object.keys(auditVi.acts) as readonly ActLine['action'][]
const OUTCOMES = ['success', 'refused', 'failure'] as const

interface Draft {
  readonly agent: Pick | null
  readonly patient: Pick | null
  readonly code: string
  readonly action: string
  readonly outcome: string
  readonly from: string
  readonly to: string
}

const EVERY: Draft = { agent: null, patient: null, code: '', action: '', outcome: '', from: '', to: '' }

/** Whoever sees no patients names one by the id of the record. */
const patientIn = ({ patient, code }: Draft): string | undefined => {
  const id = code.trim().replace(/^Patient\//, '')
  return patient?.key ?? (id === '' ? undefined : `Patient/${id}`)
}

const askedOf = (draft: Draft): ActsAsked => {
  const { agent, action, outcome, from, to } = draft
  const patient = patientIn(draft)
  return {
    ...(agent && { agent: agent.key }),
    ...(patient !== undefined && { patient }),
    ...(action !== '' && { actions: [action as ActLine['action']] }),
    ...(outcome !== '' && { outcomes: [outcome as ActLine['outcome']] }),
    ...(from !== '' && { from: dayBegin(from) }),
    ...(to !== '' && { to: dayEnd(to) }),
  }
}

interface Props {
  readonly isAsking: boolean
  readonly onFind: (asked: ActsAsked) => void
}

/** What is looked for in the log. Asked when one says so: each look stands in the log. */
export function AuditTools({ isAsking, onFind }: Props) {
  const t = useAuditText()
  const [draft, setDraft] = useState(EVERY)
  const maySearch = useSession()?.roles.includes('privacy') ?? false
  const change = (next: Partial<Draft>) => setDraft((now) => ({ ...now, ...next }))
  return (
    <form
      className={classes.tools}
      role="search"
      onSubmit={(event) => {
        event.preventDefault()
        onFind(askedOf(draft))
      }}
    >
      <StaffField
        label={t('who')}
        placeholder={t('whoSearch')}
        chosen={draft.agent}
        onChoose={(agent) => change({ agent })}
      />
      {maySearch ? (
        <PatientField
          label={t('patient')}
          placeholder={t('patientSearch')}
          chosen={draft.patient}
          onChoose={(patient) => change({ patient })}
        />
      ) : (
        <TextInput
          size="xs"
          label={t('patient')}
          placeholder={t('patientCode')}
          title={t('patientCodeHint')}
          autoComplete="off"
          value={draft.code}
          onChange={(event) => change({ code: event.currentTarget.value })}
        />
      )}
      <NativeSelect
        size="xs"
        label={t('action')}
        value={draft.action}
        data={[{ value: '', label: t('any') }, ...ACTIONS.map((value) => ({ value, label: t(`acts.${value}`) }))]}
        onChange={(event) => change({ action: event.currentTarget.value })}
      />
      <NativeSelect
        size="xs"
        label={t('outcome')}
        value={draft.outcome}
        data={[{ value: '', label: t('any') }, ...OUTCOMES.map((value) => ({ value, label: t(`outcomes.${value}`) }))]}
        onChange={(event) => change({ outcome: event.currentTarget.value })}
      />
      <DayField label={t('from')} value={draft.from} onChange={(from) => change({ from })} />
      <DayField label={t('to')} value={draft.to} onChange={(to) => change({ to })} />
      <span className={classes.ways}>
        <Button size="xs" type="submit" loading={isAsking}>
          {t('find')}
        </Button>
        <Button
          size="xs"
          variant="subtle"
          onClick={() => {
            setDraft(EVERY)
            onFind({})
          }}
        >
          {t('clear')}
        </Button>
      </span>
    </form>
  )
}
