import type uPlot from 'uplot'
import type { Interpretation } from '#hospital/laboratory'
import type { TimeSeries } from './time-series.ts'

type Colours = (token: string) => string

const TOKENS: Partial<Record<Interpretation, string>> = {
  high: '--high',
  low: '--low',
  abnormal: '--abnormal',
  'critical-high': '--critical-ground',
  'critical-low': '--critical-ground',
  critical: '--critical-ground',
}

/** The reference range behind the line; open ends reach the edge of the chart. */
export function drawBand(plot: uPlot, { low, high }: TimeSeries, fill: string): void {
  if (low === undefined && high === undefined) return
  const { left, top, width, height } = plot.bbox
  const bottom = top + height
  const y = (value: number | undefined, edge: number) =>
    value === undefined ? edge : Math.min(bottom, Math.max(top, plot.valToPos(value, 'y', true)))
  const from = y(high, top)
  plot.ctx.save()
  plot.ctx.fillStyle = fill
  plot.ctx.fillRect(left, from, width, y(low, bottom) - from)
  plot.ctx.restore()
}

/** Points by shape and colour: circle within range, triangle up for high, down for low, square for critical. */
export function drawPoints(plot: uPlot, series: TimeSeries, at: number, colours: Colours): void {
  const times = plot.data[0]
  const values = plot.data[at] ?? []
  // with many points shapes would run into each other: they shrink, and only the abnormal ones are drawn
  const crowded = times.length * 9 > plot.width
  const size = (crowded ? 2 : 4) * devicePixelRatio
  plot.ctx.save()
  for (const [index, value] of values.entries()) {
    const time = times[index]
    if (value === null || value === undefined || time === undefined) continue
    const interpretation = series.interpretations?.[index] ?? 'none'
    const token = TOKENS[interpretation]
    if (crowded && !token) continue
    plot.ctx.fillStyle = colours(token ?? series.colour ?? '--accent')
    drawShape(plot.ctx, interpretation, plot.valToPos(time, 'x', true), plot.valToPos(value, 'y', true), size)
  }
  plot.ctx.restore()
}

function drawShape(ctx: CanvasRenderingContext2D, is: Interpretation, x: number, y: number, size: number): void {
  ctx.beginPath()
  if (is.startsWith('critical')) ctx.rect(x - size, y - size, 2 * size, 2 * size)
  else if (is === 'high' || is === 'low') {
    const tip = is === 'high' ? -1.3 * size : 1.3 * size
    ctx.moveTo(x, y + tip)
    ctx.lineTo(x - 1.2 * size, y - tip * 0.7)
    ctx.lineTo(x + 1.2 * size, y - tip * 0.7)
    ctx.closePath()
  } else ctx.arc(x, y, 0.7 * size, 0, 2 * Math.PI)
  ctx.fill()
}
