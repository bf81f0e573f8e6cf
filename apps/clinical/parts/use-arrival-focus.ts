import { useEffect, useRef, type RefObject } from 'react'

/** Puts the cursor where the work of a page starts, once, when the page appears. */
export function useArrivalFocus<T extends HTMLElement = HTMLButtonElement>(wanted = true): RefObject<T | null> {
  const element = useRef<T>(null)
  useEffect(() => {
    if (wanted) element.current?.focus({ preventScroll: true })
  }, [wanted])
  return element
}
