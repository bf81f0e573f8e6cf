import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  useRouterState,
} from '@tanstack/react-router'
import { TYPES_OF_KIND, type EntryKind } from '#hospital/medical-record'
import { FindPage } from './find/find-page.tsx'
import { Frame } from './frame/frame.tsx'
import { PageMissing } from './frame/page-missing.tsx'
import { Trouble } from './parts/trouble.tsx'
import { Gate } from './session/gate.tsx'
import { VISIT_PARTS } from './visits/visit-parts.ts'
import { ChartPage } from './patient/chart-page.tsx'

const root = createRootRoute({ component: Root, notFoundComponent: PageMissing })

/** Every page but the doors themselves is behind the gate. By the page that stands, not by the address that is on its way. */
function Root() {
  const isDoor = useRouterState({
    select: ({ matches }) => matches.some(({ routeId }) => routeId.startsWith('/sign-in')),
  })
  if (isDoor) return <Outlet />
  return (
    <Gate>
      <Outlet />
    </Gate>
  )
}

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: ({ next }: Record<string, unknown>): { next?: string } => (typeof next === 'string' ? { next } : {}),
  component: lazyRouteComponent(() => import('./sign-in/sign-in-page.tsx'), 'SignInPage'),
})

const signInLink = createRoute({
  getParentRoute: () => root,
  path: '/sign-in/link',
  component: lazyRouteComponent(() => import('./sign-in/link-page.tsx'), 'LinkPage'),
})

const frame = createRoute({ getParentRoute: () => root, id: 'frame', component: Frame })

const find = createRoute({ getParentRoute: () => frame, path: '/', component: FindPage })

const chart = createRoute({ getParentRoute: () => frame, path: '/patient/$id', component: ChartPage })

const chartHome = createRoute({
  getParentRoute: () => chart,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/patient/$id/overview', params, replace: true })
  },
})

const overview = createRoute({
  getParentRoute: () => chart,
  path: 'overview',
  component: lazyRouteComponent(() => import('./overview/overview-page.tsx'), 'OverviewPage'),
})

/** The filter of the timeline, in the address so that Back and a sent link keep it. */
const kindIn = (search: Record<string, unknown>): { kind?: EntryKind } =>
  typeof search.kind === 'string' && search.kind in TYPES_OF_KIND ? { kind: search.kind as EntryKind } : {}

const timeline = createRoute({
  getParentRoute: () => chart,
  path: 'timeline',
  validateSearch: kindIn,
  component: lazyRouteComponent(() => import('./timeline/timeline-page.tsx'), 'TimelinePage'),
})

/** The test whose course is shown, or the reports in words. */
const resultIn = (search: Record<string, unknown>): { test?: string; view?: 'reports' } => ({
  ...(typeof search.test === 'string' ? { test: search.test } : {}),
  ...(search.view === 'reports' ? { view: 'reports' } : {}),
})

const results = createRoute({
  getParentRoute: () => chart,
  path: 'results',
  validateSearch: resultIn,
  component: lazyRouteComponent(() => import('./results/results-page.tsx'), 'ResultsPage'),
})

const medicines = createRoute({
  getParentRoute: () => chart,
  path: 'medicines',
  component: lazyRouteComponent(() => import('./medicines/medicines-page.tsx'), 'MedicinesPage'),
})

const problems = createRoute({
  getParentRoute: () => chart,
  path: 'problems',
  component: lazyRouteComponent(() => import('./problems/problems-page.tsx'), 'ProblemsPage'),
})

/** One visit or document of a list, in the address so that it can be sent to a colleague. */
const chosenIn = (search: Record<string, unknown>): { chosen?: string } =>
  typeof search.chosen === 'string' ? { chosen: search.chosen } : {}

const visitIn = (search: Record<string, unknown>) => {
  const part = VISIT_PARTS.find((one) => one === search.part)
  return { ...chosenIn(search), ...(part ? { part } : {}) }
}

const visits = createRoute({
  getParentRoute: () => chart,
  path: 'visits',
  validateSearch: visitIn,
  component: lazyRouteComponent(() => import('./visits/visits-page.tsx'), 'VisitsPage'),
})

const documents = createRoute({
  getParentRoute: () => chart,
  path: 'documents',
  validateSearch: chosenIn,
  component: lazyRouteComponent(() => import('./documents/documents-page.tsx'), 'DocumentsPage'),
})

const print = createRoute({
  getParentRoute: () => root,
  path: '/patient/$id/print',
  component: lazyRouteComponent(() => import('./print/print-page.tsx'), 'PrintPage'),
})

const STATES_OF_DOSSIERS = ['draft', 'elsewhere', 'ready', 'queued', 'sent', 'accepted', 'refused', 'resent'] as const

const insurance = createRoute({
  getParentRoute: () => frame,
  path: '/insurance',
  component: lazyRouteComponent(() => import('./insurance/desk-frame.tsx'), 'DeskFrame'),
})

/** What the work list is narrowed by. What somebody typed to find a person is not here: addresses are kept by others. */
interface DossierSearch {
  readonly state?: (typeof STATES_OF_DOSSIERS)[number] | undefined
  readonly month?: string | undefined
  readonly department?: string | undefined
}

const filterIn = ({ state, month, department }: Record<string, unknown>): DossierSearch => ({
  state: STATES_OF_DOSSIERS.find((one) => one === state),
  month: typeof month === 'string' ? month : undefined,
  department: typeof department === 'string' ? department : undefined,
})

