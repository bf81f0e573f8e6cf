import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { GlassShown } from '#apps/server'
import { dateTimeText } from '#hospital/calendar'
import { saidBy } from '../administration/said.ts'
import classes from './broken-glass.module.css'
import { Verdict } from './glass-line.tsx'
import { usePrivacyText } from './text/use-privacy-text.ts'
import { useReview } from './use-broken-glass.ts'

const VERDICTS = ['justified', 'unjustified'] as const

/** What is said of a broken glass, or where it is said. */
export function GlassReview({ glass }: { readonly glass: GlassShown }) {
  const t = usePrivacyText()
  if (glass.verdict === null || glass.reviewed === null) return <ToSay id={glass.id} />
  return (
    <section className={classes.review} aria-label={t('review')}>
      <p>
        <Verdict verdict={glass.verdict} />{' '}
        <span className="quiet">{t('reviewedAt', { time: dateTimeText(glass.reviewed) })}</span>
      </p>
      {glass.note && <p>{glass.note}</p>}
    </section>
  )
}

function ToSay({ id }: { readonly id: string }) {
  const t = usePrivacyText()
  const [verdict, setVerdict] = useState<(typeof VERDICTS)[number] | null>(null)
  const [note, setNote] = useState('')
  const review = useReview()
  const isNoteMissing = verdict === 'unjustified' && note.trim() === ''
  return (
    <form
      className={classes.review}
      aria-label={t('review')}
      onSubmit={(event) => {
        event.preventDefault()
        if (verdict !== null && !isNoteMissing) review.mutate({ id, verdict, note: note.trim() })
      }}
    >
      <fieldset>
        <legend>{t('review')}</legend>
        {VERDICTS.map((one) => (
          <label key={one}>
            <input type="radio" name={`verdict-${id}`} checked={verdict === one} onChange={() => setVerdict(one)} />
            {t(one)}
          </label>
        ))}
      </fieldset>
      <Textarea
        size="xs"
        label={t('note')}
        description={isNoteMissing ? t('noteNeeded') : undefined}
        rows={2}
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {review.error && <p role="alert">{t('failed', { why: saidBy(review.error, t('unknown')) })}</p>}
      <Button size="xs" type="submit" loading={review.isPending} disabled={verdict === null || isNoteMissing}>
        {t('save')}
      </Button>
    </form>
  )
}
