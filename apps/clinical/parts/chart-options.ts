import uPlot from 'uplot'
import { drawBand, drawPoints } from './chart-drawing.ts'
import { timeMarks } from './chart-time.ts'
import type { TimeSeries } from './time-series.ts'

const ZONE = 'Asia/Ho_Chi_Minh'

/** Room above and below, so that the band and the extreme points are not cut. */
function rangeOf(series: readonly TimeSeries[]): [number, number] {
  const values = series.flatMap((one) => [...one.values, one.low ?? null, one.high ?? null])
  const known = values.filter((value): value is number => value !== null)
  const low = Math.min(...known)
  const high = Math.max(...known)
  const room = (high - low || Math.abs(high) || 1) * 0.12
  return [low >= 0 ? Math.max(0, low - room) : low - room, high + room]
}

/** From the first to the last time. One point alone would stand on the axis; a day on each side gives it a place. */
const withRoom = ([times]: uPlot.AlignedData): [number, number] => {
  const [from = 0, to = from] = [times[0], times[times.length - 1]]
  const room = (to - from) * 0.015 || 86_400
  return [from - room, to + room]
}

interface ChartWish {
  /** its custom properties give the colours */
  readonly host: HTMLElement
  readonly series: readonly TimeSeries[]
  readonly height: number
  readonly bare: boolean
  readonly syncKey: string | undefined
  readonly onPoint: (at: number | null) => void
}

/** Everything uPlot needs to draw courses in the colours of the page. */
export function chartOptions({ host, series, height, bare, syncKey, onPoint }: ChartWish): uPlot.Options {
  const style = getComputedStyle(host)
  const colour = (token: string): string => style.getPropertyValue(token).trim()
  const axis = {
    stroke: colour('--ink-soft'),
    font: `12px ${style.fontFamily}`,
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { stroke: colour('--line'), width: 1, size: 4 },
  }
  return {
    width: host.clientWidth,
    height,
    padding: [bare ? 4 : 8, 12, bare ? 4 : 0, 0],
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), ZONE),
    legend: { show: false },
    cursor: {
      y: false,
      points: { size: 9 },
      drag: { x: false, y: false },
      ...(syncKey ? { sync: { key: syncKey } } : {}),
    },
    scales: { x: { range: ({ data }) => withRoom(data) }, y: { range: () => rangeOf(series) } },
    axes: [
      { ...axis, show: !bare, size: 28, space: 64, values: (_plot, marks) => timeMarks(marks) },
      { ...axis, size: 46, space: 20, values: (_plot, marks) => marks.map((mark) => String(mark).replace('.', ',')) },
    ],
    series: [
      {},
      ...series.map((one) => ({
        label: one.label,
        stroke: colour(one.colour ?? '--accent'),
        width: 1.5,
        spanGaps: true,
        points: { show: false },
      })),
    ],
    hooks: {
      drawClear: [(plot) => series.forEach((one) => drawBand(plot, one, colour('--band')))],
      draw: [(plot) => series.forEach((one, at) => drawPoints(plot, one, at + 1, colour))],
      setCursor: [(plot) => onPoint(plot.cursor.idx ?? null)],
    },
  }
}
