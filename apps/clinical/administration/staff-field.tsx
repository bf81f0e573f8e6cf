import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { PickField, type Pick } from '../parts/pick-field.tsx'
import { useAdministrationText } from './text/use-administration-text.ts'
import { useStaff } from './use-directory.ts'

const PAUSE_MS = 200
/** Somebody the directory does not list, such as a patient or a device, by their reference. */
const REFERENCE = /^(Practitioner|Patient|RelatedPerson|Device)\/[A-Za-z0-9.-]{1,64}$/

interface Props {
  readonly label: string
  readonly placeholder: string
  readonly description?: string
  readonly chosen: Pick | null
  readonly onChoose: (pick: Pick | null) => void
}

/** Finds a member of staff by name; a reference is taken as it is. */
export function StaffField(props: Props) {
  const t = useAdministrationText()
  const [typed, setTyped] = useState('')
  const [asked] = useDebouncedValue(typed, PAUSE_MS)
  const staff = useStaff(asked)
  const reference = REFERENCE.test(typed.trim()) ? [{ key: typed.trim(), words: typed.trim() }] : []
  return (
    <PickField
      {...props}
      typed={typed}
      onType={setTyped}
      picks={[...reference, ...(staff.data ?? [])]}
      told={t(staff.isFetching ? 'pickAsking' : 'pickNothing')}
      undo={t('pickUndo')}
      onChoose={(pick) => {
        setTyped('')
        props.onChoose(pick)
      }}
    />
  )
}
