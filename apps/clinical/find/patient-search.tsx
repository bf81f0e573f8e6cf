import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useArrivalFocus } from '../parts/use-arrival-focus.ts'
import { isComposing } from '../frame/use-keys.ts'
import { FIND_FIELD } from './find-field.ts'
import { FoundList } from './found-list.tsx'
import classes from './patient-search.module.css'
import { lastTyped, rememberTyped } from './typed-store.ts'
import { useComposed } from './use-composed.ts'
import { useFindNow, useFoundPatients } from './use-found-patients.ts'

/** Long enough to let a quick typist finish a word, short enough to stay inside the 150 ms of the suggestion budget. */
const PAUSE_MS = 90

interface Props {
  /** `page`: in the middle of the find page, list below · `bar`: in the top bar, list floats */
  readonly look: 'page' | 'bar'
}

/** One field that finds a patient by whatever is known, driven wholly by the keyboard. */
export function PatientSearch({ look }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const typed = useComposed(look === 'page' ? lastTyped() : '')
  const [open, setOpen] = useState(look === 'page')
  const [text] = useDebouncedValue(typed.settled, PAUSE_MS)
  const found = useFoundPatients(text)
  const findNow = useFindNow()
  const people = found.asked ? (found.data?.people ?? []) : []
  const shown = open && found.asked

  // the choice belongs to the text it was made for: another text starts at its first line
  const [choice, setChoice] = useState({ text, at: 0 })
  const at = choice.text === text ? choice.at : 0
  const setAt = (next: number) => setChoice({ text, at: next })
  const field = useArrivalFocus<HTMLInputElement>(look === 'page')
  useEffect(() => {
    if (look === 'page') rememberTyped(text)
  }, [look, text])

  const choose = (id: string | undefined) => {
    if (!id) return
    if (look === 'bar') {
      typed.set('')
      setOpen(false)
    }
    void navigate({ to: '/patient/$id/overview', params: { id } })
  }
  // Enter before the list has caught up with the letters would open whoever the shorter text found: it waits for the
  // list, and then opens the chart only when the list leaves no choice
  const settled = text === typed.text && !found.isFetching
  const chooseOnly = async () => {
    const { people: all } = await findNow(typed.text)
    if (all.length === 1 && field.current?.value === typed.text) choose(all[0]?.patient.id)
  }
  const acts: Readonly<Record<string, () => void>> = {
    ArrowDown: () => setAt(Math.min(at + 1, people.length - 1)),
    ArrowUp: () => setAt(Math.max(at - 1, 0)),
    // what goes wrong on the way is shown by the list, which asks the same
    Enter: () => (settled ? choose(people[at]?.patient.id) : void chooseOnly().catch(() => undefined)),
    Escape: () => (look === 'bar' ? setOpen(false) : typed.set('')),
  }
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    const act = isComposing(event.nativeEvent) ? undefined : acts[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }

  return (
    <div
      className={classes[look]}
      role="search"
      onBlur={(event) => {
        if (look === 'bar' && !event.currentTarget.contains(event.relatedTarget)) setOpen(false)
      }}
    >
      <TextInput
        id={FIND_FIELD}
        aria-label={t('find.label')}
        placeholder={t(look === 'page' ? 'find.placeholder' : 'find.short')}
        size={look === 'page' ? 'lg' : 'sm'}
        leftSection={<IconSearch size={look === 'page' ? 20 : 16} aria-hidden />}
        rightSection={<span className={classes.key}>Ctrl K</span>}
        rightSectionWidth={62}
        rightSectionPointerEvents="none"
        ref={field}
        autoComplete="off"
        spellCheck={false}
        role="combobox"
        aria-expanded={shown}
        aria-controls="found-patients"
        aria-activedescendant={people[at] ? `found-${people[at].patient.id}` : undefined}
        classNames={{ input: classes.input }}
        {...typed.field}
        onFocus={() => setOpen(true)}
        onInput={() => setOpen(true)}
        onKeyDown={press}
      />
      {shown && (
        <div className={classes.list}>
          <FoundList found={found} people={people} at={at} onChoose={choose} />
        </div>
      )}
    </div>
  )
}
