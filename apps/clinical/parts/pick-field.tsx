import { TextInput, UnstyledButton } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useId, useState, type KeyboardEvent } from 'react'
import { isComposing } from '../frame/use-keys.ts'
import classes from './pick-field.module.css'
import pickable from './pickable.module.css'

/** Somebody or something that can be picked. */
export interface Pick {
  readonly key: string
  readonly words: string
  /** what tells two of the same name apart */
  readonly more?: string
}

interface Props {
  readonly label: string
  readonly placeholder?: string
  readonly description?: string
  readonly typed: string
  readonly onType: (typed: string) => void
  readonly picks: readonly Pick[]
  /** said below the field while there is nothing to pick; '' for nothing */
  readonly told: string
  readonly chosen: Pick | null
  readonly onChoose: (pick: Pick | null) => void
  /** name of the button that takes the choice back */
  readonly undo: string
}

/** A field that finds by typing and keeps one choice; arrows, Enter and Escape. */
export function PickField(props: Props) {
  const { label, placeholder, description, typed, onType, picks, told, chosen, onChoose, undo } = props
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  const [at, setAt] = useState(0)
  const choose = (pick: Pick | undefined) => {
    if (!pick) return
    onChoose(pick)
    setOpen(false)
  }
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (isComposing(event.nativeEvent)) return
    const acts: Record<string, () => void> = {
      ArrowDown: () => setAt(Math.min(at + 1, picks.length - 1)),
      ArrowUp: () => setAt(Math.max(at - 1, 0)),
      Enter: () => choose(picks[at]),
      Escape: () => setOpen(false),
    }
    const act = isOpen && picks.length > 0 ? acts[event.key] : undefined
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }
  if (chosen) return <Chosen label={label} chosen={chosen} undo={undo} onUndo={() => onChoose(null)} />
  const isShown = isOpen && typed.trim() !== ''
  return (
    <div
      className={classes.field}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setOpen(false)}
    >
      <TextInput
        size="xs"
        label={label}
        placeholder={placeholder}
        description={description}
        autoComplete="off"
        spellCheck={false}
        role="combobox"
        aria-expanded={isShown && picks.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={isShown && picks[at] ? `${id}-${at}` : undefined}
        value={typed}
        onFocus={() => setOpen(true)}
        onChange={(event) => {
          onType(event.currentTarget.value)
          setAt(0)
          setOpen(true)
        }}
        onKeyDown={press}
      />
      {isShown && (
        <div className={classes.list}>
          <ul id={`${id}-list`} role="listbox" aria-label={label}>
            {picks.map((pick, index) => (
              <li
                key={pick.key}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === at}
                className={`${classes.pick} ${pickable.line}`}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => choose(pick)}
              >
                <strong>{pick.words}</strong> <span className="quiet">{pick.more}</span>
              </li>
            ))}
          </ul>
          {picks.length === 0 && told && (
            <p className={classes.told} role="status">
              {told}
            </p>
          )}
        </div>
      )}
    </div>
  )
}

interface ChosenProps {
  readonly label: string
  readonly chosen: Pick
  readonly undo: string
  readonly onUndo: () => void
}

function Chosen({ label, chosen, undo, onUndo }: ChosenProps) {
  return (
    <div className={classes.chosen} role="group" aria-label={label}>
      <span className={classes.label}>{label}</span>
      <span className={classes.kept}>
        <span title={`${chosen.words} ${chosen.more ?? ''}`.trim()}>
          <strong>{chosen.words}</strong> <span className="quiet">{chosen.more}</span>
        </span>
        <UnstyledButton className={classes.undo} aria-label={undo} title={undo} onClick={onUndo}>
          <IconX size={14} aria-hidden />
        </UnstyledButton>
      </span>
    </div>
  )
}
