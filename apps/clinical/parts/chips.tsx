import { UnstyledButton } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './chips.module.css'

/** One thing to choose; null is everything. */
export interface Chip<Key extends string> {
  readonly key: Key | null
  readonly words: string
  readonly icon?: ReactNode
}

interface Props<Key extends string> {
  readonly label: string
  readonly chips: readonly Chip<Key>[]
  readonly chosen: Key | null
  readonly onChoose: (key: Key | null) => void
}

/** One kind at a time, or everything. */
export function Chips<Key extends string>({ label, chips, chosen, onChoose }: Props<Key>) {
  return (
    <div className={classes.chips} role="group" aria-label={label}>
      {chips.map(({ key, words, icon }) => (
        <UnstyledButton
          key={key ?? ''}
          className={classes.chip}
          aria-pressed={key === chosen}
          onClick={() => onChoose(key)}
        >
          {icon}
          {words}
        </UnstyledButton>
      ))}
    </div>
  )
}
