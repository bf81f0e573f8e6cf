/** "Is it really you?": asked in the middle of an act, which goes on with the answer. */
import { useSyncExternalStore } from 'react'

let waiting: readonly ((isThem: boolean) => void)[] = []
const listeners = new Set<() => void>()

function wait(next: typeof waiting): void {
  waiting = next
  for (const tell of listeners) tell()
}

/** Opens the dialog. @returns whether they showed who they are */
export const askToConfirm = (): Promise<boolean> => new Promise((resolve) => wait([...waiting, resolve]))

/** The dialog's answer, for everybody who waits. */
export function answerConfirmation(isThem: boolean): void {
  const told = waiting
  wait([])
  for (const tell of told) tell(isThem)
}

export const useIsConfirming = (): boolean =>
  useSyncExternalStore(
    (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    () => waiting.length > 0,
  )
