import type { ReactNode } from 'react'
import classes from './panel-page.module.css'

/** A page of panels one below the other, scrolled by the keys. */
export function PanelPage({ children }: { readonly children: ReactNode }) {
  return (
    <div className={classes.page} tabIndex={0}>
      {children}
    </div>
  )
}
