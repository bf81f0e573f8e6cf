import { useEffect, useEffectEvent } from 'react'
import { isLocked } from '../session/session-store.ts'

/** `Alt+1`, `Ctrl+K`, `?`, `Escape`: modifiers in this order, then the key. */
export type Keys = Readonly<Record<string, (event: KeyboardEvent) => void>>

const PLAIN_KEYS_TYPE = /^(INPUT|TEXTAREA|SELECT)$/

/** While Telex or VNI composes a letter every key belongs to the input method. */
export const isComposing = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === 229

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (PLAIN_KEYS_TYPE.test(target.tagName) || target.isContentEditable)

/** The name by which a key is looked up in `Keys`. */
export const keyName = (event: KeyboardEvent): string => {
  // Alt+1 gives ¡ on some layouts; the code names the key itself
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1]
  const key = digit && event.altKey ? digit : event.key.length === 1 ? event.key.toUpperCase() : event.key
  return [event.ctrlKey || event.metaKey ? 'Ctrl' : '', event.altKey ? 'Alt' : '', key].filter(Boolean).join('+')
}

/** Shortcuts of the whole screen. Single letters rest while somebody types; all rest while marks are composed. */
export function useKeys(keys: Keys): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (isComposing(event) || event.defaultPrevented || isLocked()) return
    const act = keys[keyName(event)]
    const bare = !event.ctrlKey && !event.altKey && !event.metaKey && event.key !== 'Escape'
    if (!act || (bare && isTyping(event.target))) return
    event.preventDefault()
    act(event)
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}
