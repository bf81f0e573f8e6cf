import { useDebouncedValue } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState, type KeyboardEvent } from 'react'
import { isComposing } from '../frame/use-keys.ts'
import { useArrivalFocus } from '../parts/use-arrival-focus.ts'
import { lastTyped, rememberTyped } from './typed-store.ts'
import { useComposed } from './use-composed.ts'
import { useFindNow, useFoundPatients } from './use-found-patients.ts'

/** Long enough to let a quick typist finish a word, short enough to stay inside the 150 ms of the suggestion budget. */
const PAUSE_MS = 90

/** `page`: in the middle of the find page, list below · `bar`: in the top bar, list floats */
export type FinderLook = 'page' | 'bar'

/** The field that finds a patient: what was typed, who answers to it, which line is chosen, and what the keys do. */
export function useFinder(look: FinderLook) {
  const navigate = useNavigate()
  const typed = useComposed(look === 'page' ? lastTyped() : '')
  const [open, setOpen] = useState(look === 'page')
  const [text] = useDebouncedValue(typed.settled, PAUSE_MS)
  const found = useFoundPatients(text)
  const findNow = useFindNow()
  const field = useArrivalFocus<HTMLInputElement>(look === 'page')
  const people = found.asked ? (found.data?.people ?? []) : []

  // the choice belongs to the text it was made for: another text starts at its first line
  const [choice, setChoice] = useState({ text, at: 0 })
  const at = choice.text === text ? choice.at : 0
  const move = (by: number) => setChoice({ text, at: Math.max(0, Math.min(at + by, people.length - 1)) })

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
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
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
  return { typed, field, found, people, at, shown: open && found.asked, setOpen, choose, press }
}