const dossiers = createRoute({
  getParentRoute: () => insurance,
  path: '/',
  validateSearch: filterIn,
  component: lazyRouteComponent(() => import('./insurance/work-list-page.tsx'), 'WorkListPage'),
})

const importFiles = createRoute({
  getParentRoute: () => insurance,
  path: 'import',
  component: lazyRouteComponent(() => import('./insurance/import-page.tsx'), 'ImportPage'),
})

/** The cell of a dossier that is looked at. */
interface CellSearch {
  readonly table?: string | undefined
  readonly row?: number | undefined
  readonly field?: string | undefined
}

const placeIn = ({ table, row, field }: Record<string, unknown>): CellSearch => ({
  table: typeof table === 'string' ? table : undefined,
  row: typeof row === 'number' ? row : undefined,
  field: typeof field === 'string' ? field : undefined,
})

const dossier = createRoute({
  getParentRoute: () => insurance,
  path: 'dossier/$id',
  validateSearch: placeIn,
  component: lazyRouteComponent(() => import('./insurance/dossier-page.tsx'), 'DossierPage'),
})

const checks = createRoute({
  getParentRoute: () => insurance,
  path: 'checks',
  component: lazyRouteComponent(() => import('./insurance/checks-page.tsx'), 'ChecksPage'),
})

const month = createRoute({
  getParentRoute: () => insurance,
  path: 'month/$month',
  component: lazyRouteComponent(() => import('./insurance/month-page.tsx'), 'MonthPage'),
})

const joins = createRoute({
  getParentRoute: () => insurance,
  path: 'joins',
  component: lazyRouteComponent(() => import('./insurance/joins-page.tsx'), 'JoinsPage'),
})

const cards = createRoute({
  getParentRoute: () => insurance,
  path: 'cards',
  component: lazyRouteComponent(() => import('./insurance/cards-page.tsx'), 'CardsPage'),
})

const account = createRoute({
  getParentRoute: () => frame,
  path: '/account',
  component: lazyRouteComponent(() => import('./account/account-page.tsx'), 'AccountPage'),
})

/** Accounts, rights, reviews and the audit log: one frame, with the pages of the reader's roles. */
const access = createRoute({
  getParentRoute: () => frame,
  id: 'access',
  component: lazyRouteComponent(() => import('./administration/access-frame.tsx'), 'AccessFrame'),
})

/** The account that is looked at, or that one is being made. */
const accountIn = (search: Record<string, unknown>): { account?: string; made?: true } => ({
  ...(typeof search.account === 'string' ? { account: search.account } : {}),
  ...(search.made === true ? { made: true } : {}),
})

const accounts = createRoute({
  getParentRoute: () => access,
  path: '/administration',
  validateSearch: accountIn,
  component: lazyRouteComponent(() => import('./administration/accounts-page.tsx'), 'AccountsPage'),
})

const watch = createRoute({
  getParentRoute: () => access,
  path: '/administration/watch',
  component: lazyRouteComponent(() => import('./administration/watch-page.tsx'), 'WatchPage'),
})

const apps = createRoute({
  getParentRoute: () => access,
  path: '/administration/apps',
  component: lazyRouteComponent(() => import('./administration/apps-page.tsx'), 'AppsPage'),
})

const policy = createRoute({
  getParentRoute: () => access,
  path: '/policy',
  component: lazyRouteComponent(() => import('./administration/policy-page.tsx'), 'PolicyPage'),
})

const simulator = createRoute({
  getParentRoute: () => access,
  path: '/policy/simulator',
  component: lazyRouteComponent(() => import('./administration/simulator-page.tsx'), 'SimulatorPage'),
})

const privacy = createRoute({
  getParentRoute: () => access,
  path: '/privacy',
  validateSearch: chosenIn,
  component: lazyRouteComponent(() => import('./privacy/broken-glass-page.tsx'), 'BrokenGlassPage'),
})

const auditLog = createRoute({
  getParentRoute: () => access,
  path: '/audit-log',
  component: lazyRouteComponent(() => import('./audit/audit-page.tsx'), 'AuditPage'),
})

const auditStatus = createRoute({
  getParentRoute: () => access,
  path: '/audit-log/status',
  component: lazyRouteComponent(() => import('./audit/status-page.tsx'), 'StatusPage'),
})

const opened = createRoute({
  getParentRoute: () => chart,
  path: 'opened',
  component: lazyRouteComponent(() => import('./audit/opened-page.tsx'), 'OpenedPage'),
})

const accessPages = [accounts, watch, apps, policy, simulator, privacy, auditLog, auditStatus]

const deskPages = [dossiers, cards, importFiles, dossier, checks, month, joins]

const pages = [chartHome, overview, timeline, results, medicines, problems, visits, documents, opened]

/** The addresses of the screens. Each page of a chart is a script of its own. */
export const router = createRouter({
  routeTree: root.addChildren([
    frame.addChildren([
      find,
      chart.addChildren(pages),
      insurance.addChildren(deskPages),
      account,
      access.addChildren(accessPages),
    ]),
    print,
    signIn,
    signInLink,
  ]),
  defaultPreload: 'intent',
  defaultErrorComponent: ({ error }) => <Trouble error={error} />,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
