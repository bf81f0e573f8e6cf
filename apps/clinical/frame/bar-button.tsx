import { UnstyledButton } from '@mantine/core'
import type { ComponentType } from 'react'
import classes from './top-bar.module.css'

interface Props {
  readonly icon: ComponentType<{ size: number; 'aria-hidden': boolean }>
  readonly word: string
  readonly hint?: string
  readonly onPress: () => void
}

/** A quiet button of the top bar; on narrow screens the icon stays and the word is heard only. */
export function BarButton({ icon: Icon, word, hint = word, onPress }: Props) {
  return (
    <UnstyledButton className={classes.button} onClick={onPress} title={hint} aria-label={hint}>
      <Icon size={16} aria-hidden />
      <span className={classes.word}>{word}</span>
    </UnstyledButton>
  )
}
