import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { dateText } from '#hospital/calendar'
import { fullName, patientCode } from '#hospital/identification'
import { useFoundPatients } from '../find/use-found-patients.ts'
import { PickField, type Pick } from '../parts/pick-field.tsx'
import { useAdministrationText } from './text/use-administration-text.ts'

const PAUSE_MS = 200

interface Props {
  readonly label: string
  readonly placeholder: string
  readonly chosen: Pick | null
  readonly onChoose: (pick: Pick | null) => void
}

/** Finds a patient as the search of the top bar does, for whoever may. The key of a choice is `Patient/…`. */
export function PatientField(props: Props) {
  const t = useAdministrationText()
  const [typed, setTyped] = useState('')
  const [asked] = useDebouncedValue(typed, PAUSE_MS)
  const found = useFoundPatients(asked)
  const picks = (found.data?.people ?? []).map(({ patient }) => ({
    key: `Patient/${patient.id}`,
    words: fullName(patient) || `Patient/${patient.id}`,
    more: [dateText(patient.birthDate), patientCode(patient)].filter(Boolean).join(' · '),
  }))
  return (
    <PickField
      {...props}
      typed={typed}
      onType={setTyped}
      picks={found.asked ? picks : []}
      told={found.asked ? t(found.isFetching ? 'pickAsking' : 'pickNothing') : ''}
      undo={t('pickUndo')}
      onChoose={(pick) => {
        setTyped('')
        props.onChoose(pick)
      }}
    />
  )
}
