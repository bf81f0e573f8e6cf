import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { TYPES_OF_KIND, type EntryKind } from '#hospital/medical-record'
import { FindPage } from './find/find-page.tsx'
import { Frame } from './frame/frame.tsx'
import { PageMissing } from './frame/page-missing.tsx'
import { Trouble } from './parts/trouble.tsx'
import { VISIT_PARTS } from './visits/visit-parts.ts'
import { ChartPage } from './patient/chart-page.tsx'

const root = createRootRoute({ component: Outlet, notFoundComponent: PageMissing })

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

const pages = [chartHome, overview, timeline, results, medicines, problems, visits, documents]

/** The addresses of the screens. Each page of a chart is a script of its own. */
export const router = createRouter({
  routeTree: root.addChildren([frame.addChildren([find, chart.addChildren(pages)]), print]),
  defaultPreload: 'intent',
  defaultErrorComponent: ({ error }) => <Trouble error={error} />,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
