import { useMemo } from 'react'
import classes from './qr-code.module.css'
import { qrCode } from './qr-modules.ts'

/** Light modules around it, which readers need. */
const MARGIN = 4

/** A QR code that a phone reads from the screen; always dark on light. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const rows = useMemo(() => qrCode(text), [text])
  const side = rows.length + 2 * MARGIN
  const path = rows
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x + MARGIN} ${y + MARGIN}h1v1h-1z` : '')))
    .join('')
  return (
    <svg
      className={classes.code}
      viewBox={`0 0 ${side} ${side}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path className={classes.light} d={`M0 0h${side}v${side}H0z`} />
      <path className={classes.dark} d={path} />
    </svg>
  )
}
