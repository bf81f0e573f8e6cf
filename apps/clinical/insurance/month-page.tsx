import { Button, NativeSelect } from '@mantine/core'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { dateTimeText } from '#hospital/calendar'
import { useKeys } from '../frame/use-keys.ts'
import { Nothing } from '../parts/nothing.tsx'
import { PageSkeleton } from '../parts/page-skeleton.tsx'
import { Trouble } from '../parts/trouble.tsx'
import desk from './desk.module.css'
import { MonthFigures } from './month-figures.tsx'
import classes from './month.module.css'
import { monthChoices, monthText } from './months.ts'
import { useDeskText } from './text/use-desk-text.ts'
import { useMonth } from './use-desk.ts'

/** The figures of one month, as they are printed and signed: what is seen here is what the printer draws. */
export function MonthPage() {
  const t = useDeskText()
  const { month } = useParams({ from: '/frame/insurance/month/$month' })
  const navigate = useNavigate()
  const { data, error, refetch } = useMonth(month)
  const [now] = useState(() => dateTimeText(new Date().toISOString()))
  useKeys({ 'Ctrl+P': () => window.print() })
  const choices = monthChoices()
  const isListed = choices.some(({ value }) => value === month)
  return (
    <section className={`printable ${desk.page}`} aria-label={t('pages.month')}>
      <div className={desk.tools} data-screen-only>
        <NativeSelect
          size="xs"
          aria-label={t('month.pick')}
          value={month}
          data={isListed ? [...choices] : [{ value: month, label: monthText(month) }, ...choices]}
          onChange={(event) =>
            void navigate({ to: '/insurance/month/$month', params: { month: event.currentTarget.value } })
          }
        />
        <Link to="/insurance" search={{ month }}>
          {t('pages.dossiers')}
        </Link>
        <span className={desk.grow} />
        <Button size="xs" onClick={() => window.print()}>
          {t('month.print')}
        </Button>
      </div>
      {error && !data && <Trouble error={error} retry={() => void refetch()} />}
      {!error && !data && <PageSkeleton />}
      {data && data.dossiers === 0 && <Nothing>{t('month.empty')}</Nothing>}
      {data && data.dossiers > 0 && (
        <div
          className={`printable ${classes.desk}`}
          tabIndex={0}
          role="region"
          aria-label={t('month.title', { month: monthText(month) })}
        >
          <article className={`light-always ${classes.sheet}`}>
            <h1>{t('month.title', { month: monthText(month) })}</h1>
            <p className={classes.printed}>{t('month.printed', { time: now })}</p>
            <MonthFigures closing={data} />
            <footer className={classes.sign}>
              <span>{t('month.signMaker')}</span>
              <span>{t('month.signChief')}</span>
            </footer>
          </article>
        </div>
      )}
    </section>
  )
}
