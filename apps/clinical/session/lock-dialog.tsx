import { useEffect, useRef } from 'react'
import type { OpenSession } from '#apps/server'
import { useSignInText } from '../sign-in/text/use-sign-in-text.ts'
import { LockPanel } from './lock-panel.tsx'
import classes from './session.module.css'

/**
 * The lock: above everything, and the only thing that keys and readers reach. The page behind it stays as it is, dialogs
 * and typed letters too; the browser's own top layer covers them.
 */
export function LockDialog({ session }: { readonly session: OpenSession }) {
  const t = useSignInText()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const { current } = dialog
    const before = document.activeElement
    current?.showModal()
    current?.querySelector<HTMLElement>('[data-autofocus]')?.focus()
    return () => {
      current?.close()
      if (before instanceof HTMLElement) before.focus({ preventScroll: true })
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      className={classes.lock}
      aria-label={t('lock.title')}
      onCancel={(event) => event.preventDefault()}
      onClose={() => dialog.current?.showModal()}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.preventDefault()
      }}
    >
      <LockPanel session={session} />
    </dialog>
  )
}
