interface Props {
  /** oldest first */
  readonly values: readonly number[]
  readonly width?: number
  readonly height?: number
}

/** The recent course as one small line; the numbers beside it carry the meaning. */
export function Sparkline({ values, width = 36, height = 18 }: Props) {
  if (values.length < 2) return null
  const low = Math.min(...values)
  const span = Math.max(...values) - low || 1
  const points = values.map((value, at) => {
    const x = 2 + (at / (values.length - 1)) * (width - 4)
    const y = 2 + (1 - (value - low) / span) * (height - 4)
    return `${x.toFixed(1)},${y.toFixed(1)}`
  })
  const [x, y] = points.at(-1)!.split(',')
  return (
    <svg width={width} height={height} aria-hidden>
      <polyline points={points.join(' ')} fill="none" stroke="currentColor" strokeWidth="1.25" strokeLinejoin="round" />
      <circle cx={x} cy={y} r="2" fill="var(--accent)" />
    </svg>
  )
}
