import { Button, Modal, Radio, Textarea } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState, type FormEvent } from 'react'
import { ServerProblem } from '../server/index.ts'
import { useSignInText } from '../sign-in/text/use-sign-in-text.ts'
import { languageNow } from '../text/index.ts'
import { useBreakGlass, useGlassTerms } from './glass-requests.ts'
import classes from './glass.module.css'

interface Props {
  readonly id: string
  /** name and birth year, so that the wrong chart is not opened; '' where even that is closed */
  readonly name: string
  readonly onClose: () => void
}

/** Breaking the glass: why, in words that somebody will read; then who it is, once more. */
export function GlassDialog({ id, name, onClose }: Props) {
  const t = useSignInText()
  const terms = useGlassTerms()
  const breaking = useBreakGlass()
  const [reason, setReason] = useState('')
  const [text, setText] = useState('')
  const { reasons = [], text: least = 10 } = terms.data ?? {}
  const length = [...text.trim()].length
  const submit = (event: FormEvent) => {
    event.preventDefault()
    breaking.mutate({ patient: `Patient/${id}`, reason, text: text.trim() }, { onSuccess: onClose })
  }
  const problem = breaking.error ?? terms.error
  return (
    <Modal
      opened
      onClose={onClose}
      title={<strong>{name ? t('glass.title', { name }) : t('glass.titleUnnamed')}</strong>}
      size="lg"
      centered
      closeButtonProps={{ 'aria-label': t('glass.cancel') }}
    >
      <form onSubmit={submit} className={classes.form}>
        <p className={classes.warning}>
          <IconAlertTriangle size={20} aria-hidden /> {t('glass.warning')}
        </p>
        <Radio.Group label={t('glass.reason')} value={reason} onChange={setReason} required withAsterisk={false}>
          <div className={classes.reasons}>
            {reasons.map(({ code, ...words }, at) => (
              <Radio key={code} value={code} label={words[languageNow()]} data-autofocus={at === 0 || undefined} />
            ))}
          </div>
        </Radio.Group>
        <Textarea
          label={t('glass.text')}
          description={t('glass.least', { count: least, now: length })}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          rows={3}
          maxLength={2000}
          required
          withAsterisk={false}
        />
        <p className={classes.refused} role="alert">
          {problem instanceof ServerProblem && problem.said}
        </p>
        <div className={classes.row}>
          <Button type="submit" color="red" loading={breaking.isPending} disabled={reason === '' || length < least}>
            {t('glass.do')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('glass.cancel')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
