import { IconHistory, IconListCheck, IconShieldExclamation, IconUserCircle, IconUsersGroup } from '@tabler/icons-react'
import type { LinkProps } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import type { OpenSession } from '#apps/server'
import type { Texts } from '../text/vi.ts'

/** A page that the menu of the top bar leads to. */
export interface MenuEntry {
  readonly to: LinkProps['to']
  readonly icon: ComponentType<{ size: number; 'aria-hidden': boolean }>
  /** member of the texts' `menu` */
  readonly text: keyof Texts['menu']
  /** who has it: one of these roles is enough; 'all' for everybody who signed in */
  readonly roles: readonly OpenSession['roles'][number][] | 'all'
}

/** Every page beside charts and desks, in the order of the menu. A page adds its line here. */
export const MENU_ENTRIES: readonly MenuEntry[] = [
  { to: '/account', icon: IconUserCircle, text: 'account', roles: 'all' },
  { to: '/administration', icon: IconUsersGroup, text: 'administration', roles: ['administrator'] },
  { to: '/privacy', icon: IconShieldExclamation, text: 'privacy', roles: ['privacy'] },
  { to: '/audit-log', icon: IconHistory, text: 'audit', roles: ['auditor', 'privacy'] },
  { to: '/policy', icon: IconListCheck, text: 'policy', roles: ['administrator', 'privacy', 'auditor', 'director'] },
]

/** The pages of somebody with these roles. */
export const entriesFor = (roles: OpenSession['roles']): readonly MenuEntry[] =>
  MENU_ENTRIES.filter((entry) => entry.roles === 'all' || entry.roles.some((role) => roles.includes(role)))
