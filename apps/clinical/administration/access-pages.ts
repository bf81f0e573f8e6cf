import type { OpenSession } from '#apps/server'

type Roles = readonly OpenSession['roles'][number][]

/** The pages about who may do what and who did what, with the roles that have them. The server decides; this is what is offered. */
export const ACCESS_PAGES = [
  { to: '/administration', word: 'accounts', roles: ['administrator'] },
  { to: '/administration/watch', word: 'watch', roles: ['administrator'] },
  { to: '/administration/apps', word: 'apps', roles: ['administrator'] },
  { to: '/privacy', word: 'privacy', roles: ['privacy'] },
  { to: '/audit-log', word: 'audit', roles: ['auditor', 'privacy'] },
  { to: '/audit-log/status', word: 'status', roles: ['auditor', 'privacy'] },
  { to: '/policy', word: 'policy', roles: ['administrator', 'privacy', 'auditor', 'director'] },
  { to: '/policy/simulator', word: 'simulator', roles: ['administrator', 'privacy'] },
] as const satisfies readonly { to: string; word: string; roles: Roles }[]

/** Pages of somebody with these roles. */
export const accessPagesFor = (roles: Roles) =>
  ACCESS_PAGES.filter((page) => page.roles.some((role) => roles.includes(role)))
