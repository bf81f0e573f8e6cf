import { Button } from '@mantine/core'
import { IconUrgent } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { GlassShown } from '#apps/server'
import { serverNow } from '../session/session-store.ts'
import { useSignInText } from '../sign-in/text/use-sign-in-text.ts'
import { useEndGlass, useOpenGlasses } from './glass-requests.ts'
import classes from './glass.module.css'

const TICK_MS = 20_000

/** Stands above every page while a glass is open: whose, how long still, and how to close it. */
export function GlassBanner() {
  const open = useOpenGlasses()
  const [now, setNow] = useState(serverNow)
  useEffect(() => {
    const ticking = setInterval(() => setNow(serverNow()), TICK_MS)
    return () => clearInterval(ticking)
  }, [])
  return (open.data ?? []).map((glass) => <OpenGlass key={glass.id} glass={glass} now={now} />)
}

/** 3:05 for three hours and five minutes. */
const timeLeft = (until: string, now: number): string => {
  const minutes = Math.max(0, Math.round((Date.parse(until) - now) / 60_000))
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
}

function OpenGlass({ glass, now }: { readonly glass: GlassShown; readonly now: number }) {
  const t = useSignInText()
  const ending = useEndGlass()
  const id = glass.patient.slice('Patient/'.length)
  return (
    <aside className={classes.banner} aria-label={t('glass.open')} data-screen-only>
      <IconUrgent size={18} aria-hidden />
      <strong>{t('glass.banner', { name: glass.patientName ?? '' })}</strong>
      <span>{t('glass.left', { time: timeLeft(glass.until, now) })}</span>
      <Link to="/patient/$id/overview" params={{ id }}>
        {t('glass.go')}
      </Link>
      <Button
        size="compact-sm"
        variant="white"
        color="red"
        loading={ending.isPending}
        onClick={() => ending.mutate(glass.id)}
      >
        {t('glass.end')}
      </Button>
    </aside>
  )
}
