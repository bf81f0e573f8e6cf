import { Button } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import { Panel } from '../parts/panel.tsx'
import { useSignInText } from '../sign-in/text/use-sign-in-text.ts'
import classes from './account.module.css'
import { Refused } from './refused.tsx'
import type { AccountAct } from './use-account.ts'

interface Props {
  readonly title: string
  /** how it stands, in the title's line */
  readonly standing: string
  readonly why?: string
  readonly act: AccountAct
  /** the fields, while it is being changed */
  readonly fields: ReactNode
  /** word of the button that sends them */
  readonly word: string
  readonly canSend: boolean
  readonly onSend: () => void
  readonly onLeave: () => void
  /** what begins a change */
  readonly ways: ReactNode
}

/** One way in: how it stands, and the form that changes it. */
export function WayPanel(props: Props) {
  const { title, standing, why, act, fields, word, canSend, onSend, onLeave, ways } = props
  const t = useSignInText()
  const send = (event: FormEvent) => {
    event.preventDefault()
    onSend()
  }
  return (
    <Panel title={title} aside={standing}>
      <div className={classes.body}>
        {why && <p className={classes.hint}>{why}</p>}
        {fields ? (
          <form onSubmit={send} className={classes.form}>
            {fields}
            <Refused act={act} />
            <div className={classes.row}>
              <Button type="submit" loading={act.isBusy} disabled={!canSend}>
                {word}
              </Button>
              <Button variant="default" onClick={onLeave}>
                {t('account.cancel')}
              </Button>
            </div>
          </form>
        ) : (
          <>
            <Refused act={act} />
            <div className={classes.row}>{ways}</div>
          </>
        )}
      </div>
    </Panel>
  )
}
