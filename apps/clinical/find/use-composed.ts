import { useState } from 'react'

/** Text of a field that reports only finished letters: while Telex composes, `settled` stands still. */
export function useComposed(first: string) {
  const [text, setText] = useState(first)
  const [settled, setSettled] = useState(first)
  const [composing, setComposing] = useState(false)
  const settle = (value: string) => {
    setText(value)
    setSettled(value)
  }
  return {
    text,
    settled,
    composing,
    set: settle,
    field: {
      value: text,
      onChange: (event: React.ChangeEvent<HTMLInputElement>) => {
        setText(event.currentTarget.value)
        if (!composing) setSettled(event.currentTarget.value)
      },
      onCompositionStart: () => setComposing(true),
      onCompositionEnd: (event: React.CompositionEvent<HTMLInputElement>) => {
        setComposing(false)
        settle(event.currentTarget.value)
      },
    },
  }
}
