import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useEffectEvent, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { chartOptions } from './chart-options.ts'
import type { TimeSeries } from './time-series.ts'
import classes from './time-chart.module.css'

interface Props {
  /** seconds since 1970, rising */
  readonly times: readonly number[]
  readonly series: readonly TimeSeries[]
  readonly height: number
  /** what the chart shows, for those who cannot see it */
  readonly label: string
  /** without the time axis, for lanes that share the one below */
  readonly bare?: boolean
  /** charts with one key share their cursor */
  readonly syncKey?: string
  /** which point the pointer or the arrow keys are on; null when on none */
  readonly onPoint?: (at: number | null) => void
}

/** A course over time. Arrow keys walk its points. */
export function TimeChart({ times, series, height, label, bare = false, syncKey, onPoint }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const tell = useEffectEvent((at: number | null) => onPoint?.(at))
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false })

  useEffect(() => {
    const host = box.current
    if (!host) return undefined
    const options = chartOptions({ host, series, height, bare, syncKey, onPoint: (at) => tell(at) })
    const made = new uPlot(options, [[...times], ...series.map((one) => [...one.values])], host)
    plot.current = made
    const observer = new ResizeObserver(() => made.setSize({ width: host.clientWidth, height }))
    observer.observe(host)
    return () => {
      observer.disconnect()
      made.destroy()
      plot.current = null
    }
    // the scheme is a reason to draw again: a canvas does not follow CSS variables
  }, [times, series, height, bare, syncKey, scheme])

  const step = (by: number) => {
    const made = plot.current
    if (!made) return
    const at = Math.min(times.length - 1, Math.max(0, (made.cursor.idx ?? (by > 0 ? -1 : times.length)) + by))
    const x = times[at]
    const y = series.map((one) => one.values[at]).find((value) => value !== null && value !== undefined)
    if (x !== undefined)
      made.setCursor({ left: made.valToPos(x, 'x'), top: y === undefined || y === null ? 0 : made.valToPos(y, 'y') })
  }
  return (
    <div
      ref={box}
      className={classes.chart}
      role="img"
      aria-label={label}
      tabIndex={0}
      onKeyDown={(event) => {
        const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
        if (!by) return
        event.preventDefault()
        step(by)
      }}
    />
  )
}
