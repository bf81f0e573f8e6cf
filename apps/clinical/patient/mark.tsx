import type { ComponentType, ReactNode } from 'react'
import classes from './patient-banner.module.css'

interface Props {
  readonly tone: 'good' | 'warning' | 'danger' | 'open' | 'plain'
  readonly icon: ComponentType<{ size: number; 'aria-hidden': boolean }>
  readonly title?: string
  readonly children: ReactNode
}

/** A status of the banner: shape, colour and word together. */
export function Mark({ tone, icon: Icon, title, children }: Props) {
  return (
    <span className={`${classes.mark} ${classes[tone]}`} title={title}>
      <Icon size={15} aria-hidden />
      <span className={classes.text}>{children}</span>
    </span>
  )
}
