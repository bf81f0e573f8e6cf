import { UnstyledButton } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { closeChart, useOpenCharts } from './open-charts-store.ts'
import classes from './open-charts.module.css'

/** The charts open in this window, each with its own colour, at most four. */
export function OpenCharts() {
  const { t } = useTranslation()
  const charts = useOpenCharts()
  const { id: shown } = useParams({ strict: false })
  const navigate = useNavigate()
  const close = (id: string) => {
    closeChart(id)
    if (id === shown) void navigate({ to: '/' })
  }
  return (
    <nav className={classes.charts} aria-label={t('frame.openCharts')}>
      {charts.map((chart) => (
        <span
          key={chart.id}
          className={classes.chart}
          data-colour={chart.colour}
          data-shown={chart.id === shown || undefined}
        >
          <Link to="/patient/$id/overview" params={{ id: chart.id }} className={classes.name} title={chart.name}>
            {chart.name || t('find.noName')}
          </Link>
          <UnstyledButton
            className={classes.close}
            aria-label={t('frame.closeChart', { name: chart.name })}
            onClick={() => close(chart.id)}
          >
            <IconX size={14} aria-hidden />
          </UnstyledButton>
        </span>
      ))}
    </nav>
  )
}
