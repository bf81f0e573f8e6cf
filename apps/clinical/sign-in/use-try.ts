import { useState } from 'react'
import { NoPasskey } from '../session/passkeys.ts'
import { ServerProblem } from '../server/index.ts'
import { useSignInText } from './text/use-sign-in-text.ts'

/** A try that may be refused, and how it stands. */
export interface Trying {
  readonly isBusy: boolean
  /** why the last one was refused, in a sentence; '' without one */
  readonly refused: string
  /** rule of that refusal */
  readonly rule: string
  /** begins a try; the one before it is forgotten */
  readonly run: (act: () => Promise<unknown>) => void
  readonly forget: () => void
}

const FREE = { isBusy: false, refused: '', rule: '' }

/** Runs one try after the other and keeps what the server said to the last. */
export function useTry(): Trying {
  const t = useSignInText()
  const [state, setState] = useState(FREE)
  const sentence = (error: unknown): string => {
    if (error instanceof NoPasskey) return t('passkeyFailed')
    if (error instanceof ServerProblem && error.kind === 'offline') return t('lock.offline')
    return error instanceof ServerProblem && error.said ? error.said : t('passkeyFailed')
  }
  return {
    ...state,
    run: (act) => {
      setState({ ...FREE, isBusy: true })
      act().then(
        () => setState(FREE),
        (error: unknown) =>
          setState({
            isBusy: false,
            refused: sentence(error),
            rule: error instanceof ServerProblem ? error.rule : '',
          }),
      )
    },
    forget: () => setState(FREE),
  }
}
